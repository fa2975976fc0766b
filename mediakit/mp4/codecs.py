"""Naming a sample entry's codec: its family, and the RFC 6381 string that canPlayType takes."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

VISUAL_HEADER_BYTES = 86
AUDIO_HEADER_BYTES = 36
QUICKTIME_AUDIO_BYTES = {0: 0, 1: 16, 2: 36}  # by the version of the entry

ES, DECODER_CONFIG, DECODER_SPECIFIC = 3, 4, 5  # descriptor tags of esds
AAC_OBJECT, MP3_OBJECTS = 0x40, (0x69, 0x6B)
PICTURE_OBJECTS = {0x6A: "mpeg1", 0x6C: "mjpeg", 0x6D: "png"} | dict.fromkeys(range(0x60, 0x66), "mpeg2")
XHE_AAC = 42
H264_PROFILES = (66, 77, 88, 100)  # 8 bits, 4:2:0; cameras' 10-bit and 4:2:2 play in no browser

PLAYED_BY_BROWSERS = frozenset({"h264", "vp9", "av1", "aac", "opus", "mp3"})


@dataclass(frozen=True)
class Codec:
    """`family` is for people and rules; `name` is the RFC 6381 string, or the family where there is none."""

    family: str
    name: str

    @property
    def plays(self) -> bool:
        """Whether the common browsers play it in an MP4."""
        return self.family in PLAYED_BY_BROWSERS


def codec_of(entry: bytes) -> Codec:
    """The codec of one complete stsd entry; of a kind or with a configuration that we cannot read: its four letters."""
    kind = entry[4:8]
    read = _READERS.get(kind)
    codec = read(entry) if read else None
    if codec is not None:
        return codec
    letters = kind.decode("ascii", "replace").strip(" .").lower()
    family = _OTHERS.get(kind) or (letters if letters.isascii() and letters.isalnum() else "unknown")
    return Codec(family, family)


def _avc(entry: bytes) -> Codec | None:
    config = _config(entry, VISUAL_HEADER_BYTES, b"avcC")
    if len(config) < 7:
        return None
    family = "h264" if config[1] in H264_PROFILES else "h264-studio"
    return Codec(family, f"{entry[4:8].decode()}.{config[1:4].hex().upper()}")


def _vp9(entry: bytes) -> Codec | None:
    config = _config(entry, VISUAL_HEADER_BYTES, b"vpcC")
    if len(config) < 8:
        return None
    profile, level, depth = config[4], config[5], config[6] >> 4
    return Codec("vp9", f"vp09.{profile:02d}.{level:02d}.{depth:02d}")


def _av1(entry: bytes) -> Codec | None:
    config = _config(entry, VISUAL_HEADER_BYTES, b"av1C")
    if len(config) < 4:
        return None
    profile, level, flags = config[1] >> 5, config[1] & 31, config[2]
    depth = (12 if flags & 0x20 else 10) if flags & 0x40 else 8
    return Codec("av1", f"av01.{profile}.{level:02d}{'H' if flags & 0x80 else 'M'}.{depth:02d}")


def _mp4v(entry: bytes) -> Codec | None:
    config = dict(_descriptors(_config(entry, VISUAL_HEADER_BYTES, b"esds")[4:])).get(DECODER_CONFIG, b"")
    family = PICTURE_OBJECTS.get(config[0], "mpeg4") if config else "mpeg4"
    return Codec(family, family)


def _mp4a(entry: bytes) -> Codec | None:
    header = AUDIO_HEADER_BYTES + QUICKTIME_AUDIO_BYTES.get(int.from_bytes(entry[16:18], "big"), 0)
    esds = _config(entry, header, b"esds") or _config(_config(entry, header, b"wave"), 0, b"esds")
    found = dict(_descriptors(esds[4:]))
    config = found.get(DECODER_CONFIG, b"")
    if not config:
        return None
    if config[0] in MP3_OBJECTS:
        return Codec("mp3", f"mp4a.{config[0]:02X}")
    specific = found.get(DECODER_SPECIFIC, b"")
    if config[0] != AAC_OBJECT or len(specific) < 2:
        return None
    kind = _audio_object(specific)
    return Codec("xhe-aac" if kind == XHE_AAC else "aac", f"mp4a.40.{kind}")


def _audio_object(specific: bytes) -> int:
    kind = specific[0] >> 3
    if kind == 31:  # an escape: six more bits
        return 32 + ((specific[0] & 7) << 3) + (specific[1] >> 5)
    return kind


def _opus(entry: bytes) -> Codec | None:
    return Codec("opus", "opus") if _config(entry, AUDIO_HEADER_BYTES, b"dOps") else None


def _config(entry: bytes, header: int, kind: bytes) -> bytes:
    """The body of the first box of that kind behind the header, or nothing."""
    at = header
    while at + 8 <= len(entry):
        length = int.from_bytes(entry[at : at + 4], "big")
        if length < 8:
            break
        if entry[at + 4 : at + 8] == kind:
            return entry[at + 8 : at + length]
        at += length
    return b""


def _descriptors(data: bytes) -> Iterator[tuple[int, bytes]]:
    """(tag, body) of the descriptors that lead to the decoder's own configuration, from outside inwards."""
    while len(data) >= 2:
        tag, length, at = data[0], 0, 1
        for _ in range(4):
            byte = data[at] if at < len(data) else 0
            length, at = length << 7 | byte & 0x7F, at + 1
            if not byte & 0x80:
                break
        body = data[at : at + length]
        yield tag, body
        if tag == ES:
            data = body[_es_header(body) :]
        elif tag == DECODER_CONFIG:
            data = body[13:]
        else:
            return


def _es_header(body: bytes) -> int:
    flags = body[2] if len(body) > 2 else 0
    length = 3 + (2 if flags & 0x80 else 0)
    if flags & 0x40:
        length += 1 + (body[length] if len(body) > length else 0)
    return length + (2 if flags & 0x20 else 0)


_READERS: dict[bytes, Callable[[bytes], Codec | None]] = {
    b"avc1": _avc,
    b"avc3": _avc,
    b"vp09": _vp9,
    b"av01": _av1,
    b"mp4v": _mp4v,
    b"mp4a": _mp4a,
    b"Opus": _opus,
}
_OTHERS = {
    **dict.fromkeys((b"hvc1", b"hev1", b"dvh1", b"dvhe"), "hevc"),
    **dict.fromkeys((b"apch", b"apcn", b"apcs", b"apco", b"ap4h", b"ap4x"), "prores"),
    **dict.fromkeys(
        (b"sowt", b"twos", b"lpcm", b"raw ", b"in24", b"in32", b"fl32", b"fl64", b"ipcm", b"fpcm"), "pcm"
    ),
    **dict.fromkeys((b"jpeg", b"mjpa", b"mjpb"), "mjpeg"),
    **dict.fromkeys((b"encv", b"enca", b"drmi", b"drms"), "encrypted"),
    b"vp08": "vp8",
    b"fLaC": "flac",
    b"ac-3": "ac3",
    b"ec-3": "eac3",
}
