"""Secrets that go out once, in a link: made here, and known to the database by their hash alone."""

import hashlib
import hmac
import secrets

from django.utils.crypto import salted_hmac


def new_token() -> str:
    """192 random bits that fit into a URL."""
    return secrets.token_urlsafe(24)


def hash_of(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def sealed(token: str, *, purpose: str) -> str:
    """The token with our seal for this purpose; nobody who only knows the token can add it."""
    return f"{token}.{_seal(token, purpose)}"


def split_seal(sealed_token: str) -> tuple[str, str]:
    """The bare token and the seal that came with it, if any."""
    token, _, seal = sealed_token.partition(".")
    return token, seal


def seal_holds(token: str, seal: str, *, purpose: str) -> bool:
    """Whether this seal is ours, for this token and this purpose."""
    return hmac.compare_digest(seal.encode(), _seal(token, purpose).encode())


def _seal(token: str, purpose: str) -> str:
    return salted_hmac(f"pocketlessons.{purpose}", token, algorithm="sha256").hexdigest()[:32]
