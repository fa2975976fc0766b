"""Writes the header of a virtual MP4 from sample tables: one ftyp, one moov, one mdat of mapped source ranges."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
import numpy.typing as npt

from mediakit.virtual import VirtualFile

Ticks = npt.NDArray[np.int64]
Range = tuple[int, int]
"""(offset, length) of the source."""

IDENTITY_MATRIX = b"".join(n.to_bytes(4, "big") for n in (0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000))


@dataclass(frozen=True)
class Track:
    """One track's samples in decoding order. Times are ticks of `timescale` on a timeline common to all tracks.

    `pts` may be smaller than `dts` and may be negative; a constant shift of all tracks changes nothing. Samples whose
    pts is below `starts_at` (encoder priming) are decoded but not presented; None means the smallest pts.
    """

    kind: Literal["video", "audio"]
    timescale: int
    sample_entry: bytes  # the one complete box in stsd: avc1, vp09, av01, mp4a, Opus …
    pts: Ticks
    dts: Ticks  # not decreasing
    sizes: Ticks  # bytes
    offsets: Ticks  # of the first byte of each sample in the source
    sync: npt.NDArray[np.bool_]
    last_duration: int  # ticks of the last sample
    starts_at: int | None = None
    width: int = 0  # as stored, before rotation; square pixels
    height: int = 0
    matrix: bytes = IDENTITY_MATRIX
    language: bytes = b"\x55\xc4"  # mdhd's packed "und"


@dataclass(frozen=True)
class Patches:
    """4-byte replacements at source offsets, sorted: values as big-endian on the wire."""

    offsets: Ticks = field(default_factory=lambda: np.zeros(0, np.int64))
    values: npt.NDArray[np.uint32] = field(default_factory=lambda: np.zeros(0, np.uint32))


def plan_mp4(
    tracks: Sequence[Track],
    mapped: Sequence[Range],
    *,
    media_type: str,  # video/mp4 or audio/mp4
    patches: Patches | None = None,
) -> VirtualFile:
    """A faststart MP4 of these tracks whose one mdat holds the `mapped` source ranges (sorted, not overlapping).

    Every sample must lie inside one mapped range; what else lies there is unreferenced. A video that starts late holds
    its first picture from the common start; late sound gets an empty edit. Raises MediaError(INCONSISTENT) for samples
    outside the ranges or decreasing dts, NO_TRACKS for none.
    """
    raise NotImplementedError
