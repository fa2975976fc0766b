"""A request's body as it arrives: never gathered in memory, never spooled to a disk."""

from django.http import HttpRequest

BLOCK_BYTES = 256 * 1024
OURS = "pocketlessons.body"


def body_of(request: HttpRequest) -> "RequestBody":
    """The one reader of this request's body, which knows how far it has read."""
    body: RequestBody = request.META.setdefault(OURS, RequestBody(request))
    return body


class RequestBody:
    """Reads the body from the server itself. Touch nothing else of the request that would read it.

    `length` is what the client announced, in bytes; None for a chunked body.
    """

    def __init__(self, request: HttpRequest) -> None:
        self._input = request.META["wsgi.input"]
        announced = request.META.get("CONTENT_LENGTH") or ""
        is_chunked = not announced and "chunked" in request.headers.get("Transfer-Encoding", "").lower()
        self.length = None if is_chunked else int(announced or 0)
        self._left = self.length

    def read(self, length: int, /) -> bytes:
        """At most `length` bytes; none at the end, and none once the client is gone."""
        wanted = length if self._left is None else min(length, self._left)
        if not wanted:
            return b""
        try:
            block: bytes = self._input.read(wanted)
        except OSError:  # how some servers tell of a broken connection
            return b""
        if self._left is not None:
            self._left -= len(block)
        return block

    def discard(self, at_most: int) -> None:
        """Read on to the end, so that the client hears an answer that came before it: it reads none while it sends."""
        while at_most > 0 and (block := self.read(min(at_most, BLOCK_BYTES))):
            at_most -= len(block)
