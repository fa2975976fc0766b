"""Sample entries for MP4, written from what Matroska says of a codec; and the codec's name for `canPlayType`."""

import struct
from typing import NamedTuple

from mediakit.matroska.tracks import TrackEntry
from mediakit.matroska.vp9 import vp9_configuration

_AAC_HERTZ = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)


class SampleEntry(NamedTuple):
    """The one box of an stsd, and the codec in RFC 6381's words."""

    box: bytes
    codec: str


def sample_entry(track: TrackEntry, first_sample: bytes, frames_per_second: float) -> SampleEntry | None:
    """The entry for a track whose first sample begins with these bytes; None where MP4 cannot carry it everywhere."""
    if track.is_encoded:
        return None
    if track.codec == "V_VP9":
        return _vp9(track, first_sample, frames_per_second)
    write = {"V_AV1": _av1, "V_MPEG4/ISO/AVC": _avc, "A_OPUS": _opus, "A_AAC": _aac}.get(track.codec)
    return write(track) if write else None


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), kind) + body


def _picture(kind: bytes, track: TrackEntry, configuration: bytes) -> bytes:
    reserved = struct.pack(">6xH16xHH", 1, track.width, track.height)
    plain = struct.pack(">IIIH32xHh", 0x480000, 0x480000, 0, 1, 24, -1)
    return box(kind, reserved, plain, configuration, _pixel_shape(track))


def _pixel_shape(track: TrackEntry) -> bytes:
    across, down = track.shown_width * track.height, track.shown_height * track.width
    return b"" if across == down else box(b"pasp", struct.pack(">II", across & 0xFFFFFFFF, down & 0xFFFFFFFF))


def _sound(kind: bytes, channels: int, hertz: int, configuration: bytes) -> bytes:
    fixed = struct.pack(">6xH8xHH4xI", 1, channels, 16, (hertz if hertz < 1 << 16 else 0) << 16)
    return box(kind, fixed, configuration)


def _vp9(track: TrackEntry, first_sample: bytes, frames_per_second: float) -> SampleEntry | None:
    found = vp9_configuration(first_sample, track.width, track.height, frames_per_second)
    if found is None:
        return None
    return SampleEntry(_picture(b"vp09", track, box(b"vpcC", b"\1\0\0\0", found.record)), found.codec)


def _av1(track: TrackEntry) -> SampleEntry | None:
    record = track.private
    if len(record) < 4 or record[0] != 0x81:
        return None
    profile, level, tier = record[1] >> 5, record[1] & 31, "H" if record[2] & 0x80 else "M"
    depth = (8, 10, 8, 12)[(record[2] >> 5) & 3]
    name = f"av01.{profile}.{level:02d}{tier}.{depth:02d}"
    return SampleEntry(_picture(b"av01", track, box(b"av1C", record)), name)


def _avc(track: TrackEntry) -> SampleEntry | None:
    record = track.private
    if len(record) < 7 or record[0] != 1:
        return None
    return SampleEntry(_picture(b"avc1", track, box(b"avcC", record)), f"avc1.{record[1:4].hex().upper()}")


def _opus(track: TrackEntry) -> SampleEntry | None:
    """OpusHead counts from the small end, dOps from the big one."""
    head = track.private
    if len(head) < 19 or head[:8] != b"OpusHead":
        return None
    channels, pre_skip, hertz, gain, family = struct.unpack("<BHIhB", head[9:19])
    mapping = head[19 : 21 + channels] if family else b""
    if not 1 <= channels <= 8 or (family and len(mapping) != 2 + channels):
        return None
    record = struct.pack(">BBHIhB", 0, channels, pre_skip, hertz, gain, family) + mapping
    return SampleEntry(_sound(b"Opus", channels, 48_000, box(b"dOps", record)), "opus")


def _aac(track: TrackEntry) -> SampleEntry | None:
    specific = track.private
    kind = specific[0] >> 3 if len(specific) >= 2 else 31
    if kind == 31 or len(specific) > 100:
        return None
    descriptors = _descriptor(5, specific)
    decoder = _descriptor(4, b"\x40\x15" + bytes(11) + descriptors)
    whole = _descriptor(3, bytes(3) + decoder + _descriptor(6, b"\x02"))
    return SampleEntry(
        _sound(b"mp4a", track.channels, aac_hertz(track), box(b"esds", bytes(4), whole)), f"mp4a.40.{kind}"
    )


def aac_hertz(track: TrackEntry) -> int:
    """The rate in which AAC counts, which its header knows better than the container."""
    specific = track.private
    at = (specific[0] & 7) << 1 | specific[1] >> 7 if len(specific) >= 2 else 15
    return _AAC_HERTZ[at] if at < len(_AAC_HERTZ) else track.hertz


def _descriptor(tag: int, body: bytes) -> bytes:
    return bytes([tag, len(body)]) + body
