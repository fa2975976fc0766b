"""The grammar of EBML: element names and sizes, and small trees of them held in memory."""

from collections.abc import Iterator
from typing import NamedTuple

UNKNOWN_SIZE = -1
EBML, DOC_TYPE = 0x1A45DFA3, 0x4282
SEGMENT, SEEK_HEAD, SEEK, SEEK_ID, SEEK_POSITION = 0x18538067, 0x114D9B74, 0x4DBB, 0x53AB, 0x53AC
INFO, TIMESTAMP_SCALE, DURATION, TRACKS = 0x1549A966, 0x2AD7B1, 0x4489, 0x1654AE6B
CLUSTER, TIMESTAMP, SIMPLE_BLOCK = 0x1F43B675, 0xE7, 0xA3
BLOCK_GROUP, BLOCK, REFERENCE_BLOCK = 0xA0, 0xA1, 0xFB
CUES, CUE_POINT, CUE_TIME, CUE_POSITIONS = 0x1C53BB6B, 0xBB, 0xB3, 0xB7
CUE_TRACK, CUE_CLUSTER_POSITION = 0xF7, 0xF1
CHAPTERS, TAGS, ATTACHMENTS, VOID = 0x1043A770, 0x1254C367, 0x1941A469, 0xEC
IN_SEGMENT = frozenset((SEEK_HEAD, INFO, TRACKS, CLUSTER, CUES, CHAPTERS, TAGS, ATTACHMENTS))

WIDTHS = bytes([9]) + bytes(9 - byte.bit_length() for byte in range(1, 256))
"""How many bytes a number takes, by its first byte; 9 is not a number."""
MASKS = tuple((1 << 7 * width) - 1 for width in range(10))


class Element(NamedTuple):
    """One element of a tree in memory: its body lies at `[start, end)`."""

    ident: int
    start: int
    end: int


def read_head(held: bytes, at: int) -> tuple[int, int, int] | None:
    """The name, the body's size (or `UNKNOWN_SIZE`) and the head's length; None where no element begins."""
    if at >= len(held) or (named := WIDTHS[held[at]]) > 4 or at + named >= len(held):
        return None
    sized = WIDTHS[held[at + named]]
    body = at + named + sized
    if sized > 8 or body > len(held):
        return None
    ident = int.from_bytes(held[at : at + named], "big")
    size = int.from_bytes(held[at + named : body], "big") & MASKS[sized]
    return ident, UNKNOWN_SIZE if size == MASKS[sized] else size, body - at


def children(held: bytes, start: int = 0, end: int | None = None) -> Iterator[Element]:
    """The elements of a body in memory; what does not fit ends it."""
    end = len(held) if end is None else end
    while start < end and (head := read_head(held, start)):
        ident, size, length = head
        body = start + length
        if size == UNKNOWN_SIZE or body + size > end:
            return
        yield Element(ident, body, body + size)
        start = body + size


def element(ident: int, body: bytes) -> bytes:
    """An element as bytes, its size in as few of them as it needs."""
    width = max(1, ((len(body) + 1).bit_length() + 6) // 7)
    return name(ident) + (len(body) | 1 << 7 * width).to_bytes(width, "big") + body


def wide_head(ident: int, size: int) -> bytes:
    """The head of an element with its size in eight bytes."""
    return name(ident) + (size | 1 << 56).to_bytes(8, "big")


def unsigned(ident: int, value: int, width: int = 0) -> bytes:
    return element(ident, value.to_bytes(width or max(1, (value.bit_length() + 7) // 8), "big"))


def name(ident: int) -> bytes:
    return ident.to_bytes((ident.bit_length() + 7) // 8, "big")
