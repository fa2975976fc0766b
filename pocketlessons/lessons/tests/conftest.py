"""What the tests of lessons share: recordings that play, lessons, and one that is given."""

import datetime
from collections.abc import Callable

import pytest

from pocketlessons.lessons.actions.delivering import deliver_lesson
from pocketlessons.lessons.actions.drafting import save_draft, start_draft
from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection, User


@pytest.fixture
def make_recording(now: datetime.datetime) -> Callable[..., Recording]:
    def make(owner: User, **fields: object) -> Recording:
        shape: dict[str, object] = {"duration_ms": 580_000, "width": 1280, "height": 720}
        shape |= {"status": Recording.Status.SETTLED, "media_type": "video/mp4", "codecs": "avc1.640020"}
        shape |= {"playback": Recording.Playback.VIRTUAL, "original_name": "VID_1.mp4"}
        return Recording.objects.create(owner=owner, created_at=now, **(shape | fields))

    return make


@pytest.fixture
def recording(make_recording: Callable[..., Recording], curator: User) -> Recording:
    return make_recording(curator)


@pytest.fixture
def lesson(connection: Connection, recording: Recording, curator: User, now: datetime.datetime) -> Lesson:
    draft = start_draft(by=curator, kind="lesson", meant_for=connection, now=now)
    words = {"title": "String crossings", "takeaways": ["The elbow leads"], "recording": recording}
    return save_draft(draft, words, by=curator, now=now)  # type: ignore[arg-type]


@pytest.fixture
def delivery(lesson: Lesson, connection: Connection, curator: User, now: datetime.datetime) -> Delivery:
    return deliver_lesson(lesson, connection, note="Slowly, Maya.", by=curator, now=now)
