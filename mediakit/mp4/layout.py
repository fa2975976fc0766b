"""The one layout of every virtual MP4: ftyp, moov, and one mdat onto which ranges of the source are mapped."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from mediakit.errors import MediaError, Reason
from mediakit.mp4.building import UINT32_MAX, Numbers, Piece
from mediakit.virtual import VirtualFile, assemble, literal, mapped

Range = tuple[int, int]
"""(offset, length) of the source."""


MAX_RANGES = 200_000


class BuildMovie(Protocol):
    """Builds the moov, in pieces, for a payload that begins at `base`, with 64-bit chunk offsets if `wide`."""

    def __call__(self, base: int, *, wide: bool) -> list[Piece]: ...


class Payload:
    """Ranges of the source laid end to end. Raises MediaError(INCONSISTENT) unless they are sorted and apart."""

    def __init__(self, ranges: Sequence[Range]) -> None:
        table = np.array([r for r in ranges if r[1] > 0], np.int64).reshape(-1, 2)
        self.starts, self.lengths = table[:, 0], table[:, 1]
        self.size = int(self.lengths.sum())
        self._shifts = np.cumsum(self.lengths) - self.lengths - self.starts
        if np.any(self.starts[1:] < self.starts[:-1] + self.lengths[:-1]):
            raise MediaError(Reason.INCONSISTENT, "mapped ranges overlap")

    def place(self, offsets: Numbers, lengths: Numbers) -> Numbers:
        """Where these pieces of the source lie in the payload. INCONSISTENT if one is not inside one range."""
        if not self.size and len(offsets):
            raise MediaError(Reason.INCONSISTENT, "samples without payload")
        index = np.searchsorted(self.starts, offsets, "right") - 1
        ends = self.starts[index] + self.lengths[index]
        if np.any((index < 0) | (lengths < 0) | (offsets + lengths > ends)):
            raise MediaError(Reason.INCONSISTENT, "samples outside the payload")
        placed: Numbers = offsets + self._shifts[index]
        return placed


def merged(offsets: Numbers, lengths: Numbers) -> list[Range]:
    """The ranges that these pieces of the source cover, sorted. Raises MediaError(TOO_COMPLEX) for very many."""
    order = np.argsort(offsets, kind="stable")
    starts = offsets[order]
    ends = np.maximum.accumulate(starts + lengths[order])
    breaks = np.flatnonzero(starts[1:] > ends[:-1])
    if len(breaks) >= MAX_RANGES:
        raise MediaError(Reason.TOO_COMPLEX, f"{len(breaks)} ranges")
    if not len(starts):
        return []
    first, last = np.concatenate([[0], breaks + 1]), np.append(breaks, len(starts) - 1)
    return [(int(start), int(end - start)) for start, end in zip(starts[first], ends[last], strict=True)]


def lay_out(
    ftyp: bytes,
    build_movie: BuildMovie,
    payload: Payload,
    media_type: str,
    patches: tuple[Numbers, npt.NDArray[np.uint32]] | None = None,
) -> VirtualFile:
    """The virtual file. `patches` are relative to the payload.

    The length of a chunk offset table does not depend on its values: built once for the length, once for good.
    """
    mdat = _mdat_header(payload.size)
    around = len(ftyp) + len(mdat)
    base, wide = around + _length(build_movie(0, wide=False)), False
    if base + payload.size > UINT32_MAX:
        base, wide = around + _length(build_movie(0, wide=True)), True
    head = b"".join([ftyp, *build_movie(base, wide=wide), mdat])
    pieces = [
        mapped(start, length)
        for start, length in zip(payload.starts.tolist(), payload.lengths.tolist(), strict=True)
    ]
    placed = (patches[0] + base, patches[1]) if patches and len(patches[0]) else None
    return assemble(media_type, [literal(head), *pieces], placed)


def _length(pieces: list[Piece]) -> int:
    return sum(map(len, pieces))


def _mdat_header(payload_bytes: int) -> bytes:
    if payload_bytes + 8 > UINT32_MAX:
        return b"\x00\x00\x00\x01mdat" + (payload_bytes + 16).to_bytes(8, "big")
    return (payload_bytes + 8).to_bytes(4, "big") + b"mdat"
