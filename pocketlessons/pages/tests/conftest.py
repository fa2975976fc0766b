"""What the tests of pages share: somebody who gives, in one call."""

import datetime
from collections.abc import Callable

import pytest

from pocketlessons.lessons.models import Delivery, Lesson
from pocketlessons.media.models import Recording
from pocketlessons.people.models import Connection

Give = Callable[..., Delivery]


@pytest.fixture
def give(now: datetime.datetime) -> Give:
    """`give(connection, "Title", hours=3)`: sent three hours ago, with a recording that plays."""

    def give(connection: Connection, title: str, *, hours: float = 0, kind: str = "lesson") -> Delivery:
        at = now - datetime.timedelta(hours=hours)
        curator = connection.curator
        recording = Recording.objects.create(
            owner=curator, status="settled", playback="virtual", duration_ms=580_000, created_at=at
        )
        lesson = Lesson.objects.create(
            author=curator,
            title=title,
            is_out=True,
            kind=kind,
            recording=recording,
            created_at=at,
            updated_at=at,
        )
        return Delivery.objects.create(lesson=lesson, connection=connection, sender=curator, sent_at=at)

    return give
