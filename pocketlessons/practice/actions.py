"""Keeping a person's place in what they were given."""

import datetime

from django.db import transaction

from pocketlessons.lessons.actions.delivering import mark_played
from pocketlessons.lessons.models import Delivery
from pocketlessons.people.models import User
from pocketlessons.practice.models import Progress

EVENTS = ("started", "position", "ended")
LONGEST_MS = 24 * 3_600_000  # nothing that we play is longer
NEARLY_ALL = 0.97  # few people watch a fade to black


@transaction.atomic
def record_progress(
    delivery: Delivery, *, by: User, event: str, position_ms: int, duration_ms: int, now: datetime.datetime
) -> None:
    """Remember where this person is; the learner's first start also closes the way back for the sender.

    `event` is one of EVENTS. Numbers beyond the recording are cut to its length; finished once is finished for good.
    """
    length_ms = _within(duration_ms, _true_length_ms(delivery))
    place_ms = _within(position_ms, length_ms or LONGEST_MS)
    Progress.objects.bulk_create(
        [Progress(user=by, delivery=delivery, position_ms=place_ms, duration_ms=length_ms, updated_at=now)],
        update_conflicts=True,
        unique_fields=["user", "delivery"],
        update_fields=["position_ms", "duration_ms", "updated_at"],
    )
    if event == "ended" or (length_ms and place_ms >= NEARLY_ALL * length_ms):
        Progress.objects.filter(user=by, delivery=delivery, finished_at=None).update(finished_at=now)
    if event != "position" and by.pk == delivery.connection.learner_id:
        mark_played(delivery, by=by, now=now)


def _true_length_ms(delivery: Delivery) -> int:
    recording = delivery.lesson.recording
    return recording.duration_ms if recording and recording.duration_ms else LONGEST_MS


def _within(value_ms: int, limit_ms: int) -> int:
    return max(0, min(value_ms, limit_ms))
