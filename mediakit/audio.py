"""Sound files that browsers play as they are: which codec, and how long, from headers wherever they say so."""

import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from mediakit.demux import opened
from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS, Limits
from mediakit.prepared import Prepared
from mediakit.source import Source

_TAIL = 1 << 17  # an Ogg page is at most half as long
_HEAD = 1 << 16


class Sound(NamedTuple):
    """What a header says. `kept_because` names a codec that browsers do not play."""

    duration_ms: int | None
    codecs: str
    kept_because: str | None = None


def prepare_audio(source: Source, container: str, limits: Limits = DEFAULT_LIMITS) -> Prepared:
    """How to play an Ogg, WAV, FLAC, MP3 or AAC file. Raises MediaError."""
    read, media_type = _KINDS[container]
    try:
        sound = read(source)
    except (struct.error, IndexError) as error:
        raise MediaError(Reason.TRUNCATED, f"the {container} header is cut") from error
    duration_ms = sound.duration_ms
    if duration_ms is None:
        duration_ms = _demuxed_ms(source, container, limits)
    if duration_ms > limits.duration_ms:
        raise MediaError(Reason.TOO_LONG, f"{duration_ms} ms")
    return Prepared(
        container=container,
        kind="audio",
        duration_ms=duration_ms,
        width=0,
        height=0,
        rotation=0,
        codecs=sound.codecs,
        as_is=None if sound.kept_because else media_type,
        kept_because=sound.kept_because,
    )


def _demuxed_ms(source: Source, container: str, limits: Limits) -> int:
    """The sum of all packets' durations."""
    with opened(source, container, limits) as file:
        if not file.streams.audio:
            raise MediaError(Reason.NO_TRACKS, "no sound")
        stream = file.streams.audio[0]
        ticks = 0
        for number, packet in enumerate(file.demux(stream)):
            if number > limits.samples:
                raise MediaError(Reason.TOO_COMPLEX, f"more than {limits.samples} packets")
            ticks += packet.duration or 0
        if not ticks:
            raise MediaError(Reason.NO_TRACKS, "no sound in it")
        return round(ticks * (stream.time_base or 0) * 1000)


# --- WAV ------------------------------------------------------------------------------------------------------------

_WAV_CODECS = {1: "1", 3: "3", 6: "6", 7: "7"}  # PCM, float, A-law, µ-law: the names that RFC 2361 gives
_EXTENSIBLE = 0xFFFE


def _wav(source: Source) -> Sound:
    codec, bytes_a_second = 0, 0
    for name, at, size in _riff_chunks(source):
        if name == b"fmt ":
            held = source.read_at(at, min(size, 40))
            codec, _channels, _hertz, bytes_a_second = struct.unpack_from("<HHII", held)
            if codec == _EXTENSIBLE:
                (codec,) = struct.unpack_from("<H", held, 24)
        elif name == b"data":
            if not bytes_a_second:
                break
            there = min(size, source.size - at)
            duration_ms = there * 1000 // bytes_a_second
            kept = None if codec in _WAV_CODECS else f"wav-{codec}"
            return Sound(duration_ms, _WAV_CODECS.get(codec, ""), kept)
    raise MediaError(Reason.TRUNCATED, "no sound behind the WAV header")


def _riff_chunks(source: Source) -> Iterator[tuple[bytes, int, int]]:
    """The chunks of a RIFF or RF64 file: name, place and size of the body. A size that was never written is the rest."""
    at = 12
    for _ in range(1000):
        head = source.read_at(at, 8)
        if len(head) < 8:
            return
        name, size = struct.unpack("<4sI", head)
        at += 8
        if size in (0, 0xFFFFFFFF) and name == b"data":
            size = source.size - at
        yield name, at, size
        at += size + size % 2


# --- FLAC -----------------------------------------------------------------------------------------------------------


def _flac(source: Source) -> Sound:
    held = source.read_at(_id3_size(source), 42)
    if held[:4] != b"fLaC" or len(held) < 42:
        raise MediaError(Reason.TRUNCATED, "no STREAMINFO")
    return Sound(_streaminfo_ms(held[8:42]), "flac")


def _streaminfo_ms(info: bytes) -> int | None:
    """The length that a STREAMINFO states; None where it leaves that open."""
    packed = int.from_bytes(info[10:18], "big")
    hertz, samples = packed >> 44, packed & ((1 << 36) - 1)
    return samples * 1000 // hertz if hertz and samples else None


# --- Ogg ------------------------------------------------------------------------------------------------------------


class _OggSound(NamedTuple):
    codec: str
    hertz: int
    skipped: int  # samples that the decoder yields before the first
    serial: bytes


