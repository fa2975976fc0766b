"""Encrypted storage: blobs that only we can read, erased by forgetting a key."""

from pocketlessons.lib.vault.blob import Appender, Plaintext, SourceBlob, SourceHandle
from pocketlessons.lib.vault.errors import BlobBusyError, BlobMissingError, VaultError, VaultFullError
from pocketlessons.lib.vault.keys import rewrap
from pocketlessons.lib.vault.vault import Vault, current_vault

__all__ = [
    "Appender",
    "BlobBusyError",
    "BlobMissingError",
    "Plaintext",
    "SourceBlob",
    "SourceHandle",
    "Vault",
    "VaultError",
    "VaultFullError",
    "current_vault",
    "rewrap",
]
