"""Writing a lesson: begun for somebody, saved as it grows, discarded while nobody has it."""

import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.actions.granting import grant_recording, revoke_grant
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User

WRITTEN = {"kind", "title", "takeaways", "guidance", "note", "recording", "meant_for"}


class LessonGivenError(Exception):
    """Somebody has this lesson, so it cannot be discarded."""

    sentence = _("Somebody has this lesson. Take it back first, then it can be deleted.")


class ForeignRecordingError(Exception):
    """A lesson shows only recordings of its author."""


def start_draft(
    *,
    by: User,
    kind: Lesson.Kind = Lesson.Kind.LESSON,
    meant_for: Connection | None = None,
    now: datetime.datetime,
) -> Lesson:
    """An empty lesson, meant for one learner when a face was chosen."""
    return Lesson.objects.create(author=by, kind=kind, meant_for=meant_for, created_at=now, updated_at=now)


@transaction.atomic
def save_draft(lesson: Lesson, changes: dict[str, Any], *, by: User, now: datetime.datetime) -> Lesson:
    """Keep these fields of `WRITTEN`. A new recording reaches whoever has the lesson. Raises ForeignRecordingError."""
    before = lesson.recording
    for name in WRITTEN & changes.keys():
        setattr(lesson, name, changes[name])
    if lesson.recording is not None and lesson.recording.owner_id != by.pk:
        raise ForeignRecordingError
    lesson.takeaways = [line.strip() for line in lesson.takeaways if line.strip()][: Lesson.MAX_TAKEAWAYS]
    lesson.updated_at = now
    lesson.save()
    if before != lesson.recording:
        _regrant(lesson, before, now)
    return lesson


def _regrant(lesson: Lesson, before: Recording | None, now: datetime.datetime) -> None:
    for delivery in lesson.deliveries.standing().select_related("connection"):
        if before is not None and not is_given_otherwise(before, delivery):
            revoke_grant(before, delivery.connection, now=now)
        if lesson.recording is not None:
            grant_recording(lesson.recording, delivery.connection, now=now)


def is_given_otherwise(recording: Recording, delivery: Delivery) -> bool:
    """Whether the same learner still has this recording through another delivery."""
    others = Delivery.objects.standing().filter(connection=delivery.connection, lesson__recording=recording)
    return others.exclude(pk=delivery.pk).exists()


@transaction.atomic
def discard_draft(lesson: Lesson) -> None:
    """Delete a lesson that nobody has. Its recording stays its author's. Raises LessonGivenError."""
    if lesson.deliveries.standing().exists():
        raise LessonGivenError
    lesson.delete()
