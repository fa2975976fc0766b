"""Links that work once, opened twice in the same moment."""

import datetime
from collections.abc import Callable

import pytest
from django.db import connection as database

from pocketlessons.audit.models import Event
from pocketlessons.people.actions.inviting import InvitationGoneError, accept_invitation, invite
from pocketlessons.people.actions.signing_in import SignInLinkGoneError, make_sign_in_link, use_sign_in_link
from pocketlessons.people.models import Connection, Invitation, SignInLink, User

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(database.vendor == "sqlite", reason="SQLite lets one transaction run at a time"),
]
AtOnce = Callable[..., list[object]]
TIMES = range(5)


@pytest.mark.parametrize("_time", TIMES)
def test_an_invitation_connects_one_person(
    at_once: AtOnce, curator: User, learner: User, stranger: User, now: datetime.datetime, _time: int
) -> None:
    invite(name="Nadia", email="", by=curator, now=now)
    read = [Invitation.objects.select_related("curator").get() for _ in range(2)]
    outcomes = at_once(
        lambda: accept_invitation(read[0], by=learner, now=now),
        lambda: accept_invitation(read[1], by=stranger, now=now),
    )
    assert sorted(type(each) is InvitationGoneError for each in outcomes) == [False, True]
    assert (Connection.objects.count(), Event.objects.count()) == (1, 1)


@pytest.mark.parametrize("_time", TIMES)
def test_a_sign_in_link_lets_in_once(
    at_once: AtOnce, learner: User, now: datetime.datetime, _time: int
) -> None:
    make_sign_in_link(learner, now=now)
    read = [SignInLink.objects.select_related("user").get() for _ in range(3)]
    outcomes = at_once(*(lambda link=link: use_sign_in_link(link, now=now) for link in read))
    assert sorted(type(each) is SignInLinkGoneError for each in outcomes) == [False, True, True]
