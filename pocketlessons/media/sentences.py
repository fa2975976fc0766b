"""What a recording's state means to a person: what happened, what is safe, and what to do. One sentence or two."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mediakit.errors import Reason
from pocketlessons.media.models import Recording

Status = Recording.Status

STATUSES: dict[str, str | Promise] = {
    Status.RECEIVING: _("Still arriving. It plays as soon as the last of it is here."),
    Status.PLAYABLE: _("Ready to play."),
    Status.SETTLED: _("Ready to play."),
    Status.KEPT: _(
        "Safely kept as %(name)s, which browsers can't play yet. It can be downloaded and played on a computer."
    ),
    Status.FAILED: _("This file can't be played. It is kept as it came; try to export it again."),
    Status.ERASED: _("Erased. Nothing of it is left here."),
}

REASONS: dict[str, str | Promise] = {
    Reason.EMPTY: _(
        "This file is empty. The phone may still be fetching it; open it there once, then choose it again."
    ),
    Reason.NOT_MEDIA: _("This is neither a video nor a sound file. Choose the recording itself."),
    Reason.TRUNCATED: _(
        "The end of this recording is missing, and without it the rest can't be opened. "
        "What arrived is kept; copy it from the camera again."
    ),
    Reason.NO_TRACKS: _(
        "There is no picture and no sound in this file. It is kept as it came; export it again."
    ),
    Reason.INCONSISTENT: _(
        "This recording is damaged inside, so we can't play it. It is kept as it came; export it again."
    ),
    Reason.PICTURE_TOO_LARGE: _(
        "The picture of this recording is larger than we can show. It is kept as it came; export it smaller."
    ),
    Reason.TOO_MANY_TRACKS: _(
        "There are more tracks in this file than a recording has. It is kept as it came; "
        "export it with one picture and one sound."
    ),
    Reason.TOO_LONG: _("This recording is longer than 12 hours. It is kept as it came; cut it into parts."),
    Reason.TOO_COMPLEX: _(
        "This recording is put together in a way that takes too much to read. It is kept as it came; export it again."
    ),
    Reason.TIMED_OUT: _(
        "Reading this recording took too long, so we stopped. It is kept as it came; export it again."
    ),
}

NAMES = {
    "asf": "Windows Media",
    "avi": "AVI",
    "flv": "Flash video",
    "h263": "H.263",
    "hevc": "HEVC",
    "mjpeg": "Motion JPEG",
    "mpeg2video": "MPEG-2",
    "mpeg4": "MPEG-4 Part 2",
    "mpegps": "MPEG",
    "mpegts": "MPEG-TS",
    "prores": "ProRes",
}


def sentence_for(recording: Recording) -> str:
    """How this recording stands, in the reader's language."""
    if recording.status == Status.FAILED:
        return str(REASONS.get(recording.failure_reason, STATUSES[Status.FAILED]))
    because = recording.kept_because
    return str(STATUSES[recording.status]) % {"name": NAMES.get(because, because.upper())}
