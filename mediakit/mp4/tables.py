"""Reading sample tables: counts are held against the bytes that are there, and summed, before anything is expanded."""

from dataclasses import dataclass

import numpy as np

from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS
from mediakit.mp4.boxes import Box, at_most_one, only
from mediakit.mp4.building import Numbers

COLUMN_BYTES = 4


@dataclass(frozen=True)
class Chunks:
    """Where each chunk lies in the source, and how many samples it holds."""

    offsets: Numbers
    lengths: Numbers
    counts: Numbers


@dataclass(frozen=True)
class SampleSizes:
    """The sizes of `count` samples: one each, or `constant` for all."""

    count: int
    constant: int
    each: Numbers | None

    def sums(self) -> Numbers:
        """Bytes before sample 0, 1, … and after the last."""
        if self.each is None:
            raise MediaError(Reason.INCONSISTENT, "no table of sizes")
        return np.concatenate([np.zeros(1, np.int64), np.cumsum(self.each)])


def rows(data: bytes, box: Box, columns: int, *, skip: int = 4) -> Numbers:
    """The table of uint32 in a box: `skip` bytes, a count, then so many rows. INCONSISTENT if they are not there."""
    at = box.body + skip
    count = int.from_bytes(data[at : at + 4], "big")
    if count > DEFAULT_LIMITS.samples:
        raise MediaError(Reason.TOO_COMPLEX, f"{count} entries in {box.kind!r}")
    if at + 4 + count * columns * COLUMN_BYTES > box.end:
        raise MediaError(Reason.INCONSISTENT, f"{count} entries do not fit in {box.kind!r}")
    table = np.frombuffer(data, ">u4", count * columns, at + 4)
    return table.reshape(count, columns).astype(np.int64)


def sample_sizes(data: bytes, stbl: list[Box]) -> SampleSizes:
    """From stsz or stz2; nothing is expanded."""
    box = only(stbl, b"stsz", b"stz2")
    if box.end - box.body < 12:
        raise MediaError(Reason.INCONSISTENT, "short stsz")
    field = int.from_bytes(data[box.body + 4 : box.body + 8], "big")
    if box.kind == b"stz2":
        return _compact_sizes(data, box, field & 0xFF)
    count = int.from_bytes(data[box.body + 8 : box.body + 12], "big")
    if field:
        return SampleSizes(count, field, None)
    return SampleSizes(count, 0, rows(data, box, 1, skip=8)[:, 0])


def chunks(data: bytes, stbl: list[Box], sizes: SampleSizes) -> Chunks:
    """From stsc and stco or co64. Raises MediaError(INCONSISTENT) unless they hold all samples, and no others."""
    offsets = chunk_offsets(data, only(stbl, b"stco", b"co64"))
    runs = rows(data, only(stbl, b"stsc"), 3)
    first = runs[:, 0]
    if len(offsets) and not (
        len(first) and first[0] == 1 and np.all(np.diff(first, append=len(offsets) + 1) > 0)
    ):
        raise MediaError(Reason.INCONSISTENT, "stsc does not describe the chunks")
    counts = np.repeat(runs[:, 1], np.diff(first, append=len(offsets) + 1)) if len(offsets) else first[:0]
    if int(counts.sum()) != sizes.count:
        raise MediaError(Reason.INCONSISTENT, f"{counts.sum()} samples in chunks, {sizes.count} in stsz")
    if sizes.each is None:
        return Chunks(offsets, counts * sizes.constant, counts)
    sums, ends = sizes.sums(), np.cumsum(counts)
    return Chunks(offsets, sums[ends] - sums[ends - counts], counts)


def chunk_offsets(data: bytes, box: Box) -> Numbers:
    if box.kind == b"stco":
        return rows(data, box, 1)[:, 0]
    high_low = rows(data, box, 2)
    if np.any(high_low[:, 0] >= 2**30):
        raise MediaError(Reason.INCONSISTENT, "chunk offsets beyond any file")
    wide: Numbers = (high_low[:, 0] << 32) + high_low[:, 1]
    return wide


def run_lengths(data: bytes, box: Box, samples: int) -> Numbers:
    """The (count, value) rows of stts or ctts. Raises MediaError(INCONSISTENT) unless they are for so many samples."""
    table = rows(data, box, 2)
    if int(table[:, 0].sum()) != samples:
        raise MediaError(
            Reason.INCONSISTENT, f"{box.kind!r} is for {table[:, 0].sum()} samples, not {samples}"
        )
    return table


def expanded(table: Numbers) -> Numbers:
    """Each value of checked run lengths as often as it counts."""
    return np.repeat(table[:, 1], table[:, 0])


def signed(values: Numbers) -> Numbers:
    """uint32 read as int32, as composition offsets are in practice whatever their version."""
    return values.astype(np.uint32).view(np.int32).astype(np.int64)


def sync_samples(data: bytes, stbl: list[Box], samples: int) -> Numbers | None:
    """Numbers from 0 of the keyframes; None when all are. Raises MediaError(INCONSISTENT) for one that is not there."""
    box = at_most_one(stbl, b"stss")
    if box is None:
        return None
    numbers = rows(data, box, 1)[:, 0] - 1
    if np.any((numbers < 0) | (numbers >= samples)):
        raise MediaError(Reason.INCONSISTENT, "keyframes that are no samples")
    return numbers


def _compact_sizes(data: bytes, box: Box, bits: int) -> SampleSizes:
    count = int.from_bytes(data[box.body + 8 : box.body + 12], "big")
    if bits not in (8, 16) or box.body + 12 + count * bits // 8 > box.end:
        raise MediaError(Reason.INCONSISTENT, f"stz2 of {bits} bits")
    each = np.frombuffer(data, f">u{bits // 8}", count, box.body + 12)
    return SampleSizes(count, 0, each.astype(np.int64))