def _ogg(source: Source) -> Sound:
    streams = [_ogg_stream(serial, packet) for serial, packet in _first_packets(source)]
    unplayable = [stream.codec for stream in streams if not stream.hertz]
    playable = [stream for stream in streams if stream.hertz]
    if unplayable:
        return Sound(_granule_ms(source, playable[0]) if playable else 0, "", unplayable[0])
    if not playable:
        raise MediaError(Reason.NO_TRACKS, "no stream begins in this Ogg file")
    return Sound(_granule_ms(source, playable[0]), playable[0].codec)


def _first_packets(source: Source) -> Iterator[tuple[bytes, bytes]]:
    """The first packet of each stream, with the stream's serial number: they all stand at the beginning."""
    at = 0
    while (head := source.read_at(at, 27 + 255)) and head[:4] == b"OggS" and head[5] & 2:
        segments = head[27 : 27 + head[26]]
        body = at + 27 + len(segments)
        yield head[14:18], source.read_at(body, min(sum(segments), 255))
        at = body + sum(segments)


def _ogg_stream(serial: bytes, packet: bytes) -> _OggSound:
    """What a stream's first packet says; 0 Hz where browsers do not play it."""
    if packet[:8] == b"OpusHead":
        return _OggSound("opus", 48_000, struct.unpack_from("<H", packet, 10)[0], serial)
    if packet[:7] == b"\x01vorbis":
        return _OggSound("vorbis", struct.unpack_from("<I", packet, 12)[0], 0, serial)
    if packet[:5] == b"\x7fFLAC":
        return _OggSound("flac", int.from_bytes(packet[27:30], "big") >> 4, 0, serial)
    name = packet[1:7] if packet[:1] == b"\x80" else packet[:5]
    return _OggSound(name.strip(b"\0 ").decode("ascii", "replace").lower(), 0, 0, serial)


def _granule_ms(source: Source, sound: _OggSound) -> int | None:
    """The length by the last page that counts samples; None when the file's tail holds none of this stream."""
    start = max(0, source.size - _TAIL)
    tail = source.read_at(start, _TAIL)
    at = len(tail)
    while (at := tail.rfind(b"OggS", 0, at)) >= 0:
        granule = int.from_bytes(tail[at + 6 : at + 14], "little", signed=True)
        if tail[at + 14 : at + 18] == sound.serial and granule >= 0:
            return max(0, granule - sound.skipped) * 1000 // sound.hertz
    return None


# --- MP3 and AAC ----------------------------------------------------------------------------------------------------

_MP3_HERTZ = (44_100, 48_000, 32_000)


def _mp3(source: Source) -> Sound:
    """MP3 files of one bit rate say nothing of their length, those of many mostly do."""
    held = source.read_at(_id3_size(source), _HEAD)
    at = held.find(b"\xff")
    while 0 <= at < len(held) - 4 and not _is_mp3_frame(held[at : at + 4]):
        at = held.find(b"\xff", at + 1)
    return Sound(_xing_ms(held[at:]) if at >= 0 else None, "mp3")


def _is_mp3_frame(head: bytes) -> bool:
    is_layer_3 = head[1] & 0xE6 == 0xE2 and head[1] & 0x18 != 0x08
    return is_layer_3 and head[2] >> 4 not in (0, 15) and head[2] & 0x0C != 0x0C


def _xing_ms(frame: bytes) -> int | None:
    """The length by the count of frames that an encoder left in the first one."""
    is_first_version, is_mono = frame[1] & 0x18 == 0x18, frame[3] & 0xC0 == 0xC0
    at = 4 + ((17 if is_mono else 32) if is_first_version else (9 if is_mono else 17))
    if frame[at : at + 4] not in (b"Xing", b"Info") or not frame[at + 7] & 1:
        return None
    frames = int.from_bytes(frame[at + 8 : at + 12], "big")
    halvings = {0x18: 0, 0x10: 1}.get(frame[1] & 0x18, 2)
    hertz = _MP3_HERTZ[frame[2] >> 2 & 3] >> halvings
    samples = 1152 if is_first_version else 576
    return frames * samples * 1000 // hertz if frames else None


def _id3_size(source: Source) -> int:
    """How long the tag before the first frame is."""
    head = source.read_at(0, 10)
    if head[:3] != b"ID3" or len(head) < 10:
        return 0
    size = sum((byte & 0x7F) << shift for byte, shift in zip(head[6:10], (21, 14, 7, 0), strict=True))
    return 10 + size


def _aac(source: Source) -> Sound:
    return Sound(None, "mp4a.40.2")


_KINDS: dict[str, tuple[Callable[[Source], Sound], str]] = {
    "wav": (_wav, "audio/wav"),
    "flac": (_flac, "audio/flac"),
    "ogg": (_ogg, "audio/ogg"),
    "mp3": (_mp3, "audio/mpeg"),
    "aac": (_aac, "audio/aac"),
}
