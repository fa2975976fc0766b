"""Recordings that arrived the way real ones do."""

import datetime
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings

from pocketlessons.media.actions import receiving, uploading
from pocketlessons.media.actions.preparing import prepare_recording
from pocketlessons.media.models import Recording
from pocketlessons.people.models import User

Receive = Callable[..., Recording]


@pytest.fixture(autouse=True)
def _small_pool(settings: LazySettings, tmp_path: Path) -> None:
    settings.MEDIA_PROCESSES = 1
    settings.DATA = tmp_path


@pytest.fixture
def receive(curator: User, now: datetime.datetime) -> Receive:
    """The curator's recording of these bytes, whole but not yet looked into."""

    def receive(content: bytes, *, name: str = "morning scales.mp4", owner: User = curator) -> Recording:
        upload = uploading.begin_upload(by=owner, length=len(content), filename=name, now=now)
        receiving.receive_bytes(upload, io.BytesIO(content), offset=0, clock=lambda: now)
        upload.recording.refresh_from_db()
        return upload.recording

    return receive


@pytest.fixture
def prepared(receive: Receive, now: datetime.datetime) -> Receive:
    """The same, looked into."""

    def prepared(content: bytes, **more: str) -> Recording:
        return prepare_recording(receive(content, **more), now=now)

    return prepared
