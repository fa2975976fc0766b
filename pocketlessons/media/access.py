"""Who finds which recording and which upload. Everybody else gets 404."""

import uuid

from django.http import Http404
from django.shortcuts import get_object_or_404

from pocketlessons.lib.prepared_query import PreparedQuery
from pocketlessons.media.models import Recording, Upload
from pocketlessons.people.models import User

_playable = PreparedQuery(
    lambda user_id, recording_id: Recording.objects.playable_by(User(pk=user_id)).filter(pk=recording_id),
    ids=2,
)


def upload_of(user: User, upload_id: uuid.UUID) -> Upload:
    """One's own upload, for telling, continuing and giving it up."""
    return get_object_or_404(Upload.objects.select_related("recording"), pk=upload_id, owner=user)


def recording_for_playing(user: User, recording_id: uuid.UUID) -> Recording:
    """One's own, or one that stands granted to a connection of this person. Asked anew for every range."""
    recording = _playable.first(user.pk, recording_id)
    if recording is None:
        raise Http404
    return recording


def recording_for_owner(user: User, recording_id: uuid.UUID) -> Recording:
    """One's own, for the file as it came."""
    return get_object_or_404(Recording.objects.owned_by(user), pk=recording_id)
