"""A plain MP4 or MOV as a virtual one: its own sample tables, with nothing rewritten but the chunk offsets."""

from collections.abc import Sequence
from fractions import Fraction

import numpy as np

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.mp4.boxes import Box, at_most_one, children, only
from mediakit.mp4.building import Numbers, Piece, chunk_offset_box, nested
from mediakit.mp4.layout import BuildMovie, Payload, Range, lay_out, merged
from mediakit.mp4.movie import Movie, SourceTrack
from mediakit.mp4.tables import Chunks, chunks, run_lengths, sample_sizes, sync_samples
from mediakit.virtual import VirtualFile

KEPT = {  # all else is dropped: tref, udta, meta, uuid hold names, places and devices
    b"trak": {b"tkhd", b"edts", b"mdia", b"tapt"},
    b"mdia": {b"mdhd", b"hdlr", b"minf", b"elng"},
    b"minf": {b"vmhd", b"smhd", b"hdlr", b"dinf", b"stbl"},
}
POSITIONAL = {b"stco", b"co64", b"saio", b"saiz"}  # say where things lie in the source


def plan_plain(
    movie: Movie,
    tracks: Sequence[SourceTrack],
    mdats: Sequence[Range],
    ftyp: bytes,
    limits: Limits,
    media_type: str,
) -> tuple[VirtualFile, int]:
    """The virtual file of these tracks of the movie, and its duration in ms.

    `mdats` are the bodies of the source's mdat boxes. When tracks are left out, so are their bytes. Raises MediaError:
    INCONSISTENT for tables that contradict each other or the file, TOO_COMPLEX for too many samples, TOO_LONG.
    """
    sizes = [sample_sizes(movie.data, track.tables) for track in tracks]
    if sum(size.count for size in sizes) > limits.samples:
        raise MediaError(Reason.TOO_COMPLEX, f"{sum(size.count for size in sizes)} samples")
    kept, spans = [], []
    for track, size in zip(tracks, sizes, strict=True):
        if size.count:
            spans.append(_duration(movie, track, size.count))
            sync_samples(movie.data, track.tables, size.count)
            kept.append((track, chunks(movie.data, track.tables, size)))
    if not kept:
        raise MediaError(Reason.NO_TRACKS, "no samples")
    duration_ms = round(max(spans) * 1000)
    if duration_ms > limits.duration_ms:
        raise MediaError(Reason.TOO_LONG, f"{duration_ms} ms")
    where = [_apart(found) for _, found in kept]
    whole = not movie.foreign and len(tracks) == len(movie.tracks)
    payload = Payload(mdats if whole else _chunk_ranges(where))
    if not whole:
        _check_inside(where, Payload(mdats))
    return lay_out(ftyp, _movie_box(movie, kept, payload), payload, media_type), duration_ms


def _duration(movie: Movie, track: SourceTrack, samples: int) -> Fraction:
    """Seconds that the track is presented, from its edits or, without any, its samples."""
    deltas = run_lengths(movie.data, only(track.tables, b"stts"), samples)
    if np.any(deltas[:, 1] >= 2**31):
        raise MediaError(Reason.INCONSISTENT, "times go back")
    ctts = at_most_one(track.tables, b"ctts")
    if ctts is not None:
        run_lengths(movie.data, ctts, samples)
    media = Fraction(int((deltas[:, 0] * deltas[:, 1]).sum()), track.timescale)
    edited = Fraction(sum(edit.duration for edit in track.edits), movie.timescale)
    return edited or media


def _apart(found: Chunks) -> Chunks:
    """The chunks that hold bytes, by offset. Raises MediaError(INCONSISTENT) if two of a track overlap."""
    order = np.flatnonzero(found.lengths)
    order = order[np.argsort(found.offsets[order], kind="stable")]
    offsets, lengths = found.offsets[order], found.lengths[order]
    if np.any(offsets[1:] < offsets[:-1] + lengths[:-1]):
        raise MediaError(Reason.INCONSISTENT, "chunks overlap")
    return Chunks(offsets, lengths, found.counts[order])


def _chunk_ranges(where: Sequence[Chunks]) -> list[Range]:
    """Nothing but the bytes of these tracks' chunks."""
    offsets = np.concatenate([found.offsets for found in where])
    return merged(offsets, np.concatenate([found.lengths for found in where]))


def _check_inside(where: Sequence[Chunks], mdats: Payload) -> None:
    for found in where:
        mdats.place(found.offsets, found.lengths)


def _movie_box(movie: Movie, kept: Sequence[tuple[SourceTrack, Chunks]], payload: Payload) -> BuildMovie:
    placed = {track.number: _placed(found, payload) for track, found in kept}
    stays_wide = any(at_most_one(track.tables, b"co64") for track, _ in kept)

    def build(base: int, *, wide: bool) -> list[Piece]:
        traks: list[Piece] = []
        for track, _ in kept:
            offsets = chunk_offset_box(placed[track.number] + base, wide=wide or stays_wide)
            tables = [_raw(movie, table) for table in track.tables if table.kind not in POSITIONAL]
            traks += _rebuilt(movie, b"trak", track.boxes, nested(b"stbl", tables, [offsets]))
        return nested(b"moov", [_raw(movie, only(movie.boxes, b"mvhd"))], traks)

    return build


def _placed(found: Chunks, payload: Payload) -> Numbers:
    """Where the chunks lie in the payload; for chunks without bytes it does not matter."""
    placed, full = np.zeros_like(found.offsets), np.flatnonzero(found.lengths)
    placed[full] = payload.place(found.offsets[full], found.lengths[full])
    return placed


def _rebuilt(movie: Movie, kind: bytes, boxes: list[Box], stbl: list[Piece]) -> list[Piece]:
    """A container copied with what is KEPT of its children, down to its sample table."""
    pieces: list[Piece] = []
    for child in boxes:
        if child.kind not in KEPT[kind]:
            continue
        if child.kind == b"stbl":
            pieces += stbl
        elif child.kind in KEPT:
            inner = children(movie.data, child.body, child.end, movie.budget)
            pieces += _rebuilt(movie, child.kind, inner, stbl)
        else:
            pieces.append(_raw(movie, child))
    return nested(kind, pieces)


def _raw(movie: Movie, child: Box) -> memoryview:
    return memoryview(movie.data)[child.start : child.end]
