"""Public ids: UUIDs, version 7 where order by time of making helps (RFC 9562, section 5.7)."""

import secrets
import time
import uuid


def uuid7() -> uuid.UUID:
    """A random UUID whose first 48 bits are Unix time in milliseconds."""
    milliseconds = time.time_ns() // 1_000_000
    value = (milliseconds & (1 << 48) - 1) << 80 | secrets.randbits(80)
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
