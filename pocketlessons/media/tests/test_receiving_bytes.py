"""What is acknowledged is stored, whoever else writes, and however a body ends."""

import contextlib
import datetime
import hashlib
import threading
import uuid
from collections.abc import Callable
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import OperationalError, connection
from django.utils import timezone

from pocketlessons.lib.vault import VaultFullError, current_vault
from pocketlessons.lib.vault.local import LocalWriter
from pocketlessons.media.actions.receiving import (
    COMMIT_BYTES,
    FileChangedError,
    OffsetMismatchError,
    durable_offset,
    receive_bytes,
    receive_file,
)
from pocketlessons.media.actions.uploading import QuotaReachedError, abandon_upload, begin_upload
from pocketlessons.media.models import Recording, Upload
from pocketlessons.media.receiving.writers import WRITERS, FencedOffError, TooManyBodiesError, Writer
from pocketlessons.people.models import User

CONTENT = bytes(range(256)) * 100


class Pieces:
    """A body whose pieces arrive one by one; a piece that is a function runs first, as if the world went on."""

    def __init__(self, *pieces: bytes | Callable[[], None]) -> None:
        self._pieces = list(pieces)

    def read(self, length: int, /) -> bytes:
        while self._pieces:
            piece = self._pieces.pop(0)
            if isinstance(piece, bytes):
                assert len(piece) <= length
                return piece
            piece()
        return b""


@pytest.fixture
def upload(curator: User, now: datetime.datetime) -> Upload:
    return begin_upload(by=curator, length=len(CONTENT), filename="", now=now)


def again(upload: Upload) -> Upload:
    """The same upload as another request finds it."""
    return Upload.objects.select_related("recording").get(pk=upload.pk)


def stored(upload: Upload) -> bytes:
    source = current_vault().source(upload.recording_id, again(upload).recording.wrapped_key)
    return source.read_at(0, source.size)


def test_a_cut_body_keeps_what_arrived(upload: Upload) -> None:
    receive_bytes(upload, Pieces(CONTENT[:100], CONTENT[100:150]), offset=0, clock=timezone.now)
    assert (upload.offset_bytes, again(upload).offset_bytes) == (150, 150)
    assert stored(upload) == CONTENT[:150]


