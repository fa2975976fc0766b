"""The way in for files: tus 1.0.0, for our own pages and for any tus client of a signed-in person."""

import uuid
from collections.abc import Callable
from http import HTTPStatus
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pocketlessons.lib.http.body import RequestBody, body_of
from pocketlessons.media import tus
from pocketlessons.media.access import upload_of
from pocketlessons.media.actions import receiving, uploading
from pocketlessons.media.actions.preparing import prepare_recording
from pocketlessons.media.models import Recording, Upload
from pocketlessons.media.receiving.writers import WRITERS
from pocketlessons.media.sentences import sentence_for
from pocketlessons.media.views.tus_endpoint import tus_endpoint
from pocketlessons.people.models import User


@require_http_methods(["OPTIONS", "POST"])
@tus_endpoint
def uploads(request: HttpRequest, user: User) -> HttpResponse:
    """POST begins an upload, and takes its first bytes where they come along."""
    length = tus.length_at_creation(request.headers)
    name = tus.file_name(request.headers)
    body = body_of(request)
    if body.length != 0:
        tus.require_content_type(request.headers)
    checksum = tus.checksum(request.headers)
    begun = uploading.begin_upload(by=user, length=length, filename=name, now=timezone.now())
    if body.length != 0 or length == 0:
        try:
            _take(begun, body, 0, checksum)
        except Exception:  # the client never learns of this upload, so nobody could continue it
            uploading.abandon_upload(begun, now=timezone.now())
            raise
    response = _how_far(begun, HTTPStatus.CREATED)
    response["Location"] = request.build_absolute_uri(reverse("media:upload", args=[begun.pk]))
    return response


@require_http_methods(["OPTIONS", "HEAD", "PATCH", "DELETE", "POST"])
@tus_endpoint
def upload(request: HttpRequest, user: User, upload_id: uuid.UUID) -> HttpResponse:
    """HEAD tells how far it came, PATCH continues, DELETE gives it up."""
    method = request.method or ""
    if method == "POST":  # for proxies that know no PATCH
        method = request.headers.get("X-HTTP-Method-Override", "")
    verbs: dict[str, Callable[[HttpRequest, Upload], HttpResponse]]
    verbs = {"HEAD": _tell, "PATCH": _continue, "DELETE": _give_up}
    if method not in verbs:
        return HttpResponseNotAllowed(verbs)
    found = upload_of(user, upload_id)
    if _is_gone(found):
        return HttpResponse(status=HTTPStatus.GONE)
    return verbs[method](request, found)


def _is_gone(found: Upload) -> bool:
    is_late = found.completed_at is None and found.expires_at <= timezone.now()
    return is_late or found.recording.status == Recording.Status.ERASED


def _tell(request: HttpRequest, found: Upload) -> HttpResponse:
    found.offset_bytes = receiving.durable_offset(found)
    return _how_far(found, HTTPStatus.OK)


def _continue(request: HttpRequest, found: Upload) -> HttpResponse:
    tus.require_content_type(request.headers)
    offset = tus.byte_count(request.headers, "Upload-Offset")
    body = body_of(request)
    if found.length_bytes is None and "Upload-Length" in request.headers:
        uploading.declare_length(found, tus.byte_count(request.headers, "Upload-Length"))
    if found.length_bytes is not None and offset + (body.length or 0) > found.length_bytes:
        raise tus.TusError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "This is more than the length told at first.")
    is_heard_again = found.completed_at is not None and body.length == 0  # the answer to the end was lost
    if not is_heard_again:
        _take(found, body, offset, tus.checksum(request.headers))
    return _how_far(found, HTTPStatus.NO_CONTENT)


def _give_up(request: HttpRequest, found: Upload) -> HttpResponse:
    uploading.abandon_upload(found, now=timezone.now())
    return HttpResponse(status=HTTPStatus.NO_CONTENT)


def _take(found: Upload, body: RequestBody, offset: int, checksum: tus.Checksum | None) -> None:
    with WRITERS.admitted(found.pk, found.owner_id):
        receiving.receive_bytes(found, body, offset=offset, clock=timezone.now, checksum=checksum)


def _how_far(found: Upload, status: int) -> HttpResponse:
    """Where the upload stands; once all is here, what became of the recording."""
    is_complete = found.completed_at is not None
    headers = tus.progress(
        offset=found.offset_bytes,
        length=found.length_bytes,
        expires_at=found.expires_at,
        is_complete=is_complete,
    )
    headers["Pocket-Recording"] = str(found.recording_id)
    if is_complete:
        headers |= _outcome(found)
    return HttpResponse(status=status, headers=headers)


def _outcome(found: Upload) -> dict[str, str]:
    """All is here: make it playable, unless an earlier request has."""
    found.recording.refresh_from_db()
    recording = prepare_recording(found.recording, now=timezone.now())
    return {"Pocket-Status": recording.status, "Pocket-Sentence": quote(sentence_for(recording))}
