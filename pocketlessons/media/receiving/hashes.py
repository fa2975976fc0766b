"""The SHA-256 of what has arrived, carried from one request to the next."""

import hashlib
import threading
import uuid
from collections import OrderedDict

from pocketlessons.lib.vault import SourceBlob

REMEMBERED = 1024
BLOCK_BYTES = 1024 * 1024


class RunningHashes:
    """The newest hasher of each upload. What was forgotten, as after a restart, is hashed again from the vault."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._hashers: OrderedDict[uuid.UUID, tuple[int, hashlib._Hash]] = OrderedDict()

    def at(self, upload_id: uuid.UUID, offset: int, source: SourceBlob) -> "hashlib._Hash":
        """A hasher of the first `offset` bytes, the caller's own."""
        if offset == 0:
            return hashlib.sha256()
        with self._lock:
            known_offset, hasher = self._hashers.get(upload_id, (0, hashlib.sha256()))
        if known_offset == offset:
            return hasher.copy()
        return _hash_prefix(source, offset)

    def remember(self, upload_id: uuid.UUID, offset: int, hasher: "hashlib._Hash") -> None:
        with self._lock:
            self._hashers[upload_id] = offset, hasher.copy()
            self._hashers.move_to_end(upload_id)
            if len(self._hashers) > REMEMBERED:
                self._hashers.popitem(last=False)

    def forget(self, upload_id: uuid.UUID) -> None:
        with self._lock:
            self._hashers.pop(upload_id, None)


def _hash_prefix(source: SourceBlob, length: int) -> "hashlib._Hash":
    hasher = hashlib.sha256()
    plaintext = source.open()
    for start in range(0, length, BLOCK_BYTES):
        hasher.update(plaintext.read_at(start, min(BLOCK_BYTES, length - start)))
    return hasher


HASHES = RunningHashes()
