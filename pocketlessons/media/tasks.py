"""Work after the answer."""

from django.utils import timezone
from django_tasks import task

from pocketlessons.media.models import Recording
from pocketlessons.media.processing.settling import settle


@task()
def settle_recording(recording_id: str) -> None:
    """Make a playable recording's poster."""
    settle(Recording.objects.get(pk=recording_id), now=timezone.now())
