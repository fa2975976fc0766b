"""How our door differs from allauth's own."""

from allauth.account.adapter import DefaultAccountAdapter


class DoorAdapter(DefaultAccountAdapter):
    """Sign-up by invitation only, unless the operator opens it."""
