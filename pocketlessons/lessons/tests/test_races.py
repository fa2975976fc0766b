"""What two people, or one with two windows, do in the same moment. Nothing is lost, sent twice or left open."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection as database

from pocketlessons.lessons.actions.delivering import deliver_lesson, mark_played, unsend_delivery
from pocketlessons.lessons.actions.drafting import delete_draft, save_draft, start_draft
from pocketlessons.lessons.actions.refusals import AlreadyDeliveredError, AlreadyPlayedError, LessonIsOutError
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.models import Grant, Recording
from pocketlessons.people.models import Connection, User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(database.vendor == "sqlite", reason="SQLite lets one transaction run at a time"),
]
Now = datetime.datetime
AtOnce = Callable[..., list[object]]
TIMES = range(8)


@pytest.mark.parametrize("_time", TIMES)
def test_sent_twice_it_arrives_once(
    at_once: AtOnce, lesson: Lesson, connection: Connection, curator: User, now: Now, _time: int
) -> None:
    def send() -> Delivery:
        read = Lesson.objects.get(pk=lesson.pk), Connection.objects.get(pk=connection.pk)
        return deliver_lesson(*read, by=curator, now=now)

    outcomes = at_once(send, send, send)
    assert sorted(type(each).__name__ for each in outcomes) == [*["AlreadyDeliveredError"] * 2, "Delivery"]
    assert (Delivery.objects.count(), Grant.objects.count()) == (1, 1)


@pytest.mark.parametrize("_time", TIMES)
def test_it_is_either_played_or_taken_back(
    at_once: AtOnce,
    delivery: Delivery,
    recording: Recording,
    curator: User,
    learner: User,
    now: Now,
    _time: int,
) -> None:
    def read() -> Delivery:
        return Delivery.objects.with_all().get(pk=delivery.pk)

    played, taken_back = at_once(
        lambda: mark_played(read(), by=learner, now=now),
        lambda: unsend_delivery(read(), by=curator, now=now),
    )
    is_readable = Recording.objects.playable_by(learner).filter(pk=recording.pk).exists()
    assert (played, isinstance(taken_back, AlreadyPlayedError)) in {(True, True), (False, False)}
    assert is_readable is played


@pytest.mark.parametrize("_time", TIMES)
def test_a_lesson_is_either_sent_or_deleted(
    at_once: AtOnce, lesson: Lesson, connection: Connection, curator: User, now: Now, _time: int
) -> None:
    read = [Lesson.objects.get(), Lesson.objects.get()]
    sent, deleted = at_once(
        lambda: deliver_lesson(read[0], connection, by=curator, now=now),
        lambda: delete_draft(read[1], by=curator, now=now),
    )
    if isinstance(sent, Delivery):
        assert isinstance(deleted, LessonIsOutError)
        assert Delivery.objects.get().lesson.recording is not None
    else:
        assert deleted is None
        assert isinstance(sent, Lesson.DoesNotExist)
        assert not Grant.objects.exists()


@pytest.mark.parametrize("_time", TIMES)
def test_taken_back_from_two_lessons_no_byte_stays(
    at_once: AtOnce,
    delivery: Delivery,
    recording: Recording,
    curator: User,
    learner: User,
    now: Now,
    _time: int,
) -> None:
    other = start_draft(by=curator, meant_for=delivery.connection, now=now)
    save_draft(other, {"title": "Again", "recording": recording}, by=curator, now=now)
    deliver_lesson(other, delivery.connection, by=curator, now=now)
    both = list(Delivery.objects.with_all())
    at_once(*(lambda each=each: unsend_delivery(each, by=curator, now=now) for each in both))
    assert not Recording.objects.playable_by(learner).filter(pk=recording.pk).exists()


@pytest.mark.parametrize("_time", TIMES)
def test_taking_back_and_sending_again_leave_words_and_bytes_together(
    at_once: AtOnce,
    delivery: Delivery,
    recording: Recording,
    curator: User,
    learner: User,
    now: Now,
    _time: int,
) -> None:
    read = Delivery.objects.with_all().get(), Delivery.objects.with_all().get()
    _, sent = at_once(
        lambda: unsend_delivery(read[0], by=curator, now=now),
        lambda: deliver_lesson(read[1].lesson, read[1].connection, by=curator, now=now),
    )
    assert isinstance(sent, Delivery | AlreadyDeliveredError)
    is_readable = Recording.objects.playable_by(learner).filter(pk=recording.pk).exists()
    assert is_readable is Delivery.objects.visible_to(learner).exists()
    assert Lesson.objects.get().is_out is is_readable
