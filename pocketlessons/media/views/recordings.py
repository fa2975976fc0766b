"""What there is to know of a recording, for scripts on our own pages."""

import uuid

from django.http import HttpRequest, HttpResponseBase, JsonResponse
from django.views.decorators.http import require_safe

from pocketlessons.media.access import recording_for_playing
from pocketlessons.media.addresses import playing_url, poster_url
from pocketlessons.media.models import Recording
from pocketlessons.media.sentences import sentence_for
from pocketlessons.media.views.known import for_known_people
from pocketlessons.people.models import User

FIELDS = ("status", "kind", "duration_ms", "width", "height", "codecs", "media_type")


@require_safe
@for_known_people
def recording(request: HttpRequest, user: User, recording_id: uuid.UUID) -> HttpResponseBase:
    """Its state in a word and a sentence, and where it plays."""
    return JsonResponse(_told(recording_for_playing(user, recording_id)))


def _told(found: Recording) -> dict[str, object]:
    told: dict[str, object] = {name: getattr(found, name) for name in FIELDS}
    return told | {
        "id": str(found.pk),
        "sentence": sentence_for(found),
        "src": playing_url(found),
        "poster": poster_url(found),
    }
