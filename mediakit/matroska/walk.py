"""One pass over a Matroska file: where its headers, its clusters and every block of them are.

Only heads of elements are looked at; a picture is stepped over, not read, where it is longer than the window.
"""

from array import array
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.matroska import ebml
from mediakit.source import Source

_WINDOW = 1 << 19
_LARGEST_HEADER = 1 << 22  # of Info and Tracks together with their codecs' headers
_KEY, _LACING = 0x80, 0x06


@dataclass(frozen=True)
class Cluster:
    """One cluster: `[start, end)` in the file, its body from `body`, and how many blocks came before it."""

    start: int
    body: int
    end: int
    ticks: int
    first_block: int


@dataclass(frozen=True)
class Blocks:
    """The blocks of one track, in file order. `ticks` are of the file's TimestampScale; `offsets` are of payloads."""

    ticks: NDArray[np.int64]
    offsets: NDArray[np.int64]
    sizes: NDArray[np.int64]
    keys: NDArray[np.bool_]
    clusters: NDArray[np.int64]  # the number of the cluster that each is in
    is_laced: bool


@dataclass
class Walked:
    """What a file holds. `end` is behind the last byte that made sense."""

    doc_type: str = ""
    info: bytes = b""
    tracks: bytes = b""
    clusters: list[Cluster] = field(default_factory=list)
    end: int = 0
    heads: "array[int]" = field(default_factory=lambda: array("I"))  # track, time, flags: a block's own head
    offsets: "array[int]" = field(default_factory=lambda: array("q"))
    sizes: "array[int]" = field(default_factory=lambda: array("q"))

    def blocks_of(self, track: int) -> Blocks:
        heads = np.frombuffer(self.heads, np.uint32)
        mine = np.flatnonzero(heads >> 24 == track | 0x80)
        heads = heads[mine]
        firsts = np.array([cluster.first_block for cluster in self.clusters], np.int64)
        starts = np.array([cluster.ticks for cluster in self.clusters], np.int64)
        ticks = (heads >> 8).astype(np.uint16).view(np.int16).astype(np.int64)
        clusters = np.searchsorted(firsts, mine, side="right") - 1
        return Blocks(
            ticks=ticks + starts[clusters] if len(mine) else ticks,
            clusters=clusters,
            offsets=np.frombuffer(self.offsets, np.int64)[mine],
            sizes=np.frombuffer(self.sizes, np.int64)[mine],
            keys=(heads & _KEY).astype(bool),
            is_laced=bool((heads & _LACING).any()),
        )


def walk(source: Source, limits: Limits) -> Walked:
    """Walk a whole file; a broken or unfinished tail is left out. Raises MediaError where nothing is usable."""
    return _Walk(source, limits).walked()


