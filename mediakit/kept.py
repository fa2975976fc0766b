"""Media that no browser plays as it is: what can be said of it, so that it can be kept and downloaded."""

from __future__ import annotations

from typing import TYPE_CHECKING

from mediakit.demux import opened
from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS
from mediakit.prepared import Prepared

if TYPE_CHECKING:
    from mediakit.limits import Limits
    from mediakit.source import Source


def keep_unopened(source: Source, container: str, limits: Limits = DEFAULT_LIMITS) -> Prepared:
    """Media of a container that is never opened here: known by its first bytes alone."""
    del source, limits
    return Prepared(
        *(container, "video"),
        duration_ms=0,
        width=0,
        height=0,
        rotation=0,
        codecs="",
        kept_because=container,
    )


def prepare_kept(source: Source, container: str, limits: Limits = DEFAULT_LIMITS) -> Prepared:
    """Length and size of an AVI or MPEG-TS file, from its header. Raises MediaError."""
    with opened(source, container, limits) as file:
        pictures = [stream for stream in file.streams.video if stream.width and stream.height]
        if not pictures and not file.streams.audio:
            raise MediaError(Reason.NO_TRACKS, f"{len(file.streams)} tracks of other kinds")
        duration_ms = max(0, (file.duration or 0) // 1000)
        if duration_ms > limits.duration_ms:
            raise MediaError(Reason.TOO_LONG, f"{duration_ms} ms")
        return Prepared(
            container=container,
            kind="video" if pictures else "audio",
            duration_ms=duration_ms,
            width=pictures[0].width if pictures else 0,
            height=pictures[0].height if pictures else 0,
            rotation=0,
            codecs="",
            kept_because=container,
        )
