"""Where the parts of a recording are found, and under which name they are saved."""

from pathlib import PurePath

from django.urls import reverse

from pocketlessons.media.models import Recording

EXTENSIONS = {
    "video/mp4": "mp4",
    "video/webm": "webm",
    "audio/mp4": "m4a",
    "audio/webm": "weba",
    "audio/mpeg": "mp3",
    "audio/ogg": "ogg",
    "audio/wav": "wav",
    "audio/flac": "flac",
    "audio/aac": "aac",
}


def playing_url_name(recording: Recording) -> str:
    """The name of the one URL under which this recording plays; empty where it does not."""
    if not recording.plays:
        return ""
    if recording.playback == Recording.Playback.AS_IS:
        return "media:recording-audio"
    is_webm = recording.media_type.endswith("/webm")
    return "media:recording-webm" if is_webm else "media:recording-mp4"


def playing_url(recording: Recording) -> str:
    """For a player; empty where it does not play."""
    name = playing_url_name(recording)
    return reverse(name, args=[recording.pk]) if name else ""


def poster_url(recording: Recording) -> str:
    """Empty until there is a poster."""
    return reverse("media:recording-poster", args=[recording.pk]) if recording.has_poster else ""


def saved_name(recording: Recording) -> str:
    """The sender's name for the file, with the extension of what is saved."""
    original = PurePath(recording.original_name or "recording")
    extension = EXTENSIONS.get(recording.media_type)
    return f"{original.stem}.{extension}" if extension else original.name
