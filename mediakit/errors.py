"""Why a file cannot be used, as reasons that a person can be told about."""

from enum import StrEnum


class Reason(StrEnum):
    """One reason for which a file is refused. Each has a file in the tests that provokes it."""

    EMPTY = "empty"  # 0 bytes
    NOT_MEDIA = "not-media"  # no container that we open (HTML, zip, playlists, text)
    TRUNCATED = "truncated"  # the end, and with it the index, is missing
    NO_TRACKS = "no-tracks"  # a container without picture or sound
    INCONSISTENT = "inconsistent"  # tables that contradict the file or each other
    PICTURE_TOO_LARGE = "picture-too-large"
    TOO_MANY_TRACKS = "too-many-tracks"
    TOO_LONG = "too-long"
    TOO_COMPLEX = "too-complex"  # more samples, boxes or memory than the limits allow
    TIMED_OUT = "timed-out"  # set by the pool that runs us, never raised here


class MediaError(Exception):
    """A file that cannot be used. `reason` is for the person, `detail` for the operator."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type["MediaError"], tuple[Reason, str]]:
        return type(self), (self.reason, self.detail)
