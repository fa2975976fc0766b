"""Keeping one's place: upserted, never nonsense, and the first start closes the way back."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from pocketlessons.audit.models import Event
from pocketlessons.lessons.actions.delivering import deliver_lesson, unsend_delivery
from pocketlessons.lessons.actions.drafting import save_draft, start_draft
from pocketlessons.lessons.models import Delivery
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User
from pocketlessons.practice.actions import record_progress
from pocketlessons.practice.models import Progress

SignIn = Callable[[User], Client]
LENGTH_MS = 580_000


@pytest.fixture
def delivery(connection: Connection, curator: User, now: datetime.datetime) -> Delivery:
    recording = Recording.objects.create(
        owner=curator, status="settled", duration_ms=LENGTH_MS, created_at=now
    )
    lesson = start_draft(by=curator, kind="lesson", meant_for=connection, now=now)
    save_draft(lesson, {"title": "String crossings", "recording": recording}, by=curator, now=now)
    return deliver_lesson(lesson, connection, by=curator, now=now)


def url(delivery: Delivery) -> str:
    return reverse("practice:delivery-progress", args=[delivery.pk])


def tell(client: Client, delivery: Delivery, event: str, position_ms: object = 0) -> int:
    fields = {"event": event, "position_ms": position_ms, "duration_ms": LENGTH_MS}
    return client.post(url(delivery), fields).status_code


def test_it_keeps_the_last_place(client_of: SignIn, learner: User, delivery: Delivery) -> None:
    browser = client_of(learner)
    codes = [tell(browser, delivery, "started"), tell(browser, delivery, "position", 252_000)]
    assert codes == [204, 204]
    place = Progress.objects.get()
    assert (place.user, place.position_ms, place.duration_ms) == (learner, 252_000, LENGTH_MS)
    assert place.finished_at is None


def test_the_learners_first_start_closes_the_way_back(
    client_of: SignIn, learner: User, delivery: Delivery
) -> None:
    browser = client_of(learner)
    tell(browser, delivery, "position", 1)
    assert Delivery.objects.get().played_at is None
    for _ in range(2):
        tell(browser, delivery, "started")
    assert Delivery.objects.get().played_at is not None
    assert Event.objects.filter(verb="played").count() == 1


def test_the_curators_own_viewing_does_not(client_of: SignIn, curator: User, delivery: Delivery) -> None:
    browser = client_of(curator)
    assert [tell(browser, delivery, event, 1000) for event in ("started", "ended")] == [204, 204]
    assert Delivery.objects.get().played_at is None


def test_finished_once_is_finished(learner: User, delivery: Delivery, now: datetime.datetime) -> None:
    later = now + datetime.timedelta(days=1)
    record = {"by": learner, "duration_ms": LENGTH_MS}
    record_progress(delivery, event="ended", position_ms=LENGTH_MS, now=now, **record)  # type: ignore[arg-type]
    record_progress(delivery, event="started", position_ms=0, now=later, **record)  # type: ignore[arg-type]
    record_progress(delivery, event="ended", position_ms=LENGTH_MS, now=later, **record)  # type: ignore[arg-type]
    assert Progress.objects.get().finished_at == now


@pytest.mark.parametrize(("position_ms", "is_finished"), [(550_000, False), (570_000, True)])
def test_nearly_all_is_all(
    learner: User, delivery: Delivery, now: datetime.datetime, position_ms: int, is_finished: bool
) -> None:
    record_progress(
        delivery, by=learner, event="position", position_ms=position_ms, duration_ms=LENGTH_MS, now=now
    )
    assert (Progress.objects.get().finished_at is not None) is is_finished


@pytest.mark.parametrize("position_ms", [10**30, 2**63, LENGTH_MS + 1])
def test_numbers_beyond_the_end_are_the_end(
    client_of: SignIn, learner: User, delivery: Delivery, position_ms: int
) -> None:
    assert tell(client_of(learner), delivery, "position", position_ms) == 204
    assert Progress.objects.get().position_ms == LENGTH_MS


@pytest.mark.parametrize("position_ms", ["-1", "NaN", "", "1.5", "9" * 6_000, "Infinity"])
def test_what_is_no_number_is_refused(
    client_of: SignIn, learner: User, delivery: Delivery, position_ms: str
) -> None:
    assert tell(client_of(learner), delivery, "position", position_ms) == 422
    assert not Progress.objects.exists()


def test_what_no_player_says_is_refused(client_of: SignIn, learner: User, delivery: Delivery) -> None:
    assert tell(client_of(learner), delivery, "erased") == 422
    assert client_of(learner).post(url(delivery)).status_code == 422


def test_a_length_that_the_player_does_not_know_is_left_out(
    client_of: SignIn, learner: User, delivery: Delivery
) -> None:
    response = client_of(learner).post(url(delivery), {"event": "position", "position_ms": 4_000})
    assert response.status_code == 204
    assert Progress.objects.get().position_ms == 4_000


def test_each_has_their_own_place(
    client_of: SignIn, learner: User, curator: User, delivery: Delivery
) -> None:
    tell(client_of(learner), delivery, "position", 1_000)
    tell(client_of(curator), delivery, "position", 2_000)
    places = Progress.objects.values_list("user__name", "position_ms")
    assert sorted(places) == [("Ines Duarte", 2_000), ("Maya Rosen", 1_000)]


def test_only_the_two_of_them_have_one(
    client: Client, client_of: SignIn, stranger: User, learner: User, curator: User, delivery: Delivery
) -> None:
    assert tell(client_of(stranger), delivery, "started") == 404
    assert tell(client, delivery, "started") == 302
    unsend_delivery(delivery, by=curator, now=delivery.sent_at)
    assert tell(client_of(learner), delivery, "started") == 404
    assert not Progress.objects.exists()


def test_it_is_told_not_read(client_of: SignIn, learner: User, delivery: Delivery) -> None:
    assert client_of(learner).get(url(delivery)).status_code == 405


def test_its_queries_are_few(
    client_of: SignIn,
    learner: User,
    delivery: Delivery,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    browser = client_of(learner)
    tell(browser, delivery, "started")
    with django_assert_max_num_queries(6):
        tell(browser, delivery, "position", 1_000)
