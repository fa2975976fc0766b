"""The learner's own side: how far they have come."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from pocketlessons.lessons.models import Delivery, DeliveryQuerySet
from pocketlessons.people.models import User


class Progress(models.Model):
    """Where one person stopped in one delivery. It is theirs: nobody else reads it."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="progress")
    position_ms = models.PositiveBigIntegerField(default=0)
    duration_ms = models.PositiveBigIntegerField(default=0)
    updated_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)  # watched to the end at least once

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
