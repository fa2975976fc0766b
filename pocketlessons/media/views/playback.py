"""The bytes that a player takes, at the one address that fits them."""

import uuid
from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponseBase
from django.views.decorators.http import require_safe

from pocketlessons.lib.http.streaming import range_response
from pocketlessons.media.access import recording_for_playing
from pocketlessons.media.addresses import playing_url_name
from pocketlessons.media.processing.reading import what_plays
from pocketlessons.media.views.known import for_known_people
from pocketlessons.people.models import User


def _plays_at(url_name: str) -> Callable[..., HttpResponseBase]:
    @require_safe
    @for_known_people
    def recording_bytes(request: HttpRequest, user: User, recording_id: uuid.UUID) -> HttpResponseBase:
        recording = recording_for_playing(user, recording_id)
        if playing_url_name(recording) != url_name:
            raise Http404
        file = what_plays(recording)
        return range_response(
            request, size=file.size, etag=file.etag, media_type=recording.media_type, read=file.read
        )

    return recording_bytes


recording_mp4 = _plays_at("media:recording-mp4")
recording_webm = _plays_at("media:recording-webm")
recording_audio = _plays_at("media:recording-audio")
