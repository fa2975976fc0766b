"""What a media process answers, as bytes that are safe to read from a process that may have been taken over.

Nothing that comes out of one is ever unpickled: a head of JSON, and bytes that are not looked into.
"""

import json
import struct
from dataclasses import dataclass, field

from mediakit.errors import MediaError, Reason

HEAD = struct.Struct("<I")
MAX_HEAD_BYTES = 1024 * 1024

Field = str | int | float | bool | None | list[str]


class MalformedAnswerError(MediaError):
    """An answer that none of our jobs gives: the file has taken its process over, or broken it."""

    def __init__(self, detail: str) -> None:
        super().__init__(Reason.INCONSISTENT, detail)


@dataclass(frozen=True)
class Answer:
    """A job's outcome: a few plain fields, and content such as a plan or a picture."""

    fields: dict[str, Field] = field(default_factory=dict)
    content: bytes = b""

    def to_bytes(self) -> bytes:
        head = json.dumps(self.fields).encode()
        return HEAD.pack(len(head)) + head + self.content

    @classmethod
    def from_bytes(cls, stored: bytes) -> "Answer":
        """Raises MalformedAnswerError."""
        try:
            (length,) = HEAD.unpack_from(stored)
            head = stored[HEAD.size : HEAD.size + length]
            fields = json.loads(head) if length <= MAX_HEAD_BYTES else None
        except (struct.error, ValueError, RecursionError) as error:
            raise MalformedAnswerError("no head of JSON") from error
        if not isinstance(fields, dict):
            raise MalformedAnswerError("the head is no object")
        return cls(fields, stored[HEAD.size + length :])

    def text(self, name: str, max_length: int) -> str:
        """Raises MalformedAnswerError."""
        value = self.fields.get(name)
        if not isinstance(value, str) or len(value) > max_length or not value.isprintable():
            raise MalformedAnswerError(f"{name} is no short text")
        return value

    def count(self, name: str) -> int:
        """A whole number that fits a column of the database. Raises MalformedAnswerError."""
        value = self.fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value < 1 << 31:
            raise MalformedAnswerError(f"{name} is no whole number")
        return value
