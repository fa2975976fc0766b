"""Telling a container from the first bytes of a file, whatever its name claims."""

import re

HEAD_BYTES = 64 * 1024
EBML = b"\x1a\x45\xdf\xa3"
DOC_TYPE = b"\x42\x82"
DOC_TYPES = {b"matroska": "matroska", b"webm": "webm"}
PICTURE_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"mif1", b"msf1", b"avif", b"avis", b"crx "}
QUICKTIME_BRAND = b"qt  "
TOP_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"uuid", b"styp", b"moof", b"sidx"}
UNOPENED = {
    b"FLV\x01": "flv",
    bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"): "asf",  # the header object's GUID
    b"\x00\x00\x01\xba": "mpegps",
}
TS_PACKET_BYTES = 188
M2TS_PACKET_BYTES = 192
MPEG_LAYERS = {0xFFFB, 0xFFFA, 0xFFF3, 0xFFF2, 0xFFE3, 0xFFE2}  # layer III of MPEG 1, 2, 2.5


def sniff(head: bytes) -> str | None:
    """The container that begins with these bytes (64 KiB are plenty), or None for what is no media that we open.

    Playlists, scripts of files to join, pages, archives and drawings have no magic here, so they are None.
    """
    for look in (_mp4, _matroska, _riff_ogg_flac, _unopened, _mpegts, _mpeg_audio):
        container = look(head)
        if container:
            return container
    return None


def _mp4(head: bytes) -> str | None:
    kind, length = head[4:8], int.from_bytes(head[:4], "big")
    brand = head[8:12]
    if kind == b"ftyp" and length >= 16 and len(brand) == 4:
        if brand in PICTURE_BRANDS:
            return None
        return "mov" if brand == QUICKTIME_BRAND else "mp4"
    if kind in TOP_BOXES and (length >= 8 or length in (0, 1)):
        return "mp4" if kind in (b"styp", b"moof", b"sidx") else "mov"
    return None


def _matroska(head: bytes) -> str | None:
    if head[:4] != EBML:
        return None
    header = head[:256]
    at = header.find(DOC_TYPE)
    length = header[at + 2] & 0x7F if 0 <= at < len(header) - 2 else 0
    return DOC_TYPES.get(header[at + 3 : at + 3 + length].rstrip(b"\0"))


def _riff_ogg_flac(head: bytes) -> str | None:
    if head[:4] in (b"RIFF", b"RF64"):
        return {b"WAVE": "wav", b"AVI ": "avi"}.get(head[8:12])
    if head[:4] == b"OggS":
        return "ogg"
    return "flac" if head[:4] == b"fLaC" else None


def _unopened(head: bytes) -> str | None:
    """Containers that we know by name only."""
    return next((name for magic, name in UNOPENED.items() if head.startswith(magic)), None)


def _mpegts(head: bytes) -> str | None:
    """Sync bytes a packet apart, five at least (or as many as a short head has room for, two at least)."""
    for first, step in ((0, TS_PACKET_BYTES), (4, M2TS_PACKET_BYTES)):
        marks = head[first : first + 5 * step : step]
        if len(marks) >= 2 and set(marks) == {0x47}:
            return "mpegts"
    return None


def _mpeg_audio(head: bytes) -> str | None:
    """MP3 or ADTS: behind any ID3 tag, one frame and, where the head reaches, the next."""
    at = _id3_bytes(head)
    if at and at + 4 > len(head):  # cover art fills the head: the tag itself says enough
        return "mp3"
    padding = re.compile(rb"\0*").match(head, at) if at else None
    at = padding.end() if padding else at
    for container, frame_bytes in (("aac", _adts_frame), ("mp3", _mp3_frame)):
        length = frame_bytes(head[at : at + 8])
        if length and (at + length + 4 > len(head) or frame_bytes(head[at + length : at + length + 8])):
            return container
    return "flac" if at and head[at : at + 4] == b"fLaC" else None


def _id3_bytes(head: bytes) -> int:
    if head[:3] != b"ID3" or len(head) < 10 or any(byte & 0x80 for byte in head[6:10]):
        return 0
    length = 0
    for byte in head[6:10]:
        length = length << 7 | byte
    return 10 + length + (10 if head[5] & 0x10 else 0)


def _adts_frame(frame: bytes) -> int:
    """The length of the ADTS frame that begins here, or 0."""
    if len(frame) < 7 or frame[0] != 0xFF or frame[1] & 0xF6 != 0xF0 or (frame[2] >> 2 & 0xF) > 12:
        return 0
    length = (frame[3] & 3) << 11 | frame[4] << 3 | frame[5] >> 5
    return length if length > 7 else 0


def _mp3_frame(frame: bytes) -> int:
    """The length of the layer III frame that begins here, or 0."""
    if len(frame) < 4 or int.from_bytes(frame[:2], "big") not in MPEG_LAYERS:
        return 0
    version_one = frame[1] & 0x18 == 0x18
    rate, hertz = frame[2] >> 4, frame[2] >> 2 & 3
    if not 0 < rate < 15 or hertz == 3:
        return 0
    kbits = (_KBITS_1 if version_one else _KBITS_2)[rate - 1]
    divisor = {0x18: 1, 0x10: 2, 0x00: 4}[frame[1] & 0x18]
    samples = 144 if version_one else 72
    return samples * kbits * 1000 * divisor // _HERTZ[hertz] + (frame[2] >> 1 & 1)


_HERTZ = (44_100, 48_000, 32_000)
_KBITS_1 = (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBITS_2 = (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
