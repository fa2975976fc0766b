"""Whoever set up an authenticator app is asked for it, whichever way they come."""

import datetime
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from pocketlessons.people.actions.inviting import invite
from pocketlessons.people.actions.signing_in import make_sign_in_link
from pocketlessons.people.models import Connection, User

STEP = "/door/2fa/authenticate/"


@pytest.fixture
def app_digits(learner: User) -> Callable[[], str]:
    """The learner has an authenticator app; this reads it."""
    secret = generate_totp_secret()
    TOTP.activate(learner, secret)

    def read() -> str:
        counter = next(iter(yield_hotp_counters_from_time()))
        return str(format_hotp_value(hotp_value(secret, counter)))

    return read


def test_after_the_mailed_code(
    client: Client, learner: User, app_digits: Callable[[], str], last_code: Callable[[], str]
) -> None:
    client.post("/door/login/code/", {"email": learner.email})
    answer = client.post("/door/login/code/confirm/", {"code": last_code()})
    assert answer.headers["Location"] == STEP
    assert "_auth_user_id" not in client.session
    page = client.get(STEP)
    assert page.status_code == 200
    assert "onload" not in page.content.decode()
    client.post(STEP, {"code": app_digits()})
    assert client.session["_auth_user_id"] == str(learner.pk)


def test_after_a_one_time_link(
    client: Client, learner: User, app_digits: Callable[[], str], now: datetime.datetime
) -> None:
    token = make_sign_in_link(learner, now=now)
    answer = client.post(reverse("people:sign-in-link", args=[token]))
    assert answer.headers["Location"] == STEP
    assert "_auth_user_id" not in client.session


def test_before_a_mailed_invitation_is_accepted(
    client: Client,
    learner: User,
    curator: User,
    app_digits: Callable[[], str],
    now: datetime.datetime,
) -> None:
    path = reverse(
        "people:invitation", args=[invite(name="M", email=learner.email, by=curator, now=now).mailed_token]
    )
    assert client.post(path).headers["Location"] == STEP
    assert not Connection.objects.exists()
    back = client.post(STEP, {"code": app_digits()})
    assert back.headers["Location"] == path
    client.post(path)
    assert Connection.objects.filter(curator=curator, learner=learner).exists()


def test_a_passkey_alone_makes_no_second_step(
    client: Client, learner: User, last_code: Callable[[], str]
) -> None:
    Authenticator.objects.create(user=learner, type=Authenticator.Type.WEBAUTHN, data={})
    client.post("/door/login/code/", {"email": learner.email})
    client.post("/door/login/code/confirm/", {"code": last_code()})
    assert client.session["_auth_user_id"] == str(learner.pk)


def test_whoever_has_just_come_in_is_not_asked_again(
    client: Client, learner: User, last_code: Callable[[], str]
) -> None:
    Authenticator.objects.create(user=learner, type=Authenticator.Type.WEBAUTHN, data={})
    client.post("/door/login/code/", {"email": learner.email})
    client.post("/door/login/code/confirm/", {"code": last_code()})
    assert client.get("/door/2fa/totp/activate/").status_code == 200


def test_later_they_are(
    client_of: Callable[[User], Client], learner: User, app_digits: Callable[[], str]
) -> None:
    client = client_of(learner)
    asked = client.get("/door/2fa/totp/deactivate/")
    assert asked.headers["Location"].startswith("/door/2fa/reauthenticate/")
    page = client.get(asked.headers["Location"])
    assert "Is it still you?" in page.content.decode()
    answer = client.post(asked.headers["Location"], {"code": app_digits()})
    assert answer.headers["Location"] == "/door/2fa/totp/deactivate/"
    assert client.get("/door/2fa/totp/deactivate/").status_code == 200
