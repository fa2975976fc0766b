"""Giving a lesson, taking it back, and the trail of both."""

import datetime
from collections.abc import Callable

import pytest
from django.utils import timezone

from pocketlessons.audit.models import Event
from pocketlessons.lessons.actions import refusals
from pocketlessons.lessons.actions.delivering import (
    deliver_lesson,
    mark_opened,
    mark_played,
    unsend_delivery,
)
from pocketlessons.lessons.actions.drafting import save_draft, start_draft
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.models import Grant, Recording
from pocketlessons.people.models import Connection, User

Now = datetime.datetime


def reaches(recording: Recording, user: User) -> bool:
    return Recording.objects.playable_by(user).filter(pk=recording.pk).exists()


def verbs() -> list[str]:
    return [event.verb for event in Event.objects.order_by("at", "verb")]


def test_it_opens_the_recording_to_the_learner_alone(
    delivery: Delivery, recording: Recording, learner: User, stranger: User
) -> None:
    assert reaches(recording, learner)
    assert not reaches(recording, stranger)
    assert verbs() == ["delivered"]


def test_the_note_goes_with_the_delivery_and_leaves_the_draft(
    lesson: Lesson, connection: Connection, curator: User, now: Now
) -> None:
    save_draft(lesson, {"note": "For you."}, by=curator, now=now)
    delivery = deliver_lesson(lesson, connection, note="For you.", by=curator, now=now)
    lesson.refresh_from_db()
    assert (delivery.note, lesson.note) == ("For you.", "")


def test_a_lesson_without_a_title_gets_one_from_the_day(
    lesson: Lesson, connection: Connection, curator: User
) -> None:
    save_draft(lesson, {"title": " "}, by=curator, now=timezone.now())
    late = datetime.datetime(2026, 11, 22, 23, 30, tzinfo=datetime.UTC)
    with timezone.override("Europe/Lisbon"):
        deliver_lesson(lesson, connection, by=curator, now=late)
    assert lesson.title == "Lesson of 22 November"


def test_guidance_alone_can_be_sent(connection: Connection, curator: User, now: Now) -> None:
    draft = start_draft(by=curator, kind="session", meant_for=connection, now=now)
    save_draft(draft, {"guidance": "Sit down."}, by=curator, now=now)
    assert deliver_lesson(draft, connection, by=curator, now=now).lesson == draft
    assert not Grant.objects.exists()


def test_a_recording_that_still_arrives_can_be_sent(
    lesson: Lesson, recording: Recording, connection: Connection, curator: User, learner: User, now: Now
) -> None:
    recording.status = Recording.Status.RECEIVING
    recording.save()
    deliver_lesson(lesson, connection, by=curator, now=now)
    assert reaches(recording, learner)


def test_nothing_is_not_sent(connection: Connection, curator: User, now: Now) -> None:
    draft = start_draft(by=curator, kind="lesson", meant_for=connection, now=now)
    with pytest.raises(refusals.NothingToSendError):
        deliver_lesson(draft, connection, by=curator, now=now)


def test_a_recording_that_failed_is_not_sent(
    lesson: Lesson,
    make_recording: Callable[..., Recording],
    connection: Connection,
    curator: User,
    now: Now,
) -> None:
    failed = make_recording(curator, status=Recording.Status.FAILED, failure_reason="not-media")
    save_draft(lesson, {"recording": failed}, by=curator, now=now)
    with pytest.raises(refusals.RecordingNotPlayableError):
        deliver_lesson(lesson, connection, by=curator, now=now)


def test_it_goes_only_to_ones_own_learners(
    lesson: Lesson, curator: User, stranger: User, learner: User, now: Now
) -> None:
    theirs = Connection.objects.create(curator=stranger, learner=learner, started_at=now)
    with pytest.raises(refusals.NotYourLearnerError):
        deliver_lesson(lesson, theirs, by=curator, now=now)


def test_it_does_not_go_where_the_connection_ended(
    lesson: Lesson, connection: Connection, curator: User, now: Now
) -> None:
    Connection.objects.update(status=Connection.Status.ENDED)
    with pytest.raises(refusals.NotYourLearnerError):
        deliver_lesson(lesson, connection, by=curator, now=now)


def test_it_goes_once_to_each(delivery: Delivery, connection: Connection, curator: User, now: Now) -> None:
    with pytest.raises(refusals.AlreadyDeliveredError) as refused:
        deliver_lesson(delivery.lesson, connection, by=curator, now=now)
    assert refused.value.sentence == "Maya already has this lesson."
    assert verbs() == ["delivered"]


