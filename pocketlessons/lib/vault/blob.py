"""Plaintext over blobs: a long one that grows and seeks, and a small one that is read and written whole."""

import secrets
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from pocketlessons.lib.vault.cipher import apply_at, stream_at
from pocketlessons.lib.vault.errors import VaultError
from pocketlessons.lib.vault.local import LocalReader
from pocketlessons.lib.vault.store import Blob, BlobReader, BlobStore, BlobWriter

NONCE_BYTES = 12


class Appender:
    """Encrypts what it is given and appends it. Close it, or use it in a `with` block."""

    def __init__(self, writer: BlobWriter, key: bytes, offset: int) -> None:
        self._writer = writer
        self._stream = stream_at(key, offset)
        self._ciphertext = bytearray()

    def write(self, plaintext: bytes | memoryview) -> None:
        length = len(plaintext)
        if len(self._ciphertext) < length:
            self._ciphertext = bytearray(length)
        self._stream.update_into(plaintext, self._ciphertext)
        self._writer.write(memoryview(self._ciphertext)[:length])

    def flush(self) -> None:
        """Return once everything written so far outlives a power cut."""
        self._writer.flush()

    def close(self) -> None:
        self._writer.close()

    def __enter__(self) -> "Appender":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


@dataclass(frozen=True)
class SourceHandle:
    """All that another process needs to read one source. Pickles; hand it to nobody else."""

    path: Path
    key: bytes = field(repr=False)

    def open(self) -> "Plaintext":
        """A mediakit Source. Raises BlobMissingError."""
        return Plaintext(LocalReader(self.path), self.key)


class Plaintext:
    """A blob, decrypted as it is read: a mediakit Source."""

    def __init__(self, reader: BlobReader, key: bytes) -> None:
        self._reader = reader
        self._key = key

    @cached_property
    def size(self) -> int:
        return self._reader.size

    def read_at(self, offset: int, length: int) -> bytes:
        """Exactly `length` bytes from `offset`, fewer only at the end."""
        return apply_at(self._key, offset, self._reader.read_at(offset, length))


class SourceBlob:
    """The bytes of a recording as its owner sent them: stored offset = plaintext offset."""

    def __init__(self, store: BlobStore, blob: Blob, key: bytes) -> None:
        self._store, self._blob, self._key = store, blob, key

    @property
    def size(self) -> int:
        """Bytes stored by now; 0 before the first."""
        return self._store.size(self._blob)

    def open(self) -> Plaintext:
        """For many reads of one unchanging source. Raises BlobMissingError."""
        return Plaintext(self._store.reader(self._blob), self._key)

    def read_at(self, offset: int, length: int) -> bytes:
        """One read; open it for more than one. Raises BlobMissingError."""
        return self.open().read_at(offset, length)

    def appender(self, offset: int) -> Appender:
        """Cut to `offset` and append from there. Raises BlobBusyError, VaultError."""
        return Appender(self._store.writer(self._blob, offset=offset), self._key, offset)


class SmallBlob:
    """A few kilobytes, read and written whole, that cannot be altered unnoticed (AES-256-GCM)."""

    def __init__(self, store: BlobStore, blob: Blob, key: bytes) -> None:
        self._store, self._blob, self._key = store, blob, key

    def put(self, content: bytes) -> None:
        nonce = secrets.token_bytes(NONCE_BYTES)
        self._store.put(self._blob, nonce + AESGCM(self._key).encrypt(nonce, content, None))

    def get(self) -> bytes:
        """Raises BlobMissingError, and VaultError for bytes that are not those put."""
        reader = self._store.reader(self._blob)
        stored = reader.read_at(0, reader.size)
        try:
            return AESGCM(self._key).decrypt(stored[:NONCE_BYTES], stored[NONCE_BYTES:], None)
        except (InvalidTag, ValueError) as error:
            raise VaultError(f"the {self._blob.name} of {self._blob.recording_id} was altered") from error
