"""Receiving bytes: hashed, encrypted, made durable, and only then acknowledged."""

import datetime
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from pocketlessons.lib.vault import SourceBlob, current_vault
from pocketlessons.media.actions.uploading import (
    LIFETIME,
    UploadTooLargeError,
    abandon_upload,
    allowed_bytes,
    begin_upload,
)
from pocketlessons.media.models import Recording, Upload
from pocketlessons.media.receiving import marks
from pocketlessons.media.receiving.hashes import HASHES
from pocketlessons.media.receiving.writers import WRITERS, FencedOffError, Writer
from pocketlessons.media.tus import Checksum
from pocketlessons.people.models import User

BLOCK_BYTES = 256 * 1024
COMMIT_BYTES = 8 * 1024 * 1024
Clock = Callable[[], datetime.datetime]
Progress = Callable[[int], None]
"""Told how many bytes have just arrived."""


class OffsetMismatchError(Exception):
    """The bytes offered do not begin where ours end."""


class ChecksumMismatchError(Exception):
    """The bytes that arrived are not those that were sent. None of them is kept."""


class FileChangedError(Exception):
    """The file ended before the length that it had at first."""


class Body(Protocol):
    """Bytes as they arrive."""

    def read(self, length: int, /) -> bytes:
        """At most `length` bytes; none at the end, and none once the other side is gone."""
        ...


def receive_file(
    path: Path, *, owner: User, filename: str, now: datetime.datetime, progress: Progress | None = None
) -> Recording:
    """A local file as a recording whose bytes are durable; what plays it is prepared by another action.

    Raises OSError, UploadRefusedError and its kinds, FileChangedError, VaultError; none leaves a byte behind.
    """
    with path.open("rb", buffering=0) as file:
        upload = begin_upload(by=owner, length=path.stat().st_size, filename=filename, now=now)
        try:
            receive_bytes(upload, _Watched(file, progress), offset=0, clock=timezone.now)
            _require_all(upload)
        except BaseException:
            abandon_upload(upload, now=now)
            raise
    upload.recording.refresh_from_db()
    return upload.recording


def _require_all(upload: Upload) -> None:
    if upload.completed_at is None:
        raise FileChangedError


class _Watched:
    """A file whose reading is told of."""

    def __init__(self, file: BinaryIO, progress: Progress | None) -> None:
        self._file, self._progress = file, progress

    def read(self, length: int, /) -> bytes:
        block = self._file.read(length)
        if self._progress is not None:
            self._progress(len(block))
        return block


def receive_bytes(
    upload: Upload, body: Body, *, offset: int, clock: Clock, checksum: Checksum | None = None
) -> None:
    """Append `body` at `offset`, durably. `upload` tells how far it came, however the body ended.

    Takes the upload over from any older request. Raises OffsetMismatchError, ChecksumMismatchError,
    FencedOffError, VaultError, and UploadTooLargeError for one of unknown length that outgrows the room left.
    """
    if not marks.claim(upload, offset):
        raise OffsetMismatchError
    writer = Writer(upload.owner_id, upload.epoch)
    with WRITERS.writing(upload.pk, writer):
        _Reception(upload, writer, offset, clock).take(body, checksum)


class _Reception:
    """One body on its way into one blob."""

    def __init__(self, upload: Upload, writer: Writer, offset: int, clock: Clock) -> None:
        self.upload, self.writer, self.clock = upload, writer, clock
        self.position = self.committed = offset
        source = source_of(upload.recording)
        writer.open(source, offset)
        self.hasher = HASHES.at(upload.pk, offset, source)
        told = upload.length_bytes
        self.end = allowed_bytes(upload.owner, apart_from=upload) if told is None else told

    def take(self, body: Body, checksum: Checksum | None) -> None:
        """With a checksum nothing is committed before all of it is known to be right."""
        check = checksum.hasher() if checksum else None
        for block in self._blocks(body):
            self.writer.write(block)
            self.hasher.update(block)
            self.position += len(block)
            if check is not None:
                check.update(block)
            elif self.position - self.committed >= COMMIT_BYTES:
                self.commit()
        if checksum and check and check.digest() != checksum.digest:
            raise ChecksumMismatchError
        self.commit()
        if self.upload.length_bytes is None and self.position >= self.end:
            raise UploadTooLargeError

    def _blocks(self, body: Body) -> Iterator[bytes]:
        while self.position < self.end:
            block = body.read(min(BLOCK_BYTES, self.end - self.position))
            if not block:
                return
            yield block

    def commit(self) -> None:
        """What is on the disk becomes what we acknowledge. Raises FencedOffError, VaultError."""
        is_last = self.position == self.upload.length_bytes
        if self.position == self.committed and not is_last:
            return
        if self.upload.completed_at is not None:
            return
        self.writer.flush()
        self._acknowledge(self.clock(), is_last=is_last)
        self.committed = self.position
        HASHES.remember(self.upload.pk, self.position, self.hasher)

    def _acknowledge(self, now: datetime.datetime, *, is_last: bool) -> None:
        if is_last:
            self._complete(now)
            return
        if not marks.advance(self.upload, offset=self.position, expires_at=now + LIFETIME):
            raise FencedOffError
        if self.upload.length_bytes is None:
            self._update_recording(size_bytes=self.position)

    @transaction.atomic
    def _complete(self, now: datetime.datetime) -> None:
        mine = Upload.objects.filter(pk=self.upload.pk, epoch=self.writer.epoch)
        if not mine.update(offset_bytes=self.position, completed_at=now):
            raise FencedOffError
        self._update_recording(sha256=self.hasher.hexdigest(), size_bytes=self.position, received_at=now)
        self.upload.offset_bytes, self.upload.completed_at = self.position, now

    def _update_recording(self, **changes: Any) -> None:
        arriving = Recording.objects.filter(pk=self.upload.recording_id, status=Recording.Status.RECEIVING)
        if not arriving.update(**changes):
            raise FencedOffError


def source_of(recording: Recording) -> SourceBlob:
    """The bytes of a recording. Raises BlobMissingError for one that was erased."""
    return current_vault().source(recording.pk, recording.wrapped_key)


def durable_offset(upload: Upload) -> int:
    """How much is surely stored: what was acknowledged, unless the disk has lost some of it since."""
    if upload.completed_at is not None or upload.offset_bytes == 0:
        return upload.offset_bytes
    stored = source_of(upload.recording).size
    if stored >= upload.offset_bytes:
        return upload.offset_bytes
    mended = Upload.objects.filter(pk=upload.pk, offset_bytes=upload.offset_bytes)
    mended.update(offset_bytes=stored, epoch=F("epoch") + 1)
    HASHES.forget(upload.pk)
    return stored
