"""The learner's own side: how far they have come."""

from __future__ import annotations

import datetime
import uuid

from django.conf import settings
from django.db import models

from pocketlessons.lessons.models import Delivery, DeliveryQuerySet
from pocketlessons.people.models import Connection, User


class ProgressQuerySet(models.QuerySet["Progress"]):
    def begun_by(self, learner: User, *, since: datetime.datetime) -> models.QuerySet[Progress, uuid.UUID]:
        """Ids of deliveries that this learner began, has not finished and touched since then, latest first."""
        begun = self.filter(user=learner, finished_at=None, position_ms__gt=0, updated_at__gte=since)
        open_ones = begun.filter(
            delivery__unsent_at=None,
            delivery__connection__learner=learner,
            delivery__connection__status__in=[Connection.Status.ACTIVE, Connection.Status.PAUSED],
        )
        return open_ones.order_by("-updated_at").values_list("delivery_id", flat=True)


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
    """Each with this person's own progress as `mine`, whose columns are null where they have not begun."""
    mine = models.FilteredRelation("progress", condition=models.Q(progress__user=user))
    return deliveries.annotate(mine=mine)
