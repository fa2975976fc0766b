"""The library: one's own lessons, drafts first, found by title, page after page."""

import datetime
from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.lessons.views.library import PAGE
from pocketlessons.people.models import Connection, User

SignIn = Callable[[User], Client]
LIBRARY = reverse("lessons:library")


def fill(curator: User, connection: Connection, count: int, now: datetime.datetime) -> None:
    for number in range(count):
        at = now - datetime.timedelta(hours=number)
        lesson = Lesson.objects.create(
            author=curator, title=f"Lesson {number:02}", is_out=True, created_at=at, updated_at=at
        )
        Delivery.objects.create(lesson=lesson, connection=connection, sender=curator, sent_at=at)


def titles(html: str) -> list[str]:
    return [part.split("</h3>")[0] for part in html.split("<h3>")[1:]]


def test_it_shows_drafts_and_who_has_what(
    client_of: SignIn, curator: User, delivery: Delivery, now: datetime.datetime
) -> None:
    Lesson.objects.create(author=curator, title="Begun", created_at=now, updated_at=now)
    page = client_of(curator).get(LIBRARY).content.decode()
    assert titles(page) == ["Begun", "String crossings"]
    assert "Maya has it" in page


def test_it_finds_by_title(
    client_of: SignIn, curator: User, connection: Connection, now: datetime.datetime
) -> None:
    fill(curator, connection, 3, now)
    browser = client_of(curator)
    assert titles(browser.get(LIBRARY, {"q": " lesson  01 "}).content.decode()) == ["Lesson 01"]
    assert "Nothing here is called" in browser.get(LIBRARY, {"q": "%"}).content.decode()


def test_it_goes_on_where_the_last_page_ended(
    client_of: SignIn, curator: User, connection: Connection, now: datetime.datetime
) -> None:
    fill(curator, connection, PAGE + 3, now)
    browser = client_of(curator)
    first = browser.get(LIBRARY)
    key = first.context["page"].next_key
    rest = browser.get(LIBRARY, {"before": key})
    assert len(titles(first.content.decode())) == PAGE
    assert titles(rest.content.decode()) == [f"Lesson {PAGE + number}" for number in range(3)]
    part = browser.get(LIBRARY, {"before": key}, headers={"HX-Request": "true"}).content.decode()
    assert part.lstrip().startswith("<li>")
    assert browser.get(LIBRARY, {"before": "x_y"}).status_code == 200


def test_nobody_sees_anothers(client_of: SignIn, stranger: User, delivery: Delivery) -> None:
    page = client_of(stranger).get(LIBRARY).content.decode()
    assert "String crossings" not in page
    assert "Every lesson you send is kept here" in page


def test_it_needs_a_name_and_the_right_method(client: Client, client_of: SignIn, curator: User) -> None:
    assert client.get(LIBRARY).status_code == 302
    assert client_of(curator).post(LIBRARY).status_code == 405


def test_its_queries_do_not_grow(
    client_of: SignIn,
    curator: User,
    connection: Connection,
    now: datetime.datetime,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    fill(curator, connection, PAGE, now)
    browser = client_of(curator)
    with django_assert_max_num_queries(6):
        browser.get(LIBRARY)


@pytest.mark.parametrize(
    "asked",
    [
        {"q": "a\x00b"},
        {"before": "never_1"},
        {"before": "0001-01-01T00:00:00+14:00_01890000-0000-7000-8000-000000000000"},
        {"before": "9999-12-31T23:59:59-14:00_01890000-0000-7000-8000-000000000000"},
    ],
)
def test_it_takes_whatever_an_address_says(client_of: SignIn, curator: User, asked: dict[str, str]) -> None:
    assert client_of(curator).get(LIBRARY, asked).status_code == 200
