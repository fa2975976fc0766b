"""Giving a lesson to one learner, and taking it back until it is first played."""

import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from pocketlessons.audit.actions import record_event
from pocketlessons.audit.models import Event
from pocketlessons.lessons.actions.drafting import is_given_otherwise
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.lib.timecode import format_ms
from pocketlessons.media.actions.granting import grant_recording, revoke_grant
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User


class DeliveryRefusedError(Exception):
    """A refusal that a person can cause; `sentence` tells them, `code` tells programs."""

    code = "refused"
    sentence = _("This can't be sent.")


class NothingToGiveError(DeliveryRefusedError):
    code = "nothing-to-give"
    sentence = _("There is nothing in this lesson yet. Choose a recording, or write some guidance.")


class RecordingUnusableError(DeliveryRefusedError):
    code = "recording-unusable"
    sentence = _("This recording can't be played or kept. Choose another file, or remove it.")


class StillArrivingError(DeliveryRefusedError):
    code = "still-arriving"
    sentence = _("The recording is still arriving. Send it as soon as the last of it is here.")


class NotYourLearnerError(DeliveryRefusedError):
    code = "not-your-learner"
    sentence = _("You can only send lessons to your own learners.")


class AlreadyDeliveredError(DeliveryRefusedError):
    code = "already-delivered"
    sentence = _("They have this lesson already.")


class AlreadyPlayedError(DeliveryRefusedError):
    code = "already-played"
    sentence = _("It has been played, so it can't be taken back any more.")


def deliver_lesson(
    lesson: Lesson, connection: Connection, *, note: str, by: User, now: datetime.datetime
) -> Delivery:
    """Give `lesson` to the learner of `connection`. Raises a DeliveryRefusedError, and then nothing has changed."""
    if connection.curator_id != by.pk or connection.status != Connection.Status.ACTIVE:
        raise NotYourLearnerError
    _require_content(lesson)
    try:
        return _delivered(lesson, connection, note, by, now)
    except IntegrityError as error:
        raise AlreadyDeliveredError from error


def _require_content(lesson: Lesson) -> None:
    recording = lesson.recording
    if recording is None and not lesson.guidance.strip():
        raise NothingToGiveError
    if recording is None:
        return
    if recording.status == Recording.Status.RECEIVING:
        raise StillArrivingError
    if recording.status in {Recording.Status.FAILED, Recording.Status.ERASED}:
        raise RecordingUnusableError


@transaction.atomic
def _delivered(
    lesson: Lesson, connection: Connection, note: str, by: User, now: datetime.datetime
) -> Delivery:
    if not lesson.title:
        lesson.title = suggested_title(lesson, now)
        lesson.save(update_fields=["title"])
    delivery = Delivery.objects.create(lesson=lesson, connection=connection, note=note.strip(), sent_at=now)
    if lesson.recording is not None:
        grant_recording(lesson.recording, connection, now=now)
    record_event(Event.Verb.DELIVERED, delivery, by=by, now=now, connection=connection)
    return delivery


def suggested_title(lesson: Lesson, now: datetime.datetime) -> str:
    """What a lesson without a title is called: its kind and how long it is, or the day."""
    kind = lesson.get_kind_display()
    if lesson.recording is not None and lesson.recording.duration_ms:
        return f"{kind}, {format_ms(lesson.recording.duration_ms)}"
    return f"{kind}, {now:%Y-%m-%d}"


@transaction.atomic
def unsend_delivery(delivery: Delivery, *, by: User, now: datetime.datetime) -> None:
    """Take it back: the learner finds neither page nor byte from now on. Raises AlreadyPlayedError."""
    if not Delivery.objects.standing().filter(pk=delivery.pk, played_at=None).update(unsent_at=now):
        raise AlreadyPlayedError
    recording = delivery.lesson.recording
    if recording is not None and not is_given_otherwise(recording, delivery):
        revoke_grant(recording, delivery.connection, now=now)
    record_event(Event.Verb.UNSENT, delivery, by=by, now=now, connection=delivery.connection)


@transaction.atomic
def mark_opened(delivery: Delivery, *, by: User, now: datetime.datetime) -> None:
    """The learner has seen the page; the trail keeps the first time."""
    if Delivery.objects.filter(pk=delivery.pk, opened_at=None).update(opened_at=now):
        record_event(Event.Verb.VIEWED, delivery, by=by, now=now, connection=delivery.connection)


@transaction.atomic
def mark_played(delivery: Delivery, *, by: User, now: datetime.datetime) -> None:
    """The learner has pressed play: from now on it stays with them."""
    if Delivery.objects.standing().filter(pk=delivery.pk, played_at=None).update(played_at=now):
        record_event(Event.Verb.PLAYED, delivery, by=by, now=now, connection=delivery.connection)
