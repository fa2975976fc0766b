"""The Lesson page: the learner's, and the same as its sender sees it."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from pocketlessons.audit.models import Event
from pocketlessons.lessons.actions.delivering import mark_played, unsend_delivery
from pocketlessons.lessons.actions.drafting import save_draft
from pocketlessons.lessons.models import Delivery
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User

SignIn = Callable[[User], Client]
Status = Recording.Status


def url(delivery: Delivery, name: str = "delivery") -> str:
    return reverse(f"lessons:{name}", args=[delivery.pk])


def test_the_learner_finds_everything_that_was_sent(
    client_of: SignIn, learner: User, curator: User, delivery: Delivery, now: datetime.datetime
) -> None:
    save_draft(delivery.lesson, {"guidance": "Bars **9** first."}, by=curator, now=now)
    page = client_of(learner).get(url(delivery)).content.decode()
    for part in ("String crossings", "From Ines", "The elbow leads", "Slowly, Maya.", "<strong>9</strong>"):
        assert part in page
    assert f"/recordings/{delivery.lesson.recording_id}/recording.mp4" in page
    assert f'data-progress-url="/deliveries/{delivery.pk}/progress/"' in page
    assert "/original" not in page
    assert "Take back" not in page


def test_the_first_opening_is_on_the_trail_and_only_the_learners(
    client_of: SignIn, learner: User, curator: User, delivery: Delivery
) -> None:
    client_of(curator).get(url(delivery))
    assert not Event.objects.filter(verb="viewed").exists()
    for _ in range(2):
        client_of(learner).get(url(delivery))
    assert [event.actor for event in Event.objects.filter(verb="viewed")] == [learner]


def test_its_sender_sees_it_so_and_can_take_it_back(
    client_of: SignIn, curator: User, delivery: Delivery
) -> None:
    page = client_of(curator).get(url(delivery)).content.decode()
    assert "You see this as Maya does." in page
    assert "<undo-timer" in page
    assert "/original" in page


def test_the_undo_lasts_a_minute_and_taking_back_until_the_first_play(
    client_of: SignIn, curator: User, learner: User, delivery: Delivery, now: datetime.datetime
) -> None:
    Delivery.objects.update(sent_at=now - datetime.timedelta(seconds=61))
    page = client_of(curator).get(url(delivery)).content.decode()
    assert "<undo-timer" not in page
    assert "Take back" in page
    mark_played(delivery, by=learner, now=now)
    assert "Take back" not in client_of(curator).get(url(delivery)).content.decode()


def test_taken_back_it_is_a_draft_again(client_of: SignIn, curator: User, delivery: Delivery) -> None:
    response = client_of(curator).post(url(delivery, "delivery-withdrawal"), follow=True)
    assert response.redirect_chain == [(reverse("lessons:lesson", args=[delivery.lesson_id]), 303)]
    page = response.content.decode()
    assert "Taken back." in page
    assert "Send to Maya" in page


def test_what_was_played_says_so_instead(
    client_of: SignIn, curator: User, learner: User, delivery: Delivery, now: datetime.datetime
) -> None:
    mark_played(delivery, by=learner, now=now)
    response = client_of(curator).post(url(delivery, "delivery-withdrawal"), follow=True)
    assert response.redirect_chain == [(url(delivery), 303)]
    assert "already played this" in response.content.decode()


def test_gone_never_there_and_not_yours_look_the_same(
    client_of: SignIn,
    learner: User,
    curator: User,
    stranger: User,
    delivery: Delivery,
    now: datetime.datetime,
) -> None:
    leo = User.objects.create_user("leo@example.org", name="Leo Brandt")
    Connection.objects.create(curator=curator, learner=leo, started_at=now)
    for person in (stranger, leo):
        response = client_of(person).get(url(delivery))
        assert response.status_code == 404
        assert "This lesson isn&#x27;t shared with you any more" in response.content.decode().replace(
            "isn't", "isn&#x27;t"
        )
    unsend_delivery(delivery, by=curator, now=now)
    assert client_of(learner).get(url(delivery)).status_code == 404
    never = reverse("lessons:delivery", args=["01a204ac-6b40-7825-8d44-aba696687c33"])
    assert client_of(learner).get(never).status_code == 404


def test_an_ended_connection_closes_it(
    client_of: SignIn, learner: User, delivery: Delivery, connection: Connection
) -> None:
    Connection.objects.update(status=Connection.Status.ENDED)
    assert client_of(learner).get(url(delivery)).status_code == 404


@pytest.mark.parametrize(
    ("fields", "sentence", "can_download"),
    [
        ({"status": Status.RECEIVING}, "Still arriving.", False),
        ({"status": Status.KEPT, "kept_because": "hevc"}, "Safely kept as HEVC", True),
        (
            {"status": Status.FAILED, "failure_reason": "truncated"},
            "The end of this recording is missing",
            False,
        ),
    ],
)
def test_what_does_not_play_says_why(
    client_of: SignIn,
    learner: User,
    delivery: Delivery,
    fields: dict[str, str],
    sentence: str,
    can_download: bool,
) -> None:
    Recording.objects.update(**fields)
    page = client_of(learner).get(url(delivery)).content.decode()
    assert sentence in page
    assert "<lesson-player" not in page
    assert ("/download" in page) is can_download
    assert ("hx-trigger" in page) is (fields["status"] == Status.RECEIVING)


def test_a_recording_on_its_way_goes_on_from_its_senders_page(
    client_of: SignIn, curator: User, delivery: Delivery
) -> None:
    Recording.objects.update(status=Status.RECEIVING)
    page = client_of(curator).get(url(delivery)).content.decode()
    assert f'data-for="{delivery.lesson_id}"' in page


@pytest.mark.parametrize(
    ("fields", "mark"),
    [
        ({"width": 720, "height": 1280}, 'class="player tall"'),
        ({"kind": "audio", "playback": "as-is", "media_type": "audio/mpeg"}, "<audio"),
    ],
)
def test_the_player_has_the_recordings_shape(
    client_of: SignIn, learner: User, delivery: Delivery, fields: dict[str, object], mark: str
) -> None:
    Recording.objects.update(**fields)
    assert mark in client_of(learner).get(url(delivery)).content.decode()


def test_guidance_alone_has_no_player(
    client_of: SignIn, learner: User, curator: User, delivery: Delivery
) -> None:
    delivery.lesson.recording = None
    delivery.lesson.guidance = "Sit."
    delivery.lesson.save()
    page = client_of(learner).get(url(delivery)).content.decode()
    assert "Sit." in page
    assert "<lesson-player" not in page


def test_it_needs_a_name_and_the_right_method(
    client: Client, client_of: SignIn, curator: User, learner: User, stranger: User, delivery: Delivery
) -> None:
    assert client.get(url(delivery)).status_code == 302
    assert client_of(learner).post(url(delivery)).status_code == 405
    assert client_of(curator).get(url(delivery, "delivery-withdrawal")).status_code == 405
    for person in (learner, stranger):
        assert client_of(person).post(url(delivery, "delivery-withdrawal")).status_code == 404
    assert Delivery.objects.standing().exists()


def test_its_queries_are_bounded(
    client_of: SignIn,
    learner: User,
    delivery: Delivery,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = client_of(learner)
    browser.get(url(delivery))  # the first opening writes
    with django_assert_max_num_queries(5):
        browser.get(url(delivery))
