"""What media processes compute. A job takes plain values and returns an Answer; it runs shut in."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from mediakit.poster import poster
from mediakit.prepare import prepare
from mediakit.selftest import try_engine
from mediakit.source import Source
from pocketlessons.media.processing.answers import Answer

SCALARS = ("container", "kind", "duration_ms", "width", "height", "codecs", "as_is", "kept_because")


def prepare_source(source: Source) -> Answer:
    """What the file is and how it plays; the content is the plan of the virtual file, if it plays as one."""
    prepared = prepare(source)
    fields = {name: getattr(prepared, name) for name in SCALARS}
    if prepared.virtual is None:
        return Answer(fields)
    return Answer(fields | {"media_type": prepared.virtual.media_type}, prepared.virtual.to_bytes())


def draw_poster(source: Source, container: str) -> Answer:
    """A JPEG; no content where there is no picture."""
    return Answer(content=poster(source, container) or b"")


def try_decoding() -> Answer:
    """A film of one frame, made and decoded behind the walls: its picture."""
    return Answer(content=try_engine())


def try_escaping(secret: str) -> Answer:
    """What of this succeeds, which none of it should: reading that file, reaching the network, a new process."""
    deeds: dict[str, Callable[[], object]] = {
        "read a secret": Path(secret).read_bytes,
        "open a socket": socket.socket,
        "start a process": _fork,
    }
    return Answer({"escaped": [name for name, deed in deeds.items() if _succeeds(deed)]})


def _succeeds(deed: Callable[[], object]) -> bool:
    try:
        deed()
    except OSError:
        return False
    return True


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
