"""Opening a recording to a connection, and closing it again. Nothing else decides who may fetch a byte."""

import datetime

from django.db import transaction

from pocketlessons.media.models import Grant, Recording
from pocketlessons.people.models import Connection


class NotOnesOwnError(Exception):
    """A recording can be granted only where its owner stands in the connection."""


@transaction.atomic
def grant_recording(recording: Recording, connection: Connection, *, now: datetime.datetime) -> Grant:
    """The grant that stands, made when there is none yet. Raises NotOnesOwnError."""
    if recording.owner_id not in {connection.curator_id, connection.learner_id}:
        raise NotOnesOwnError
    grant, _ = Grant.objects.get_or_create(
        recording=recording, connection=connection, revoked_at=None, defaults={"granted_at": now}
    )
    return grant


def revoke_grant(recording: Recording, connection: Connection, *, now: datetime.datetime) -> bool:
    """From the next request on, the other side finds no byte of it. False where nothing was granted."""
    standing = Grant.objects.standing().filter(recording=recording, connection=connection)
    return bool(standing.update(revoked_at=now))
