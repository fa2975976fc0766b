"""What a curator's lists show of each lesson, in plain columns: pages of models would cost several times as much."""

import datetime
import uuid
from typing import NamedTuple

from pocketlessons.lessons.models import Delivery, Lesson, LessonQuerySet
from pocketlessons.lib.http.addresses import address_of
from pocketlessons.lib.paging import Page, after, page_of
from pocketlessons.people.models import Connection, User


class Receiver(NamedTuple):
    """Somebody who has a lesson."""

    name: str
    face: str


class Shelved(NamedTuple):
    """One lesson on a shelf: sent, or not yet."""

    pk: uuid.UUID
    moment: datetime.datetime
    title: str
    kind: str
    recording_id: uuid.UUID | None
    recording_kind: str | None
    recording_status: str | None
    has_poster: bool | None
    duration_ms: int | None
    meant_for_name: str | None
    meant_for_email: str | None
    meant_for_status: str | None
    receivers: tuple[Receiver, ...] = ()

    @property
    def href(self) -> str:
        return address_of("lessons:lesson", self.pk)

    @property
    def poster(self) -> str:
        if not self.recording_id or not self.has_poster:
            return ""
        return address_of("media:recording-poster", self.recording_id)

    @property
    def meant_for(self) -> str:
        """The first name of whom it is for; empty where that is open."""
        if self.meant_for_status != Connection.Status.ACTIVE:
            return ""
        return _shown(self.meant_for_name or "", self.meant_for_email or "").split()[0]


def drafts_of(author: User, count: int) -> list[Shelved]:
    """What is not sent yet, the last touched first."""
    return _read(Lesson.objects.written_by(author).drafts(), count)


def library_of(author: User, *, search: str, before: str, size: int) -> Page[Shelved]:
    """What was sent and who has it, by a part of its title."""
    sent = Lesson.objects.written_by(author).sent().filter(after(before, moment="updated_at"))
    found = _read(sent.filter(title__icontains=search) if search else sent, size + 1)
    page = page_of(found, size)
    having = _receivers([row.pk for row in page.rows])
    return Page([row._replace(receivers=tuple(having[row.pk])) for row in page.rows], page.next_key)


def _read(lessons: LessonQuerySet, count: int) -> list[Shelved]:
    columns = ["pk", "updated_at", "title", "kind"]
    columns += [f"recording__{name}" for name in ("id", "kind", "status", "has_poster", "duration_ms")]
    columns += ["meant_for__learner__name", "meant_for__learner__email", "meant_for__status"]
    ordered = lessons.order_by("-updated_at", "-pk")[:count]
    return [Shelved(*row) for row in ordered.values_list(*columns)]


def _receivers(lesson_ids: list[uuid.UUID]) -> dict[uuid.UUID, list[Receiver]]:
    """Whoever has them, the latest first."""
    having: dict[uuid.UUID, list[Receiver]] = {pk: [] for pk in lesson_ids}
    standing = Delivery.objects.standing().filter(lesson__in=lesson_ids).order_by("-sent_at")
    columns = [f"connection__learner__{name}" for name in ("name", "email", "face")]
    for lesson_id, name, email, face in standing.values_list("lesson_id", *columns):
        having[lesson_id].append(Receiver(_shown(name, email), face))
    return having


def _shown(name: str, email: str) -> str:
    return name or email.partition("@")[0]
