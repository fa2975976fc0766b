"""An upload is its owner's alone, from our own pages alone."""

import uuid
from collections.abc import Callable

import pytest
from django.conf import LazySettings
from django.test import Client

from pocketlessons.media.models import Recording
from pocketlessons.media.tests.test_upload import CONTENT, OCTETS, Tus
from pocketlessons.people.models import User

ClientOf = Callable[[User], Client]


@pytest.mark.parametrize("method", ["HEAD", "PATCH", "DELETE"])
def test_nobody_else_finds_it(curator: User, learner: User, client_of: ClientOf, method: str) -> None:
    path = Tus(client_of(curator)).begin(10)
    headers = {"Upload-Offset": "0"}
    assert Tus(client_of(learner)).ask(method, path, **headers).status_code == 404
    assert Tus(Client()).ask(method, path, **headers).status_code == 401
    assert Tus(client_of(curator)).ask(method, f"/uploads/{uuid.uuid4()}/", **headers).status_code == 404
    assert Tus(client_of(curator)).offset(path) == 0


def test_it_needs_sign_in(db: None) -> None:
    assert Tus(Client()).ask("POST", "/uploads/", Upload_Length="10").status_code == 401


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH"])
def test_the_collection_takes_creations_only(curator: User, client_of: ClientOf, method: str) -> None:
    assert Tus(client_of(curator)).ask(method, "/uploads/").status_code == 405


def test_it_needs_the_csrf_token(curator: User) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(curator)
    tus = Tus(client)
    assert tus.ask("POST", "/uploads/", Upload_Length="10").status_code == 403
    client.cookies["csrf"] = "x" * 32
    answer = tus.ask("POST", "/uploads/", CONTENT[:4], Upload_Length="10", X_CSRFToken="x" * 32)
    assert (answer.status_code, answer["Upload-Offset"]) == (201, "4")
    path = answer["Location"].removeprefix("http://testserver")
    assert tus.send(path, 4, b"abc").status_code == 403
    assert tus.send(path, 4, b"abc", X_CSRFToken="x" * 32).status_code == 204


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Origin": "https://testserver"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
def test_another_sites_page_gets_nothing_in(
    curator: User, client_of: ClientOf, headers: dict[str, str]
) -> None:
    tus = Tus(client_of(curator))
    assert tus.ask("POST", "/uploads/", **headers, Upload_Length="10").status_code == 403
    assert not Recording.objects.exists()


def test_our_own_page_does(curator: User, client_of: ClientOf, settings: LazySettings) -> None:
    tus = Tus(client_of(curator))
    for origin in ("http://testserver", "https://lessons.example"):
        settings.CSRF_TRUSTED_ORIGINS = ["https://lessons.example"]
        headers = {"Origin": origin, "Sec-Fetch-Site": "same-origin"}
        assert tus.ask("POST", "/uploads/", Upload_Length="10", **headers).status_code == 201


def test_the_body_is_not_read_as_a_form(curator: User, client_of: ClientOf) -> None:
    path = Tus(client_of(curator)).begin(10)
    answer = client_of(curator).generic(
        "PATCH",
        path,
        b"abc",
        content_type=OCTETS.upper(),
        headers={"Tus-Resumable": "1.0.0", "Upload-Offset": "0"},
    )
    assert answer.status_code == 204
