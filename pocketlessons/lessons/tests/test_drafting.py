"""Writing a lesson that nobody else sees yet."""

import datetime
from collections.abc import Callable

import pytest

from pocketlessons.lessons.actions.drafting import delete_draft, save_draft, start_draft
from pocketlessons.lessons.actions.refusals import LessonIsOutError
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User


def test_a_draft_left_empty_is_taken_up_again_for_the_same_person(
    curator: User, connection: Connection, now: datetime.datetime
) -> None:
    first = start_draft(by=curator, kind="lesson", meant_for=connection, now=now)
    for_nobody = start_draft(by=curator, kind="lesson", meant_for=None, now=now)
    again = start_draft(by=curator, kind="session", meant_for=connection, now=now)
    assert first.pk == again.pk != for_nobody.pk
    assert (again.kind, again.meant_for) == ("session", connection)
    assert not Lesson.objects.drafts().exists()


def test_a_draft_with_words_is_left_alone(curator: User, now: datetime.datetime) -> None:
    first = start_draft(by=curator, kind="lesson", meant_for=None, now=now)
    save_draft(first, {"guidance": "Bars 1–4."}, by=curator, now=now)
    assert start_draft(by=curator, kind="lesson", meant_for=None, now=now).pk != first.pk
    assert list(Lesson.objects.drafts()) == [first]


def test_it_keeps_three_takeaways_and_no_empty_ones(
    lesson: Lesson, curator: User, now: datetime.datetime
) -> None:
    save_draft(lesson, {"takeaways": ["", "a", "", "b", "c", "d"]}, by=curator, now=now)
    lesson.refresh_from_db()
    assert lesson.takeaways == ["a", "b", "c"]
    assert lesson.title == "String crossings"


def test_a_recording_that_somebody_has_is_not_exchanged(
    delivery: Delivery, curator: User, make_recording: Callable[..., Recording], now: datetime.datetime
) -> None:
    with pytest.raises(LessonIsOutError) as refused:
        save_draft(delivery.lesson, {"recording": make_recording(curator)}, by=curator, now=now)
    assert "Maya" in refused.value.sentence
    save_draft(delivery.lesson, {"title": "Bars 9–14"}, by=curator, now=now)
    delivery.lesson.refresh_from_db()
    assert delivery.lesson.title == "Bars 9–14"


def test_what_somebody_has_keeps_its_title(delivery: Delivery, curator: User, now: datetime.datetime) -> None:
    save_draft(delivery.lesson, {"title": "", "guidance": "Slowly."}, by=curator, now=now)
    delivery.lesson.refresh_from_db()
    assert (delivery.lesson.title, delivery.lesson.guidance) == ("String crossings", "Slowly.")


def test_deleting_a_draft_erases_its_recording(
    lesson: Lesson, recording: Recording, curator: User, now: datetime.datetime
) -> None:
    delete_draft(lesson, by=curator, now=now)
    recording.refresh_from_db()
    assert recording.status == Recording.Status.ERASED
    assert not Lesson.objects.exists()


def test_deleting_a_draft_spares_a_recording_that_another_lesson_uses(
    lesson: Lesson, recording: Recording, curator: User, now: datetime.datetime
) -> None:
    other = start_draft(by=curator, kind="lesson", meant_for=None, now=now)
    save_draft(other, {"recording": recording}, by=curator, now=now)
    delete_draft(lesson, by=curator, now=now)
    recording.refresh_from_db()
    assert recording.status == Recording.Status.SETTLED


def test_a_lesson_that_somebody_has_is_not_deleted(
    delivery: Delivery, curator: User, now: datetime.datetime
) -> None:
    with pytest.raises(LessonIsOutError):
        delete_draft(delivery.lesson, by=curator, now=now)
    assert Lesson.objects.filter(pk=delivery.lesson_id).exists()
