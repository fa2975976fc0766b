"""What is done after a recording plays: its poster."""

import datetime
import logging

from mediakit.errors import MediaError
from pocketlessons.lib.vault import current_vault
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.jobs import draw_poster
from pocketlessons.media.processing.pool import media_pool

logger = logging.getLogger(__name__)

POSTER = "poster"
POSTER_TIMEOUT_S = 60


def settle(recording: Recording, *, now: datetime.datetime) -> None:
    """Give a playable recording its poster, where one can be made. Doing it again changes nothing.

    Raises MediaPoolError and VaultError, after which it may be tried again.
    """
    if recording.status != Recording.Status.PLAYABLE:
        return
    vault = current_vault()
    picture = _poster(recording)
    if picture:
        vault.put_small(recording.pk, recording.wrapped_key, POSTER, picture)
    playable = Recording.objects.filter(pk=recording.pk, status=Recording.Status.PLAYABLE)
    if not playable.update(status=Recording.Status.SETTLED, has_poster=bool(picture), settled_at=now):
        forget_if_erased(recording)


def forget_if_erased(recording: Recording) -> None:
    """Remove what was stored for a recording that was erased meanwhile."""
    if not Recording.objects.filter(pk=recording.pk).exclude(status=Recording.Status.ERASED).exists():
        current_vault().erase(recording.pk)


def _poster(recording: Recording) -> bytes:
    source = current_vault().source_handle(recording.pk, recording.wrapped_key)
    try:
        answer = media_pool().run(draw_poster, recording.container, source=source, timeout_s=POSTER_TIMEOUT_S)
    except MediaError as error:
        logger.warning("no poster for %s: %r", recording.pk, error)
        return b""
    return answer.content
