"""One-time sign-in links, and accounts for people whose address is about to be proven."""

import datetime

from django.conf import settings
from django.urls import reverse

from pocketlessons.people import tokens
from pocketlessons.people.models import SignInLink, User

LIFETIME = datetime.timedelta(hours=24)


class SignInLinkGoneError(Exception):
    """The link was used, has run out, or never was."""


def make_sign_in_link(user: User, *, now: datetime.datetime, lifetime: datetime.timedelta = LIFETIME) -> str:
    """The token of a link that signs this person in once, within the lifetime."""
    token = tokens.new_token()
    SignInLink.objects.create(
        user=user, token_hash=tokens.hash_of(token), created_at=now, expires_at=now + lifetime
    )
    return token


def sign_in_url(token: str) -> str:
    """The whole address of a sign-in link, as people outside reach it."""
    return settings.BASE_URL + reverse("people:sign-in-link", args=[token])


def use_sign_in_link(link: SignInLink, *, now: datetime.datetime) -> User:
    """The person whom it signs in, exactly once; SignInLinkGoneError for everybody later."""
    # No other table in here: PostgreSQL would not look at used_at again after waiting for whoever was first.
    unused = SignInLink.objects.filter(pk=link.pk, used_at=None, expires_at__gt=now)
    if not unused.update(used_at=now):
        raise SignInLinkGoneError
    return link.user


def find_or_make_account(email: str, *, guides: bool = False) -> tuple[User, bool]:
    """The account of this address, and whether it is new. Nobody is signed in by this."""
    email = email.strip().lower()
    if user := User.objects.filter(email=email).first():
        return user, False
    return User.objects.get_or_create(email=email, defaults={"guides": guides, "password": "!"})
