"""Walks the URLconf: every URL × every kind of person has a declared answer, and that is what it gives."""

from collections.abc import Iterator
from typing import Any, cast

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from pocketlessons.people.models import Connection
from tests.access_matrix import DOOR, IN, MATRIX, PEOPLE
from tests.world import World

RANGED = [name for name, row in MATRIX.items() if row.thing == "recording" and row.method == "GET"]


def names(resolver: URLResolver, namespace: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLResolver):
            yield from names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}"


def test_every_url_has_a_row() -> None:
    urls = set(names(get_resolver()))
    assert urls - set(MATRIX) - DOOR == set()
    assert (set(MATRIX) | DOOR) - urls == set()


@pytest.mark.parametrize("name", MATRIX)
def test_it_answers_everybody_as_declared(world: World, name: str) -> None:
    row = MATRIX[name]
    responses = {person: asked(world, name, person, row.method) for person in PEOPLE}
    assert {person: response.status_code for person, response in responses.items()} == dict(
        zip(PEOPLE, row.answers, strict=True)
    )
    if row.answers[0] == IN != row.answers[4]:
        assert responses["anonymous"]["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", RANGED)
def test_strangers_get_no_byte_by_head_or_range(world: World, name: str) -> None:
    for person in PEOPLE[:3]:
        for method in ("HEAD", "GET"):
            response = asked(world, name, person, method, HTTP_RANGE="bytes=0-99")
            assert response.status_code == 404
            assert "Content-Range" not in response
            assert "ETag" not in response


@pytest.mark.parametrize("name", ["media:recording-mp4", "media:recording-download"])
def test_what_was_unsent_is_gone_with_the_next_range(world: World, name: str) -> None:
    assert asked(world, name, "learner", "GET", HTTP_RANGE="bytes=0-99").status_code == 206
    world.unsend()
    assert asked(world, name, "learner", "GET", HTTP_RANGE="bytes=100-199").status_code == 404


GIVEN = [
    name for name, row in MATRIX.items() if row.thing in {"recording", "delivery"} and row.answers[3] == 200
]


@pytest.mark.parametrize("name", GIVEN)
@pytest.mark.parametrize(("status", "code"), [("paused", 200), ("ended", 404)])
def test_what_was_given_lasts_as_long_as_the_connection(
    world: World, name: str, status: str, code: int
) -> None:
    Connection.objects.filter(pk=world.delivery.connection_id).update(status=status)
    for method in ("GET", "HEAD"):
        assert asked(world, name, "learner", method).status_code == code


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_nobody_writes_to_the_upload_of_another(world: World, method: str) -> None:
    before = world.upload.offset_bytes
    for person in PEOPLE[:4]:
        headers = {"HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_UPLOAD_OFFSET": str(before)}
        content = {"data": b"x", "content_type": "application/offset+octet-stream"}
        response = world.client(person).generic(method, world.url("media:upload"), **content, **headers)  # type: ignore[arg-type]
        assert response.status_code == (404 if person in world.people else 401)
    world.upload.refresh_from_db()
    assert world.upload.offset_bytes == before


@pytest.mark.parametrize("name", MATRIX)
def test_nothing_changes_for_a_page_from_elsewhere(world: World, name: str) -> None:
    browser = Client(SERVER_NAME="127.0.0.1", enforce_csrf_checks=True)
    browser.force_login(world.people["curator"])
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        headers = {"HTTP_TUS_RESUMABLE": "1.0.0", "HTTP_X_HTTP_METHOD_OVERRIDE": "DELETE"}
        answer = browser.generic(method, world.url(name), **headers)  # type: ignore[arg-type]
        assert answer.status_code in {403, 405}


@pytest.mark.parametrize("name", [name for name, row in MATRIX.items() if row.method == "GET"])
def test_what_is_asked_about_a_url_tells_no_more_than_the_url(world: World, name: str) -> None:
    for person in ("anonymous", "stranger"):
        for method in ("OPTIONS", "TRACE"):
            response = asked(world, name, person, method)
            assert response.status_code == 405
            assert response.content == b""


def asked(world: World, name: str, person: str, method: str, **headers: str) -> HttpResponse:
    if name == "media:upload":
        headers["HTTP_TUS_RESUMABLE"] = "1.0.0"
    extra: dict[str, Any] = {**headers}
    return cast(HttpResponse, world.client(person).generic(method, world.url(name), **extra))
