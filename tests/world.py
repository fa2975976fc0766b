"""A small world for the access matrix: one lesson given, one draft, one upload on its way, one open invitation."""

import datetime
import uuid
from dataclasses import dataclass
from pathlib import Path

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from pocketlessons.lessons.actions.delivering import deliver_lesson, unsend_delivery
from pocketlessons.lessons.actions.drafting import save_draft, start_draft
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.actions.preparing import prepare_recording
from pocketlessons.media.actions.receiving import receive_file
from pocketlessons.media.actions.uploading import begin_upload
from pocketlessons.media.models import Recording, Upload
from pocketlessons.media.processing.settling import settle
from pocketlessons.people.actions.inviting import invite
from pocketlessons.people.actions.signing_in import make_sign_in_link
from pocketlessons.people.models import Connection, Invitation, User
from tests.access_matrix import MATRIX


@dataclass
class World:
    """The people by the names of the matrix, and the things that its rows are about."""

    people: dict[str, User]
    lesson: Lesson
    delivery: Delivery
    recording: Recording
    upload: Upload
    invitation: Invitation
    invitation_token: str
    sign_in_token: str
    now: datetime.datetime

    def client(self, person: str) -> Client:
        client = Client(SERVER_NAME="127.0.0.1")
        if person in self.people:
            client.force_login(self.people[person])
        return client

    def url(self, name: str) -> str:
        thing = MATRIX[name].thing
        if not thing:
            return reverse(name)
        if thing == "mail":
            return reverse(name, args=["nothing"])
        found = getattr(self, thing)
        return reverse(name, args=[found if isinstance(found, str) else found.pk])

    def unsend(self) -> None:
        unsend_delivery(self.delivery, by=self.people["curator"], now=self.now)


def make_world(film: Path) -> World:
    now = timezone.now()
    ines, maya, leo, tomas = (_person(name) for name in ("Ines", "Maya", "Leo", "Tomas"))
    connection = Connection.objects.create(curator=ines, learner=maya, started_at=now)
    Connection.objects.create(curator=ines, learner=leo, started_at=now)
    Connection.objects.create(curator=tomas, learner=_person("Nora"), started_at=now)
    recording = _recording(film, ines, now)
    lesson = start_draft(by=ines, kind=Lesson.Kind.LESSON, meant_for=connection, now=now)
    save_draft(lesson, {"title": "Bars 9–14", "recording": recording}, by=ines, now=now)
    delivery = deliver_lesson(lesson, connection, note="", by=ines, now=now)
    upload = begin_upload(by=ines, length=1000, filename="take.mp4", now=now)
    fresh = invite(by=ines, name="Nadia", email="", now=now)
    people = {"stranger": tomas, "other learner": leo, "learner": maya, "curator": ines}
    link = make_sign_in_link(maya, now=now)
    return World(people, lesson, delivery, recording, upload, fresh.invitation, fresh.token, link, now)


def _person(name: str) -> User:
    return User.objects.create_user(
        f"{name.lower()}-{uuid.uuid4().hex[:6]}@example.org", name=name, guides=name in {"Ines", "Tomas"}
    )


def _recording(film: Path, owner: User, now: datetime.datetime) -> Recording:
    recording = prepare_recording(receive_file(film, owner=owner, filename="film.mp4", now=now), now=now)
    settle(recording, now=now)
    recording.refresh_from_db()
    return recording