def test_unsent_it_is_gone_bytes_and_all(
    delivery: Delivery, recording: Recording, curator: User, learner: User, now: Now
) -> None:
    unsend_delivery(delivery, by=curator, now=now)
    assert not reaches(recording, learner)
    assert not Delivery.objects.visible_to(learner).exists()
    assert verbs() == ["delivered", "unsent"]
    delivery.lesson.refresh_from_db()
    assert delivery.lesson.note == "Slowly, Maya."


def test_unsent_it_can_be_sent_again(
    delivery: Delivery, recording: Recording, connection: Connection, curator: User, learner: User, now: Now
) -> None:
    unsend_delivery(delivery, by=curator, now=now)
    deliver_lesson(delivery.lesson, connection, by=curator, now=now)
    assert reaches(recording, learner)


def test_the_bytes_stay_where_another_lesson_gives_them(
    delivery: Delivery, recording: Recording, connection: Connection, curator: User, learner: User, now: Now
) -> None:
    other = start_draft(by=curator, kind="lesson", meant_for=connection, now=now)
    save_draft(other, {"title": "Again", "recording": recording}, by=curator, now=now)
    deliver_lesson(other, connection, by=curator, now=now)
    unsend_delivery(delivery, by=curator, now=now)
    assert reaches(recording, learner)


def test_what_was_played_is_not_unsent(delivery: Delivery, curator: User, learner: User, now: Now) -> None:
    stale = Delivery.objects.get(pk=delivery.pk)
    assert mark_played(delivery, by=learner, now=now)
    with pytest.raises(refusals.AlreadyPlayedError):
        unsend_delivery(stale, by=curator, now=now)
    assert Delivery.objects.get(pk=delivery.pk).unsent_at is None


def test_what_was_unsent_is_neither_played_nor_unsent_again(
    delivery: Delivery, curator: User, learner: User, now: Now
) -> None:
    stale = Delivery.objects.get(pk=delivery.pk)
    unsend_delivery(delivery, by=curator, now=now)
    assert not mark_played(stale, by=learner, now=now)
    with pytest.raises(refusals.AlreadyUnsentError):
        unsend_delivery(stale, by=curator, now=now)


def test_only_the_first_opening_and_the_first_play_are_told(
    delivery: Delivery, learner: User, now: Now
) -> None:
    stale = Delivery.objects.get(pk=delivery.pk)
    assert mark_opened(delivery, by=learner, now=now)
    assert mark_played(delivery, by=learner, now=now)
    assert not mark_opened(stale, by=learner, now=now)
    assert not mark_played(stale, by=learner, now=now)
    assert verbs() == ["delivered", "played", "viewed"]


def test_it_is_a_draft_again_when_nobody_has_it(
    delivery: Delivery, curator: User, learner: User, now: Now
) -> None:
    leo = User.objects.create_user("leo@example.org", name="Leo Brandt")
    other = Connection.objects.create(curator=curator, learner=leo, started_at=now)
    second = deliver_lesson(delivery.lesson, other, by=curator, now=now)
    unsend_delivery(delivery, by=curator, now=now)
    assert not Lesson.objects.drafts().exists()
    unsend_delivery(second, by=curator, now=now)
    assert list(Lesson.objects.drafts()) == [delivery.lesson]


def test_it_sends_what_the_lesson_is_by_now(
    lesson: Lesson,
    make_recording: Callable[..., Recording],
    connection: Connection,
    curator: User,
    learner: User,
    now: Now,
) -> None:
    read_before, replaced, chosen = Lesson.objects.get(), lesson.recording, make_recording(curator)
    assert read_before.recording == replaced is not None
    save_draft(lesson, {"recording": chosen}, by=curator, now=now)
    deliver_lesson(read_before, connection, by=curator, now=now)
    assert reaches(chosen, learner)
    assert not reaches(replaced, learner)


def test_what_is_out_stays_as_it_was_sent(
    lesson: Lesson, make_recording: Callable[..., Recording], connection: Connection, curator: User, now: Now
) -> None:
    read_before, replaced = Lesson.objects.get(), lesson.recording
    assert read_before.recording == replaced
    save_draft(lesson, {"recording": make_recording(curator)}, by=curator, now=now)
    deliver_lesson(lesson, connection, by=curator, now=now)
    with pytest.raises(refusals.LessonIsOutError):
        save_draft(read_before, {"recording": replaced}, by=curator, now=now)
