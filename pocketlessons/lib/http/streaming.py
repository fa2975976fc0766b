"""Answers made of many bytes: ranges, HEAD, and headers under which somebody else's file can do no harm."""

from collections.abc import Callable, Iterator
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

from pocketlessons.lib.http.ranges import (
    ByteRange,
    UnsatisfiableRangeError,
    etag_matches,
    parse_range,
    range_still_holds,
)

BLOCK_BYTES = 512 * 1024
MAX_NAME = 150
ReadRange = Callable[[int, int], Iterator[bytes]]
"""`read(start, length)`: those bytes, in pieces of any size."""


def range_response(
    request: HttpRequest,
    *,
    size: int,
    etag: str,
    media_type: str,
    read: ReadRange,
    filename: str | None = None,
) -> HttpResponseBase:
    """The part of a file that a GET or HEAD asks for. With `filename` it is saved, without it is played.

    `etag` is strong and without quotes: it changes with any byte.
    """
    response = _answer(request, size, etag, read)
    response["Accept-Ranges"] = "bytes"
    response["ETag"] = f'"{etag}"'
    response["Content-Type"] = media_type
    response["Content-Disposition"] = content_disposition(filename)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _answer(request: HttpRequest, size: int, etag: str, read: ReadRange) -> HttpResponseBase:
    if etag_matches(request.headers.get("If-None-Match"), etag):
        return HttpResponse(status=304)
    wanted = request.headers.get("Range") if request.method == "GET" else None
    if not range_still_holds(request.headers.get("If-Range"), etag):
        wanted = None
    try:
        part = parse_range(wanted, size)
    except UnsatisfiableRangeError:
        response: HttpResponseBase = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
        return response
    return _body(request, part, size, read)


def _body(request: HttpRequest, part: ByteRange | None, size: int, read: ReadRange) -> HttpResponseBase:
    whole = part or ByteRange(0, size)
    if request.method == "HEAD":
        response: HttpResponseBase = HttpResponse()
    else:
        response = StreamingHttpResponse(_blocks(whole, read), status=206 if part else 200)
    response["Content-Length"] = str(whole.length)
    if part:
        response["Content-Range"] = part.content_range(size)
    return response


def _blocks(part: ByteRange, read: ReadRange) -> Iterator[bytes]:
    """One read for each block, so that nothing is read for a client that has gone."""
    position, end = part.start, part.start + part.length
    while position < end:
        length = min(BLOCK_BYTES, end - position)
        yield from read(position, length)
        position += length


def content_disposition(filename: str | None) -> str:
    """`inline`, or `attachment` with a name that every browser reads (RFC 6266, RFC 8187)."""
    if filename is None:
        return "inline"
    name = _plain(filename)
    fallback = "".join(c if c.isascii() and c not in '"\\%' else "_" for c in name)
    return f"attachment; filename=\"{fallback}\"; filename*=UTF-8''{quote(name, safe='')}"


def _plain(filename: str) -> str:
    """A name without path, control or direction characters, short enough for any disk, extension kept."""
    name = "".join("_" if c in '/\\:*?"<>|' else c for c in filename if c.isprintable()).strip(". ")
    stem, dot, extension = name.rpartition(".")
    if dot and stem and len(extension) <= 8:
        return f"{stem[:MAX_NAME]}.{extension}"
    return name[:MAX_NAME] or "recording"
