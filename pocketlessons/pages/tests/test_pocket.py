"""The Pocket: one thing to do now, what is new, and everything."""

import datetime
import re
import uuid
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from pocketlessons.lessons.models import Delivery
from pocketlessons.pages.pocket import PAGE, Given, greeting, pocket_of
from pocketlessons.people.models import Connection, User
from pocketlessons.practice.models import Progress

SignIn = Callable[[User], Client]
Give = Callable[..., Delivery]
POCKET = reverse("pages:pocket")


def watched(delivery: Delivery, user: User, at: datetime.datetime, *, is_finished: bool = False) -> None:
    Progress.objects.create(
        user=user,
        delivery=delivery,
        position_ms=252_000,
        duration_ms=580_000,
        updated_at=at,
        finished_at=at if is_finished else None,
    )


def shown(row: Given | None) -> uuid.UUID | None:
    return row.pk if row else None


def test_the_card_is_what_was_touched_last(
    give: Give, connection: Connection, learner: User, now: datetime.datetime
) -> None:
    older, newer, unseen = (give(connection, title, hours=9) for title in ("a", "b", "c"))
    watched(older, learner, now)
    watched(newer, learner, now - datetime.timedelta(days=1))
    pocket = pocket_of(learner, now=now)
    assert shown(pocket.now) == older.pk
    assert [row.pk for row in pocket.new] == [unseen.pk]
    assert len(pocket.everything.rows) == 3


def test_after_two_weeks_the_newest_unseen_is_the_card(
    give: Give, connection: Connection, learner: User, now: datetime.datetime
) -> None:
    watched(give(connection, "cold"), learner, now - datetime.timedelta(days=14, seconds=1))
    give(connection, "older", hours=5)
    newest = give(connection, "newest", hours=1)
    pocket = pocket_of(learner, now=now)
    assert shown(pocket.now) == newest.pk
    assert [row.title for row in pocket.new] == ["older"]


def test_the_card_is_found_beyond_the_first_page(
    give: Give, connection: Connection, learner: User, now: datetime.datetime
) -> None:
    oldest = give(connection, "oldest", hours=99)
    for number in range(PAGE):
        watched(give(connection, f"Lesson {number}", hours=number), learner, now, is_finished=True)
    assert shown(pocket_of(learner, now=now).now) == oldest.pk
    watched(oldest, learner, now)
    pocket = pocket_of(learner, now=now)
    assert (shown(pocket.now), pocket.new) == (oldest.pk, [])


def test_what_was_watched_to_the_end_is_neither_now_nor_new(
    give: Give, connection: Connection, learner: User, now: datetime.datetime
) -> None:
    watched(give(connection, "done"), learner, now, is_finished=True)
    pocket = pocket_of(learner, now=now)
    assert (pocket.now, pocket.new) == (None, [])
    assert len(pocket.everything.rows) == 1


def test_the_curators_own_place_is_not_the_learners(
    give: Give, connection: Connection, learner: User, curator: User, now: datetime.datetime
) -> None:
    delivery = give(connection, "seen by Ines")
    watched(delivery, curator, now)
    pocket = pocket_of(learner, now=now)
    assert shown(pocket.now) == delivery.pk
    assert pocket.everything.rows[0].place_ms is None


def test_a_curator_who_learns_too_keeps_the_two_apart(
    give: Give, connection: Connection, curator: User, stranger: User, now: datetime.datetime
) -> None:
    learns = Connection.objects.create(curator=stranger, learner=curator, started_at=now)
    hers = give(learns, "begun")
    watched(hers, curator, now - datetime.timedelta(hours=1))
    watched(give(connection, "her own lesson, looked at"), curator, now)
    assert shown(pocket_of(curator, now=now).now) == hers.pk


def test_new_are_three(give: Give, connection: Connection, learner: User, now: datetime.datetime) -> None:
    for number in range(6):
        give(connection, f"Lesson {number}", hours=number)
    pocket = pocket_of(learner, now=now)
    assert [row.title for row in pocket.new] == ["Lesson 1", "Lesson 2", "Lesson 3"]


def test_unsent_and_ended_leave_the_pocket(
    give: Give, connection: Connection, stranger: User, learner: User, now: datetime.datetime
) -> None:
    unsent = give(connection, "unsent")
    watched(unsent, learner, now)
    Delivery.objects.update(unsent_at=now)
    ended = Connection.objects.create(curator=stranger, learner=learner, started_at=now)
    watched(give(ended, "ended"), learner, now)
    Connection.objects.filter(pk=ended.pk).update(status="ended")
    assert pocket_of(learner, now=now) == (None, [], ([], ""))


@pytest.mark.parametrize(
    ("hour", "words"),
    [(4, "evening"), (5, "morning"), (11, "morning"), (12, "afternoon"), (17, "afternoon"), (18, "evening")],
)
def test_it_greets_by_the_persons_own_clock(client_of: SignIn, learner: User, hour: int, words: str) -> None:
    moment = datetime.datetime(2026, 11, 22, hour, tzinfo=datetime.UTC)
    assert greeting(learner, moment) == f"Good {words}, Maya"


def test_the_page_shows_how_far(
    client_of: SignIn, give: Give, connection: Connection, learner: User, now: datetime.datetime
) -> None:
    watched(give(connection, "String crossings"), learner, now)
    give(connection, "Let the shoulder drop", kind="session")
    page = client_of(learner).get(POCKET).content.decode()
    assert "4:12 of 9:40" in page
    assert "Keep going" in page
    assert "Made for you by Ines, today" in page
    assert '<span class="tag session">Session</span>' in page
    assert "New for you" in page


def test_it_goes_on_with_what_was_given_earlier(
    client_of: SignIn, give: Give, connection: Connection, learner: User
) -> None:
    for number in range(PAGE + 2):
        give(connection, f"Lesson {number:02}", hours=number)
    browser = client_of(learner)
    found = re.search(r'hx-get="([^"]+)"', browser.get(POCKET).content.decode())
    assert found
    for headers in ({}, {"HX-Request": "true"}):
        rest = browser.get(found[1].replace("&amp;", "&"), headers=headers).content.decode()
        assert re.findall(r"<h3>(.*?)</h3>", rest) == [f"Lesson {PAGE}", f"Lesson {PAGE + 1}"]
        assert ("<html" in rest) is (not headers)


def test_an_empty_pocket_says_who_will_fill_it(
    client_of: SignIn, connection: Connection, learner: User, stranger: User
) -> None:
    page = client_of(learner).get(POCKET).content.decode()
    assert "When Ines sends you something, it will be here." in page
    assert "When somebody invites you" in client_of(stranger).get(POCKET).content.decode()


def test_nobody_elses_is_in_it(client_of: SignIn, give: Give, connection: Connection, stranger: User) -> None:
    give(connection, "String crossings")
    assert "String crossings" not in client_of(stranger).get(POCKET).content.decode()


def test_it_needs_a_name_and_the_right_method(client: Client, client_of: SignIn, learner: User) -> None:
    assert client.get(POCKET).status_code == 302
    assert client_of(learner).post(POCKET).status_code == 405


def test_its_queries_do_not_grow(
    client_of: SignIn,
    give: Give,
    connection: Connection,
    learner: User,
    now: datetime.datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(PAGE + 1):
        watched(give(connection, "a", hours=number), learner, now)
    give(connection, "b")
    browser = client_of(learner)
    with django_assert_max_num_queries(7):
        browser.get(POCKET)
