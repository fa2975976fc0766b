"""A virtual file: a literal header, and a map of the rest onto the bytes of an untouched source.

Nothing is copied. A virtual file has a fixed size and a strong ETag, and any range of it is answered by
reading the ranges of the source that it maps onto.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

PLANNER_VERSION = 1
"""Goes into every ETag. Raise it with each change that shifts or alters a byte of any virtual file."""

ReadSource = Callable[[int, int], bytes]
"""`read(offset, length)`: that many plaintext bytes of the source."""


@dataclass(frozen=True)
class Segment:
    """`length` bytes at `start` of the virtual file: those at `source_offset` of the source, or `literal`."""

    start: int
    length: int
    source_offset: int = 0
    literal: bytes | None = None


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
        """The bytes `[start, start + length)` of the virtual file, in pieces of at most 1 MiB."""
        raise NotImplementedError

    def to_bytes(self) -> bytes:
        """Compact and stable: what `from_bytes` restores. The header is compressed."""
        raise NotImplementedError

    @classmethod
    def from_bytes(cls, stored: bytes) -> "VirtualFile":
        raise NotImplementedError
