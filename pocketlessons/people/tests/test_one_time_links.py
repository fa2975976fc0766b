"""A link signs one person in, once, and only when they say so."""

import datetime
import io
import json
from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from pocketlessons.people.actions.signing_in import (
    SignInLinkGoneError,
    make_sign_in_link,
    sign_in_url,
    use_sign_in_link,
)
from pocketlessons.people.models import SignInLink, User

Reads = Callable[[object], str]


def path_for(user: User, now: datetime.datetime) -> str:
    return reverse("people:sign-in-link", args=[make_sign_in_link(user, now=now)])


def test_looking_signs_nobody_in(
    client: Client, curator: User, now: datetime.datetime, text_of: Reads
) -> None:
    page = client.get(path_for(curator, now))
    assert page.status_code == 200
    assert "Continue as Ines" in text_of(page)
    assert "_auth_user_id" not in client.session
    assert "no-store" in page.headers["Cache-Control"]


def test_it_signs_in_once(client: Client, curator: User, now: datetime.datetime, text_of: Reads) -> None:
    path = path_for(curator, now)
    answer = client.post(path)
    assert answer.headers["Location"] == reverse("pages:front")
    assert client.session["_auth_user_id"] == str(curator.pk)
    second = Client()
    for response in (second.get(path), second.post(path)):
        assert response.status_code == 404
        assert "This link has been used" in text_of(response)
        assert "Send me a new one" in text_of(response)
    assert "_auth_user_id" not in second.session


def test_of_two_at_once_one_wins(curator: User, now: datetime.datetime) -> None:
    make_sign_in_link(curator, now=now)
    first, second = SignInLink.objects.get(), SignInLink.objects.get()
    assert use_sign_in_link(first, now=now) == curator
    with pytest.raises(SignInLinkGoneError):
        use_sign_in_link(second, now=now)


def test_it_runs_out(client: Client, curator: User, now: datetime.datetime) -> None:
    token = make_sign_in_link(curator, now=now - datetime.timedelta(hours=25))
    assert client.post(reverse("people:sign-in-link", args=[token])).status_code == 404
    assert "_auth_user_id" not in client.session


def test_a_made_up_link_is_the_same_page(client: Client, db: None, text_of: Reads) -> None:
    response = client.get(reverse("people:sign-in-link", args=["made-up"]))
    assert response.status_code == 404
    assert "This link has been used" in text_of(response)


def test_it_says_who_is_signed_out(
    client_of: Callable[[User], Client],
    curator: User,
    learner: User,
    now: datetime.datetime,
    text_of: Reads,
) -> None:
    client, path = client_of(learner), path_for(curator, now)
    assert "Maya Rosen is signed in on this browser and will be signed out" in text_of(client.get(path))
    assert client.session["_auth_user_id"] == str(learner.pk)
    client.post(path)
    assert client.session["_auth_user_id"] == str(curator.pk)


def test_the_database_knows_no_token(curator: User, now: datetime.datetime) -> None:
    token = make_sign_in_link(curator, now=now)
    assert token not in str(SignInLink.objects.values_list().get())


def test_a_closed_account_stays_closed(client: Client, curator: User, now: datetime.datetime) -> None:
    path = path_for(curator, now)
    User.objects.filter(pk=curator.pk).update(is_active=False)
    assert client.post(path).status_code == 404


def test_other_methods_are_refused(client: Client, curator: User, now: datetime.datetime) -> None:
    assert client.delete(path_for(curator, now)).status_code == 405


def test_trying_too_often_is_refused(client: Client, db: None) -> None:
    path = reverse("people:sign-in-link", args=["made-up"])
    statuses = {client.post(path).status_code for _attempt in range(22)}
    assert statuses == {404, 429}


def test_the_command_prints_the_address(curator: User, client: Client) -> None:
    out = io.StringIO()
    call_command("sign_in_link", "INES@example.org", stdout=out)
    url = out.getvalue().strip()
    token = url.rstrip("/").rpartition("/")[2]
    assert url == sign_in_url(token)
    client.post(reverse("people:sign-in-link", args=[token]))
    assert client.session["_auth_user_id"] == str(curator.pk)


def test_the_command_makes_a_curator_and_says_so(db: None) -> None:
    out, err = io.StringIO(), io.StringIO()
    call_command("sign_in_link", "new@example.org", "--json", stdout=out, stderr=err)
    answer = json.loads(out.getvalue())
    assert answer["created"] is True
    assert User.objects.get(email="new@example.org").guides
    call_command("sign_in_link", "newer@example.org", stdout=out, stderr=err)
    assert "newer@example.org had no account" in err.getvalue()


def test_the_command_refuses_what_is_no_address(db: None) -> None:
    err = io.StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("sign_in_link", "nonsense", stderr=err)
    assert stopped.value.code == 2
    assert err.getvalue().count("\n") == 1
