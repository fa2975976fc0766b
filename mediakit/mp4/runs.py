"""Runs of samples as fragments list them, and their expansion in bulk: one by one would cost a second for two hours."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from mediakit.mp4.building import Numbers
from mediakit.mp4.samples import Samples, joined
from mediakit.mp4.tables import signed

NOT_SYNC = 0x0001_0000 | 0x0100_0000  # says that it is none, or depends on others
DURATION, SIZE, FLAGS, SHIFT = 0x100, 0x200, 0x400, 0x800
COLUMNS = (DURATION, SIZE, FLAGS, SHIFT)
ALL_COLUMNS = sum(COLUMNS)


def row_bytes(flags: int) -> int:
    """What one sample takes in the table of a run with these flags."""
    return 4 * (flags & ALL_COLUMNS).bit_count()


class Defaults(NamedTuple):
    """What a sample has that says nothing itself."""

    duration: int = 0
    size: int = 0
    flags: int = 0


class Run(NamedTuple):
    """So many `samples` one behind the other from `start` in the source; `table` has the columns that `flags` announce."""

    samples: int
    flags: int
    table: bytes
    defaults: Defaults
    start: int
    first_flags: int | None
    dts: int | None = None  # None: goes on from the run before

    @property
    def columns(self) -> int:
        return self.flags & ALL_COLUMNS

    @property
    def end(self) -> int:
        """Where its bytes end in the source."""
        if not self.flags & SIZE:
            return self.start + self.samples * self.defaults.size
        return self.start + int(_table([self])[SIZE].sum())


def expanded_runs(runs: Sequence[Run]) -> Samples:
    """The samples of all runs of a track. The caller has capped their number."""
    parts, next_dts = [], 0
    for _, alike in groupby(runs, key=lambda run: run.columns):
        part = _expanded(list(alike), next_dts)
        next_dts = int(part.dts[-1] + part.durations[-1])
        parts.append(part)
    return joined(parts)


def _expanded(runs: list[Run], next_dts: int) -> Samples:
    """Runs with the same columns; none is empty."""
    table = _table(runs)
    counts = _numbers(run.samples for run in runs)
    first = np.cumsum(counts) - counts

    def column(kind: int, defaults: Iterable[int]) -> Numbers:
        return table[kind] if kind in table else np.repeat(_numbers(defaults), counts)

    durations = column(DURATION, (run.defaults.duration for run in runs))
    sizes = column(SIZE, (run.defaults.size for run in runs))
    flags = column(FLAGS, (run.defaults.flags for run in runs)).copy()
    for at, run in zip(first.tolist(), runs, strict=True):
        if run.first_flags is not None:
            flags[at] = run.first_flags
    starts = _decode_times(runs, np.add.reduceat(durations, first).tolist(), next_dts)
    dts = _from_each(starts, durations, first, counts)
    return Samples(
        pts=dts + signed(table[SHIFT]) if SHIFT in table else dts,
        dts=dts,
        durations=durations,
        sizes=sizes,
        offsets=_from_each(_numbers(run.start for run in runs), sizes, first, counts),
        sync=(flags & NOT_SYNC) == 0,
    )


def _table(runs: Sequence[Run]) -> dict[int, Numbers]:
    """The columns of these runs, one below the other."""
    kinds = [kind for kind in COLUMNS if runs[0].flags & kind]
    rows = sum(run.samples for run in runs)
    values = np.frombuffer(b"".join(run.table for run in runs), ">u4").reshape(rows, len(kinds))
    return {kind: values[:, place].astype(np.int64) for place, kind in enumerate(kinds)}


def _decode_times(runs: Sequence[Run], lengths: Sequence[int], next_dts: int) -> Numbers:
    """Of the first sample of each run."""
    starts = []
    for run, length in zip(runs, lengths, strict=True):
        start = next_dts if run.dts is None else run.dts
        starts.append(start)
        next_dts = start + length
    return _numbers(starts)


def _from_each(starts: Numbers, lengths: Numbers, first: Numbers, counts: Numbers) -> Numbers:
    """Running sums of the lengths that begin anew at the start of each run."""
    before = np.cumsum(lengths) - lengths
    sums: Numbers = before + np.repeat(starts - before[first], counts)
    return sums


def _numbers(values: Iterable[int]) -> Numbers:
    return np.fromiter(values, np.int64)
