"""The curator's side of invitations."""

import datetime
from collections.abc import Callable

import pytest
from django.core import mail
from django.db import connection as database
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pocketlessons.people.actions.inviting import AlreadyConnectedError, OwnInvitationError, invite
from pocketlessons.people.models import Connection, Invitation, User

PAGE = "/invitations/"
Reads = Callable[[object], str]
Browser = Callable[[User], Client]


def test_it_makes_a_link_and_shows_it_once(client_of: Browser, curator: User, text_of: Reads) -> None:
    client = client_of(curator)
    assert client.post(PAGE, {"name": "Nadia", "email": ""}).status_code == 302
    page = client.get(PAGE)
    invitation = Invitation.objects.get()
    link = page.context["link"]
    assert link in page.content.decode()
    assert f"/invitations/{invitation.pk}/code.png" in page.content.decode()
    assert not mail.outbox
    elsewhere = client_of(curator).get(PAGE)
    assert "Nadia" in text_of(elsewhere)
    assert elsewhere.context["link"] == ""


def test_its_code_is_a_picture_for_its_maker(client_of: Browser, curator: User, stranger: User) -> None:
    client = client_of(curator)
    client.post(PAGE, {"name": "Nadia"})
    path = reverse("people:invitation-code", args=[Invitation.objects.get().pk])
    picture = client.get(path)
    assert picture.headers["Content-Type"] == "image/png"
    assert picture.content.startswith(b"\x89PNG")
    assert client_of(stranger).get(path).status_code == 404
    assert client_of(curator).get(path).status_code == 404  # another browser does not know the token
    assert Client().get(path).status_code == 302
    assert client.post(path).status_code == 405


def test_the_mail_says_who_and_nothing_more(client_of: Browser, curator: User) -> None:
    client_of(curator).post(PAGE, {"name": "Nadia", "email": "Nadia@example.org"})
    message = mail.outbox[0]
    assert message.to == ["nadia@example.org"]
    assert message.subject == "Ines invites you"
    assert "Hello Nadia" in str(message.body)
    assert curator.email not in str(message.message())
    assert "violin" not in str(message.body)


def test_the_mailed_link_is_not_the_one_that_the_curator_sees(client_of: Browser, curator: User) -> None:
    client = client_of(curator)
    client.post(PAGE, {"name": "Nadia", "email": "nadia@example.org"})
    shown = client.get(PAGE).context["link"]
    assert shown not in str(mail.outbox[0].body).split()
    assert shown.rstrip("/") in str(mail.outbox[0].body)  # the mailed one carries a seal besides


def test_a_name_cannot_break_the_mail(client_of: Browser, curator: User) -> None:
    User.objects.filter(pk=curator.pk).update(name="Ines\nBcc: all@example.org <b>")
    client_of(curator).post(PAGE, {"name": "<script>x</script>\n\nN", "email": "nadia@example.org"})
    message = mail.outbox[0]
    assert isinstance(message, mail.EmailMultiAlternatives)
    assert message.recipients() == ["nadia@example.org"]
    assert "<script>" not in str(message.alternatives[0][0])


def test_inviting_oneself_or_a_learner_is_refused(
    client_of: Browser, curator: User, learner: User, connection: Connection, text_of: Reads
) -> None:
    client = client_of(curator)
    own = client.post(PAGE, {"name": "I", "email": "INES@example.org"})
    assert own.status_code == 422
    assert "your own address" in text_of(own)
    again = client.post(PAGE, {"name": "Maya", "email": learner.email})
    assert again.status_code == 422
    assert "Maya Rosen is one of your learners already" in text_of(again)
    assert not Invitation.objects.exists()


def test_the_reasons_have_types(curator: User, connection: Connection, now: datetime.datetime) -> None:
    with pytest.raises(OwnInvitationError):
        invite(name="", email=curator.email, by=curator, now=now)
    with pytest.raises(AlreadyConnectedError):
        invite(name="", email=connection.learner.email, by=curator, now=now)


def test_a_second_one_to_the_same_address_replaces_the_first(curator: User, now: datetime.datetime) -> None:
    first = invite(name="N", email="n@example.org", by=curator, now=now).invitation
    second = invite(name="N", email="N@example.org", by=curator, now=now).invitation
    assert list(Invitation.objects.open(now)) == [second]
    assert Invitation.objects.get(pk=first.pk).withdrawn_at == now


def test_it_can_be_withdrawn_by_its_maker_only(
    client_of: Browser, curator: User, stranger: User, now: datetime.datetime
) -> None:
    fresh = invite(name="N", email="", by=curator, now=now)
    path = reverse("people:invitation-withdrawal", args=[fresh.invitation.pk])
    assert client_of(stranger).post(path).status_code == 404
    assert Client().post(path).status_code == 302
    client = client_of(curator)
    assert client.get(path).status_code == 405
    client.post(path)
    assert not Invitation.objects.open(now).exists()
    assert Client().get(reverse("people:invitation", args=[fresh.token])).status_code == 404


def test_only_curators_invite(client_of: Browser, learner: User, curator: User) -> None:
    assert client_of(learner).get(PAGE).status_code == 404
    assert client_of(learner).post(PAGE, {"name": "N"}).status_code == 404
    assert Client().get(PAGE).status_code == 302
    assert client_of(curator).delete(PAGE).status_code == 405


def test_nobody_sees_another_curators_invitations(
    client_of: Browser, curator: User, stranger: User, now: datetime.datetime, text_of: Reads
) -> None:
    invite(name="Nadia", email="nadia@example.org", by=curator, now=now)
    assert "Nadia" not in text_of(client_of(stranger).get(PAGE))


def test_the_number_of_queries_does_not_grow(
    client_of: Browser, curator: User, now: datetime.datetime
) -> None:
    client = client_of(curator)
    counts = []
    for invitations in (1, 10):
        for _each in range(invitations):
            invite(name="N", email="", by=curator, now=now)
        with CaptureQueriesContext(database) as captured:
            client.get(PAGE)
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 6


def test_inviting_without_end_is_refused(client_of: Browser, curator: User) -> None:
    client = client_of(curator)
    statuses = [client.post(PAGE, {"name": "N"}).status_code for _attempt in range(21)]
    assert statuses[-1] == 429
    assert Invitation.objects.count() == 20


def test_a_dead_mail_server_leaves_the_link(
    client_of: Browser, curator: User, settings: object, text_of: Reads
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1  # type: ignore[attr-defined]
    client = client_of(curator)
    client.post(PAGE, {"name": "N", "email": "n@example.org"})
    page = client.get(PAGE)
    assert "The mail didn't go out" in text_of(page)
    assert page.context["link"]