class _Walk:
    """The window onto the file, and what was found so far."""

    def __init__(self, source: Source, limits: Limits) -> None:
        self.source, self.limits = source, limits
        self.window, self.base = b"", 0
        self.found = Walked()
        self.elements_left = limits.boxes + limits.samples

    def walked(self) -> Walked:
        at, end = self._segment()
        while at < end:
            ident, size, body = self._head(at)
            if not ident or ident == ebml.EBML:  # rubbish, or a second file behind the first
                break
            if ident == ebml.CLUSTER:
                after = self._cluster(at, body, min(end, body + size) if size != ebml.UNKNOWN_SIZE else end)
            elif size == ebml.UNKNOWN_SIZE or body + size > end:
                break
            else:
                after = body + size
                self._keep_header(ident, body, size)
            at = after
            self.found.end = at
        return self.found

    def _segment(self) -> tuple[int, int]:
        """Where the Segment's body begins and may end."""
        at = 0
        while at < self.source.size:
            ident, size, body = self._head(at)
            if ident == ebml.SEGMENT:
                end = body + size if size > 0 else self.source.size
                self.found.end = body
                return body, min(end, self.source.size)
            if not ident or size == ebml.UNKNOWN_SIZE:
                break
            if ident == ebml.EBML and size < _WINDOW:
                held = self.source.read_at(body, size)
                types = [held[e.start : e.end] for e in ebml.children(held) if e.ident == ebml.DOC_TYPE]
                self.found.doc_type = b"".join(types[:1]).decode("ascii", "replace")
            at = body + size
        raise MediaError(Reason.TRUNCATED, "no Segment")

    def _keep_header(self, ident: int, body: int, size: int) -> None:
        if ident not in (ebml.INFO, ebml.TRACKS):
            return
        if size > _LARGEST_HEADER:
            raise MediaError(Reason.TOO_COMPLEX, f"header of {size} bytes")
        held = self.source.read_at(body, size)
        if ident == ebml.INFO:
            self.found.info = self.found.info or held
        else:
            self.found.tracks = self.found.tracks or held

    def _cluster(self, start: int, at: int, end: int) -> int:
        """Take a cluster's blocks; where the file goes on. A cluster without time, or cut before it, has none."""
        body, ticks, first = at, 0, len(self.found.offsets)
        while at < end:
            at = self._simple_blocks(at, end)
            if at >= end:
                break
            ident, size, inner = self._head(at)
            if not ident or ident in ebml.IN_SEGMENT or ident == ebml.EBML:
                break
            if size == ebml.UNKNOWN_SIZE or inner + size > end:
                end = at
                break
            if ident == ebml.TIMESTAMP:
                ticks = self._unsigned(inner, size)
            elif ident == ebml.BLOCK_GROUP:
                self._block_group(inner, size)
            at = inner + size
        self.found.clusters.append(Cluster(start, body, at, ticks, first))
        if len(self.found.clusters) > self.limits.boxes:
            raise MediaError(Reason.TOO_COMPLEX, "too many clusters")
        return at

    def _simple_blocks(self, at: int, end: int) -> int:
        """Take the run of SimpleBlocks that begins at `at`, quickly; where it ends."""
        heads, offsets, sizes = self.found.heads, self.found.offsets, self.found.sizes
        window, base, widths, masks, number = self.window, self.base, ebml.WIDTHS, ebml.MASKS, int.from_bytes
        last = base + len(window) - 16
        taken = len(offsets)
        while at < end:
            if not base <= at < last:
                window, base = self._look_at(at)
                last = base + len(window) - 16
            here = at - base
            if window[here] != ebml.SIMPLE_BLOCK:
                break
            body = here + 1 + widths[window[here + 1]]
            size = number(window[here + 1 : body], "big") & masks[body - here - 1]
            after = base + body + size
            if after > end or size < 4:
                break
            heads.append(number(window[body : body + 4], "big"))
            offsets.append(base + body + 4)
            sizes.append(size - 4)
            at = after
        self._count(len(offsets) - taken)
        return at

    def _block_group(self, at: int, size: int) -> None:
        """A block with attributes. It is a keyframe when it refers to no other."""
        end, block, is_key = at + size, None, True
        while at < end:
            ident, inner_size, inner = self._head(at)
            if not ident or inner_size == ebml.UNKNOWN_SIZE or inner + inner_size > end:
                return
            if ident == ebml.BLOCK and inner_size >= 4:
                block = (inner, inner_size)
            elif ident == ebml.REFERENCE_BLOCK:
                is_key = False
            at = inner + inner_size
        if block:
            head = self._unsigned(block[0], 4) & ~_KEY | (_KEY if is_key else 0)
            self.found.heads.append(head)
            self.found.offsets.append(block[0] + 4)
            self.found.sizes.append(block[1] - 4)

    def _head(self, at: int) -> tuple[int, int, int]:
        """The name, the size and the body's place of the element at `at`; name 0 where there is none."""
        self._count(1)
        window, base = self._look_at(at)
        head = ebml.read_head(window, at - base) if at < self.source.size else None
        if head is None or at + head[2] > self.source.size:
            return 0, 0, at
        return head[0], head[1], at + head[2]

    def _unsigned(self, at: int, size: int) -> int:
        window, base = self._look_at(at)
        return int.from_bytes(window[at - base : at - base + min(size, 8)], "big") & (1 << 62) - 1

    def _look_at(self, at: int) -> tuple[bytes, int]:
        """The window, moved so that 16 bytes from `at` are in it; behind the end of the file are zeros."""
        if not self.base <= at < self.base + len(self.window) - 16:
            self.window, self.base = self.source.read_at(at, _WINDOW), at
            if len(self.window) < _WINDOW:
                self.window += bytes(32)
        return self.window, self.base

    def _count(self, elements: int) -> None:
        self.elements_left -= elements
        if self.elements_left < 0 or len(self.found.offsets) > self.limits.samples:
            raise MediaError(Reason.TOO_COMPLEX, "too many elements")
