"""Writing boxes: sizes, versions, and tables of big-endian numbers."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]

Piece = bytes | memoryview
Parts = Iterable[Piece]

UINT32_MAX = 2**32 - 1


def box(kind: bytes, *parts: bytes) -> bytes:
    """One box with a 32-bit size."""
    length = 8 + sum(map(len, parts))
    return b"".join([length.to_bytes(4, "big"), kind, *parts])


def nested(kind: bytes, *parts: Parts) -> list[Piece]:
    """A container as pieces still to be joined, so that large tables are copied once, not once a level."""
    pieces = [piece for part in parts for piece in part]
    length = 8 + sum(map(len, pieces))
    return [length.to_bytes(4, "big") + kind, *pieces]


def full_box(kind: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    return box(kind, bytes([version]) + flags.to_bytes(3, "big"), *parts)


def u16(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(2, "big") for number in numbers)


def u32(*numbers: int) -> bytes:
    return b"".join(number.to_bytes(4, "big") for number in numbers)


def wide_or_not(version: int, *numbers: int) -> bytes:
    """64-bit numbers in version 1 of a box, 32-bit ones in version 0."""
    return b"".join(number.to_bytes(8 if version else 4, "big", signed=number < 0) for number in numbers)


def table(columns: Iterable[Numbers], dtype: str = ">u4") -> bytes:
    """An entry count, then the rows of these columns."""
    rows = np.stack(list(columns), axis=1).astype(dtype)
    return u32(len(rows)) + rows.tobytes()


def chunk_offset_box(offsets: Numbers, *, wide: bool) -> bytes:
    """co64 when `wide`, else stco."""
    if wide:
        return full_box(b"co64", 0, 0, table([offsets], ">u8"))
    return full_box(b"stco", 0, 0, table([offsets]))


def runs(values: Numbers) -> tuple[Numbers, Numbers]:
    """Run-length coding: (counts, values)."""
    if not len(values):
        return values, values
    firsts = np.flatnonzero(np.concatenate([[True], values[1:] != values[:-1]]))
    return np.diff(firsts, append=len(values)), values[firsts]
