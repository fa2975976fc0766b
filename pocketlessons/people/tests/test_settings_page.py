"""Settings: what people decide about themselves."""

import datetime
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pocketlessons.people import faces
from pocketlessons.people.actions.signing_in import make_sign_in_link
from pocketlessons.people.models import User
from pocketlessons.people.templatetags.people import browser_words

PAGE = "/settings/"
Browser = Callable[[User], Client]


def words(**changed: str) -> dict[str, str]:
    return {"name": "Maya R", "face": "", "time_zone": "Europe/Lisbon", **changed}


def test_it_keeps_what_was_chosen(client_of: Browser, learner: User) -> None:
    face = faces.names()[0]
    answer = client_of(learner).post(PAGE, words(face=face, guides="on"))
    assert answer.status_code == 302
    learner.refresh_from_db()
    assert (learner.name, learner.face, learner.time_zone) == ("Maya R", face, "Europe/Lisbon")
    assert learner.guides


@pytest.mark.parametrize("wrong", [{"name": ""}, {"face": "../x"}, {"time_zone": "Moon/Base"}])
def test_it_refuses_what_it_did_not_offer(client_of: Browser, learner: User, wrong: dict[str, str]) -> None:
    answer = client_of(learner).post(PAGE, words(**wrong))
    assert answer.status_code == 422
    learner.refresh_from_db()
    assert learner.name == "Maya Rosen"


def test_nobody_changes_more_than_that(client_of: Browser, learner: User) -> None:
    client_of(learner).post(PAGE, words(is_staff="on", email="other@example.org", is_superuser="on"))
    learner.refresh_from_db()
    assert (learner.is_staff, learner.is_superuser, learner.email) == (False, False, "maya@example.org")


def test_the_look_is_kept_with_and_without_script(client_of: Browser, learner: User) -> None:
    client = client_of(learner)
    assert client.post("/settings/look/", {"theme": "dark"}).status_code == 302
    assert 'data-theme="dark"' in client.get(PAGE).content.decode()
    quiet = client.post("/settings/look/", {"theme": "light"}, headers={"accept": "application/json"})
    assert quiet.status_code == 204
    assert client.post("/settings/look/", {"theme": "pink"}).status_code == 422
    learner.refresh_from_db()
    assert learner.look == "light"


def test_it_needs_somebody_signed_in(client: Client, db: None) -> None:
    assert client.get(PAGE).status_code == 302
    assert client.post("/settings/look/", {"theme": "dark"}).status_code == 302


def test_other_methods_are_refused(client_of: Browser, learner: User) -> None:
    client = client_of(learner)
    assert client.delete(PAGE).status_code == 405
    assert client.get("/settings/look/").status_code == 405


def test_the_number_of_queries_is_bounded(client_of: Browser, learner: User) -> None:
    client = client_of(learner)
    with CaptureQueriesContext(database) as captured:
        client.get(PAGE)
    assert len(captured) <= 6


@pytest.mark.parametrize(
    "path",
    [
        "/door/email/",
        "/door/password/set/",
        "/door/2fa/",
        "/door/2fa/totp/activate/",
        "/door/2fa/webauthn/",
        "/door/2fa/webauthn/add/",
        "/door/sessions/",
        "/door/logout/",
    ],
)
def test_every_way_to_sign_in_has_its_page(client_of: Browser, learner: User, path: str) -> None:
    page = client_of(learner).get(path)
    assert page.status_code == 200
    html = page.content.decode()
    assert "<h1" in html
    assert "style=" not in html
    assert "onload" not in html
    assert Client().get(path).status_code == 302


def test_a_new_address_counts_once_it_is_confirmed(
    client_of: Browser, learner: User, last_code: Callable[[], str]
) -> None:
    client = client_of(learner)
    client.post("/door/email/", {"email": "new@example.org", "action_add": ""})
    learner.refresh_from_db()
    assert learner.email == "maya@example.org"
    assert mail.outbox[-1].to == ["new@example.org"]
    client.post("/door/confirm-email/", {"code": last_code()})
    learner.refresh_from_db()
    assert learner.email == "new@example.org"


def test_other_sessions_end_when_told_so(learner: User, now: datetime.datetime) -> None:
    here, elsewhere = Client(), Client()
    for browser in (here, elsewhere):
        browser.post(reverse("people:sign-in-link", args=[make_sign_in_link(learner, now=now)]))
    assert here.get("/door/sessions/").content.decode().count("since") == 2
    here.post("/door/sessions/")
    assert here.get(PAGE).status_code == 200
    assert elsewhere.get(PAGE).status_code == 302


@pytest.mark.parametrize(
    ("user_agent", "words_for_it"),
    [
        ("Mozilla/5.0 (Android 15; Mobile; rv:140.0) Gecko/140.0 Firefox/140.0", "Firefox, Android"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) Version/19.0 Safari/604.1",
            "Safari, iPhone",
        ),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/150.0 Safari/537.36 Edg/150.0", "Edge, Windows"),
        ("", "A browser without a name"),
    ],
)
def test_browsers_have_names_that_people_know(user_agent: str, words_for_it: str) -> None:
    assert browser_words(user_agent) == words_for_it
