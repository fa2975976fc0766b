"""Which bytes a request asks for (RFC 9110, section 14), strictly and without surprises."""

import re
from dataclasses import dataclass

ONE_RANGE = re.compile(r"bytes=[ \t]*(\d{0,19})-(\d{0,19})[ \t]*", re.IGNORECASE | re.ASCII)


@dataclass(frozen=True)
class ByteRange:
    """`length` bytes from `start`; never empty, never past the end of the file."""

    start: int
    length: int

    def content_range(self, size: int) -> str:
        return f"bytes {self.start}-{self.start + self.length - 1}/{size}"


class UnsatisfiableRangeError(Exception):
    """A well-formed range of which no byte exists: 416."""


def parse_range(header: str | None, size: int) -> ByteRange | None:
    """The one range asked for, or None where the whole file is the answer.

    No header, another unit, several ranges and malformed ones all mean the whole file, as the RFC allows: a player
    asks for one range at a time. Raises UnsatisfiableRangeError.
    """
    match = ONE_RANGE.fullmatch(header or "")
    if match is None:
        return None
    first, last = match.groups()
    if first:
        return _from(int(first), int(last) if last else None, size)
    return _suffix(int(last), size) if last else None


def _from(start: int, last: int | None, size: int) -> ByteRange | None:
    if last is not None and last < start:
        return None
    if start >= size:
        raise UnsatisfiableRangeError
    end = size if last is None else min(last + 1, size)
    return ByteRange(start, end - start)


def _suffix(length: int, size: int) -> ByteRange:
    if length == 0 or size == 0:
        raise UnsatisfiableRangeError
    length = min(length, size)
    return ByteRange(size - length, length)


def range_still_holds(if_range: str | None, etag: str) -> bool:
    """Whether the client's copy is of this very file. Dates and weak tags never match."""
    return if_range is None or if_range.strip() == f'"{etag}"'


def etag_matches(if_none_match: str | None, etag: str) -> bool:
    """Whether the client's stored copy is still good."""
    if if_none_match is None:
        return False
    tags = {tag.strip().removeprefix("W/") for tag in if_none_match.split(",")}
    return "*" in tags or f'"{etag}"' in tags
