"""What the shell around every page needs to know."""

import uuid
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from pocketlessons.lib.http.hosts import host_of, is_address
from pocketlessons.people.models import Connection, User
from pocketlessons.people.outbox import is_shown_to


class Face(NamedTuple):
    """Somebody on the other side of a connection, as the rail shows them."""

    name: str
    face: str
    connection_id: uuid.UUID

    @property
    def first_name(self) -> str:
        return self.name.split()[0]


class Navigation:
    """Which entries the shell has for this person; one query, and only if somebody asks."""

    def __init__(self, user: User, current: str) -> None:
        self.current = current
        self.is_curator = user.guides
        self.learners: list[Face] = []
        self.curators: list[Face] = []
        for guided, face in _others(user):
            (self.learners if guided else self.curators).append(face)
        self.is_learner = bool(self.curators) or not self.is_curator


def navigation(request: HttpRequest) -> dict[str, Any]:
    """`nav` for signed-in people, else None; and which doors this installation has."""
    return {
        "nav": _navigation_of(request),
        "sign_up_open": settings.SIGN_UP_OPEN,
        "outbox_shown": is_shown_to(request),
        "passkeys_work": _has_a_name(request),
    }


def _navigation_of(request: HttpRequest) -> Any:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    if not hasattr(request, "navigation"):
        match = request.resolver_match
        current = match.view_name if match else ""
        request.navigation = SimpleLazyObject(lambda: Navigation(user, current))  # type: ignore[attr-defined]
    return request.navigation  # type: ignore[attr-defined]


def _has_a_name(request: HttpRequest) -> bool:
    """Browsers tie a passkey to a name; they refuse at an address made of numbers."""
    return not is_address(host_of(request))


def _others(user: User) -> Iterator[tuple[bool, Face]]:
    """Whether this person guides them, and who they are; plain columns, since every page asks."""
    connections = Connection.objects.active().visible_to(user).order_by("learner__name", "curator__name")
    sides = ["name", "email", "face"]
    columns = [f"{side}__{column}" for side in ("curator", "learner") for column in sides]
    for pk, curator_id, *both in connections.values_list("pk", "curator_id", *columns):
        guided = curator_id == user.pk
        name, email, face = both[3:] if guided else both[:3]
        yield guided, Face(name or email.partition("@")[0], face, pk)
