"""What a Matroska file says of its tracks, and of its clock."""

import struct
from dataclasses import dataclass

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.matroska import ebml

_NUMBER, _TYPE, _CODEC, _PRIVATE, _DEFAULT_DURATION = 0xD7, 0x83, 0x86, 0x63A2, 0x23E383
_CODEC_DELAY, _ENCODINGS, _VIDEO, _AUDIO = 0x56AA, 0x6D80, 0xE0, 0xE1
_ENTRY, _HERTZ, _CHANNELS = 0xAE, 0xB5, 0x9F
_WIDTH, _HEIGHT, _SHOWN_WIDTH, _SHOWN_HEIGHT = 0xB0, 0xBA, 0x54B0, 0x54BA
_KINDS = {1: "video", 2: "audio"}


@dataclass(frozen=True)
class TrackEntry:
    """One track as its header describes it."""

    number: int
    kind: str  # "video", "audio" or "" for anything else
    codec: str  # V_VP9, A_OPUS …
    private: bytes  # the codec's own header
    frame_ns: int  # how long a frame lasts; 0 where it does not say
    delay_ns: int  # of sound that the decoder yields before the first that is meant to be heard
    is_encoded: bool  # compressed or encrypted by the container itself
    width: int = 0
    height: int = 0
    shown_width: int = 0  # differs from `width` where pixels are not square
    shown_height: int = 0
    hertz: int = 0
    channels: int = 0


def timestamp_scale(info: bytes) -> int:
    """Nanoseconds in one tick of the file's clock."""
    for found in ebml.children(info):
        if found.ident == ebml.TIMESTAMP_SCALE:
            scale = int.from_bytes(info[found.start : found.end], "big")
            if not 0 < scale <= 1_000_000_000:
                raise MediaError(Reason.INCONSISTENT, f"a clock of {scale} ns")
            return scale
    return 1_000_000


def read_tracks(held: bytes, limits: Limits) -> list[TrackEntry]:
    """The entries of a Tracks body, within the limits."""
    entries = [_entry(held, found) for found in ebml.children(held) if found.ident == _ENTRY]
    if len(entries) > limits.tracks:
        raise MediaError(Reason.TOO_MANY_TRACKS, f"{len(entries)} tracks")
    for entry in entries:
        if max(entry.width, entry.height) > limits.side or entry.width * entry.height > limits.pixels:
            raise MediaError(Reason.PICTURE_TOO_LARGE, f"{entry.width}x{entry.height}")
    return entries


def _entry(held: bytes, entry: ebml.Element) -> TrackEntry:
    fields = _bodies(held, entry.start, entry.end)
    video = _bodies(fields.get(_VIDEO, b""))
    audio = _bodies(fields.get(_AUDIO, b""))
    width, height = _unsigned(video, _WIDTH), _unsigned(video, _HEIGHT)
    return TrackEntry(
        number=_unsigned(fields, _NUMBER),
        kind=_KINDS.get(_unsigned(fields, _TYPE), ""),
        codec=fields.get(_CODEC, b"").rstrip(b"\0").decode("ascii", "replace"),
        private=fields.get(_PRIVATE, b""),
        frame_ns=_unsigned(fields, _DEFAULT_DURATION),
        delay_ns=_unsigned(fields, _CODEC_DELAY),
        is_encoded=_ENCODINGS in fields,
        width=width,
        height=height,
        shown_width=_shown_width(
            width, height, _unsigned(video, _SHOWN_WIDTH), _unsigned(video, _SHOWN_HEIGHT)
        ),
        shown_height=height,
        hertz=_hertz(audio.get(_HERTZ, b"")),
        channels=_unsigned(audio, _CHANNELS) or 1,
    )


def _shown_width(width: int, height: int, across: int, down: int) -> int:
    """The width at the picture's own height; `across` to `down`, in whatever unit, is the shape it ought to have."""
    if not (width and height and across and down):
        return width
    shown = round(height * across / down)
    return shown if width // 8 <= shown <= width * 8 else width


def _bodies(held: bytes, start: int = 0, end: int | None = None) -> dict[int, bytes]:
    """The bodies of the children, by name; of equal names the first."""
    found: dict[int, bytes] = {}
    for child in ebml.children(held, start, end):
        found.setdefault(child.ident, held[child.start : child.end])
    return found


def _unsigned(fields: dict[int, bytes], ident: int) -> int:
    return int.from_bytes(fields.get(ident, b"")[:8], "big")


def _hertz(body: bytes) -> int:
    if len(body) not in (4, 8):
        return 8000
    rate = struct.unpack(">f" if len(body) == 4 else ">d", body)[0]
    return round(rate) if 1 <= rate <= 768_000 else 8000
