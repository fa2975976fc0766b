"""A still picture that stands for a film: the sharpest of a few keyframes that is not black."""

from __future__ import annotations

import io
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from mediakit.demux import opened
from mediakit.errors import MediaError
from mediakit.limits import DEFAULT_LIMITS

if TYPE_CHECKING:
    import av
    from av.container import InputContainer

    from mediakit.source import Source

_PLACES = (0.0, 0.1, 0.3, 0.5, 0.75)  # of the duration
_CANDIDATES = len(_PLACES)
_READ_BYTES = 64 << 20  # of a file without an index, in which only reading on finds keyframes
_BLACK, _FLAT = 24, 4  # mean and deviation of luma below which a picture says nothing
_TURNS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}


def poster(source: Source, container: str, *, width: int = 640) -> bytes | None:
    """A JPEG, upright and at most `width` wide; None for sound, and where no picture can be decoded."""
    best: tuple[float, Any] = (-1.0, None)
    pixel_shape = Fraction(1)
    try:
        with opened(source, container, DEFAULT_LIMITS) as file:
            if file.streams.video:
                pixel_shape = file.streams.video[0].sample_aspect_ratio or pixel_shape
            for frame in _candidates(file, container):
                best = max(best, (_worth(frame), frame), key=lambda scored: scored[0])
    except MediaError:  # a broken tail: what was found before it stands
        pass
    return _jpeg(best[1], width, pixel_shape) if best[1] is not None else None


def _candidates(file: InputContainer, container: str) -> Iterator[av.VideoFrame]:
    if not file.streams.video:
        return
    stream = file.streams.video[0]
    stream.codec_context.skip_frame = "NONKEY"
    if container in ("mp4", "mov") and file.duration:
        yield from _sought(file, stream)
    else:
        yield from _read(file, stream)


def _sought(file: InputContainer, stream: Any) -> Iterator[av.VideoFrame]:
    """The keyframes before a few places of an indexed file."""
    seen: set[int | None] = set()
    for place in _PLACES:
        file.seek(int((file.duration or 0) * place) + max(0, file.start_time or 0))
        frame = next(_decoded(file, stream), None)
        if frame is not None and frame.pts not in seen:
            seen.add(frame.pts)
            yield frame


def _read(file: InputContainer, stream: Any) -> Iterator[av.VideoFrame]:
    """The first keyframes of a file that has no index."""
    for number, frame in enumerate(_decoded(file, stream), 1):
        yield frame
        if number == _CANDIDATES:
            return


def _decoded(file: InputContainer, stream: Any) -> Iterator[av.VideoFrame]:
    """Keyframes from here on; a picture that does not decode is passed over."""
    left = _READ_BYTES
    for packet in file.demux(stream):
        left -= packet.size
        if left < 0:
            return
        if packet.is_keyframe or not packet.size:
            yield from _tried(packet)


def _tried(packet: Any) -> list[av.VideoFrame]:
    try:
        return list(packet.decode())
    except ValueError:  # av.error.InvalidDataError
        return []


def _worth(frame: av.VideoFrame) -> float:
    """How sharp a picture is; next to nothing for a black or an empty one."""
    small = frame.reformat(width=320, height=180, format="gray", interpolation="AREA")
    luma = small.to_ndarray().astype(np.float32)
    if luma.mean() < _BLACK or luma.std() < _FLAT:
        return float(luma.mean()) / 1000
    return 1 + float(np.abs(np.diff(luma, axis=0)).mean() + np.abs(np.diff(luma, axis=1)).mean())


def _jpeg(frame: av.VideoFrame, width: int, pixel_shape: Fraction) -> bytes:
    across, down = max(1, round(frame.width * pixel_shape)), frame.height
    turn = round(frame.rotation / 90) * 90 % 360
    share = min(1.0, width / (down if turn in _TURNS and turn != 180 else across))
    size = max(2, round(across * share)), max(2, round(down * share))
    scaled = frame.reformat(width=size[0], height=size[1], format="rgb24", interpolation="AREA")
    picture = Image.fromarray(scaled.to_ndarray())
    if turn in _TURNS:
        picture = picture.transpose(_TURNS[turn])
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=82, optimize=True, progressive=True)
    return out.getvalue()
