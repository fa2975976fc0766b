"""The local store's twin in memory, for tests that need no disk."""

import uuid
from dataclasses import dataclass, field

from pocketlessons.lib.vault.errors import BlobBusyError, BlobMissingError, VaultError
from pocketlessons.lib.vault.store import Blob


@dataclass(frozen=True)
class MemoryReader:
    _content: bytearray

    @property
    def size(self) -> int:
        return len(self._content)

    def read_at(self, offset: int, length: int) -> bytes:
        return bytes(self._content[offset : offset + length])


class MemoryWriter:
    def __init__(self, content: bytearray, blob: Blob, busy: set[Blob]) -> None:
        self._content, self._blob, self._busy = content, blob, busy
        self._is_open = True

    def write(self, content: bytes | memoryview) -> None:
        if not self._is_open:
            raise VaultError("the blob was closed")
        self._content += content

    def flush(self) -> None:
        """Memory is as durable as it gets."""

    def close(self) -> None:
        if self._is_open:
            self._busy.discard(self._blob)
        self._is_open = False


@dataclass(frozen=True)
class MemoryStore:
    """A BlobStore that forgets."""

    blobs: dict[Blob, bytearray] = field(default_factory=dict)
    busy: set[Blob] = field(default_factory=set)

    def reader(self, blob: Blob) -> MemoryReader:
        if blob not in self.blobs:
            raise BlobMissingError("no such blob")
        return MemoryReader(self.blobs[blob])

    def writer(self, blob: Blob, *, offset: int) -> MemoryWriter:
        if blob in self.busy:
            raise BlobBusyError("another writer holds the blob")
        content = self.blobs.setdefault(blob, bytearray())
        if len(content) < offset:
            raise VaultError(f"the blob ends at {len(content)}, before {offset}")
        del content[offset:]
        self.busy.add(blob)
        return MemoryWriter(content, blob, self.busy)

    def put(self, blob: Blob, content: bytes) -> None:
        self.blobs[blob] = bytearray(content)

    def size(self, blob: Blob) -> int:
        return len(self.blobs.get(blob, b""))

    def has(self, blob: Blob) -> bool:
        return blob in self.blobs

    def erase(self, recording_id: uuid.UUID) -> None:
        for blob in [each for each in self.blobs if each.recording_id == recording_id]:
            del self.blobs[blob]
