"""Recordings as files to keep."""

import uuid

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.views.decorators.http import require_safe

from pocketlessons.lib.http.streaming import range_response
from pocketlessons.media.access import recording_for_owner, recording_for_playing
from pocketlessons.media.actions.downloading import note_download
from pocketlessons.media.addresses import saved_name
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.reading import Readable, what_came, what_plays
from pocketlessons.media.views.known import for_known_people
from pocketlessons.people.models import User

ANY_BYTES = "application/octet-stream"


@require_safe
@for_known_people
def recording_download(request: HttpRequest, user: User, recording_id: uuid.UUID) -> HttpResponseBase:
    """What plays; of what is only kept the film without its container's places and devices, else what came."""
    recording = recording_for_playing(user, recording_id)
    if not recording.plays and recording.status != Recording.Status.KEPT:
        raise Http404
    if recording.playback:
        return _saved(request, user, recording, what_plays(recording), media_type=recording.media_type)
    return _saved(request, user, recording, what_came(recording), media_type=ANY_BYTES)


@require_safe
@for_known_people
def recording_original(request: HttpRequest, user: User, recording_id: uuid.UUID) -> HttpResponseBase:
    """Bit for bit what its owner sent, place and device included: for nobody else."""
    recording = recording_for_owner(user, recording_id)
    if recording.received_at is None:
        raise Http404
    name = recording.original_name or "recording"
    return _saved(request, user, recording, what_came(recording), media_type=ANY_BYTES, name=name)


def _saved(
    request: HttpRequest, user: User, recording: Recording, file: Readable, *, media_type: str, name: str = ""
) -> HttpResponseBase:
    if _begins(request):
        note_download(recording, by=user, now=timezone.now())
    return range_response(
        request,
        size=file.size,
        etag=file.etag,
        media_type=media_type,
        read=file.read,
        filename=name or saved_name(recording),
    )


def _begins(request: HttpRequest) -> bool:
    """Whether this is a download's first request, not one that continues it."""
    wanted = request.headers.get("Range", "bytes=0-")
    return request.method == "GET" and wanted.replace(" ", "").startswith("bytes=0-")
