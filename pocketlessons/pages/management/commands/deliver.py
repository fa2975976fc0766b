"""The main job without a browser: a file from a curator becomes a lesson in a learner's pocket."""

import json
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.urls import reverse
from django.utils import timezone

from pocketlessons.lessons.actions.delivering import deliver_lesson
from pocketlessons.lessons.actions.drafting import save_draft, start_draft
from pocketlessons.lessons.forms import TITLE_LENGTH
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.lib.byte_progress import byte_progress
from pocketlessons.lib.plain_text import one_line
from pocketlessons.lib.vault import VaultError
from pocketlessons.media.actions.preparing import prepare_recording
from pocketlessons.media.actions.receiving import FileChangedError, receive_file
from pocketlessons.media.actions.uploading import UploadRefusedError
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.pool import media_pool
from pocketlessons.media.sentences import sentence_for
from pocketlessons.people.actions.connecting import connect
from pocketlessons.people.actions.signing_in import find_or_make_account
from pocketlessons.people.models import User


class Command(BaseCommand):
    """Makes the people and their connection where they are missing."""

    help = "Gives FILE from a curator to a learner as a lesson, and prints where it is."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--from", dest="curator", required=True, metavar="CURATOR_MAIL")
        parser.add_argument("--to", dest="learner", required=True, metavar="LEARNER_MAIL")
        parser.add_argument("--title", default="")
        parser.add_argument("--kind", choices=Lesson.Kind.values, default=Lesson.Kind.LESSON)
        parser.add_argument("--json", action="store_true", help="print one object instead of lines")

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["file"]
        if not path.is_file():
            raise CommandError(f"There is no file at {path}.")
        curator, learner = (
            _person(options[side], guides=side == "curator") for side in ("curator", "learner")
        )
        if curator == learner:
            raise CommandError("A lesson goes from one person to another.")
        recording, playable_ms = self._received(path, curator)
        if recording.status in {Recording.Status.FAILED, Recording.Status.RECEIVING}:
            raise CommandError(f"{path.name}: {sentence_for(recording)}")
        title = one_line(options["title"] or path.stem)[:TITLE_LENGTH]
        delivery = _delivered(recording, curator, learner, title, options["kind"])
        self._print(
            {
                "url": settings.BASE_URL + reverse("lessons:delivery", args=[delivery.pk]),
                "status": str(recording.status),
                "playable_ms": playable_ms,
                "sha256": recording.sha256,
            },
            as_json=options["json"],
        )

    def _received(self, path: Path, owner: User) -> tuple[Recording, int]:
        """The recording, prepared, and the milliseconds from its last byte until then."""
        media_pool().fill()
        with byte_progress() as bar:
            task = bar.add_task(path.name, total=path.stat().st_size)
            try:
                recording = receive_file(
                    path,
                    owner=owner,
                    filename=one_line(path.name),
                    now=timezone.now(),
                    progress=lambda count: bar.advance(task, count),
                )
            except (OSError, UploadRefusedError, FileChangedError, VaultError) as error:
                raise CommandError(str(error) or f"{path.name} could not be taken in.") from error
            last_byte = time.perf_counter()
            recording = prepare_recording(recording, now=timezone.now())
            return recording, round((time.perf_counter() - last_byte) * 1000)

    def _print(self, answer: dict[str, Any], *, as_json: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(answer))
            return
        for name, value in answer.items():
            self.stdout.write(f"{name}: {value}")


def _person(mail: str, *, guides: bool) -> User:
    try:
        validate_email(mail)
    except ValidationError as error:
        raise CommandError(f"“{mail}” is not a mail address.") from error
    user, _ = find_or_make_account(mail, guides=guides)
    return user


def _delivered(recording: Recording, curator: User, learner: User, title: str, kind: str) -> Delivery:
    now = timezone.now()
    connection = connect(curator, learner, now=now)
    lesson = start_draft(by=curator, kind=Lesson.Kind(kind), meant_for=connection, now=now)
    save_draft(lesson, {"title": title, "recording": recording}, by=curator, now=now)
    return deliver_lesson(lesson, connection, note="", by=curator, now=now)
