"""The bytes of one file, wherever they are."""

import io
from typing import BinaryIO, Protocol


class Source(Protocol):
    """A finite, seekable, read-only file object. `size` is in bytes and does not change.

    A plain file, `io.BytesIO` and a decrypting vault reader all fit through `FileSource`.
    """

    @property
    def size(self) -> int: ...

    def read_at(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes from `offset`, fewer only at the end of the file."""
        ...


class FileSource:
    """A file object opened for reading as a Source. Not for several threads at once."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._size = file.seek(0, io.SEEK_END)

    @property
    def size(self) -> int:
        return self._size

    def read_at(self, offset: int, length: int) -> bytes:
        self._file.seek(offset)
        return self._file.read(length)
