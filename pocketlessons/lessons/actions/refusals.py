"""Why a lesson was not sent, changed or taken back: a stable code, and one sentence for the person."""

from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


class LessonRefusedError(Exception):
    """Something that a person asked of a lesson cannot be done."""

    code: ClassVar[str] = "refused"
    words: ClassVar[str | Promise] = ""

    def __init__(self, name: str = "") -> None:
        super().__init__(self.code)
        self.sentence = str(self.words) % {"name": name}


class NothingToSendError(LessonRefusedError):
    """There is neither a recording nor guidance."""

    code = "nothing-to-send"
    words = _("There is nothing to send yet. Choose a recording, or write some guidance.")


class RecordingNotPlayableError(LessonRefusedError):
    """The recording failed or was erased."""

    code = "recording-not-playable"
    words = _("This recording can't be played. Choose another one, or remove it and send the guidance alone.")


class NotYourLearnerError(LessonRefusedError):
    """The connection is not this person's to teach in, or it has ended."""

    code = "not-your-learner"
    words = _("You can only send to people who are connected with you.")


class AlreadyDeliveredError(LessonRefusedError):
    """The lesson stands delivered to this connection."""

    code = "already-delivered"
    words = _("%(name)s already has this lesson.")


class AlreadyPlayedError(LessonRefusedError):
    """The learner has played the delivery, so that it can no longer be unsent."""

    code = "already-played"
    words = _("%(name)s has already played this, so it can't be taken back.")


class AlreadyUnsentError(LessonRefusedError):
    """The delivery was taken back before."""

    code = "already-unsent"
    words = _("This was taken back already.")


class LessonIsOutError(LessonRefusedError):
    """Somebody has the lesson, so that it cannot be deleted, nor its recording exchanged."""

    code = "lesson-is-out"
    words = _("%(name)s already has this lesson, so this stays as it is.")
