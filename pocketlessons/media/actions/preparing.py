"""Making a recording playable once its last byte is here."""

import datetime
import logging
from typing import Any

from django.db import transaction

from mediakit.errors import MediaError
from pocketlessons.lib.vault import VaultError, current_vault
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.answers import Answer, MalformedAnswerError
from pocketlessons.media.processing.jobs import prepare_source
from pocketlessons.media.processing.plans import PLAN
from pocketlessons.media.processing.pool import MediaPoolError, media_pool
from pocketlessons.media.processing.settling import forget_if_erased
from pocketlessons.media.tasks import settle_recording

logger = logging.getLogger(__name__)

PREPARING_TIMEOUT_S = 20
Status = Recording.Status


def prepare_recording(recording: Recording, *, now: datetime.datetime) -> Recording:
    """Find out what was received and how it plays: playable, settled (sound), kept or failed. No copy, no encode.

    Doing it again changes nothing. Where not the file but our own machinery is at fault the recording stays
    `receiving`, and the sweep tries again.
    """
    if recording.status != Status.RECEIVING or recording.received_at is None:
        return recording
    try:
        changes = _changes(recording, now)
    except (MediaPoolError, VaultError):
        logger.exception("recording %s could not be prepared", recording.pk)
        return recording
    with transaction.atomic():
        receiving = Recording.objects.filter(pk=recording.pk, status=Status.RECEIVING)
        is_ours = receiving.update(**changes)
        if is_ours and changes["status"] == Status.PLAYABLE:
            settle_recording.enqueue(str(recording.pk))
    if not is_ours:
        forget_if_erased(recording)
    recording.refresh_from_db()
    return recording


def _changes(recording: Recording, now: datetime.datetime) -> dict[str, Any]:
    """The columns that preparing fills. Raises MediaPoolError, VaultError."""
    source = current_vault().source_handle(recording.pk, recording.wrapped_key)
    try:
        answer = media_pool().run(prepare_source, source=source, timeout_s=PREPARING_TIMEOUT_S)
        found = _found(answer) | _playing(answer, now)
    except MediaError as error:
        logger.info("recording %s: %r", recording.pk, error)
        return {"status": Status.FAILED, "failure_reason": str(error.reason)}
    if found["playback"] == Recording.Playback.VIRTUAL:
        current_vault().put_small(recording.pk, recording.wrapped_key, PLAN, answer.content)
    return found


def _found(answer: Answer) -> dict[str, Any]:
    """What it is. Raises MalformedAnswerError, as for each value that does not fit its column."""
    kind = answer.text("kind", 5)
    if kind not in Recording.Kind:
        raise MalformedAnswerError(f"no kind of recording: {kind}")
    return {
        "kind": kind,
        "container": answer.text("container", 16),
        "codecs": answer.text("codecs", 128),
        **{name: answer.count(name) for name in ("duration_ms", "width", "height")},
    }


def _playing(answer: Answer, now: datetime.datetime) -> dict[str, Any]:
    """How it plays, if it does."""
    is_virtual = bool(answer.content)
    if answer.fields.get("kept_because"):
        return {
            "status": Status.KEPT,
            "kept_because": answer.text("kept_because", 32),
            "playback": Recording.Playback.VIRTUAL if is_virtual else Recording.Playback.NONE,
            "media_type": answer.text("media_type", 64) if is_virtual else "",
        }
    is_sound = answer.fields["kind"] == Recording.Kind.AUDIO
    return {
        "status": Status.SETTLED if is_sound else Status.PLAYABLE,
        "playback": Recording.Playback.VIRTUAL if is_virtual else Recording.Playback.AS_IS,
        "media_type": answer.text("media_type" if is_virtual else "as_is", 64),
        "playable_at": now,
        "settled_at": now if is_sound else None,
    }
