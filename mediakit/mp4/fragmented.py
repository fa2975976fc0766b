"""A fragmented MP4, as browsers record it: its fragments' samples, gathered into the tables of a virtual MP4."""

from collections.abc import Sequence
from typing import Literal, cast

import numpy as np

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.mp4.boxes import Box
from mediakit.mp4.fragments import Fragments
from mediakit.mp4.layout import Range, merged
from mediakit.mp4.movie import MAX_TICKS, Movie, SourceTrack
from mediakit.mp4.samples import Samples, joined, samples_of_tables
from mediakit.mp4.writer import Track, duration_ms, plan_mp4
from mediakit.source import Source
from mediakit.verify import verify
from mediakit.virtual import VirtualFile

MAPPED = (b"moof", b"mdat")


def plan_fragmented(
    source: Source,
    movie: Movie,
    tracks: Sequence[SourceTrack],
    boxes: Sequence[Box],
    limits: Limits,
    media_type: str,
) -> tuple[VirtualFile, int, int]:
    """(the virtual file, its duration in ms, bytes of an unfinished tail that are not played).

    Raises MediaError: INCONSISTENT, TOO_COMPLEX, TOO_LONG, and TRUNCATED when not one sample is complete.
    """
    if any(len(track.entries) > 1 for track in tracks):
        raise MediaError(Reason.INCONSISTENT, "fragments of several descriptions")
    fragments = Fragments(source, movie, boxes, limits)
    gathered, numbers = [], []
    torn = any(box.end > source.size for box in boxes)
    for track in tracks:
        samples = joined([samples_of_tables(movie.data, track, limits), fragments.of(track.number)])
        whole = samples.whole_in(source.size)
        torn = torn or whole < len(samples)
        if whole:
            gathered.append(_track(movie, track, samples.first(whole)))
            numbers.append(track.number)
    if not gathered:
        raise MediaError(Reason.TRUNCATED, "no complete sample")
    duration = duration_ms(gathered)
    if duration > limits.duration_ms:
        raise MediaError(Reason.TOO_LONG, f"{duration} ms")
    end = max(int((track.offsets + track.sizes).max()) for track in gathered)
    only_these = len(tracks) == len(movie.tracks) and not movie.foreign
    ranges = _ranges(boxes, source.size) if only_these else _sample_ranges(gathered)
    virtual = plan_mp4(gathered, ranges, media_type=media_type)
    verify(source, "mp4", virtual, numbers, limits)
    return virtual, duration, source.size - end if torn else 0


def _track(movie: Movie, track: SourceTrack, samples: Samples) -> Track:
    """The samples on the movie's timeline, by the track's edit list."""
    empty = sum(edit.duration for edit in track.edits if edit.media_time < 0)
    skipped = next((edit.media_time for edit in track.edits if edit.media_time >= 0), 0)
    shift = round(empty * track.timescale / movie.timescale) - skipped
    if abs(shift) >= MAX_TICKS:
        raise MediaError(Reason.INCONSISTENT, "an edit in the far future")
    pts = samples.pts + shift
    presented = max(int(pts.min()), shift + skipped) if skipped else int(pts.min())
    return Track(
        kind=cast(Literal["video", "audio"], track.kind),
        timescale=track.timescale,
        sample_entry=track.entries[0],
        pts=pts,
        dts=np.maximum.accumulate(samples.dts) + shift,
        sizes=samples.sizes,
        offsets=samples.offsets,
        sync=samples.sync,
        last_duration=int(samples.durations[-1]),
        starts_at=min(presented, int(pts.max())),
        width=track.width,
        height=track.height,
        matrix=track.matrix,
        language=track.language,
    )


def _ranges(boxes: Sequence[Box], size: int) -> list[Range]:
    """Fragments as they lie there, headers and all, but nothing else of the file: one range if they are neighbours."""
    ranges: list[Range] = []
    for box in boxes:
        if box.kind not in MAPPED:
            continue
        start, end = box.start, min(box.end, size)
        if ranges and sum(ranges[-1]) == start:
            start = ranges.pop()[0]
        ranges.append((start, end - start))
    return ranges


def _sample_ranges(tracks: Sequence[Track]) -> list[Range]:
    """Nothing but the bytes of these tracks' samples."""
    offsets = np.concatenate([track.offsets for track in tracks])
    return merged(offsets, np.concatenate([track.sizes for track in tracks]))
