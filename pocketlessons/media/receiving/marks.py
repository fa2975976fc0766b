"""The two statements that run for every piece of a file, written out: building them anew costs more than running them."""

import datetime
import uuid

from django.db import connection

from pocketlessons.media.models import Upload

CLAIM = """
    UPDATE media_upload SET epoch = epoch + 1
    WHERE id = %s AND epoch = %s AND offset_bytes = %s AND completed_at IS NULL
"""
ADVANCE = "UPDATE media_upload SET offset_bytes = %s, expires_at = %s WHERE id = %s AND epoch = %s"


def claim(upload: Upload, offset: int) -> bool:
    """Raise the epoch, which fences off whoever wrote until now; False if the upload has moved on meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute(CLAIM, [_stored_id(upload), upload.epoch, offset])
        is_ours = bool(cursor.rowcount)
    upload.epoch += is_ours
    return is_ours


def advance(upload: Upload, *, offset: int, expires_at: datetime.datetime) -> bool:
    """Acknowledge the bytes up to `offset`; False if a newer request has claimed the upload."""
    until = connection.ops.adapt_datetimefield_value(expires_at)
    with connection.cursor() as cursor:
        cursor.execute(ADVANCE, [offset, until, _stored_id(upload), upload.epoch])
        is_ours = bool(cursor.rowcount)
    if is_ours:
        upload.offset_bytes, upload.expires_at = offset, expires_at
    return is_ours


def _stored_id(upload: Upload) -> uuid.UUID | str:
    return upload.pk if connection.features.has_native_uuid_field else upload.pk.hex
