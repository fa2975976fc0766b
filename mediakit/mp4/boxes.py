"""Walking the boxes of a hostile file: bounded, never trusting a size, never deeper than the caller asks."""

from collections.abc import Iterator
from typing import NamedTuple

from mediakit.errors import MediaError, Reason
from mediakit.source import Source

HEADER_BYTES = 16  # with a 64-bit size


class Box(NamedTuple):
    """Where a box begins, where its body does, and where it ends; `end` may lie beyond a truncated file."""

    kind: bytes
    start: int
    body: int
    end: int

    @property
    def length(self) -> int:
        return self.end - self.start


class Budget:
    """How many boxes a file may still make us look at."""

    def __init__(self, boxes: int) -> None:
        self._left = boxes

    def spend(self) -> None:
        """One box. Raises MediaError(TOO_COMPLEX) when there were too many."""
        self._left -= 1
        if self._left < 0:
            raise MediaError(Reason.TOO_COMPLEX, "too many boxes")


def top_level(source: Source, budget: Budget) -> Iterator[Box]:
    """The boxes of a file, until its end or the first thing that is none."""
    at = 0
    while at + 8 <= source.size:
        budget.spend()
        box = _parse(source.read_at(at, HEADER_BYTES), 0, at, source.size)
        if box is None:
            return
        yield box
        at = box.end


def children(data: bytes, start: int, end: int, budget: Budget) -> list[Box]:
    """The boxes in `data[start:end]`. Raises MediaError(INCONSISTENT) if one does not fit."""
    found = []
    while start + 8 <= end:  # QuickTime ends some lists with four zero bytes
        budget.spend()
        box = _parse(data, start, start, end)
        if box is None or box.end > end:
            raise MediaError(Reason.INCONSISTENT, f"a box at {start} that does not fit its parent")
        found.append(box)
        start = box.end
    return found


def only(boxes: list[Box], *kinds: bytes) -> Box:
    """The one box of these kinds. Raises MediaError(INCONSISTENT) if there is none or more than one."""
    box = at_most_one(boxes, *kinds)
    if box is None:
        raise MediaError(Reason.INCONSISTENT, f"no {kinds[0]!r}")
    return box


def at_most_one(boxes: list[Box], *kinds: bytes) -> Box | None:
    """The one box of these kinds, or None. Raises MediaError(INCONSISTENT) for a second."""
    found = [box for box in boxes if box.kind in kinds]
    if len(found) > 1:
        raise MediaError(Reason.INCONSISTENT, f"{len(found)} of {kinds[0]!r}")
    return found[0] if found else None


def _parse(data: bytes, at: int, start: int, parent_end: int) -> Box | None:
    """The header at `data[at:]`, of a box that begins at `start`."""
    length = int.from_bytes(data[at : at + 4], "big")
    kind = data[at + 4 : at + 8]
    header = 8
    if length == 1:
        length, header = int.from_bytes(data[at + 8 : at + 16], "big"), 16
    elif length == 0:
        length = parent_end - start
    if length < header or start + header > parent_end:
        return None
    return Box(kind, start, start + header, start + length)
