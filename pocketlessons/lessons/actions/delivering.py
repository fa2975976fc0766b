"""Giving a lesson to a learner, taking it back, and what the learner's side tells of it."""

import datetime

from django.db import IntegrityError, transaction
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from pocketlessons.audit.actions import record_event
from pocketlessons.audit.models import Event
from pocketlessons.lessons.actions.holding import hold_connection, hold_lesson
from pocketlessons.lessons.actions.refusals import (
    AlreadyDeliveredError,
    AlreadyPlayedError,
    AlreadyUnsentError,
    NothingToSendError,
    NotYourLearnerError,
    RecordingNotPlayableError,
)
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.actions.granting import grant_recording, revoke_grant
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User

LOST = {Recording.Status.FAILED, Recording.Status.ERASED}


@transaction.atomic
def deliver_lesson(
    lesson: Lesson, connection: Connection, *, note: str = "", by: User, now: datetime.datetime
) -> Delivery:
    """Put the lesson into the learner's pocket and open its recording to the two; a recording may still arrive.

    A lesson without a title gets one from the day. Raises a LessonRefusedError.
    """
    hold_lesson(lesson)
    hold_connection(connection)
    _refuse_what_cannot_go(lesson, connection, by)
    try:
        with transaction.atomic():
            delivery = Delivery.objects.create(
                lesson=lesson, connection=connection, sender=by, note=note.strip(), sent_at=now
            )
    except IntegrityError as error:
        raise AlreadyDeliveredError(connection.learner.first_name) from error
    if lesson.recording:
        grant_recording(lesson.recording, connection, now=now)
    _settle_words(lesson, now)
    record_event(Event.Verb.DELIVERED, delivery, by=by, now=now, connection=connection)
    return delivery


@transaction.atomic
def unsend_delivery(delivery: Delivery, *, by: User, now: datetime.datetime) -> None:
    """Take it out of the learner's pocket, bytes and all. Raises AlreadyPlayedError, AlreadyUnsentError."""
    hold_lesson(delivery.lesson)
    hold_connection(delivery.connection)
    unplayed = Delivery.objects.filter(pk=delivery.pk, unsent_at=None, played_at=None)
    if not unplayed.update(unsent_at=now):
        delivery.refresh_from_db(fields=["unsent_at", "played_at"])
        if delivery.played_at:
            raise AlreadyPlayedError(delivery.connection.learner.first_name)
        raise AlreadyUnsentError
    delivery.unsent_at = now
    recording = delivery.lesson.recording
    if recording and not _is_given_otherwise(recording, delivery):
        revoke_grant(recording, delivery.connection, now=now)
    _bring_home(delivery)
    record_event(Event.Verb.UNSENT, delivery, by=by, now=now, connection=delivery.connection)


def mark_opened(delivery: Delivery, *, by: User, now: datetime.datetime) -> bool:
    """The learner opened the page; only the first time counts."""
    return _note_once(delivery, "opened_at", Event.Verb.VIEWED, by, now)


def mark_played(delivery: Delivery, *, by: User, now: datetime.datetime) -> bool:
    """The learner pressed play; from then on it cannot be taken back. Only the first time counts."""
    return _note_once(delivery, "played_at", Event.Verb.PLAYED, by, now)


def _note_once(delivery: Delivery, moment: str, verb: Event.Verb, by: User, now: datetime.datetime) -> bool:
    if getattr(delivery, moment):  # every later view costs no write, nor the lock of one
        return False
    with transaction.atomic():
        first = Delivery.objects.standing().filter(pk=delivery.pk, **{moment: None})
        if not first.update(**{moment: now}):
            return False
        record_event(verb, delivery, by=by, now=now, connection=delivery.connection)
    setattr(delivery, moment, now)
    return True


def suggested_title(kind: str, now: datetime.datetime) -> str:
    """What a lesson is called when its author leaves that open: the kind and the author's day."""
    day = formats.date_format(timezone.localtime(now), _("j F"))
    is_session = kind == Lesson.Kind.SESSION
    return (_("Session of %(day)s") if is_session else _("Lesson of %(day)s")) % {"day": day}


def _refuse_what_cannot_go(lesson: Lesson, connection: Connection, by: User) -> None:
    if connection.curator_id != by.pk or connection.status != Connection.Status.ACTIVE:
        raise NotYourLearnerError
    if lesson.recording is None and not lesson.guidance.strip():
        raise NothingToSendError
    if lesson.recording and lesson.recording.status in LOST:
        raise RecordingNotPlayableError


def _settle_words(lesson: Lesson, now: datetime.datetime) -> None:
    """It is out, under the title that people see from now on; the note is empty for the next learner."""
    lesson.title = lesson.title.strip() or suggested_title(lesson.kind, now)
    lesson.note, lesson.is_out, lesson.updated_at = "", True, now
    lesson.save(update_fields=["title", "note", "is_out", "updated_at"])


def _bring_home(delivery: Delivery) -> None:
    """The lesson is a draft again unless somebody else has it; the note is back where it was written."""
    lesson = delivery.lesson
    lesson.is_out = lesson.deliveries.standing().exists()
    if not lesson.note:
        lesson.note, lesson.meant_for = delivery.note, delivery.connection
    lesson.save(update_fields=["is_out", "note", "meant_for"])


def _is_given_otherwise(recording: Recording, delivery: Delivery) -> bool:
    standing = Delivery.objects.standing().filter(connection=delivery.connection)
    return standing.filter(lesson__recording=recording).exists()
