"""Writes moov: the header boxes and the sample tables of each track."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil
from typing import Literal

import numpy as np
import numpy.typing as npt

from mediakit.mp4.building import (
    UINT32_MAX,
    Numbers,
    Piece,
    box,
    chunk_offset_box,
    full_box,
    nested,
    runs,
    table,
    u16,
    u32,
    wide_or_not,
)
from mediakit.mp4.layout import BuildMovie

IDENTITY_MATRIX = u32(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
FTYP = box(b"ftyp", b"isom", u32(512), b"isomiso2mp41")
EMPTY_EDIT = -1


@dataclass(frozen=True)
class MovieTrack:
    """A track as moov describes it, in ticks of its timescale; chunk offsets are relative to the payload."""

    kind: Literal["video", "audio"]
    timescale: int
    sample_entry: bytes
    deltas: Numbers
    composition: Numbers  # pts - dts of each sample, none negative
    sizes: Numbers
    sync: npt.NDArray[np.bool_]
    chunk_offsets: Numbers
    chunk_counts: Numbers
    late: int  # ticks of nothing before the first sample is presented
    media_time: int  # of the first presented instant
    presented: int
    width: int
    height: int
    matrix: bytes
    language: bytes


def movie_box(tracks: Sequence[MovieTrack]) -> BuildMovie:
    """A builder of the moov of these tracks, numbered from 1."""
    timescale = max(track.timescale for track in tracks)
    spans = [_in_ticks(track, timescale, track.late + track.presented) for track in tracks]
    tables = [_sample_tables(track) for track in tracks]

    def build(base: int, *, wide: bool) -> list[Piece]:
        traks: list[Piece] = []
        for number, (track, span, stbl) in enumerate(zip(tracks, spans, tables, strict=True), 1):
            offsets = chunk_offset_box(track.chunk_offsets + base, wide=wide)
            traks += _trak(track, number, timescale, span, [*stbl, offsets])
        return nested(b"moov", [_mvhd(timescale, max(spans), len(tracks) + 1)], traks)

    return build


def _in_ticks(track: MovieTrack, timescale: int, ticks: int) -> int:
    """Rounded up, so that no last sample falls out of its edit."""
    return ceil(Fraction(ticks * timescale, track.timescale))


def _mvhd(timescale: int, duration: int, next_track: int) -> bytes:
    version = int(duration > UINT32_MAX)
    times = wide_or_not(version, 0, 0) + u32(timescale) + wide_or_not(version, duration)
    return full_box(
        b"mvhd",
        version,
        0,
        times,
        u32(0x10000),
        u16(0x100),
        bytes(10),
        IDENTITY_MATRIX,
        bytes(24),
        u32(next_track),
    )


def _trak(track: MovieTrack, number: int, timescale: int, span: int, stbl: list[Piece]) -> list[Piece]:
    video = track.kind == "video"
    version = int(span > UINT32_MAX)
    tkhd = full_box(
        b"tkhd",
        version,
        3,  # enabled, in the movie
        wide_or_not(version, 0, 0) + u32(number, 0) + wide_or_not(version, span),
        bytes(8) + u16(0, 0, 0 if video else 0x100, 0),
        track.matrix,
        u32(track.width << 16, track.height << 16),
    )
    header = full_box(b"vmhd", 0, 1, bytes(8)) if video else full_box(b"smhd", 0, 0, bytes(4))
    dinf = box(b"dinf", full_box(b"dref", 0, 0, u32(1), full_box(b"url ", 0, 1)))
    hdlr = full_box(b"hdlr", 0, 0, bytes(4), b"vide" if video else b"soun", bytes(13))
    minf = nested(b"minf", [header, dinf], nested(b"stbl", stbl))
    mdia = nested(b"mdia", [_mdhd(track), hdlr], minf)
    return nested(b"trak", [tkhd, _edits(track, timescale)], mdia)


def _mdhd(track: MovieTrack) -> bytes:
    duration = int(track.deltas.sum())
    version = int(duration > UINT32_MAX)
    times = wide_or_not(version, 0, 0) + u32(track.timescale) + wide_or_not(version, duration)
    return full_box(b"mdhd", version, 0, times, track.language, u16(0))


def _edits(track: MovieTrack, timescale: int) -> bytes:
    edits = [(_in_ticks(track, timescale, track.late), EMPTY_EDIT)] if track.late > 0 else []
    edits.append((_in_ticks(track, timescale, track.presented), track.media_time))
    version = int(max(max(edit) for edit in edits) >= 2**31)
    rows = [wide_or_not(version, *edit) + u16(1, 0) for edit in edits]
    return box(b"edts", full_box(b"elst", version, 0, u32(len(rows)), *rows))


def _sample_tables(track: MovieTrack) -> list[Piece]:
    """Everything in stbl but the chunk offsets."""
    parts: list[Piece] = [
        full_box(b"stsd", 0, 0, u32(1), track.sample_entry),
        full_box(b"stts", 0, 0, table(runs(track.deltas))),
    ]
    if track.composition.any():
        parts.append(full_box(b"ctts", 0, 0, table(runs(track.composition))))
    if track.kind == "video" and not track.sync.all():
        parts.append(full_box(b"stss", 0, 0, table([np.flatnonzero(track.sync) + 1])))
    parts += [_stsc(track.chunk_counts), _stsz(track.sizes)]
    return parts


def _stsc(counts: Numbers) -> bytes:
    lengths, values = runs(counts)
    first = np.cumsum(lengths) - lengths + 1
    return full_box(b"stsc", 0, 0, table([first, values, np.ones_like(values)]))


def _stsz(sizes: Numbers) -> bytes:
    if sizes[0] > 0 and (sizes == sizes[0]).all():
        return full_box(b"stsz", 0, 0, u32(int(sizes[0]), len(sizes)))
    return full_box(b"stsz", 0, 0, u32(0), table([sizes]))