def test_a_long_body_is_acknowledged_on_the_way(curator: User, now: datetime.datetime) -> None:
    upload = begin_upload(by=curator, length=COMMIT_BYTES * 2, filename="", now=now)
    seen: list[int] = []
    piece = bytes(1024 * 128)
    pieces = [piece] * (COMMIT_BYTES // len(piece) + 1)
    receive_bytes(
        upload, Pieces(*pieces, lambda: seen.append(again(upload).offset_bytes)), offset=0, clock=timezone.now
    )
    assert seen == [COMMIT_BYTES]
    assert again(upload).offset_bytes == COMMIT_BYTES + len(piece)


def test_a_newer_request_takes_over_and_the_older_writes_no_more(upload: Upload) -> None:
    def take_over() -> None:
        receive_bytes(again(upload), Pieces(CONTENT[:300]), offset=0, clock=timezone.now)

    with pytest.raises(FencedOffError):
        receive_bytes(upload, Pieces(b"old" * 50, take_over, b"old" * 500), offset=0, clock=timezone.now)
    assert again(upload).offset_bytes == 300
    assert stored(upload) == CONTENT[:300]
    receive_bytes(again(upload), Pieces(CONTENT[300:]), offset=300, clock=timezone.now)
    assert again(upload).recording.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_of_two_that_claim_the_same_bytes_one_is_refused(upload: Upload) -> None:
    first, second = again(upload), again(upload)
    receive_bytes(first, Pieces(), offset=0, clock=timezone.now)
    with pytest.raises(OffsetMismatchError):
        receive_bytes(second, Pieces(CONTENT), offset=0, clock=timezone.now)


def test_giving_up_while_bytes_arrive_leaves_nothing(upload: Upload, settings: LazySettings) -> None:
    def give_up() -> None:
        abandon_upload(again(upload), now=timezone.now())

    with pytest.raises(FencedOffError):
        receive_bytes(upload, Pieces(b"x" * 99, give_up, b"y"), offset=0, clock=timezone.now)
    assert Recording.objects.get().status == Recording.Status.ERASED
    assert not [each for each in settings.VAULT.rglob("*") if each.is_file()]


def test_what_the_disk_lost_is_not_claimed_to_be_there(upload: Upload, settings: LazySettings) -> None:
    receive_bytes(upload, Pieces(CONTENT[:500]), offset=0, clock=timezone.now)
    with next(settings.VAULT.rglob("source")).open("r+b") as file:
        file.truncate(200)
    assert durable_offset(again(upload)) == 200
    receive_bytes(again(upload), Pieces(CONTENT[200:]), offset=200, clock=timezone.now)
    assert again(upload).recording.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_full_disk_loses_nothing_that_was_acknowledged(
    upload: Upload, monkeypatch: pytest.MonkeyPatch
) -> None:
    receive_bytes(upload, Pieces(CONTENT[:500]), offset=0, clock=timezone.now)

    def full(_: LocalWriter) -> None:
        raise VaultFullError("the vault's disk is full")

    with monkeypatch.context() as patch:
        patch.setattr(LocalWriter, "flush", full)
        with pytest.raises(VaultFullError):
            receive_bytes(again(upload), Pieces(CONTENT[500:900]), offset=500, clock=timezone.now)
    assert durable_offset(again(upload)) == 500
    receive_bytes(again(upload), Pieces(CONTENT[500:]), offset=500, clock=timezone.now)
    assert again(upload).recording.sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_one_person_may_send_four_bodies_at_once(curator: User, now: datetime.datetime) -> None:
    uploads = [begin_upload(by=curator, length=9, filename="", now=now) for _ in range(5)]
    with contextlib.ExitStack() as arriving:
        for each in uploads[:4]:
            arriving.enter_context(WRITERS.writing(each.pk, Writer(curator.pk, epoch=1)))
        with pytest.raises(TooManyBodiesError):
            arriving.enter_context(WRITERS.admitted(uploads[4].pk, curator.pk))
        arriving.enter_context(WRITERS.admitted(uploads[3].pk, curator.pk))  # taking over is no fifth
    with WRITERS.admitted(uploads[4].pk, curator.pk):
        pass


def test_bodies_leave_half_of_the_threads_to_pages(settings: LazySettings) -> None:
    settings.WEB_THREADS = 16
    with contextlib.ExitStack() as arriving:
        for _ in range(8):
            arriving.enter_context(WRITERS.admitted(uuid.uuid4(), uuid.uuid4()))
        with pytest.raises(TooManyBodiesError):
            arriving.enter_context(WRITERS.admitted(uuid.uuid4(), uuid.uuid4()))
    with WRITERS.admitted(uuid.uuid4(), uuid.uuid4()):
        pass


@pytest.mark.django_db(transaction=True)
def test_threads_that_fight_for_one_upload_lose_no_byte(upload: Upload) -> None:
    threads = [threading.Thread(target=_push_until_done, args=[upload]) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert again(upload).recording.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert stored(upload) == CONTENT


def _push_until_done(upload: Upload) -> None:
    # The tests' database in memory locks whole tables among threads: OperationalError is its way to say "again".
    with contextlib.closing(connection):
        for _ in range(2000):
            with contextlib.suppress(FencedOffError, OffsetMismatchError, OperationalError):
                mine = again(upload)
                start = mine.offset_bytes
                if start == len(CONTENT):
                    return
                receive_bytes(mine, Pieces(CONTENT[start : start + 2500]), offset=start, clock=timezone.now)


def test_a_local_file_becomes_a_recording(curator: User, now: datetime.datetime, tmp_path: Path) -> None:
    path = tmp_path / "lesson.mp4"
    path.write_bytes(CONTENT)
    told: list[int] = []
    recording = receive_file(path, owner=curator, filename="lesson.mp4", now=now, progress=told.append)
    assert sum(told) == recording.size_bytes == len(CONTENT)
    assert recording.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert recording.status == Recording.Status.RECEIVING
    assert recording.received_at is not None


def test_a_file_that_does_not_fit_or_shrinks_leaves_nothing(
    curator: User, now: datetime.datetime, tmp_path: Path, settings: LazySettings
) -> None:
    path = tmp_path / "lesson.mp4"
    path.write_bytes(CONTENT)
    settings.QUOTA_BYTES = len(CONTENT) - 1
    with pytest.raises(QuotaReachedError):
        receive_file(path, owner=curator, filename="", now=now)
    settings.QUOTA_BYTES = 600_000
    path.write_bytes(bytes(600_000))

    def shrink(_: int) -> None:
        path.write_bytes(b"")

    with pytest.raises(FileChangedError):
        receive_file(path, owner=curator, filename="", now=now, progress=shrink)
    assert not [each for each in settings.VAULT.rglob("*") if each.is_file()]
