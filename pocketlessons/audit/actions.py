"""Writing the trail."""

import datetime
from typing import Any

from django.db import models
from django.utils import timezone

from pocketlessons.audit.models import Event
from pocketlessons.people.models import Connection, User


def record_event(
    verb: Event.Verb,
    subject: models.Model,
    *,
    by: User | None,
    now: datetime.datetime,
    connection: Connection | None = None,
) -> Event:
    """Append one event; call it inside the transaction of what it tells of."""
    return Event.objects.create(
        verb=verb,
        object_type=subject._meta.model_name or "",
        object_id=subject.pk,
        connection_id=connection.pk if connection else None,
        actor=by,
        at=now,
    )


def record_connected(connection: Connection, now: datetime.datetime) -> None:
    """What the trail keeps when a learner accepts a curator."""
    record_event(Event.Verb.CONNECTED, connection, by=connection.learner, now=now, connection=connection)


def record_signed_in(*, user: User, **_: Any) -> None:
    """What the trail keeps of each sign-in, whichever way it was; told by Django."""
    record_event(Event.Verb.SIGNED_IN, user, by=user, now=timezone.now())
