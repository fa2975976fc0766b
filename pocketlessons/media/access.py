"""Who finds which recording and which upload. Everybody else gets 404."""

import uuid

from django.shortcuts import get_object_or_404

from pocketlessons.media.models import Upload
from pocketlessons.people.models import User


def upload_of(user: User, upload_id: uuid.UUID) -> Upload:
    """One's own upload, for telling, continuing and giving it up."""
    return get_object_or_404(Upload.objects.select_related("recording", "owner"), pk=upload_id, owner=user)
