"""A virtual file: a literal header, and a map of the rest onto the bytes of an untouched source.

Nothing is copied. A virtual file has a fixed size and a strong ETag, and any range of it is answered by
reading the ranges of the source that it maps onto.
"""

import hashlib
import json
import struct
import zlib
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

PLANNER_VERSION = 1
"""Goes into every ETag. Raise it with each change that shifts or alters a byte of any virtual file."""

PIECE_BYTES = 1024 * 1024
PATCH_BYTES = 4
ETAG_DIGITS = 32
ROW_BYTES = 8
MAGIC = b"virtual1"

ReadSource = Callable[[int, int], bytes]
"""`read(offset, length)`: that many plaintext bytes of the source."""


@dataclass(frozen=True)
class Segment:
    """`length` bytes at `start` of the virtual file: those at `source_offset` of the source, or `literal`."""

    start: int
    length: int
    source_offset: int = 0
    literal: bytes | None = field(default=None, repr=False)


@dataclass(frozen=True)
class VirtualFile:
    """An immutable plan. Segments are sorted, touch each other and cover the file from byte 0.

    `patches` maps virtual offsets to 4-byte replacements (Annex-B start codes turned into lengths): two parallel
    sequences sorted by offset, packed as in `pack_patches`.
    """

    media_type: str  # video/mp4, video/webm, audio/mp4 …
    size: int
    segments: tuple[Segment, ...]
    etag: str  # without quotes
    patch_offsets: bytes = field(default=b"", repr=False)  # int64 little endian, sorted
    patch_values: bytes = field(default=b"", repr=False)  # 4 bytes each

    def read(self, start: int, length: int, read_source: ReadSource) -> Iterator[bytes]:
        """The bytes `[start, start + length)` of the virtual file, in pieces of at most 1 MiB.

        A range beyond the end is cut short. Raises EOFError when the source is shorter than planned.
        """
        end = min(start + length, self.size)
        while start < end:
            piece = self._piece(start, min(PIECE_BYTES, end - start), read_source)
            yield piece
            start += len(piece)

    def to_bytes(self) -> bytes:
        """Compact and stable: what `from_bytes` restores. The header is compressed."""
        literals = b"".join(s.literal for s in self.segments if s.literal is not None)
        layout = [(s.length, s.source_offset if s.literal is None else -1) for s in self.segments]
        blobs = [
            zlib.compress(np.array(layout, "<i8").tobytes(), 1),
            zlib.compress(_planes(literals), 1),
            zlib.compress(_deltas(self.patch_offsets), 1),
            zlib.compress(self.patch_values, 1),
        ]
        index = {"type": self.media_type, "etag": self.etag, "blobs": [len(blob) for blob in blobs]}
        head = json.dumps(index).encode()
        return MAGIC + struct.pack("<I", len(head)) + head + b"".join(blobs)

    @classmethod
    def from_bytes(cls, stored: bytes) -> "VirtualFile":
        """What `to_bytes` stored. Raises ValueError for anything else."""
        if stored[: len(MAGIC)] != MAGIC:
            raise ValueError("these bytes are not a stored virtual file")
        (length,) = struct.unpack_from("<I", stored, len(MAGIC))
        at = len(MAGIC) + 4 + length
        index = json.loads(stored[at - length : at])
        blobs = []
        for size in index["blobs"]:
            blobs.append(zlib.decompress(stored[at : at + size]))
            at += size
        segments = tuple(_segments(np.frombuffer(blobs[0], "<i8").reshape(-1, 2), _from_planes(blobs[1])))
        offsets = np.cumsum(np.frombuffer(blobs[2], "<i8"), dtype="<i8").tobytes()
        return cls(index["type"], _size(segments), segments, index["etag"], offsets, blobs[3])

    def _piece(self, start: int, length: int, read_source: ReadSource) -> bytes:
        parts = []
        index = bisect_right(self.segments, start, key=lambda segment: segment.start) - 1
        position, end = start, start + length
        while position < end:
            segment = self.segments[index]
            within = position - segment.start
            parts.append(_part(segment, within, min(segment.length - within, end - position), read_source))
            position += len(parts[-1])
            index += 1
        piece = parts[0] if len(parts) == 1 else b"".join(parts)
        return self._patched(piece, start)

    def _patched(self, piece: bytes, start: int) -> bytes:
        if not self.patch_offsets:
            return piece
        offsets = np.frombuffer(self.patch_offsets, "<i8")
        first, last = np.searchsorted(offsets, [start - PATCH_BYTES + 1, start + len(piece)])
        if first == last:
            return piece
        patched = np.frombuffer(bytearray(piece), np.uint8)
        values = np.frombuffer(self.patch_values, np.uint8).reshape(-1, PATCH_BYTES)[first:last]
        where = offsets[first:last, None] - start + np.arange(PATCH_BYTES)
        inside = (where >= 0) & (where < len(piece))
        patched[where[inside]] = values[inside]
        return patched.tobytes()


