"""Lines of the log, without what would let a reader of the log in."""

import logging
import re

SECRET_PATHS = re.compile(r"/(sign-in-links|invitations/t|outbox)/[^/\s'\"]+")
ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+")


class DiscreetFormatter(logging.Formatter):
    """Leaves out links' tokens and mail addresses, also where Django or a traceback brings them along."""

    def format(self, record: logging.LogRecord) -> str:
        return ADDRESSES.sub("…@…", SECRET_PATHS.sub(r"/\1/…", super().format(record)))
