"""Beginning and giving up uploads, within what one person may keep here."""

import datetime
import uuid

from django.conf import settings
from django.db import transaction
from django.db.models import Sum

from pocketlessons.lib.vault import current_vault
from pocketlessons.media.models import Recording, Upload
from pocketlessons.media.receiving.hashes import HASHES
from pocketlessons.media.receiving.writers import WRITERS
from pocketlessons.people.models import User

LIFETIME = datetime.timedelta(days=7)
OPEN_UPLOADS = 20


class UploadRefusedError(Exception):
    """An upload that cannot begin or go on."""


class UploadTooLargeError(UploadRefusedError):
    """Larger than any one recording may be."""


class QuotaReachedError(UploadRefusedError):
    """More than this person's room allows."""


class TooManyUploadsError(UploadRefusedError):
    """Too many uploads of this person are unfinished."""


class UploadFinishedError(UploadRefusedError):
    """Every byte is here; the recording is erased by other means."""


@transaction.atomic
def begin_upload(*, by: User, length: int | None, filename: str, now: datetime.datetime) -> Upload:
    """A recording of `length` bytes (None: told later) with room reserved for it, and the way in.

    Raises UploadTooLargeError, QuotaReachedError, TooManyUploadsError.
    """
    User.objects.select_for_update().get(pk=by.pk)  # one at a time, so that two cannot reserve the same room
    unfinished = Upload.objects.filter(owner=by, completed_at=None, expires_at__gt=now)
    if unfinished.count() >= OPEN_UPLOADS:
        raise TooManyUploadsError
    _require_room(length or 0, allowed_bytes(by))
    recording = Recording.objects.create(
        owner=by,
        original_name=filename,
        size_bytes=length or 0,
        wrapped_key=current_vault().new_wrapped_key(),
        created_at=now,
    )
    return Upload.objects.create(
        recording=recording, owner=by, length_bytes=length, created_at=now, expires_at=now + LIFETIME
    )


@transaction.atomic
def declare_length(upload: Upload, length: int) -> None:
    """Tell the length of an upload that began without. The first length told stands.

    Raises UploadTooLargeError, QuotaReachedError, and UploadRefusedError for a length that cannot be.
    """
    owner = User.objects.select_for_update().get(pk=upload.owner_id)
    _require_room(length, allowed_bytes(owner, apart_from=upload))
    told = Upload.objects.filter(pk=upload.pk, length_bytes=None, offset_bytes__lte=length)
    if not told.update(length_bytes=length):
        raise UploadRefusedError
    Recording.objects.filter(pk=upload.recording_id).update(size_bytes=length)
    upload.length_bytes = length


def allowed_bytes(owner: User, *, apart_from: Upload | None = None) -> int:
    """How large a recording this person may still send."""
    kept = Recording.objects.owned_by(owner)
    if apart_from is not None:
        kept = kept.exclude(pk=apart_from.recording_id)
    used: int = kept.aggregate(used=Sum("size_bytes"))["used"] or 0
    return min(settings.MAX_UPLOAD_BYTES, settings.QUOTA_BYTES - used)


def _require_room(length: int, allowed: int) -> None:
    if length > settings.MAX_UPLOAD_BYTES:
        raise UploadTooLargeError
    if length > allowed or allowed <= 0:
        raise QuotaReachedError


def abandon_upload(upload: Upload, *, now: datetime.datetime) -> None:
    """Forget an unfinished upload and every byte of it. Raises UploadFinishedError."""
    with transaction.atomic():
        if not Upload.objects.filter(pk=upload.pk, completed_at=None).delete()[0]:
            raise UploadFinishedError
        _lose_key(upload.recording_id, now)
    _erase(upload.pk, upload.recording_id)


def expire_uploads(*, now: datetime.datetime) -> int:
    """Erase what stopped arriving long ago. The upload itself is remembered, so that its client can be told."""
    late = Upload.objects.filter(completed_at=None, expires_at__lte=now)
    late = late.exclude(recording__status=Recording.Status.ERASED)
    count = 0
    for upload_id, recording_id in late.values_list("pk", "recording_id"):
        if _lose_key(recording_id, now):
            _erase(upload_id, recording_id)
            count += 1
    return count


def _lose_key(recording_id: uuid.UUID, now: datetime.datetime) -> int:
    arriving = Recording.objects.filter(pk=recording_id, status=Recording.Status.RECEIVING, received_at=None)
    return arriving.update(status=Recording.Status.ERASED, wrapped_key=None, size_bytes=0, erased_at=now)


def _erase(upload_id: uuid.UUID, recording_id: uuid.UUID) -> None:
    WRITERS.stop(upload_id)
    HASHES.forget(upload_id)
    current_vault().erase(recording_id)
