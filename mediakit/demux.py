"""Opening a file with libav: the format is forced, nothing else is ever opened, and every failure is a MediaError."""

from __future__ import annotations  # av.InputContainer is generic in the stubs only

import io
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import av

from mediakit.errors import MediaError, Reason

if TYPE_CHECKING:
    from av.container import InputContainer

    from mediakit.limits import Limits
    from mediakit.source import Source

DEMUXERS = {
    "mp4": "mp4",
    "mov": "mov",
    "matroska": "matroska",
    "webm": "matroska",
    "ogg": "ogg",
    "wav": "wav",
    "flac": "flac",
    "mp3": "mp3",
    "aac": "aac",
    "mpegts": "mpegts",
    "avi": "avi",
}
_BUFFER = 1 << 18


class SourceFile:
    """A Source as the file object that libav reads from."""

    def __init__(self, source: Source) -> None:
        self._source, self._at = source, 0

    def read(self, size: int = -1) -> bytes:
        held = self._source.read_at(self._at, self._source.size - self._at if size < 0 else size)
        self._at += len(held)
        return held

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        origin = (0, self._at, self._source.size)[whence]
        self._at = max(0, origin + offset)
        return self._at

    def tell(self) -> int:
        return self._at


@contextmanager
def opened(source: Source, container: str, limits: Limits) -> Iterator[InputContainer]:
    """The file as libav sees it. Whatever goes wrong inside the `with` is a MediaError, memory and text included."""
    options = {"protocol_whitelist": "", "max_streams": str(limits.tracks + 1)}
    try:
        with av.open(
            SourceFile(source),
            "r",
            format=DEMUXERS[container],
            options=options,
            buffer_size=_BUFFER,
            metadata_errors="replace",
            io_open=_refuse,
        ) as file:
            _check(file, limits)
            yield file
    except MediaError:
        raise
    except Exception as error:  # libav raises MemoryError, UnicodeDecodeError and more
        raise MediaError(Reason.INCONSISTENT, f"{type(error).__name__}: {error}") from error


def _refuse(url: str, flags: int, options: dict[str, str]) -> object:
    raise PermissionError("a media file may not open another one")


def _check(file: InputContainer, limits: Limits) -> None:
    if len(file.streams) > limits.tracks:
        raise MediaError(Reason.TOO_MANY_TRACKS, f"{len(file.streams)} tracks")
    for stream in file.streams.video:
        width, height = stream.width, stream.height
        if max(width, height) > limits.side or width * height > limits.pixels:
            raise MediaError(Reason.PICTURE_TOO_LARGE, f"{width}x{height}")
