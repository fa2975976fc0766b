"""The learner's own side: how far they have come."""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import models

from pocketlessons.lessons.models import Delivery, DeliveryQuerySet
from pocketlessons.people.models import User


class ProgressQuerySet(models.QuerySet["Progress"]):
    def unfinished(self, user: User, *, since: datetime.datetime) -> ProgressQuerySet:
        """What this person began and has touched since then, latest first."""
        begun = self.filter(user=user, finished_at=None, position_ms__gt=0, updated_at__gte=since)
        return begun.order_by("-updated_at")


class Progress(models.Model):
    """Where one person stopped in one delivery. It is theirs: nobody else reads it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="progress")
    position_ms = models.PositiveBigIntegerField(default=0)
    duration_ms = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)  # watched to the end at least once

    objects = ProgressQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "delivery"], name="progress_is_one_per_person_and_delivery"
            ),
        ]

    def __str__(self) -> str:
        return str(self.pk)


def with_place_of(deliveries: DeliveryQuerySet, user: User) -> DeliveryQuerySet:
    """Each with this person's `place_ms`, None where they have not begun, and `finished_at`."""
    mine = models.FilteredRelation("progress", condition=models.Q(progress__user=user))
    return deliveries.annotate(
        mine=mine, place_ms=models.F("mine__position_ms"), finished_at=models.F("mine__finished_at")
    )


def not_begun_by(deliveries: DeliveryQuerySet, user: User) -> DeliveryQuerySet:
    """Those that this person has not played at all."""
    begun = Progress.objects.filter(user=user, delivery=models.OuterRef("pk"))
    return deliveries.filter(~models.Exists(begun))
