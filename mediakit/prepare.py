"""Prepares any file for playing: sniffs its container and hands it to the module that knows it."""

from mediakit.audio import prepare_audio
from mediakit.errors import MediaError, Reason
from mediakit.kept import keep_unopened, prepare_kept
from mediakit.limits import DEFAULT_LIMITS, Limits
from mediakit.matroska import prepare_matroska
from mediakit.mp4.preparing import prepare_mp4
from mediakit.prepared import Prepared
from mediakit.sniff import HEAD_BYTES, sniff
from mediakit.source import Source

PREPARERS = {
    "mp4": prepare_mp4,
    "mov": prepare_mp4,
    "matroska": prepare_matroska,
    "webm": prepare_matroska,
    "ogg": prepare_audio,
    "wav": prepare_audio,
    "flac": prepare_audio,
    "mp3": prepare_audio,
    "aac": prepare_audio,
    "mpegts": prepare_kept,
    "avi": prepare_kept,
    "flv": keep_unopened,
    "asf": keep_unopened,
    "mpegps": keep_unopened,
}


def prepare(source: Source, limits: Limits = DEFAULT_LIMITS) -> Prepared:
    """What is in the file and how it plays. Raises MediaError with the reason when it cannot be used."""
    if source.size == 0:
        raise MediaError(Reason.EMPTY)
    container = sniff(source.read_at(0, HEAD_BYTES))
    if container is None:
        raise MediaError(Reason.NOT_MEDIA)
    return PREPARERS[container](source, container, limits)
