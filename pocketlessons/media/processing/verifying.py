"""Whether stored bytes are still those that arrived."""

import hashlib
from collections.abc import Callable

from pocketlessons.lib.vault import VaultError, current_vault
from pocketlessons.media.models import Recording

BLOCK_BYTES = 1024 * 1024


def is_intact(recording: Recording, *, progress: Callable[[int], None]) -> bool:
    """Read every byte and compare with the hash taken at its arrival. `progress` is told of bytes read."""
    hasher = hashlib.sha256()
    try:
        source = current_vault().source(recording.pk, recording.wrapped_key).open()
        for start in range(0, recording.size_bytes, BLOCK_BYTES):
            block = source.read_at(start, min(BLOCK_BYTES, recording.size_bytes - start))
            hasher.update(block)
            progress(len(block))
    except VaultError:
        return recording.size_bytes == 0 and hasher.hexdigest() == recording.sha256
    return source.size == recording.size_bytes and hasher.hexdigest() == recording.sha256
