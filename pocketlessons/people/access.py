"""Who may see whom: everything here finds, or answers 404."""

import datetime
import uuid

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404

from pocketlessons.people import tokens
from pocketlessons.people.models import Connection, Invitation, SignInLink, User


def connection_for_curator(user: User, connection_id: uuid.UUID) -> Connection:
    """An active connection in which this person guides."""
    connections = Connection.objects.active().filter(curator=user).with_people()
    return get_object_or_404(connections, pk=connection_id)


def curator_or_404(user: User | AnonymousUser) -> User:
    """This person, if they guide learners."""
    if user.is_authenticated and user.guides:
        return user
    raise Http404


def invitation_for_curator(user: User, invitation_id: uuid.UUID, *, now: datetime.datetime) -> Invitation:
    """An open invitation of this curator's own."""
    return get_object_or_404(Invitation.objects.open(now), curator=user, pk=invitation_id)


def open_invitation(token: str, *, now: datetime.datetime) -> Invitation:
    """The open invitation that this bare token names."""
    invitations = Invitation.objects.open(now).select_related("curator")
    return get_object_or_404(invitations, token_hash=tokens.hash_of(token), curator__is_active=True)


def open_sign_in_link(token: str, *, now: datetime.datetime) -> SignInLink:
    """The unused sign-in link that this token names."""
    links = SignInLink.objects.filter(used_at=None, expires_at__gt=now, user__is_active=True)
    return get_object_or_404(links.select_related("user"), token_hash=tokens.hash_of(token))
