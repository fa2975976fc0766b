"""Erasing a recording for good."""

import datetime

from django.db import transaction

from pocketlessons.audit.actions import record_event
from pocketlessons.audit.models import Event
from pocketlessons.lib.vault import current_vault
from pocketlessons.media.models import Grant, Recording, Upload
from pocketlessons.media.receiving.writers import WRITERS
from pocketlessons.people.models import User


def erase_recording(recording: Recording, *, by: User, now: datetime.datetime) -> bool:
    """The key goes first, which alone makes every byte unreadable; then the bytes. False if it was erased before."""
    with transaction.atomic():
        standing = Recording.objects.filter(pk=recording.pk).exclude(status=Recording.Status.ERASED)
        if not standing.update(
            status=Recording.Status.ERASED,
            wrapped_key=None,
            erased_at=now,
            original_name="",
            sha256="",
            size_bytes=0,
            has_poster=False,
        ):
            return False
        Grant.objects.standing().filter(recording=recording).update(revoked_at=now)
        record_event(Event.Verb.ERASED, recording, by=by, now=now)
    for upload_id in Upload.objects.filter(recording=recording).values_list("pk", flat=True):
        WRITERS.stop(upload_id)
    current_vault().erase(recording.pk)
    recording.refresh_from_db()
    return True
