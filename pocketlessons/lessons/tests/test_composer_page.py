"""The composer: begun with a tap on a face, saved by itself, sent, taken back, deleted."""

import datetime
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User

SignIn = Callable[[User], Client]
JSON = {"Accept": "application/json"}


def words(**changes: object) -> dict[str, object]:
    return {
        "kind": "lesson",
        "title": "String crossings",
        "guidance": "",
        "note": "",
        "recording": "",
    } | changes


def url(lesson: Lesson, name: str = "lesson") -> str:
    return reverse(f"lessons:{name}", args=[lesson.pk])


def test_a_face_begins_a_lesson_for_that_person(
    client_of: SignIn, curator: User, connection: Connection
) -> None:
    response = client_of(curator).post(reverse("lessons:lessons"), {"for": connection.pk, "kind": "session"})
    lesson = Lesson.objects.get()
    assert (response.status_code, response["Location"]) == (303, url(lesson))
    assert (lesson.meant_for, lesson.kind) == (connection, "session")
    page = client_of(curator).get(url(lesson)).content.decode()
    assert "New session for Maya" in page
    assert "Send to Maya" in page


@pytest.mark.parametrize(
    ("fields", "code"), [({"for": uuid.uuid4()}, 404), ({"for": "x"}, 422), ({"kind": "course"}, 422)]
)
def test_it_begins_nothing_for_nobodys_learner(
    client_of: SignIn, curator: User, fields: dict[str, str], code: int
) -> None:
    assert client_of(curator).post(reverse("lessons:lessons"), fields).status_code == code
    assert not Lesson.objects.exists()


def test_nobody_begins_for_somebody_elses_learner(
    client_of: SignIn, stranger: User, connection: Connection
) -> None:
    assert client_of(stranger).post(reverse("lessons:lessons"), {"for": connection.pk}).status_code == 404


def test_words_are_kept(client_of: SignIn, curator: User, lesson: Lesson, connection: Connection) -> None:
    sent = words(title="Bars 9–14", takeaway_1="One", takeaway_3="Three", connection=connection.pk)
    response = client_of(curator).post(url(lesson), sent)
    lesson.refresh_from_db()
    assert (response.status_code, response["Location"]) == (303, url(lesson))
    assert (lesson.title, lesson.takeaways, lesson.recording) == ("Bars 9–14", ["One", "Three"], None)


def test_the_form_that_saves_itself_is_answered_briefly(
    client_of: SignIn, curator: User, lesson: Lesson
) -> None:
    browser = client_of(curator)
    assert browser.post(url(lesson), words(), headers=JSON).status_code == 204
    refused = browser.post(url(lesson), words(title="a" * 121), headers=JSON)
    assert refused.status_code == 422
    assert list(refused.json()["errors"]) == ["title"]


def test_wrong_words_come_back_with_their_errors(client_of: SignIn, curator: User, lesson: Lesson) -> None:
    response = client_of(curator).post(url(lesson), words(title="a" * 121, takeaway_1="Stays"))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'id="id_title_error"' in page
    assert 'value="Stays"' in page


def test_only_ones_own_recording_can_be_used(
    client_of: SignIn, curator: User, stranger: User, lesson: Lesson, make_recording: Callable[..., Recording]
) -> None:
    theirs = make_recording(stranger)
    assert client_of(curator).post(url(lesson), words(recording=theirs.pk)).status_code == 422


def test_somebody_elses_face_turns_the_letter(
    client_of: SignIn, curator: User, lesson: Lesson, connection: Connection, now: datetime.datetime
) -> None:
    leo = User.objects.create_user("leo@example.org", name="Leo Brandt")
    other = Connection.objects.create(curator=curator, learner=leo, started_at=now)
    fields = words(connection=[connection.pk, other.pk])  # the hidden one, then the face that was pressed
    response = client_of(curator).post(url(lesson), fields, follow=True)
    page = response.content.decode()
    assert "Send to Leo" in page
    assert "Send to Maya" not in page


def test_it_sends_the_words_as_they_stand(
    client_of: SignIn, curator: User, lesson: Lesson, connection: Connection, recording: Recording
) -> None:
    sent = words(title="Last word", note="Slowly.", connection=connection.pk, recording=recording.pk)
    response = client_of(curator).post(url(lesson, "lesson-deliveries"), sent)
    delivery = Delivery.objects.get()
    assert (response.status_code, response["Location"]) == (
        303,
        reverse("lessons:delivery", args=[delivery.pk]),
    )
    assert (delivery.lesson.title, delivery.note) == ("Last word", "Slowly.")


