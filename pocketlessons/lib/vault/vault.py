"""The one door to stored bytes: recordings in, plaintext out, and nothing readable on the disk."""

import uuid
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from pocketlessons.lib.vault import keys
from pocketlessons.lib.vault.blob import SmallBlob, SourceBlob, SourceHandle
from pocketlessons.lib.vault.errors import BlobMissingError, VaultError
from pocketlessons.lib.vault.local import LocalStore
from pocketlessons.lib.vault.store import Blob, BlobStore

SOURCE = "source"
WrappedKey = bytes | bytearray | memoryview | None
"""As the database gives it; None once the recording is erased."""


class Vault:
    """Blobs of recordings, each recording under a key of its own, wrapped by the master key."""

    def __init__(self, store: BlobStore, master_key: bytes) -> None:
        self._store = store
        self._master_key = master_key

    def new_wrapped_key(self) -> bytes:
        """For `Recording.wrapped_key`. Whoever deletes it from there has erased the recording."""
        return keys.wrap(keys.new_key(), under=self._master_key)

    def source(self, recording_id: uuid.UUID, wrapped_key: WrappedKey) -> SourceBlob:
        """The recording's own bytes."""
        return SourceBlob(self._store, Blob(recording_id, SOURCE), self._key(wrapped_key, SOURCE))

    def source_handle(self, recording_id: uuid.UUID, wrapped_key: WrappedKey) -> SourceHandle:
        """The same for a process that may only read this one file."""
        if not isinstance(self._store, LocalStore):
            raise VaultError("only a source on a local disk can be handed to another process")
        return SourceHandle(self._store.path(Blob(recording_id, SOURCE)), self._key(wrapped_key, SOURCE))

    def put_small(self, recording_id: uuid.UUID, wrapped_key: WrappedKey, name: str, content: bytes) -> None:
        """Store a plan or a poster, replacing the one before."""
        self._small(recording_id, wrapped_key, name).put(content)

    def get_small(self, recording_id: uuid.UUID, wrapped_key: WrappedKey, name: str) -> bytes:
        """Raises BlobMissingError, and VaultError if it was altered."""
        return self._small(recording_id, wrapped_key, name).get()

    def has_small(self, recording_id: uuid.UUID, wrapped_key: WrappedKey, name: str) -> bool:
        del wrapped_key  # whether it is there needs no key; the signature is that of its siblings
        return self._store.has(Blob(recording_id, name))

    def erase(self, recording_id: uuid.UUID) -> None:
        """Remove every blob. The caller deletes the wrapped key first: that alone makes them unreadable."""
        self._store.erase(recording_id)

    def _small(self, recording_id: uuid.UUID, wrapped_key: WrappedKey, name: str) -> SmallBlob:
        return SmallBlob(self._store, Blob(recording_id, name), self._key(wrapped_key, name))

    def _key(self, wrapped_key: WrappedKey, name: str) -> bytes:
        if wrapped_key is None:
            raise BlobMissingError("this recording was erased")
        return keys.blob_key(keys.unwrap(bytes(wrapped_key), under=self._master_key), name)


def current_vault() -> Vault:
    """The vault that the settings name."""
    return _vault_at(settings.VAULT, settings.MASTER_KEY_FILE)


@lru_cache(maxsize=8)
def _vault_at(folder: Path, master_key_file: Path) -> Vault:
    return Vault(LocalStore(folder), keys.master_key(master_key_file))
