"""Writing a lesson before anybody else sees it."""

import datetime
from typing import Any, TypedDict

from django.db import transaction

from pocketlessons.lessons.actions.holding import hold_lesson
from pocketlessons.lessons.actions.refusals import LessonIsOutError
from pocketlessons.lessons.models import Lesson
from pocketlessons.media.actions.erasing import erase_recording
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User


class Words(TypedDict, total=False):
    """What an author can change; what is left out stays."""

    kind: str
    title: str
    takeaways: list[str]
    guidance: str
    note: str
    recording: Recording | None
    meant_for: Connection | None


@transaction.atomic
def start_draft(
    *, by: User, kind: str = Lesson.Kind.LESSON, meant_for: Connection | None, now: datetime.datetime
) -> Lesson:
    """A draft with nothing in it; an earlier one for the same person that was left empty is taken up again."""
    blank = Lesson.objects.written_by(by).blank().unsent().filter(meant_for=meant_for).first()
    lesson = blank or Lesson(author=by, meant_for=meant_for, created_at=now)
    lesson.kind, lesson.updated_at = kind, now
    lesson.save()
    return lesson


@transaction.atomic
def save_draft(lesson: Lesson, words: Words, *, by: User, now: datetime.datetime) -> Lesson:
    """Keep what the author wrote; a lesson that somebody has is never without a title.

    Raises LessonIsOutError for another recording than the one somebody has.
    """
    assert lesson.author_id == by.pk, "access.lesson_for_author finds the lesson"  # noqa: S101
    hold_lesson(lesson)
    changes: dict[str, Any] = dict(words)
    if "recording" in words and words["recording"] != lesson.recording:
        _refuse_when_out(lesson)
    if lesson.is_out and not words.get("title"):
        changes.pop("title", None)
    if "takeaways" in words:
        changes["takeaways"] = [text for text in words["takeaways"] if text][: Lesson.MAX_TAKEAWAYS]
    for name, value in changes.items():
        setattr(lesson, name, value)
    lesson.updated_at = now
    lesson.save(update_fields=[*changes, "updated_at"])
    return lesson


def delete_draft(lesson: Lesson, *, by: User, now: datetime.datetime) -> None:
    """The words, and the recording where no other lesson uses it. Raises LessonIsOutError."""
    with transaction.atomic():
        hold_lesson(lesson)
        _refuse_when_out(lesson)
        recording = lesson.recording
        is_shared = Lesson.objects.filter(recording=recording).exclude(pk=lesson.pk).exists()
        lesson.delete()
    if recording and recording.owner_id == by.pk and not is_shared:
        erase_recording(recording, by=by, now=now)


def _refuse_when_out(lesson: Lesson) -> None:
    standing = lesson.deliveries.standing().select_related("connection__learner").first()
    if standing:
        raise LessonIsOutError(standing.connection.learner.first_name)