def test_it_sends_without_any_words(
    client_of: SignIn, curator: User, lesson: Lesson, connection: Connection
) -> None:
    response = client_of(curator).post(url(lesson, "lesson-deliveries"), {"connection": connection.pk})
    assert response.status_code == 303
    assert Delivery.objects.get().lesson.title == "String crossings"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({}, "Choose who it is for."),
        ({"connection": uuid.uuid4()}, "You can only send to people who are connected with you."),
    ],
)
def test_it_says_why_it_was_not_sent(
    client_of: SignIn, curator: User, lesson: Lesson, fields: dict[str, str], sentence: str
) -> None:
    response = client_of(curator).post(url(lesson, "lesson-deliveries"), fields, follow=True)
    assert response.redirect_chain == [(url(lesson), 303)]  # a page that can be reloaded
    assert sentence in response.content.decode()


def test_nothing_is_not_sent_and_the_words_stay(
    client_of: SignIn, curator: User, lesson: Lesson, connection: Connection
) -> None:
    sent = words(title="Kept all the same", connection=connection.pk)
    response = client_of(curator).post(url(lesson, "lesson-deliveries"), sent, follow=True)
    assert response.redirect_chain == [(url(lesson), 303)]
    assert "There is nothing to send yet." in response.content.decode()
    lesson.refresh_from_db()
    assert lesson.title == "Kept all the same"


def test_what_somebody_has_shows_who_has_it(client_of: SignIn, curator: User, delivery: Delivery) -> None:
    page = client_of(curator).get(url(delivery.lesson)).content.decode()
    assert "Who has it" in page
    assert reverse("lessons:delivery", args=[delivery.pk]) in page
    assert "Send to Maya" not in page
    assert "<upload-field" not in page


def test_deleting_asks_first(client_of: SignIn, curator: User, lesson: Lesson) -> None:
    browser = client_of(curator)
    assert "Delete this draft?" in browser.get(url(lesson, "lesson-removal")).content.decode()
    assert Lesson.objects.exists()
    assert browser.post(url(lesson, "lesson-removal")).status_code == 303
    assert not Lesson.objects.exists()


def test_what_somebody_has_is_not_deleted(client_of: SignIn, curator: User, delivery: Delivery) -> None:
    assert client_of(curator).post(url(delivery.lesson, "lesson-removal")).status_code == 422
    assert Lesson.objects.exists()


@pytest.mark.parametrize("name", ["lesson", "lesson-deliveries", "lesson-removal"])
def test_it_is_its_authors_alone(
    client_of: SignIn, client: Client, delivery: Delivery, learner: User, stranger: User, name: str
) -> None:
    address = url(delivery.lesson, name)
    for person in (learner, stranger):
        assert client_of(person).post(address, words()).status_code == 404
    response = client.post(address)
    assert response.status_code == 302
    assert response["Location"].startswith("/door/login/")


def test_wrong_methods_are_refused(client_of: SignIn, curator: User, lesson: Lesson) -> None:
    browser = client_of(curator)
    assert browser.get(reverse("lessons:lessons")).status_code == 405
    assert browser.get(url(lesson, "lesson-deliveries")).status_code == 405
    assert browser.put(url(lesson)).status_code == 405
    assert browser.delete(url(lesson, "lesson-removal")).status_code == 405


def test_its_queries_do_not_grow_with_its_receivers(
    client_of: SignIn,
    curator: User,
    delivery: Delivery,
    now: datetime.datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(10):
        learner = User.objects.create_user(f"l{number}@example.org")
        other = Connection.objects.create(curator=curator, learner=learner, started_at=now)
        Delivery.objects.create(lesson=delivery.lesson, connection=other, sender=curator, sent_at=now)
    browser = client_of(curator)
    with django_assert_max_num_queries(7):
        browser.get(url(delivery.lesson))


def test_nothing_that_is_written_turns_the_words_around_it_about(
    client_of: SignIn, curator: User, lesson: Lesson
) -> None:
    deceiving = "Bars\u202e 9\u2067\x07"
    sent = words(title=deceiving, note=deceiving, guidance=f"{deceiving}\r\n\r\nNext", takeaway_1=deceiving)
    client_of(curator).post(url(lesson), sent | {"recording": lesson.recording_id})
    lesson.refresh_from_db()
    assert {lesson.title, lesson.note, *lesson.takeaways} == {"Bars 9"}
    assert lesson.guidance == "Bars 9\n\nNext"


@pytest.mark.parametrize(
    ("field", "longest"), [("title", 120), ("note", 500), ("guidance", 20_000), ("takeaway_1", 160)]
)
def test_what_is_too_long_is_refused(
    client_of: SignIn, curator: User, lesson: Lesson, field: str, longest: int
) -> None:
    browser = client_of(curator)
    kept = {"recording": lesson.recording_id}
    for length, status in ((longest, 204), (longest + 1, 422)):
        sent = words(**kept, **{field: "x" * length})
        assert browser.post(url(lesson), sent, headers=JSON).status_code == status
