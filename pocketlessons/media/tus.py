"""The words of tus 1.0.0 (https://tus.io/protocols/resumable-upload): headers in, headers out, no state."""

import base64
import binascii
import datetime
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from django.utils.http import http_date

VERSION = "1.0.0"
EXTENSIONS = (
    "creation",
    "creation-with-upload",
    "creation-defer-length",
    "expiration",
    "termination",
    "checksum",
)
CHECKSUMS = ("sha1", "sha256")
CONTENT_TYPE = "application/offset+octet-stream"
CHECKSUM_MISMATCH = 460
MAX_METADATA = 4096
MAX_NAME = 255
MAX_DIGITS = 18


class TusError(Exception):
    """A request that breaks the protocol; `status` is what tus says to answer."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Checksum:
    """What the client says that a body's bytes come to."""

    algorithm: str
    digest: bytes

    def hasher(self) -> "hashlib._Hash":
        return hashlib.new(self.algorithm, usedforsecurity=False)


def require_version(headers: Mapping[str, str]) -> None:
    if headers.get("Tus-Resumable") != VERSION:
        raise TusError(HTTPStatus.PRECONDITION_FAILED, f"We speak tus {VERSION}.")


def require_content_type(headers: Mapping[str, str]) -> None:
    if headers.get("Content-Type", "").lower() != CONTENT_TYPE:
        raise TusError(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, f"The body of an upload is {CONTENT_TYPE}.")


def byte_count(headers: Mapping[str, str], name: str) -> int:
    """A header that holds a number of bytes."""
    value = headers.get(name, "")
    if not (value.isascii() and value.isdigit() and len(value) <= MAX_DIGITS):
        raise TusError(HTTPStatus.BAD_REQUEST, f"{name} is a number of bytes.")
    return int(value)


def length_at_creation(headers: Mapping[str, str]) -> int | None:
    """The length of the file; None where the client will tell later."""
    if "Upload-Length" in headers:
        return byte_count(headers, "Upload-Length")
    if headers.get("Upload-Defer-Length") == "1":
        return None
    raise TusError(HTTPStatus.BAD_REQUEST, "Upload-Length, or Upload-Defer-Length: 1, is missing.")


def file_name(headers: Mapping[str, str]) -> str:
    """The client's name for the file, cleaned; it is shown to people and never touches a disk."""
    named = _metadata(headers.get("Upload-Metadata", ""))
    name = named.get("filename") or named.get("name") or ""
    printable = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    return printable.strip()[:MAX_NAME]


def _metadata(header: str) -> dict[str, str]:
    if len(header) > MAX_METADATA:
        raise TusError(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, "Upload-Metadata is too long.")
    pairs = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        pairs[key] = _decoded(value, "Upload-Metadata").decode("utf-8", "replace")
    return pairs


def checksum(headers: Mapping[str, str]) -> Checksum | None:
    header = headers.get("Upload-Checksum")
    if header is None:
        return None
    algorithm, _, digest = header.partition(" ")
    if algorithm not in CHECKSUMS:
        raise TusError(HTTPStatus.BAD_REQUEST, f"We check {' and '.join(CHECKSUMS)}.")
    return Checksum(algorithm, _decoded(digest, "Upload-Checksum"))


def _decoded(value: str, name: str) -> bytes:
    try:
        return base64.b64decode(value, validate=True)
    except (binascii.Error, ValueError) as error:
        raise TusError(HTTPStatus.BAD_REQUEST, f"{name} is not base 64.") from error


def abilities(max_bytes: int) -> dict[str, str]:
    """What OPTIONS tells."""
    return {
        "Tus-Version": VERSION,
        "Tus-Extension": ",".join(EXTENSIONS),
        "Tus-Max-Size": str(max_bytes),
        "Tus-Checksum-Algorithm": ",".join(CHECKSUMS),
    }


def progress(
    *, offset: int, length: int | None, expires_at: datetime.datetime, is_complete: bool
) -> dict[str, str]:
    """How far an upload has come."""
    headers = {"Upload-Offset": str(offset)}
    if length is None:
        headers["Upload-Defer-Length"] = "1"
    else:
        headers["Upload-Length"] = str(length)
    if not is_complete:
        headers["Upload-Expires"] = http_date(expires_at.timestamp())
    return headers
