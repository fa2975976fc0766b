"""The Desk and the front page."""

import datetime
from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.people.models import Connection, User

SignIn = Callable[[User], Client]
Give = Callable[..., Delivery]
DESK = reverse("pages:desk")


def test_it_shows_faces_drafts_and_what_went_out(
    client_of: SignIn, give: Give, connection: Connection, curator: User, now: datetime.datetime
) -> None:
    give(connection, "String crossings")
    Lesson.objects.create(author=curator, title="Begun", meant_for=connection, created_at=now, updated_at=now)
    page = client_of(curator).get(DESK).content.decode()
    assert f'name="for" value="{connection.pk}"' in page
    for part in ("Not sent yet", "Begun", "For Maya", "Sent lately", "String crossings", "Take back"):
        assert part in page


def test_it_tells_of_no_opening_only_what_can_be_taken_back(
    client_of: SignIn, give: Give, connection: Connection, curator: User, now: datetime.datetime
) -> None:
    give(connection, "String crossings")
    Delivery.objects.update(opened_at=now, played_at=now)
    page = client_of(curator).get(DESK).content.decode()
    assert "Take back" not in page
    assert "pened" not in page


def test_an_empty_desk_is_a_good_moment(client_of: SignIn, connection: Connection, curator: User) -> None:
    assert "A good moment to record something small." in client_of(curator).get(DESK).content.decode()


def test_without_learners_it_offers_an_invitation(client_of: SignIn, curator: User) -> None:
    page = client_of(curator).get(DESK).content.decode()
    assert "Invite the first person you teach." in page
    assert reverse("people:invitations") in page


def test_nobody_elses_is_on_it(
    client_of: SignIn, give: Give, connection: Connection, stranger: User, learner: User
) -> None:
    give(connection, "String crossings")
    for person in (stranger, learner):
        assert "String crossings" not in client_of(person).get(DESK).content.decode()


def test_it_needs_a_name_and_the_right_method(client: Client, client_of: SignIn, curator: User) -> None:
    assert client.get(DESK).status_code == 302
    assert client_of(curator).post(DESK).status_code == 405


def test_its_queries_do_not_grow(
    client_of: SignIn,
    give: Give,
    connection: Connection,
    curator: User,
    now: datetime.datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(8):
        give(connection, "a", hours=number)
        Lesson.objects.create(author=curator, title="b", created_at=now, updated_at=now)
    browser = client_of(curator)
    with django_assert_max_num_queries(5):
        browser.get(DESK)


def test_the_front_leads_each_to_their_place(
    client: Client, client_of: SignIn, curator: User, learner: User
) -> None:
    front = reverse("pages:front")
    assert client.get(front)["Location"] == reverse("account_login")
    assert client_of(curator).get(front)["Location"] == DESK
    assert client_of(learner).get(front)["Location"] == reverse("pages:pocket")
    assert client.post(front).status_code == 405
