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


_uploads = PreparedQuery(
    lambda user_id, upload_id: Upload.objects.filter(pk=upload_id, owner_id=user_id), ids=2
)
_recordings = PreparedQuery(lambda recording_id: Recording.objects.filter(pk=recording_id), ids=1)


def upload_of(user: User, upload_id: uuid.UUID) -> Upload:
    """One's own upload, for telling, continuing and giving it up. Asked anew for every piece of a file."""
    upload = _uploads.first(user.pk, upload_id)
    if upload is None:
        raise Http404
    recording = _recordings.first(upload.recording_id)
    if recording is None:
        raise Http404
    upload.recording = recording
    return upload


def recording_for_playing(user: User, recording_id: uuid.UUID) -> Recording:
    """One's own, or one that stands granted to a connection of this person. Asked anew for every range."""
    recording = _playable.first(user.pk, recording_id)
    if recording is None:
        raise Http404
    return recording


def recording_for_owner(user: User, recording_id: uuid.UUID) -> Recording:
    """One's own, for the file as it came."""
    return get_object_or_404(Recording.objects.owned_by(user), pk=recording_id)
