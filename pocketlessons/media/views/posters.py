"""Posters."""

import uuid

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from pocketlessons.lib.http.streaming import range_response
from pocketlessons.lib.vault import current_vault
from pocketlessons.media.access import recording_for_playing
from pocketlessons.media.processing.settling import POSTER
from pocketlessons.media.views.known import for_known_people
from pocketlessons.people.models import User


@require_safe
@for_known_people
def recording_poster(request: HttpRequest, user: User, recording_id: uuid.UUID) -> HttpResponseBase:
    """The still picture that stands for the film."""
    recording = recording_for_playing(user, recording_id)
    if not recording.has_poster:
        raise Http404
    picture = current_vault().get_small(recording.pk, recording.wrapped_key, POSTER)
    response = range_response(
        request,
        size=len(picture),
        etag=f"poster-{recording.pk.hex}",
        media_type="image/jpeg",
        read=lambda start, length: iter((picture[start : start + length],)),
    )
    response["Cache-Control"] = (
        "private, no-cache"  # kept by the browser, yet never shown unasked once it is revoked
    )
    return response
