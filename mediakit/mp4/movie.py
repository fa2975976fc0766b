"""What moov says about a file: its tracks, their pictures, codecs and edits. Sample tables are left to the readers."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, degrees

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.mp4.boxes import Box, Budget, at_most_one, children, only
from mediakit.mp4.codecs import AUDIO_HEADER_BYTES, VISUAL_HEADER_BYTES, Codec, codec_of

KINDS = {b"vide": "video", b"soun": "audio"}
SELF_CONTAINED = b"\x01"
MAX_TICKS = 2**50  # no honest time is later, and sums of such stay far from overflow


@dataclass(frozen=True)
class Edit:
    """`duration` in ticks of the movie; `media_time` in ticks of the track, -1 for nothing."""

    duration: int
    media_time: int


@dataclass(frozen=True)
class SourceTrack:
    """One picture or sound track as the source describes it."""

    number: int  # its track_ID
    kind: str  # video or audio
    timescale: int
    language: bytes
    matrix: bytes
    width: int  # as presented, before rotation; 0 for audio
    height: int
    edits: tuple[Edit, ...]
    entries: tuple[bytes, ...]  # stsd
    boxes: list[Box]  # of trak
    tables: list[Box]  # of stbl
    codec: Codec

    @property
    def rotation(self) -> int:
        """Degrees clockwise that the picture is to be turned, to the nearest quarter."""
        a, b = (int.from_bytes(self.matrix[at : at + 4], "big", signed=True) for at in (0, 4))
        return round(degrees(atan2(b, a)) / 90) * 90 % 360


@dataclass(frozen=True)
class Movie:
    """A parsed moov. `data` is its body, and boxes index into it."""

    data: bytes
    timescale: int
    duration: int
    boxes: list[Box]
    tracks: list[SourceTrack]
    foreign: int  # tracks that are neither picture nor sound
    fragmented: bool
    budget: Budget


def read_movie(data: bytes, limits: Limits) -> Movie:
    """The movie whose moov has this body. Raises MediaError; no table is read yet."""
    budget = Budget(limits.boxes)
    boxes = children(data, 0, len(data), budget)
    if at_most_one(boxes, b"cmov"):
        raise MediaError(Reason.INCONSISTENT, "a compressed movie header")
    traks = [box for box in boxes if box.kind == b"trak"]
    if len(traks) > limits.tracks:
        raise MediaError(Reason.TOO_MANY_TRACKS, f"{len(traks)} tracks")
    timescale, duration = _times(data, only(boxes, b"mvhd"))
    tracks = [track for box in traks if (track := _track(data, box, limits, budget)) is not None]
    if len({track.number for track in tracks}) < len(tracks):
        raise MediaError(Reason.INCONSISTENT, "two tracks of one number")
    fragmented = at_most_one(boxes, b"mvex") is not None
    return Movie(data, timescale, duration, boxes, tracks, len(traks) - len(tracks), fragmented, budget)


def presented_size(tracks: Sequence[SourceTrack]) -> tuple[int, int, int]:
    """(width, height, rotation) of the first picture as displayed; zeros for sound alone."""
    for track in tracks:
        if track.kind == "video":
            turned = track.rotation in (90, 270)
            size = (track.height, track.width) if turned else (track.width, track.height)
            return *size, track.rotation
    return 0, 0, 0


def _track(data: bytes, trak: Box, limits: Limits, budget: Budget) -> SourceTrack | None:
    boxes = children(data, trak.body, trak.end, budget)
    mdia = at_most_one(boxes, b"mdia")
    media = children(data, mdia.body, mdia.end, budget) if mdia else []
    hdlr = at_most_one(media, b"hdlr")
    kind = KINDS.get(data[hdlr.body + 8 : hdlr.body + 12]) if hdlr else None
    if kind is None:
        return None
    minf = only(media, b"minf")
    tables = _tables(data, minf, budget)
    entries = _entries(data, only(tables, b"stsd"), budget)
    mdhd = only(media, b"mdhd")
    tkhd = only(boxes, b"tkhd")
    wide = data[tkhd.body : tkhd.body + 1] == b"\x01"
    at = tkhd.body + (36 if wide else 24) + 16  # past times, then layer, group, volume
    width, height = _size(data, at + 36, entries[0], limits) if kind == "video" else (0, 0)
    return SourceTrack(
        number=int.from_bytes(data[at - (32 if wide else 28) :][:4], "big"),
        kind=kind,
        timescale=_times(data, mdhd)[0],
        language=data[mdhd.end - 4 : mdhd.end - 2],
        matrix=data[at : at + 36],
        width=width,
        height=height,
        edits=_edits(data, boxes, budget),
        entries=entries,
        boxes=boxes,
        tables=tables,
        codec=codec_of(entries[0]),
    )


def _times(data: bytes, box: Box) -> tuple[int, int]:
    """(timescale, duration) of mvhd or mdhd."""
    wide = data[box.body : box.body + 1] == b"\x01"
    at, length = (box.body + 20, 8) if wide else (box.body + 12, 4)
    timescale = int.from_bytes(data[at : at + 4], "big")
    if timescale == 0 or at + 4 + length > box.end:
        raise MediaError(Reason.INCONSISTENT, f"no timescale in {box.kind!r}")
    return timescale, int.from_bytes(data[at + 4 : at + 4 + length], "big")


def _tables(data: bytes, minf: Box, budget: Budget) -> list[Box]:
    boxes = children(data, minf.body, minf.end, budget)
    dinf = at_most_one(boxes, b"dinf")
    for dref in children(data, dinf.body, dinf.end, budget) if dinf else []:
        for reference in children(data, dref.body + 8, dref.end, budget):
            if data[reference.body + 3 : reference.body + 4] != SELF_CONTAINED:
                raise MediaError(Reason.INCONSISTENT, "samples in another file")
    stbl = only(boxes, b"stbl")
    return children(data, stbl.body, stbl.end, budget)


def _entries(data: bytes, stsd: Box, budget: Budget) -> tuple[bytes, ...]:
    boxes = children(data, stsd.body + 8, stsd.end, budget)
    entries = tuple(data[box.start : box.end] for box in boxes)
    if not entries or any(len(entry) < AUDIO_HEADER_BYTES for entry in entries):
        raise MediaError(Reason.INCONSISTENT, "no sample entry")
    return entries


def _size(data: bytes, at: int, entry: bytes, limits: Limits) -> tuple[int, int]:
    """Width and height from tkhd, or the sample entry where tkhd has none; both are held against the limits."""
    if len(entry) < VISUAL_HEADER_BYTES:
        raise MediaError(Reason.INCONSISTENT, "a short sample entry")
    coded = int.from_bytes(entry[32:34], "big"), int.from_bytes(entry[34:36], "big")
    shown = int.from_bytes(data[at : at + 4], "big") >> 16, int.from_bytes(data[at + 4 : at + 8], "big") >> 16
    for width, height in (coded, shown):
        if max(width, height) > limits.side or width * height > limits.pixels:
            raise MediaError(Reason.PICTURE_TOO_LARGE, f"{width} x {height}")
    return shown if all(shown) else coded


def _edits(data: bytes, boxes: list[Box], budget: Budget) -> tuple[Edit, ...]:
    edts = at_most_one(boxes, b"edts")
    elst = at_most_one(children(data, edts.body, edts.end, budget), b"elst") if edts else None
    if elst is None:
        return ()
    wide = data[elst.body : elst.body + 1] == b"\x01"
    length = 20 if wide else 12
    count = int.from_bytes(data[elst.body + 4 : elst.body + 8], "big")
    if elst.body + 8 + count * length > elst.end:
        raise MediaError(Reason.INCONSISTENT, f"{count} edits do not fit")
    half = 8 if wide else 4
    edits = []
    for at in range(elst.body + 8, elst.body + 8 + count * length, length):
        budget.spend()
        duration = int.from_bytes(data[at : at + half], "big")
        edits.append(Edit(duration, int.from_bytes(data[at + half : at + 2 * half], "big", signed=True)))
    if any(max(edit.duration, abs(edit.media_time)) >= MAX_TICKS for edit in edits):
        raise MediaError(Reason.INCONSISTENT, "an edit in the far future")
    return tuple(edits)
