"""The bytes of one file, wherever they are."""

from typing import Protocol


class Source(Protocol):
    """A finite, seekable, read-only file object. `size` is in bytes and does not change.

    A plain file, `io.BytesIO` and a decrypting vault reader all fit through `FileSource`.
    """

    @property
    def size(self) -> int: ...

    def read_at(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes from `offset`, fewer only at the end of the file."""
        ...
