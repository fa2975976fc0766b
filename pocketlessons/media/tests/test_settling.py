"""After a recording plays its poster is made, once, however often the worker is interrupted."""

import datetime
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django_tasks_db.models import DBTaskResult

from mediakit.tests import clips
from pocketlessons.lib.vault import current_vault
from pocketlessons.media.actions.sweeping import sweep
from pocketlessons.media.actions.working import a_worker_is_there, be_the_worker, take_up_interrupted_tasks
from pocketlessons.media.models import Recording, Upload
from pocketlessons.media.processing.settling import settle
from pocketlessons.people.models import User

pytestmark = pytest.mark.django_db
Receive = Callable[..., Recording]


def run_the_queue() -> None:
    call_command("db_worker", batch=True, startup_delay=False, reload=False, verbosity=0)


@pytest.mark.django_db(transaction=True)  # the worker closes connections that are in a transaction
def test_the_worker_gives_a_film_its_poster(prepared: Receive) -> None:
    recording = prepared(clips.phone())
    run_the_queue()
    recording.refresh_from_db()
    assert (recording.status, recording.has_poster) == ("settled", True)
    assert recording.settled_at is not None
    assert current_vault().get_small(recording.pk, recording.wrapped_key, "poster")[:3] == b"\xff\xd8\xff"


def test_settling_twice_changes_nothing(prepared: Receive, now: datetime.datetime) -> None:
    stale = prepared(clips.phone())
    settle(Recording.objects.get(), now=now)
    settle(stale, now=now + datetime.timedelta(hours=1))
    assert Recording.objects.get().settled_at == now


@pytest.mark.django_db(transaction=True)  # the worker closes connections that are in a transaction
def test_a_task_that_was_interrupted_is_done_by_the_next_worker(prepared: Receive) -> None:
    recording = prepared(clips.phone())
    DBTaskResult.objects.get().claim("killed")
    run_the_queue()
    recording.refresh_from_db()
    assert recording.status == "playable"
    assert take_up_interrupted_tasks() == 1
    run_the_queue()
    recording.refresh_from_db()
    assert recording.status == "settled"


def test_there_is_one_worker_at_a_time(settings: LazySettings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    assert not a_worker_is_there()
    with be_the_worker():
        assert a_worker_is_there()
        with pytest.raises(CommandError, match="already at work"):
            call_command("work")
    assert not a_worker_is_there()


def test_the_sweep_prepares_what_a_crash_left(receive: Receive, now: datetime.datetime) -> None:
    recording = receive(clips.phone())
    sweep(now=now)
    recording.refresh_from_db()
    assert recording.status == "receiving"
    sweep(now=now + datetime.timedelta(minutes=1))
    recording.refresh_from_db()
    assert recording.status == "playable"
    sweep(now=now + datetime.timedelta(minutes=12))
    recording.refresh_from_db()
    assert recording.status == "settled"


def test_the_sweep_forgets_uploads_that_nobody_continues(curator: User, now: datetime.datetime) -> None:
    recording = Recording.objects.create(
        owner=curator, created_at=now, wrapped_key=current_vault().new_wrapped_key()
    )
    Upload.objects.create(recording=recording, owner=curator, length_bytes=9, created_at=now, expires_at=now)
    sweep(now=now + datetime.timedelta(days=8))
    recording.refresh_from_db()
    assert recording.status == "erased"


def test_bytes_that_outlived_their_key_are_swept(
    prepared: Receive, curator: User, now: datetime.datetime
) -> None:
    recording = prepared(clips.wav())
    key = recording.wrapped_key
    Recording.objects.update(status=Recording.Status.ERASED, wrapped_key=None, erased_at=now)
    sweep(now=now)
    assert current_vault().source(recording.pk, key).size == 0


@pytest.mark.server
def test_a_worker_that_is_told_to_stop_ends_and_lets_go(tmp_path: Path) -> None:
    environment = os.environ | {
        "POCKET_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "pocketlessons.config.settings",
    }
    django = [sys.executable, "-m", "django"]
    subprocess.run([*django, "migrate", "-v0"], env=environment, check=True)  # noqa: S603 - our own program
    worker = subprocess.Popen([*django, "work"], env=environment, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        deadline = time.monotonic() + 30
        while not (tmp_path / "worker.lock").exists() and time.monotonic() < deadline:
            assert worker.poll() is None
        doubled = subprocess.run([*django, "work"], env=environment, capture_output=True, check=False)  # noqa: S603
        assert b"already at work" in doubled.stderr
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=15) == 0
    finally:
        worker.kill()
        worker.wait()
