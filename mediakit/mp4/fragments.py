"""Reading moof boxes: what each fragment says about the samples behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.mp4.boxes import Box, Budget, at_most_one, children, only
from mediakit.mp4.building import Numbers
from mediakit.mp4.movie import MAX_TICKS, Movie
from mediakit.mp4.samples import Samples, joined
from mediakit.mp4.tables import signed
from mediakit.source import Source

BOXES_PER_FRAGMENT = 16
NOT_SYNC = 0x0001_0000 | 0x0100_0000  # says that it is none, or depends on others

# flags of tfhd, and the fields they announce
BASE_OFFSET, DESCRIPTION, DURATION, SIZE, FLAGS = 0x1, 0x2, 0x8, 0x10, 0x20
BASE_IS_MOOF = 0x2_0000
# flags of trun
DATA_OFFSET, FIRST_FLAGS = 0x1, 0x4
COLUMNS = {"duration": 0x100, "size": 0x200, "flags": 0x400, "shift": 0x800}


@dataclass
class _Defaults:
    """What a sample has that says nothing itself."""

    duration: int = 0
    size: int = 0
    flags: int = 0


@dataclass
class _TrackState:
    defaults: _Defaults
    next_dts: int = 0
    runs: list[Samples] = field(default_factory=list)


class Fragments:
    """All complete fragments of a file. Raises MediaError: INCONSISTENT, or TOO_COMPLEX for too many samples or boxes."""

    def __init__(self, source: Source, movie: Movie, boxes: Sequence[Box], limits: Limits) -> None:
        self._tracks = _track_states(movie)
        self._samples_left = limits.samples
        self._budget = Budget(limits.boxes * BOXES_PER_FRAGMENT // 2)
        bytes_left = limits.moov_bytes
        for moof in boxes:
            if moof.kind != b"moof" or moof.end > source.size:
                continue
            bytes_left -= moof.length
            if bytes_left < 0:
                raise MediaError(Reason.TOO_COMPLEX, "too many fragments")
            self._read(source.read_at(moof.body, moof.end - moof.body), moof.start)

    def of(self, number: int) -> Samples:
        """The samples of the track of that number, in decoding order."""
        state = self._tracks.get(number)
        return joined(state.runs if state else [])

    def _read(self, data: bytes, moof_start: int) -> None:
        data_end = moof_start
        for traf in children(data, 0, len(data), self._budget):
            if traf.kind != b"traf":
                continue
            boxes = children(data, traf.body, traf.end, self._budget)
            tfhd = only(boxes, b"tfhd")
            state = self._tracks.get(_number(data, tfhd.body + 4))
            if state is None:
                raise MediaError(Reason.INCONSISTENT, "a fragment of no track")
            base, defaults = _header(data, tfhd, state.defaults, moof_start, data_end)
            tfdt = at_most_one(boxes, b"tfdt")
            if tfdt:
                state.next_dts = _decode_time(data, tfdt)
            data_end = base
            for trun in boxes:
                if trun.kind == b"trun":
                    data_end = self._read_run(data, trun, state, defaults, base, data_end)

    def _read_run(
        self, data: bytes, trun: Box, state: _TrackState, defaults: _Defaults, base: int, data_end: int
    ) -> int:
        """Adds the samples of one run, and returns where their bytes end."""
        flags, count = _number(data, trun.body) & 0xFFFFFF, _number(data, trun.body + 4)
        self._samples_left -= count
        if self._samples_left < 0:
            raise MediaError(Reason.TOO_COMPLEX, "too many samples")
        at = trun.body + 8
        if flags & DATA_OFFSET:
            data_end = base + _number(data, at, signed=True)
            at += 4
        first_flags = _number(data, at) if flags & FIRST_FLAGS else None
        at += 4 if flags & FIRST_FLAGS else 0
        columns = _columns(data, at, trun.end, flags, count)
        if not count:
            return data_end
        durations = columns.get("duration", np.full(count, defaults.duration))
        sizes = columns.get("size", np.full(count, defaults.size))
        dts = state.next_dts + np.cumsum(durations) - durations
        state.next_dts += int(durations.sum())
        state.runs.append(
            Samples(
                pts=dts + signed(columns["shift"]) if "shift" in columns else dts,
                dts=dts,
                durations=durations,
                sizes=sizes,
                offsets=data_end + np.cumsum(sizes) - sizes,
                sync=_sync(columns.get("flags"), count, defaults.flags, first_flags),
            )
        )
        return data_end + int(sizes.sum())


def _track_states(movie: Movie) -> dict[int, _TrackState]:
    states = {track.number: _TrackState(_Defaults()) for track in movie.tracks}
    mvex = at_most_one(movie.boxes, b"mvex")
    for trex in children(movie.data, mvex.body, mvex.end, movie.budget) if mvex else []:
        if trex.kind == b"trex" and trex.end - trex.body >= 24:
            duration, size, flags = (_number(movie.data, trex.body + at) for at in (12, 16, 20))
            states[_number(movie.data, trex.body + 4)] = _TrackState(_Defaults(duration, size, flags))
    return states


def _header(
    data: bytes, tfhd: Box, track: _Defaults, moof_start: int, data_end: int
) -> tuple[int, _Defaults]:
    """(where data offsets count from, the fragment's defaults)."""
    flags = _number(data, tfhd.body) & 0xFFFFFF
    base = moof_start if flags & BASE_IS_MOOF else data_end
    at = tfhd.body + 8
    if flags & BASE_OFFSET:
        base = _number(data, at, 8)
        at += 8
    defaults = _Defaults(track.duration, track.size, track.flags)
    for flag, name in ((DESCRIPTION, ""), (DURATION, "duration"), (SIZE, "size"), (FLAGS, "flags")):
        if flags & flag:
            if name:
                setattr(defaults, name, _number(data, at))
            at += 4
    if at > tfhd.end or base >= 2**62:
        raise MediaError(Reason.INCONSISTENT, "a short tfhd")
    return base, defaults


def _decode_time(data: bytes, tfdt: Box) -> int:
    time = _number(data, tfdt.body + 4, 8 if data[tfdt.body : tfdt.body + 1] == b"\x01" else 4)
    if time >= MAX_TICKS:
        raise MediaError(Reason.INCONSISTENT, "a fragment in the far future")
    return time


def _columns(data: bytes, at: int, end: int, flags: int, count: int) -> dict[str, Numbers]:
    """The fields that each sample of a run has of its own."""
    names = [name for name, flag in COLUMNS.items() if flags & flag]
    if at + count * len(names) * 4 > end:
        raise MediaError(Reason.INCONSISTENT, f"{count} samples do not fit in a trun")
    table = np.frombuffer(data, ">u4", count * len(names), at).reshape(count, len(names)).astype(np.int64)
    return {name: table[:, column] for column, name in enumerate(names)}


def _sync(each: Numbers | None, count: int, default: int, first: int | None) -> npt.NDArray[np.bool_]:
    flags = np.full(count, default) if each is None else each.copy()
    if first is not None:
        flags[0] = first
    sync: npt.NDArray[np.bool_] = (flags & NOT_SYNC) == 0
    return sync


def _number(data: bytes, at: int, length: int = 4, *, signed: bool = False) -> int:
    return int.from_bytes(data[at : at + length], "big", signed=signed)
