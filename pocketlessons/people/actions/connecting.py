"""Joining a curator and a learner, and telling the apps above that it happened."""

import datetime
from collections.abc import Callable

from django.db import transaction

from pocketlessons.people.models import Connection, User

Told = Callable[[Connection, datetime.datetime], None]

when_connected: list[Told] = []
"""Apps above add a function in their apps.py; it runs inside the transaction that connects."""


@transaction.atomic
def connect(curator: User, learner: User, *, now: datetime.datetime) -> Connection:
    """The active connection of the two, made or taken up again; nothing happens when there is one."""
    connection, made = Connection.objects.get_or_create(
        curator=curator, learner=learner, defaults={"started_at": now}
    )
    resumed = not made and _resume(connection)
    if made or resumed:
        for tell in when_connected:
            tell(connection, now)
    return connection


def _resume(connection: Connection) -> bool:
    active = Connection.Status.ACTIVE
    changed = Connection.objects.filter(pk=connection.pk).exclude(status=active).update(status=active)
    connection.status = active
    return bool(changed)
