"""Prepares an MP4 or MOV file: finds its index, decides whether browsers play it, and plans the virtual file."""

from collections.abc import Sequence
from dataclasses import dataclass

from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS, Limits
from mediakit.mp4.boxes import Box, Budget, top_level
from mediakit.mp4.fragmented import plan_fragmented
from mediakit.mp4.layout import Range
from mediakit.mp4.movie import Movie, SourceTrack, presented_size, read_movie
from mediakit.mp4.movie_box import FTYP
from mediakit.mp4.plain import plan_plain
from mediakit.mp4.playable import choose
from mediakit.prepared import Prepared
from mediakit.source import Source
from mediakit.virtual import VirtualFile

MAX_FTYP_BYTES = 1024


@dataclass(frozen=True)
class _File:
    """The boxes of a file that matter."""

    ftyp: bytes
    moov: bytes  # its body
    boxes: list[Box]


def prepare_mp4(source: Source, container: str, limits: Limits = DEFAULT_LIMITS) -> Prepared:
    """What is in the file and how it plays. Raises MediaError, and nothing else, for any content."""
    file = _read(source, limits)
    movie = read_movie(file.moov, limits)
    if not movie.tracks:
        raise MediaError(Reason.NO_TRACKS)
    if movie.duration > limits.duration_ms * movie.timescale / 1000 and movie.duration < 2**32 - 1:
        raise MediaError(Reason.TOO_LONG, f"{movie.duration / movie.timescale} s")
    tracks, kept_because = choose(movie)
    if not kept_because:
        return _prepared(container, tracks, *_planned(source, file, movie, tracks, limits))
    try:
        planned = _planned(source, file, movie, tracks, limits)
    except MediaError:  # it need not play, so what cannot be planned is kept as it came
        planned = None, movie.duration * 1000 // movie.timescale, 0
    return _prepared(container, tracks, *planned, kept_because=kept_because)


def _planned(
    source: Source, file: _File, movie: Movie, tracks: Sequence[SourceTrack], limits: Limits
) -> tuple[VirtualFile | None, int, int]:
    """The virtual file, its duration in ms, and how many bytes of a torn tail are left out."""
    media_type = f"{_kind(tracks)}/mp4"
    if movie.fragmented or any(box.kind == b"moof" for box in file.boxes):
        return plan_fragmented(source, movie, tracks, file.boxes, limits, media_type)
    mdats = _mdats(file.boxes, source.size)
    virtual, duration_ms = plan_plain(movie, tracks, mdats, file.ftyp, limits, media_type)
    return virtual, duration_ms, 0


def _prepared(
    container: str,
    tracks: Sequence[SourceTrack],
    virtual: VirtualFile | None,
    duration_ms: int,
    cut_bytes: int,
    *,
    kept_because: str | None = None,
) -> Prepared:
    width, height, rotation = presented_size(tracks)
    pictures_first = sorted(tracks, key=lambda track: track.kind, reverse=True)
    return Prepared(
        container=container,
        kind=_kind(tracks),
        duration_ms=duration_ms,
        width=width,
        height=height,
        rotation=rotation,
        codecs=",".join(dict.fromkeys(track.codec.name for track in pictures_first)),
        virtual=virtual,
        kept_because=kept_because,
        cut_bytes=cut_bytes,
    )


def _kind(tracks: Sequence[SourceTrack]) -> str:
    return "video" if any(track.kind == "video" for track in tracks) else "audio"


def _read(source: Source, limits: Limits) -> _File:
    ftyp, moov = FTYP, b""
    boxes = []
    for box in top_level(source, Budget(limits.boxes)):
        boxes.append(box)
        if box.kind == b"ftyp" and box.length <= MAX_FTYP_BYTES and box.start == 0:
            ftyp = source.read_at(box.start, box.length)
        elif box.kind == b"moov":
            if moov:
                raise MediaError(Reason.INCONSISTENT, "two movie headers")
            moov = _movie_header(source, box, limits)
    if not moov:
        raise MediaError(Reason.TRUNCATED, "no movie header")
    return _File(ftyp, moov, boxes)


def _movie_header(source: Source, box: Box, limits: Limits) -> bytes:
    if box.end > source.size:
        raise MediaError(Reason.TRUNCATED, "the movie header ends beyond the file")
    if box.length > limits.moov_bytes:
        raise MediaError(Reason.TOO_COMPLEX, f"a movie header of {box.length} bytes")
    return source.read_at(box.body, box.end - box.body)


def _mdats(boxes: Sequence[Box], size: int) -> list[Range]:
    """The bodies of all mdat boxes. Raises MediaError(TRUNCATED) for one that ends beyond the file."""
    found = [box for box in boxes if box.kind == b"mdat"]
    if any(box.end > size for box in found):
        raise MediaError(Reason.TRUNCATED, "the samples end beyond the file")
    return [(box.body, box.end - box.body) for box in found]
