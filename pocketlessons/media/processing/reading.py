"""Reading what plays: the virtual file, or the source itself."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from pocketlessons.lib.vault import current_vault
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.plans import PLANS


@dataclass(frozen=True)
class Readable:
    """A file of fixed size whose ETag changes with any byte."""

    size: int
    etag: str
    read: Callable[[int, int], Iterator[bytes]]


def what_plays(recording: Recording) -> Readable:
    """The bytes that a player takes. Raises VaultError."""
    if recording.playback != Recording.Playback.VIRTUAL:
        return what_came(recording)
    plan = PLANS.get(recording)
    source = current_vault().source(recording.pk, recording.wrapped_key).open()
    return Readable(
        size=plan.size,
        etag=f"{plan.etag}-{recording.pk.hex}",
        read=lambda start, length: plan.read(start, length, source.read_at),
    )


def what_came(recording: Recording) -> Readable:
    """The bytes as their owner sent them. Raises VaultError."""
    source = current_vault().source(recording.pk, recording.wrapped_key).open()

    def read(start: int, length: int) -> Iterator[bytes]:
        yield source.read_at(start, length)

    return Readable(recording.size_bytes, f"{recording.sha256[:32]}-{recording.pk.hex}", read)
