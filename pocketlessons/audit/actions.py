"""Writing the trail."""

import datetime

from django.db import models

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
