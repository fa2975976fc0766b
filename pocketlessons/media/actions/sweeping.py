"""Finishing what a crash left undone. Everything here may be done again at any time."""

import datetime
import logging

from pocketlessons.lib.vault import VaultError, current_vault
from pocketlessons.media.actions.preparing import prepare_recording
from pocketlessons.media.actions.uploading import expire_uploads
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.pool import MediaPoolError
from pocketlessons.media.processing.settling import settle

logger = logging.getLogger(__name__)

PREPARED_BY_NOW = datetime.timedelta(seconds=45)
SETTLED_BY_NOW = datetime.timedelta(minutes=10)
ERASED_LATELY = datetime.timedelta(days=1)


def sweep(*, now: datetime.datetime) -> None:
    """Prepare what arrived whole, settle what plays, forget uploads nobody continues and bytes without a key."""
    received = Recording.objects.filter(
        status=Recording.Status.RECEIVING, received_at__lt=now - PREPARED_BY_NOW
    )
    for recording in received:
        prepare_recording(recording, now=now)
    playable = Recording.objects.filter(
        status=Recording.Status.PLAYABLE, playable_at__lt=now - SETTLED_BY_NOW
    )
    for recording in playable:
        _settle(recording, now)
    expire_uploads(now=now)
    erased = Recording.objects.filter(erased_at__gt=now - ERASED_LATELY).values_list("pk", flat=True)
    for recording_id in erased:
        current_vault().erase(recording_id)


def _settle(recording: Recording, now: datetime.datetime) -> None:
    try:
        settle(recording, now=now)
    except (MediaPoolError, VaultError):
        logger.exception("recording %s could not be settled", recording.pk)
