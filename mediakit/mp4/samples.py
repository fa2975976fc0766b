"""Samples one by one: gathered from fragments, or expanded from the tables of a movie header."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.mp4.boxes import at_most_one, only
from mediakit.mp4.building import Numbers
from mediakit.mp4.movie import SourceTrack
from mediakit.mp4.tables import chunks, expanded, run_lengths, sample_sizes, signed, sync_samples


@dataclass(frozen=True)
class Samples:
    """Parallel arrays, in decoding order; times are ticks of the track's media timeline."""

    pts: Numbers
    dts: Numbers
    durations: Numbers
    sizes: Numbers
    offsets: Numbers
    sync: npt.NDArray[np.bool_]

    def __len__(self) -> int:
        return len(self.pts)

    def first(self, count: int) -> "Samples":
        """The first `count` of them."""
        return Samples(*(getattr(self, field.name)[:count] for field in fields(self)))

    def whole_in(self, file_bytes: int) -> int:
        """How many there are before the first that does not lie inside the file."""
        outside = np.flatnonzero((self.offsets < 0) | (self.offsets + self.sizes > file_bytes))
        return int(outside[0]) if len(outside) else len(self)


def joined(parts: Iterable[Samples]) -> Samples:
    """One after the other."""
    columns = zip(
        *([getattr(part, field.name) for field in fields(Samples)] for part in [NONE, *parts]), strict=True
    )
    return Samples(*(np.concatenate(column) for column in columns))


def samples_of_tables(data: bytes, track: SourceTrack, limits: Limits) -> Samples:
    """The samples that the movie header itself lists: none in most fragmented files. Raises MediaError."""
    if at_most_one(track.tables, b"stsz", b"stz2") is None:
        return NONE
    sizes = sample_sizes(data, track.tables)
    if sizes.count == 0:
        return NONE
    if sizes.count > limits.samples:
        raise MediaError(Reason.TOO_COMPLEX, f"{sizes.count} samples")
    found = chunks(data, track.tables, sizes)
    each = np.full(sizes.count, sizes.constant) if sizes.each is None else sizes.each
    before = np.cumsum(each) - each
    first_of_chunk = np.cumsum(found.counts) - found.counts
    full = found.counts > 0
    chunk_starts = (found.offsets[full] - before[first_of_chunk[full]]).repeat(found.counts[full])
    durations = expanded(run_lengths(data, only(track.tables, b"stts"), sizes.count))
    dts = np.cumsum(durations) - durations
    ctts = at_most_one(track.tables, b"ctts")
    shifts = signed(expanded(run_lengths(data, ctts, sizes.count))) if ctts else np.zeros_like(dts)
    keys = sync_samples(data, track.tables, sizes.count)
    sync = np.ones(sizes.count, bool) if keys is None else np.zeros(sizes.count, bool)
    if keys is not None:
        sync[keys] = True
    return Samples(dts + shifts, dts, durations, each, chunk_starts + before, sync)


_empty = np.zeros(0, np.int64)
NONE = Samples(_empty, _empty, _empty, _empty, _empty, np.zeros(0, bool))
