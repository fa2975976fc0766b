"""Mail of the embedded mode: a folder of .eml files, shown to people at this computer only."""

import email
import email.policy
import secrets
import time
from collections.abc import Sequence
from email.message import EmailMessage as ParsedMail
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest

from pocketlessons.lib.http.hosts import host_of, is_this_computer

KEPT = 200
"""So many mails stay in the folder; older ones go."""

FORWARDED = ("HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_X_FORWARDED_HOST")


class OutboxBackend(BaseEmailBackend):
    """One file a mail, in settings.OUTBOX, for its owner's eyes only."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.OUTBOX)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for message in email_messages:
            _write(folder, message.message().as_bytes())
        for old in _files()[KEPT:]:
            old.unlink(missing_ok=True)
        return len(email_messages)


class Mail(NamedTuple):
    """What the outbox shows of one mail."""

    name: str
    mail: ParsedMail

    @property
    def to(self) -> str:
        return str(self.mail["To"])

    @property
    def subject(self) -> str:
        return str(self.mail["Subject"])

    @property
    def sent_at(self) -> object:
        return parsedate_to_datetime(str(self.mail["Date"]))

    @property
    def text(self) -> str:
        body = self.mail.get_body(("plain",))
        return str(body.get_content()) if body else ""


def mails(limit: int = 50) -> list[Mail]:
    """The newest mails, newest first."""
    found = (find_mail(path.stem) for path in _files()[:limit])
    return [mail for mail in found if mail]


def find_mail(name: str) -> Mail | None:
    """The mail of that name, if the folder has it."""
    known = {path.stem: path for path in _files()}
    try:
        content = known[name].read_bytes()
    except (KeyError, FileNotFoundError):
        return None
    return Mail(name, email.message_from_bytes(content, policy=email.policy.default))


def is_shown_to(request: HttpRequest) -> bool:
    """Only in the mode that keeps mail here, and only to a browser on this very computer.

    The outbox holds sign-in codes: a name that merely resolves to this computer, or a proxy in front of us,
    is not enough.
    """
    if not settings.OUTBOX_SHOWN or any(header in request.META for header in FORWARDED):
        return False
    return all(map(is_this_computer, (request.META.get("REMOTE_ADDR", ""), host_of(request))))


def _files() -> list[Path]:
    return sorted(Path(settings.OUTBOX).glob("*.eml"), reverse=True)


def _write(folder: Path, content: bytes) -> None:
    name = f"{time.time_ns():020d}-{secrets.token_hex(4)}"
    part = folder / f"{name}.part"
    part.touch(mode=0o600)
    part.write_bytes(content)
    part.rename(folder / f"{name}.eml")
