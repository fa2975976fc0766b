"""Invitations: made by a curator, mailed or handed over as a link, accepted once."""

import dataclasses
import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from pocketlessons.people import tokens
from pocketlessons.people.actions.connecting import connect
from pocketlessons.people.models import Connection, Invitation, User

LIFETIME = datetime.timedelta(days=14)


class InvitationError(Exception):
    """Why an invitation cannot be made or accepted: a code for programs, a sentence for people."""

    code = "invitation"

    @property
    def sentence(self) -> str:
        return str(self.args[0])


class OwnInvitationError(InvitationError):
    code = "own-invitation"


class AlreadyConnectedError(InvitationError):
    code = "already-connected"


class OtherAddressError(InvitationError):
    code = "other-address"


class ClosedAccountError(InvitationError):
    code = "closed-account"


class InvitationGoneError(InvitationError):
    code = "invitation-gone"


@dataclasses.dataclass(frozen=True)
class FreshInvitation:
    """An invitation and, this once, its token."""

    invitation: Invitation
    token: str

    @property
    def mailed_token(self) -> str:
        """The token for the mail: its seal shows that whoever brings it reads mail at that address."""
        return tokens.sealed(self.token, purpose=_purpose(self.invitation))


@transaction.atomic
def invite(*, name: str, email: str, by: User, now: datetime.datetime) -> FreshInvitation:
    """An open invitation; an earlier open one to the same address is withdrawn.

    Raises OwnInvitationError for the curator's own address and AlreadyConnectedError for her learners'.
    """
    email = email.strip().lower()
    if email == by.email:
        raise OwnInvitationError(_("That's your own address. Whom would you like to invite?"))
    if email:
        _refuse_learners_of(by, email)
        Invitation.objects.open(now).filter(curator=by, email=email).update(withdrawn_at=now)
    token = tokens.new_token()
    invitation = Invitation.objects.create(
        curator=by,
        name=name.strip(),
        email=email,
        token_hash=tokens.hash_of(token),
        created_at=now,
        expires_at=now + LIFETIME,
    )
    return FreshInvitation(invitation, token)


def withdraw_invitation(invitation: Invitation, *, now: datetime.datetime) -> bool:
    """Close it before anybody accepts; False when somebody was faster."""
    return bool(Invitation.objects.open(now).filter(pk=invitation.pk).update(withdrawn_at=now))


def proves_address(invitation: Invitation, token: str, seal: str) -> bool:
    """Whether the link came out of the mail that we sent to the invited address."""
    return bool(invitation.email and seal) and tokens.seal_holds(token, seal, purpose=_purpose(invitation))


@transaction.atomic
def accept_invitation(
    invitation: Invitation, *, by: User, now: datetime.datetime, name: str = ""
) -> Connection:
    """The connection that the invitation offers. `by` must have signed in, or have proven the address.

    Raises InvitationError with its sentence: own, of another address, already connected, or gone.
    """
    refuse_if_not_for(invitation, by)
    if not Invitation.objects.open(now).filter(pk=invitation.pk).update(accepted_at=now):
        raise InvitationGoneError(_("This invitation has been used or withdrawn, or its two weeks are over."))
    if name and not by.name:
        User.objects.filter(pk=by.pk, name="").update(name=name)
        by.name = name
    connection = connect(invitation.curator, by, now=now)
    Invitation.objects.filter(pk=invitation.pk).update(connection=connection)
    return connection


def refuse_if_not_for(invitation: Invitation, person: User) -> None:
    """Raise what stands in the way of this person, before they press anything."""
    curator = invitation.curator
    if not person.is_active:
        raise ClosedAccountError(_("This account is closed."))
    if person.pk == curator.pk:
        raise OwnInvitationError(_("This is your own invitation. Give it to the person you'd like to teach."))
    if invitation.email and invitation.email != person.email:
        raise OtherAddressError(
            _("This invitation is for %(invited)s, and you're signed in with %(own)s.")
            % {"invited": invitation.email, "own": person.email}
        )
    if Connection.objects.active().filter(curator=curator, learner=person).exists():
        raise AlreadyConnectedError(
            _("You and %(name)s are connected already.") % {"name": curator.first_name}
        )


def _refuse_learners_of(curator: User, email: str) -> None:
    connected = Connection.objects.active().filter(curator=curator, learner__email=email)
    if connection := connected.select_related("learner").first():
        raise AlreadyConnectedError(
            _("%(name)s is one of your learners already.") % {"name": connection.learner.shown_name}
        )


def _purpose(invitation: Invitation) -> str:
    return f"invitation:{invitation.pk}:{invitation.email}"
