"""The invited person's side: what they are told, and who may become whom."""

import datetime
from collections.abc import Callable

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from pocketlessons.audit.models import Event
from pocketlessons.people.actions.inviting import (
    FreshInvitation,
    InvitationGoneError,
    accept_invitation,
    invite,
)
from pocketlessons.people.models import Connection, Invitation, User

CONFIRM = "/door/login/code/confirm/"
Reads = Callable[[object], str]
Browser = Callable[[User], Client]


@pytest.fixture
def by_link(curator: User, now: datetime.datetime) -> FreshInvitation:
    return invite(name="Nadia", email="", by=curator, now=now)


@pytest.fixture
def by_mail(curator: User, now: datetime.datetime) -> FreshInvitation:
    return invite(name="Nadia", email="nadia@example.org", by=curator, now=now)


def path_of(token: str) -> str:
    return reverse("people:invitation", args=[token])


def signed_in(client: Client) -> str | None:
    return client.session.get("_auth_user_id")


def test_it_says_what_the_curator_will_and_will_not_see(
    client: Client, by_link: FreshInvitation, text_of: Reads
) -> None:
    page = client.get(path_of(by_link.token))
    text = text_of(page)
    assert page.status_code == 200
    assert "Ines would like to teach you here, Nadia" in text
    assert "Ines will see Your name Takes and questions that you send" in text
    assert "Ines won't see Your notes and what you write for yourself" in text
    assert "ines@example.org" not in page.content.decode()


def test_the_mailed_link_brings_a_newcomer_in_at_once(
    client: Client, by_mail: FreshInvitation, curator: User, django_capture_on_commit_callbacks: object
) -> None:
    answer = client.post(path_of(by_mail.mailed_token), {"name": "Nadia Haddad"})
    assert answer.headers["Location"] == reverse("pages:front")
    nadia = User.objects.get(email="nadia@example.org")
    assert signed_in(client) == str(nadia.pk)
    assert nadia.name == "Nadia Haddad"
    assert not nadia.guides
    connection = Connection.objects.get(curator=curator, learner=nadia)
    assert Invitation.objects.get().connection == connection
    event = Event.objects.get(verb=Event.Verb.CONNECTED)
    assert (event.object_id, event.actor) == (connection.pk, nadia)


def test_the_mailed_link_works_once(client: Client, by_mail: FreshInvitation) -> None:
    path = path_of(by_mail.mailed_token)
    client.post(path, {"name": "Nadia"})
    second = Client()
    assert second.post(path, {"name": "Eve"}).status_code == 404
    assert second.get(path).status_code == 404
    assert signed_in(second) is None


def test_the_mailed_link_brings_an_existing_account_in(
    client: Client, curator: User, learner: User, now: datetime.datetime
) -> None:
    fresh = invite(name="Somebody", email=learner.email, by=curator, now=now)
    client.post(path_of(fresh.mailed_token))
    assert signed_in(client) == str(learner.pk)
    assert User.objects.get(pk=learner.pk).name == "Maya Rosen"


def test_the_curators_own_copy_of_the_link_opens_nobodys_account(
    client: Client, curator: User, learner: User, now: datetime.datetime
) -> None:
    fresh = invite(name="Maya", email=learner.email, by=curator, now=now)
    for token in (fresh.token, f"{fresh.token}.{'0' * 32}", f"{fresh.token}."):
        answer = client.post(path_of(token), {"name": "Eve", "email": learner.email})
        assert answer.status_code == 302
        assert CONFIRM in answer.headers["Location"]
        assert signed_in(client) is None
    assert not Connection.objects.exists()


def test_a_seal_fits_no_other_invitation(
    client: Client, curator: User, learner: User, now: datetime.datetime
) -> None:
    own = invite(name="E", email="eve@example.org", by=curator, now=now)
    other = invite(name="M", email=learner.email, by=curator, now=now)
    seal = own.mailed_token.partition(".")[2]
    client.post(path_of(f"{other.token}.{seal}"), {"name": "Eve", "email": learner.email})
    assert signed_in(client) is None


def test_by_link_an_address_must_be_confirmed_first(
    client: Client, by_link: FreshInvitation, curator: User, last_code: Callable[[], str], text_of: Reads
) -> None:
    path = path_of(by_link.token)
    asked = client.post(path, {"name": "Nadia Haddad", "email": "Nadia@example.org"})
    assert asked.headers["Location"].startswith(CONFIRM)
    assert not Connection.objects.exists()
    back = client.post(asked.headers["Location"], {"code": last_code()})
    assert back.headers["Location"] == path
    page = client.get(path)
    assert 'value="Nadia Haddad"' in page.content.decode()
    assert client.post(path, {"name": "Nadia Haddad"}).headers["Location"] == reverse("pages:front")
    nadia = User.objects.get(email="nadia@example.org")
    assert Connection.objects.filter(curator=curator, learner=nadia).exists()
    assert nadia.name == "Nadia Haddad"


def test_by_link_known_and_unknown_addresses_look_the_same(
    by_link: FreshInvitation, learner: User, text_of: Reads
) -> None:
    seen = []
    for address in (learner.email, "new@example.org"):
        client = Client()
        answer = client.post(path_of(by_link.token), {"name": "N", "email": address})
        page = client.get(answer.headers["Location"])
        seen.append((answer.headers["Location"], text_of(page).replace(address, "")))
    assert seen[0] == seen[1]
    assert mail.outbox[0].subject == mail.outbox[1].subject


