"""Noting that somebody saved a recording."""

import datetime

from pocketlessons.audit.actions import record_event
from pocketlessons.audit.models import Event
from pocketlessons.media.models import Grant, Recording
from pocketlessons.people.models import User


def note_download(recording: Recording, *, by: User, now: datetime.datetime) -> None:
    """One row of the trail, with the connection through which somebody else's recording came."""
    connection = None
    if recording.owner_id != by.pk:
        grants = Grant.objects.standing().reaching(by).filter(recording=recording)
        grant = grants.select_related("connection").first()
        connection = grant.connection if grant else None
    record_event(Event.Verb.DOWNLOADED, recording, by=by, now=now, connection=connection)
