"""What the vault asks of the place where its blobs lie. No store ever sees a key or a plaintext byte."""

import re
import uuid
from dataclasses import dataclass
from typing import Protocol

NAME = re.compile(r"[a-z][a-z0-9-]{0,31}")


@dataclass(frozen=True)
class Blob:
    """The address of one blob. Both parts are made by us, never by a client."""

    recording_id: uuid.UUID
    name: str

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"{self.name!r} is no name for a blob")


class BlobReader(Protocol):
    """One blob, opened for reading."""

    @property
    def size(self) -> int: ...

    def read_at(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes from `offset`, fewer only at the end."""
        ...


class BlobWriter(Protocol):
    """One blob, opened for appending by nobody else."""

    def write(self, content: bytes | memoryview) -> None: ...

    def flush(self) -> None:
        """Return once everything written so far outlives a power cut."""
        ...

    def close(self) -> None:
        """Let go of the blob; what was not flushed may or may not be kept. Closing twice does no harm."""
        ...


class BlobStore(Protocol):
    """A place for blobs. Raises VaultError and its kinds, never OSError."""

    def reader(self, blob: Blob) -> BlobReader:
        """Raises BlobMissingError."""
        ...

    def writer(self, blob: Blob, *, offset: int) -> BlobWriter:
        """Cut the blob to `offset` bytes, making it when missing, and append from there.

        Raises BlobBusyError while another writer holds it, VaultError if it is shorter than that.
        """
        ...

    def put(self, blob: Blob, content: bytes) -> None:
        """The whole blob at once: afterwards it is durable, and no reader ever sees half of it."""
        ...

    def size(self, blob: Blob) -> int:
        """Bytes stored; 0 for a blob that is missing."""
        ...

    def has(self, blob: Blob) -> bool: ...

    def erase(self, recording_id: uuid.UUID) -> None:
        """Every blob of this recording is gone. None is not an error."""
        ...
