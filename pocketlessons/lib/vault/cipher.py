"""AES-256-CTR that starts at any byte, so that stored offset = plaintext offset."""

from cryptography.hazmat.primitives.ciphers import Cipher, CipherContext
from cryptography.hazmat.primitives.ciphers.algorithms import AES
from cryptography.hazmat.primitives.ciphers.modes import CTR

BLOCK = 16


def stream_at(key: bytes, offset: int) -> CipherContext:
    """A cipher whose next `update` encrypts, or decrypts, the byte at `offset`.

    One key is for one blob: two plaintexts at the same offset under the same key would betray each other.
    """
    counter, skip = divmod(offset, BLOCK)
    stream = Cipher(AES(key), CTR(counter.to_bytes(BLOCK, "big"))).encryptor()
    stream.update(bytes(skip))
    return stream


def apply_at(key: bytes, offset: int, content: bytes) -> bytes:
    """`content`, of which the first byte stands at `offset`, encrypted or decrypted."""
    return stream_at(key, offset).update(content)
