"""The master key in its file, the recording keys wrapped under it, and the blob keys made from those."""

import base64
import binascii
import secrets
from pathlib import Path

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from pocketlessons.lib.secret_file import make_secret_file
from pocketlessons.lib.vault.errors import VaultError

KEY_BYTES = 32


def master_key(path: Path) -> bytes:
    """The 32 bytes kept at `path`, for the owner's eyes only; made there at the first start.

    Raises VaultError for a file that others may read, or that holds something else.
    """
    if not path.exists():
        make_secret_file(path, base64.b64encode(new_key()))
    if path.stat().st_mode & 0o077:
        raise VaultError(f"{path} is open to others: its mode should be 0600")
    try:
        key = base64.b64decode(path.read_text(encoding="ascii"), validate=True)
    except (binascii.Error, UnicodeDecodeError) as error:
        raise VaultError(f"{path} does not hold a key") from error
    if len(key) != KEY_BYTES:
        raise VaultError(f"{path} does not hold a key")
    return key


def new_key() -> bytes:
    return secrets.token_bytes(KEY_BYTES)


def wrap(key: bytes, *, under: bytes) -> bytes:
    """AES key wrap (RFC 3394): 40 bytes that are safe to keep in the database."""
    return aes_key_wrap(under, key)


def unwrap(wrapped: bytes, *, under: bytes) -> bytes:
    """The key again; VaultError if `under` is not the key that it was wrapped with."""
    try:
        return aes_key_unwrap(under, wrapped)
    except (InvalidUnwrap, ValueError) as error:
        raise VaultError("this key was not wrapped under our master key") from error


def rewrap(wrapped: bytes, *, old: bytes, new: bytes) -> bytes:
    """The same recording key under a new master key: rotation touches no blob."""
    return wrap(unwrap(wrapped, under=old), under=new)


def blob_key(recording_key: bytes, name: str) -> bytes:
    """A key for one blob of a recording, so that no two blobs share a keystream (HKDF, RFC 5869)."""
    info = b"pocket-lessons/blob/" + name.encode()
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=info).derive(recording_key)
