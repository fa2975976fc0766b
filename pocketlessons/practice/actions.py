"""What the learner's player reports."""

import datetime
from typing import Literal

from django.db import transaction

from pocketlessons.lessons.actions.delivering import mark_played
from pocketlessons.lessons.models import Delivery
from pocketlessons.people.models import User
from pocketlessons.practice.models import Progress

PlayerEvent = Literal["started", "position", "ended"]
MOST_MS = 24 * 60 * 60 * 1000


@transaction.atomic
def record_progress(
    delivery: Delivery, *, by: User, event: str, position_ms: int, duration_ms: int, now: datetime.datetime
) -> Progress:
    """Keep where this person stopped. The learner's first play makes the delivery theirs to keep.

    Positions are clamped to the duration. Once watched to the end, it stays watched.
    """
    duration_ms = min(max(duration_ms, 0), MOST_MS)
    position_ms = min(max(position_ms, 0), duration_ms or MOST_MS)
    finished = {"finished_at": now} if event == "ended" else {}
    progress, made = Progress.objects.get_or_create(
        user=by,
        delivery=delivery,
        defaults={"position_ms": position_ms, "duration_ms": duration_ms, "updated_at": now, **finished},
    )
    if not made:
        progress.position_ms, progress.duration_ms, progress.updated_at = position_ms, duration_ms, now
        if event == "ended" and progress.finished_at is None:
            progress.finished_at = now
        progress.save()
    if delivery.connection.learner_id == by.pk:
        mark_played(delivery, by=by, now=now)
    return progress
