"""What a row shows of the recording behind it."""

from django import template

from pocketlessons.media.addresses import poster_url
from pocketlessons.media.models import Recording

register = template.Library()


@register.filter
def poster(recording: Recording | None) -> str:
    """The address of the still; empty where there is none."""
    return poster_url(recording) if recording else ""
