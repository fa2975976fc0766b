"""A recording plays once its last byte is here, and doing it twice changes nothing."""

import datetime
from collections.abc import Callable

import pytest
from django_tasks_db.models import DBTaskResult

from mediakit.tests import clips
from mediakit.virtual import VirtualFile
from pocketlessons.lib.vault import current_vault
from pocketlessons.media.actions.erasing import erase_recording
from pocketlessons.media.actions.preparing import prepare_recording
from pocketlessons.media.models import Recording
from pocketlessons.people.models import User

pytestmark = pytest.mark.django_db
Receive = Callable[..., Recording]


def test_a_phones_film_becomes_playable_as_a_virtual_file(prepared: Receive, now: datetime.datetime) -> None:
    recording = prepared(clips.phone())
    assert (recording.status, recording.playback, recording.media_type) == (
        "playable",
        "virtual",
        "video/mp4",
    )
    assert (recording.kind, recording.container, recording.width, recording.height) == (
        "video",
        "mp4",
        160,
        90,
    )
    assert 1400 <= recording.duration_ms <= 1600
    assert recording.codecs.startswith("avc1.")
    assert recording.playable_at == now
    stored = current_vault().get_small(recording.pk, recording.wrapped_key, "plan")
    assert VirtualFile.from_bytes(stored).media_type == "video/mp4"


def test_its_poster_is_asked_for_in_the_same_transaction(prepared: Receive) -> None:
    recording = prepared(clips.phone())
    waiting = DBTaskResult.objects.get()
    assert waiting.args_kwargs["args"] == [str(recording.pk)]


def test_a_second_time_changes_nothing(prepared: Receive, now: datetime.datetime) -> None:
    recording = prepared(clips.phone())
    before = Recording.objects.values().get()
    stale = Recording.objects.get()
    stale.status = Recording.Status.RECEIVING
    again = prepare_recording(stale, now=now + datetime.timedelta(hours=1))
    prepare_recording(recording, now=now + datetime.timedelta(hours=1))
    assert again.playable_at == now
    assert Recording.objects.values().get() == before
    assert DBTaskResult.objects.count() == 1


def test_sound_has_nothing_left_to_do(prepared: Receive, now: datetime.datetime) -> None:
    recording = prepared(clips.mp3(), name="hum.mp3")
    assert (recording.status, recording.kind) == ("settled", "audio")
    assert (recording.playback, recording.media_type) == ("as-is", "audio/mpeg")
    assert recording.settled_at == recording.playable_at == now
    assert not DBTaskResult.objects.exists()


def test_what_no_browser_plays_is_kept(prepared: Receive) -> None:
    recording = prepared(clips.avi(), name="old.avi")
    assert (recording.status, recording.kept_because, recording.playback) == ("kept", "avi", "")


def test_what_has_not_arrived_whole_waits(receive: Receive, now: datetime.datetime) -> None:
    recording = receive(clips.phone())
    Recording.objects.update(received_at=None)
    recording.refresh_from_db()
    assert prepare_recording(recording, now=now).status == "receiving"


def test_a_broken_disk_is_not_the_files_fault(receive: Receive, now: datetime.datetime) -> None:
    recording = receive(clips.phone())
    current_vault().erase(recording.pk)
    assert prepare_recording(recording, now=now).status == "receiving"


def test_one_that_was_erased_meanwhile_leaves_nothing(
    receive: Receive, curator: User, now: datetime.datetime
) -> None:
    recording = receive(clips.phone())
    stale = Recording.objects.get()
    erase_recording(recording, by=curator, now=now)
    assert prepare_recording(stale, now=now).status in {"receiving", "erased"}
    assert not current_vault().has_small(recording.pk, None, "plan")
