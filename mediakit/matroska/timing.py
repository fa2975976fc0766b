"""When each block of a track is decoded and shown, as MP4 counts it."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.matroska.sample_entries import aac_hertz
from mediakit.matroska.tracks import TrackEntry
from mediakit.matroska.walk import Blocks

_PICTURE_CLOCK, _OPUS_CLOCK = 90_000, 48_000
_FRAME_NS = {"video": 33_333_333, "audio": 20_000_000}


@dataclass(frozen=True)
class Timing:
    """Times of one track's blocks in ticks of `timescale`, in file order, which is decoding order."""

    timescale: int
    pts: NDArray[np.int64]
    dts: NDArray[np.int64]
    last_duration: int
    starts_at: int  # the first tick that is presented; what lies before it is only decoded

    @property
    def start_ms(self) -> float:
        return self.starts_at * 1000 / self.timescale

    @property
    def end_ms(self) -> float:
        return float(self.pts.max() + self.last_duration) * 1000 / self.timescale


def timing_of(track: TrackEntry, blocks: Blocks, scale_ns: int, limits: Limits) -> Timing:
    """Matroska says when a block is shown; when it is decoded follows from the order. Raises TOO_LONG."""
    longest = limits.duration_ms * 1_000_000
    if max(abs(int(blocks.ticks.min())), abs(int(blocks.ticks.max()))) * scale_ns > longest:
        raise MediaError(Reason.TOO_LONG, "a block beyond the longest duration")
    timescale = _clock(track)
    delay_ns = min(track.delay_ns, 1_000_000_000)
    pts = _rounded((blocks.ticks * scale_ns - delay_ns) * timescale)
    if track.kind == "audio":
        pts = np.maximum.accumulate(pts)
        dts = pts
    else:
        in_order = np.sort(pts)
        dts = in_order - int((in_order - pts).max())
    starts_at = int(pts.min())
    if delay_ns:
        starts_at = min(max(starts_at, 0), int(pts.max()))
    return Timing(timescale, pts, dts, _last_duration(track, pts, timescale), starts_at)


def _clock(track: TrackEntry) -> int:
    if track.kind == "video":
        return _PICTURE_CLOCK
    return (aac_hertz(track) if track.codec == "A_AAC" else 0) or _OPUS_CLOCK


def _rounded(billionths: NDArray[np.int64]) -> NDArray[np.int64]:
    return (billionths + 500_000_000) // 1_000_000_000


def _last_duration(track: TrackEntry, pts: NDArray[np.int64], timescale: int) -> int:
    if 0 < track.frame_ns < 10_000_000_000:
        return max(1, round(track.frame_ns * timescale / 1e9))
    if len(pts) > 1:
        typical = int(np.median(np.diff(np.sort(pts))))
        return max(1, min(typical, timescale))
    return _FRAME_NS[track.kind] * timescale // 1_000_000_000
