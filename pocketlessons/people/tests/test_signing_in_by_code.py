"""The door: one address, six digits, in; the same for addresses that nobody has."""

from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pocketlessons.people.models import User

ASK = "/door/login/code/"
CONFIRM = "/door/login/code/confirm/"


@pytest.mark.django_db
def test_the_door_asks_for_one_address(client: Client) -> None:
    page = client.get("/door/login/").content.decode()
    assert f'action="{ASK}"' in page
    assert page.index('name="email"') < page.index('name="password"')
    assert "style=" not in page
    assert "onload" not in page


def test_six_digits_let_somebody_in(client: Client, learner: User, last_code: Callable[[], str]) -> None:
    asked = client.post(ASK, {"email": "Maya@example.org"})
    assert asked.headers["Location"].endswith(CONFIRM)
    answer = client.post(CONFIRM, {"code": last_code()})
    assert answer.headers["Location"] == reverse("pages:front")
    assert client.session["_auth_user_id"] == str(learner.pk)
    assert len(mail.outbox) == 1


def test_pasted_digits_with_spaces_are_fine(
    client: Client, learner: User, last_code: Callable[[], str]
) -> None:
    client.post(ASK, {"email": learner.email})
    code = last_code()
    client.post(CONFIRM, {"code": f" {code[:3]} {code[3:]} "})
    assert "_auth_user_id" in client.session


def test_three_wrong_tries_end_it(client: Client, learner: User, last_code: Callable[[], str]) -> None:
    client.post(ASK, {"email": learner.email})
    code = last_code()
    wrong = "000000" if code != "000000" else "111111"
    for _attempt in range(3):
        client.post(CONFIRM, {"code": wrong})
    client.post(CONFIRM, {"code": code})
    assert "_auth_user_id" not in client.session


def test_an_old_code_does_not_work_after_a_new_one(
    client: Client, learner: User, last_code: Callable[[], str]
) -> None:
    client.post(ASK, {"email": learner.email})
    old = last_code()
    client.post(ASK, {"email": learner.email})
    assert len(mail.outbox) == 2
    if old != last_code():
        client.post(CONFIRM, {"code": old})
        assert "_auth_user_id" not in client.session
    client.post(CONFIRM, {"code": last_code()})
    assert "_auth_user_id" in client.session


def test_an_unknown_address_looks_the_same(learner: User, text_of: Callable[[object], str]) -> None:
    pages, queries = [], []
    for address in ("maya@example.org", "none@example.org"):
        client = Client()
        with CaptureQueriesContext(database) as captured:
            asked = client.post(ASK, {"email": address})
        page = client.get(asked.headers["Location"])
        wrong = client.post(CONFIRM, {"code": "abc"})
        pages.append(
            [
                (asked.status_code, asked.headers["Location"]),
                (page.status_code, text_of(page).replace(address, "")),
                (wrong.status_code, text_of(wrong).replace(address, "")),
            ]
        )
        queries.append(len(captured))
    assert pages[0] == pages[1]
    assert abs(queries[0] - queries[1]) <= 1
    assert [len(one.to) for one in mail.outbox] == [1, 1]
    assert mail.outbox[0].subject == mail.outbox[1].subject


@pytest.mark.django_db
def test_the_mail_to_an_unknown_address_holds_no_code(client: Client) -> None:
    client.post(ASK, {"email": "none@example.org"})
    assert not any(character.isdigit() for character in str(mail.outbox[0].body))
    client.post(CONFIRM, {"code": ""})
    client.post(CONFIRM, {"code": "000000"})
    assert "_auth_user_id" not in client.session
    assert not User.objects.exists()


def test_the_mail_says_nothing_about_teaching(client: Client, learner: User, curator: User) -> None:
    client.post(ASK, {"email": learner.email})
    message = mail.outbox[0]
    assert isinstance(message, mail.EmailMultiAlternatives)
    text, html = str(message.body), str(message.alternatives[0][0])
    assert message.subject == "Your sign-in code"
    for word in ("Ines", "Maya", "lesson from"):
        assert word not in text
        assert word not in html


def test_too_many_requests_for_one_address_are_refused(client: Client, learner: User) -> None:
    for _attempt in range(5):
        client.post(ASK, {"email": learner.email})
    assert len(mail.outbox) == 3


def test_a_closed_account_gets_no_code(client: Client, learner: User) -> None:
    User.objects.filter(pk=learner.pk).update(is_active=False)
    client.post(ASK, {"email": learner.email})
    assert "000" not in str(mail.outbox[0].body)
    assert "no account" in str(mail.outbox[0].body)


@pytest.mark.django_db
def test_nobody_makes_an_account_uninvited(client: Client) -> None:
    assert "By invitation" in client.get("/door/signup/").content.decode()
    client.post("/door/signup/", {"email": "new@example.org"})
    assert not User.objects.exists()


def test_a_password_works_too(client: Client, learner: User, last_code: Callable[[], str]) -> None:
    learner.set_password("a long bow stroke")
    learner.save()
    client.post("/door/login/", {"login": learner.email, "password": "a long bow stroke"})
    if "_auth_user_id" not in client.session:  # the address was never confirmed before
        client.post("/door/confirm-email/", {"code": last_code()})
    assert client.session["_auth_user_id"] == str(learner.pk)


def test_a_wrong_password_keeps_the_form_open(client: Client, learner: User) -> None:
    page = client.post("/door/login/", {"login": learner.email, "password": "wrong"}).content.decode()
    assert "<details open>" in page
    assert "belong together" in page


def test_a_new_password_ends_every_session(client_of: Callable[[User], Client], learner: User) -> None:
    here, elsewhere = client_of(learner), client_of(learner)
    password = "a long bow stroke"
    here.post("/door/password/set/", {"password1": password, "password2": password})
    for browser in (here, elsewhere):
        assert browser.get(reverse("people:settings")).status_code == 302


def test_a_change_of_the_ways_in_is_told_by_mail(client_of: Callable[[User], Client], learner: User) -> None:
    password = "a long bow stroke"
    client_of(learner).post("/door/password/set/", {"password1": password, "password2": password})
    message = mail.outbox[-1]
    assert (message.to, message.subject) == ([learner.email], "Your password was set")
    assert "A password was set." in str(message.body)
    assert password not in str(message.message())