def test_typing_a_victims_address_changes_nothing_of_theirs(
    client: Client, by_link: FreshInvitation, learner: User
) -> None:
    client.post(path_of(by_link.token), {"name": "Eve", "email": learner.email})
    client.post(CONFIRM, {"code": "000000"})
    assert signed_in(client) is None
    assert User.objects.get(pk=learner.pk).name == "Maya Rosen"
    assert not Connection.objects.exists()


def test_somebody_signed_in_accepts_with_one_press(
    client_of: Browser, by_link: FreshInvitation, curator: User, learner: User, text_of: Reads
) -> None:
    client = client_of(learner)
    page = client.get(path_of(by_link.token))
    assert "Your mail address" not in text_of(page)
    assert client.post(path_of(by_link.token)).headers["Location"] == reverse("pages:front")
    assert Connection.objects.filter(curator=curator, learner=learner).count() == 1


def test_a_curator_can_be_a_learner_too(
    client_of: Browser, by_link: FreshInvitation, stranger: User, curator: User
) -> None:
    client_of(stranger).post(path_of(by_link.token))
    assert Connection.objects.filter(curator=curator, learner=stranger).exists()
    assert User.objects.get(pk=stranger.pk).guides


def test_another_persons_invitation_is_refused_aloud(
    client_of: Browser, by_mail: FreshInvitation, learner: User, text_of: Reads
) -> None:
    client = client_of(learner)
    for response in (client.get(path_of(by_mail.mailed_token)), client.post(path_of(by_mail.mailed_token))):
        assert response.status_code == 409
        assert "is for nadia@example.org, and you're signed in with maya@example.org" in text_of(response)
    assert signed_in(client) == str(learner.pk)
    assert not Connection.objects.exists()


def test_ones_own_invitation_is_refused(
    client_of: Browser, by_link: FreshInvitation, curator: User, text_of: Reads
) -> None:
    response = client_of(curator).post(path_of(by_link.token))
    assert response.status_code == 409
    assert "This is your own invitation" in text_of(response)


def test_an_existing_learner_is_told_so(
    client_of: Browser, by_link: FreshInvitation, connection: Connection, text_of: Reads
) -> None:
    response = client_of(connection.learner).post(path_of(by_link.token))
    assert "You and Ines are connected already" in text_of(response)
    assert Invitation.objects.get().accepted_at is None


def test_an_ended_connection_is_taken_up_again(
    client_of: Browser, by_link: FreshInvitation, connection: Connection
) -> None:
    Connection.objects.update(status=Connection.Status.ENDED)
    client_of(connection.learner).post(path_of(by_link.token))
    assert Connection.objects.get().status == Connection.Status.ACTIVE


def test_of_two_at_once_one_gets_it(
    by_link: FreshInvitation, learner: User, stranger: User, now: datetime.datetime
) -> None:
    accept_invitation(by_link.invitation, by=learner, now=now)
    with pytest.raises(InvitationGoneError):
        accept_invitation(by_link.invitation, by=stranger, now=now)
    assert Connection.objects.count() == 1


def test_it_runs_out_after_two_weeks(
    client: Client, curator: User, now: datetime.datetime, text_of: Reads
) -> None:
    fresh = invite(name="N", email="", by=curator, now=now - datetime.timedelta(days=14, seconds=1))
    closed, made_up = client.get(path_of(fresh.token)), client.get(path_of("made-up"))
    assert closed.status_code == made_up.status_code == 404
    assert text_of(closed) == text_of(made_up)


def test_a_nameless_newcomer_is_asked_again(client: Client, by_mail: FreshInvitation) -> None:
    assert client.post(path_of(by_mail.mailed_token), {"name": " \u200f "}).status_code == 422
    assert signed_in(client) is None


@pytest.mark.parametrize("name", ["עִברִית מאוד", "ن" * 80, "A" * 80, "Zoë O'Neill-Österström"])
def test_names_of_all_kinds_are_kept_and_isolated(
    client: Client, by_mail: FreshInvitation, name: str
) -> None:
    client.post(path_of(by_mail.mailed_token), {"name": name})
    assert User.objects.get(email="nadia@example.org").name == name
    page = client.get(reverse("people:settings")).content.decode()
    assert "<bdi>" in page


def test_other_methods_are_refused(client: Client, by_link: FreshInvitation) -> None:
    assert client.put(path_of(by_link.token)).status_code == 405


def test_trying_too_often_is_refused(client: Client, by_link: FreshInvitation) -> None:
    statuses = [client.post(path_of(by_link.token), {}).status_code for _attempt in range(21)]
    assert statuses[-1] == 429


def test_a_closed_account_is_not_connected(
    client: Client, by_mail: FreshInvitation, text_of: Reads, curator: User
) -> None:
    User.objects.create_user("nadia@example.org", name="Nadia")
    User.objects.filter(email="nadia@example.org").update(is_active=False)
    answer = client.post(path_of(by_mail.mailed_token))
    assert answer.status_code == 409
    assert "This account is closed" in text_of(answer)
    assert signed_in(client) is None
    assert not Connection.objects.exists()
