"""Reading moof boxes: what each fragment says about the samples behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.mp4.boxes import Box, Budget, at_most_one, children, only
from mediakit.mp4.movie import MAX_TICKS, Movie
from mediakit.mp4.runs import Defaults, Run, expanded_runs, row_bytes
from mediakit.mp4.samples import Samples
from mediakit.source import Source

BOXES_PER_FRAGMENT = 8

# flags of tfhd, in the order of the fields that they announce
BASE_OFFSET, DESCRIPTION, DURATION, SIZE, FLAGS = 0x1, 0x2, 0x8, 0x10, 0x20
BASE_IS_MOOF = 0x2_0000
# flags of trun
DATA_OFFSET, FIRST_FLAGS = 0x1, 0x4


@dataclass
class _TrackState:
    defaults: Defaults
    runs: list[Run] = field(default_factory=list)


class Fragments:
    """All complete fragments of a file. Raises MediaError: INCONSISTENT, or TOO_COMPLEX for too many samples or boxes."""

    def __init__(self, source: Source, movie: Movie, boxes: Sequence[Box], limits: Limits) -> None:
        self._tracks = _track_states(movie)
        self._samples_left = limits.samples
        self._budget = Budget(limits.boxes * BOXES_PER_FRAGMENT)
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
        return expanded_runs(state.runs if state else [])

    def _read(self, data: bytes, moof_start: int) -> None:
        before: Run | None = None
        for traf in children(data, 0, len(data), self._budget):
            if traf.kind != b"traf":
                continue
            boxes = children(data, traf.body, traf.end, self._budget)
            tfhd, tfdt = only(boxes, b"tfhd"), at_most_one(boxes, b"tfdt")
            state = self._tracks.get(_number(data, tfhd.body + 4))
            if state is None:
                raise MediaError(Reason.INCONSISTENT, "a fragment of no track")
            base, defaults = _header(data, tfhd, state.defaults, moof_start, before)
            dts = _decode_time(data, tfdt) if tfdt else None
            first = True
            for trun in boxes:
                if trun.kind != b"trun":
                    continue
                run = _run(data, trun, defaults, base, None if first else before, dts)
                self._samples_left -= run.samples
                if self._samples_left < 0:
                    raise MediaError(Reason.TOO_COMPLEX, "too many samples")
                if run.samples:
                    state.runs.append(run)
                    dts = None
                before, first = run, False


def _track_states(movie: Movie) -> dict[int, _TrackState]:
    states = {track.number: _TrackState(Defaults()) for track in movie.tracks}
    mvex = at_most_one(movie.boxes, b"mvex")
    for trex in children(movie.data, mvex.body, mvex.end, movie.budget) if mvex else []:
        if trex.kind == b"trex" and trex.end - trex.body >= 24:
            duration, size, flags = (_number(movie.data, trex.body + at) for at in (12, 16, 20))
            states[_number(movie.data, trex.body + 4)] = _TrackState(Defaults(duration, size, flags))
    return states


def _header(
    data: bytes, tfhd: Box, track: Defaults, moof_start: int, before: Run | None
) -> tuple[int, Defaults]:
    """(where data offsets count from, the fragment's defaults)."""
    flags, at = _number(data, tfhd.body) & 0xFFFFFF, tfhd.body + 8
    if flags & BASE_OFFSET:
        base = _number(data, at, 8)
        at += 8
    elif flags & BASE_IS_MOOF or before is None:
        base = moof_start
    else:
        base = before.end
    if flags & DESCRIPTION:
        at += 4
    values = [track.duration, track.size, track.flags]
    for place, flag in enumerate((DURATION, SIZE, FLAGS)):
        if flags & flag:
            values[place] = _number(data, at)
            at += 4
    if at > tfhd.end or base >= 2**62:
        raise MediaError(Reason.INCONSISTENT, "a short tfhd")
    return base, Defaults(*values)


def _decode_time(data: bytes, tfdt: Box) -> int:
    time = _number(data, tfdt.body + 4, 8 if data[tfdt.body : tfdt.body + 1] == b"\x01" else 4)
    if time >= MAX_TICKS:
        raise MediaError(Reason.INCONSISTENT, "a fragment in the far future")
    return time


def _run(data: bytes, trun: Box, defaults: Defaults, base: int, before: Run | None, dts: int | None) -> Run:
    """One run; without an offset of its own it follows the one before in its fragment."""
    flags, count, at = _number(data, trun.body) & 0xFFFFFF, _number(data, trun.body + 4), trun.body + 8
    if flags & DATA_OFFSET:
        start = base + _number(data, at, signed=True)
        at += 4
    else:
        start = before.end if before else base
    first_flags = None
    if flags & FIRST_FLAGS:
        first_flags = _number(data, at)
        at += 4
    end = at + count * row_bytes(flags)
    if end > trun.end:
        raise MediaError(Reason.INCONSISTENT, f"{count} samples do not fit in a trun")
    return Run(count, flags, data[at:end], defaults, start, first_flags, dts)


def _number(data: bytes, at: int, length: int = 4, *, signed: bool = False) -> int:
    return int.from_bytes(data[at : at + length], "big", signed=signed)
