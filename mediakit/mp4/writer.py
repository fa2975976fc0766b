"""Writes the header of a virtual MP4 from samples: for fragmented MP4 and Matroska, which have no tables of their own."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from mediakit.errors import MediaError, Reason
from mediakit.mp4.building import Numbers
from mediakit.mp4.layout import Payload, Range, lay_out
from mediakit.mp4.movie_box import FTYP, IDENTITY_MATRIX, MovieTrack, movie_box
from mediakit.virtual import VirtualFile

MAX_SAMPLE_BYTES = 256 * 1024 * 1024  # no honest picture is larger, and players read samples whole


@dataclass(frozen=True)
class Track:
    """One track's samples in decoding order. Times are ticks of `timescale` on a timeline common to all tracks.

    `pts` may be smaller than `dts` and may be negative; a constant shift of all tracks changes nothing. Samples whose
    pts is below `starts_at` (encoder priming) are decoded but not presented; None means the smallest pts.
    """

    kind: Literal["video", "audio"]
    timescale: int
    sample_entry: bytes  # the one complete box in stsd: avc1, vp09, av01, mp4a, Opus …
    pts: Numbers
    dts: Numbers  # not decreasing
    sizes: Numbers  # bytes
    offsets: Numbers  # of the first byte of each sample in the source
    sync: npt.NDArray[np.bool_]
    last_duration: int  # ticks of the last sample
    starts_at: int | None = None
    width: int = 0  # as presented, before rotation
    height: int = 0
    matrix: bytes = IDENTITY_MATRIX
    language: bytes = b"\x55\xc4"  # mdhd's packed "und"

    @property
    def start(self) -> Fraction:
        """When it is first presented, in seconds of the common timeline."""
        ticks = int(self.pts.min()) if self.starts_at is None else self.starts_at
        return Fraction(ticks, self.timescale)

    @property
    def end(self) -> Fraction:
        """When its last sample has been presented, in seconds of the common timeline."""
        durations = np.diff(self.dts, append=self.dts[-1] + self.last_duration)
        return Fraction(int((self.pts + durations).max()), self.timescale)


@dataclass(frozen=True)
class Patches:
    """4-byte replacements at source offsets (sorted, inside the mapped ranges): big-endian numbers."""

    offsets: Numbers = field(default_factory=lambda: np.zeros(0, np.int64))
    values: npt.NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, np.uint32))


def plan_mp4(
    tracks: Sequence[Track],
    ranges: Sequence[Range],
    *,
    media_type: str,  # video/mp4 or audio/mp4
    patches: Patches | None = None,
) -> VirtualFile:
    """A faststart MP4 of these tracks whose one mdat holds these ranges of the source (sorted, not overlapping).

    Every sample must lie inside one range; what else lies there is unreferenced. A video that starts late holds its
    first picture from the common start (Firefox ignores an empty edit); late sound gets an empty edit. Raises
    MediaError: NO_TRACKS for none with samples, INCONSISTENT for samples outside the ranges or times that go back.
    """
    tracks = [track for track in tracks if len(track.pts)]
    if not tracks:
        raise MediaError(Reason.NO_TRACKS)
    payload = Payload(ranges)
    common_start = min(track.start for track in tracks)
    written = [_movie_track(track, common_start, payload) for track in tracks]
    placed = None
    if patches is not None:
        four = np.full(len(patches.offsets), 4, np.int64)
        placed = payload.place(patches.offsets, four), patches.values
    return lay_out(FTYP, movie_box(written), payload, media_type, placed)


def duration_ms(tracks: Sequence[Track]) -> int:
    """From the first presented sample of any track to the end of the last."""
    tracks = [track for track in tracks if len(track.pts)]
    span = max(track.end for track in tracks) - min(track.start for track in tracks)
    return round(span * 1000)


def _movie_track(track: Track, common_start: Fraction, payload: Payload) -> MovieTrack:
    pts, dts, start = track.pts, track.dts, round(track.start * track.timescale)
    late = start - round(common_start * track.timescale)
    end = round(track.end * track.timescale)
    if late > 0 and track.kind == "video" and pts[0] == start:
        pts, dts = pts.copy(), dts.copy()
        pts[0] -= late
        dts[0] -= late
        start, late = start - late, 0
    shift = max(0, int((dts - pts).max()))
    deltas = np.diff(dts, append=dts[-1] + track.last_duration)
    composition = pts - dts + shift
    if deltas.min() < 0 or max(deltas.max(), composition.max()) >= 2**31:
        raise MediaError(Reason.INCONSISTENT, "times go back, or leap")
    if track.sizes.max() > MAX_SAMPLE_BYTES:
        raise MediaError(Reason.INCONSISTENT, f"a sample of {track.sizes.max()} bytes")
    first, counts = _chunks(track)
    return MovieTrack(
        kind=track.kind,
        timescale=track.timescale,
        sample_entry=track.sample_entry,
        deltas=deltas,
        composition=composition,
        sizes=track.sizes,
        sync=track.sync,
        chunk_offsets=payload.place(track.offsets, track.sizes)[first],
        chunk_counts=counts,
        late=late,
        media_time=start - int(dts[0]) + shift,
        presented=end - start,
        width=track.width,
        height=track.height,
        matrix=track.matrix,
        language=track.language,
    )


def _chunks(track: Track) -> tuple[Numbers, Numbers]:
    """(index of its first sample, number of samples) of each chunk: samples that follow each other in the source."""
    follows = track.offsets[1:] == track.offsets[:-1] + track.sizes[:-1]
    first = np.flatnonzero(np.concatenate([[True], ~follows]))
    return first, np.diff(first, append=len(track.offsets))