def literal(content: bytes) -> Segment:
    """A piece for `assemble` that is not in the source."""
    return Segment(0, len(content), literal=content)


def mapped(source_offset: int, length: int) -> Segment:
    """A piece for `assemble` that is read from the source."""
    return Segment(0, length, source_offset)


def assemble(
    media_type: str,
    pieces: Iterable[Segment],
    patches: tuple[npt.NDArray[np.int64], npt.NDArray[np.uint32]] | None = None,
) -> VirtualFile:
    """The virtual file of these pieces in this order, whatever their `start` says.

    `patches` are virtual offsets, sorted and 4 bytes apart at least, and the big-endian numbers to put there. The ETag
    covers literals, map, patches and PLANNER_VERSION: whoever serves files of many sources adds the source's id to it.
    """
    segments = tuple(_placed(_joined(pieces)))
    offsets, values = pack_patches(*patches) if patches else (b"", b"")
    plan = VirtualFile(media_type, _size(segments), segments, "", offsets, values)
    return replace(plan, etag=_etag(plan))


def pack_patches(offsets: npt.NDArray[np.int64], values: npt.NDArray[np.uint32]) -> tuple[bytes, bytes]:
    """Patches as a VirtualFile carries them."""
    return offsets.astype("<i8").tobytes(), values.astype(">u4").tobytes()


def _part(segment: Segment, within: int, length: int, read_source: ReadSource) -> bytes:
    if segment.literal is not None:
        return segment.literal[within : within + length]
    part = read_source(segment.source_offset + within, length)
    if len(part) != length:
        raise EOFError(f"the source ends within {length} bytes from {segment.source_offset + within}")
    return part


def _joined(pieces: Iterable[Segment]) -> Iterator[Segment]:
    """Without empty pieces, and with mapped neighbours that touch in the source made one."""
    before: Segment | None = None
    for piece in pieces:
        if piece.length == 0:
            continue
        if before is not None and _touch(before, piece):
            before = replace(before, length=before.length + piece.length)
            continue
        if before is not None:
            yield before
        before = piece
    if before is not None:
        yield before


def _touch(one: Segment, other: Segment) -> bool:
    if one.literal is not None or other.literal is not None:
        return False
    return one.source_offset + one.length == other.source_offset


def _placed(pieces: Iterable[Segment]) -> Iterator[Segment]:
    start = 0
    for piece in pieces:
        yield replace(piece, start=start)
        start += piece.length


def _segments(layout: npt.NDArray[np.int64], literals: bytes) -> Iterator[Segment]:
    start = used = 0
    for length, offset in layout.tolist():
        if offset < 0:
            yield Segment(start, length, literal=literals[used : used + length])
            used += length
        else:
            yield Segment(start, length, offset)
        start += length


def _size(segments: tuple[Segment, ...]) -> int:
    return segments[-1].start + segments[-1].length if segments else 0


def _deltas(offsets: bytes) -> bytes:
    return np.diff(np.frombuffer(offsets, "<i8"), prepend=0).astype("<i8").tobytes()


def _planes(header: bytes) -> bytes:
    """Sample tables as differences of each number to the last but one, first bytes first: these compress well and fast.

    The last but one serves rows of 32, 64 and 2 x 32 bits alike.
    """
    whole = len(header) // ROW_BYTES * ROW_BYTES
    rows = np.frombuffer(header, ">u4", whole // 4).reshape(-1, 2).astype(np.uint32)
    differences = np.diff(rows, axis=0, prepend=np.zeros((1, 2), np.uint32)).view(np.uint8)
    return differences.reshape(-1, 4).T.tobytes() + header[whole:]


def _from_planes(stored: bytes) -> bytes:
    whole = len(stored) // ROW_BYTES * ROW_BYTES
    planes = np.frombuffer(stored, np.uint8, whole).reshape(4, -1)
    differences = np.ascontiguousarray(planes.T).view(np.uint32).reshape(-1, 2)
    return np.cumsum(differences, axis=0, dtype=np.uint32).astype(">u4").tobytes() + stored[whole:]


def _etag(plan: VirtualFile) -> str:
    digest = hashlib.sha256(f"{PLANNER_VERSION} {plan.media_type} ".encode())
    for segment in plan.segments:
        digest.update(struct.pack("<qq?", segment.length, segment.source_offset, segment.literal is None))
        digest.update(segment.literal or b"")
    digest.update(plan.patch_offsets)
    digest.update(plan.patch_values)
    return digest.hexdigest()[:ETAG_DIGITS]
