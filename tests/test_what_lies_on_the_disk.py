"""Whoever takes the disk without its keys learns nothing of what was recorded."""

import tempfile
from pathlib import Path

import pytest
from django.conf import LazySettings

from pocketlessons.media.actions.erasing import erase_recording
from tests.world import make_world

HEAD_BYTES = 64 * 1024
WINDOW_BYTES = 32


@pytest.fixture
def disk(db: None, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder in which all is stored that a request or a task stores, temporary files included."""
    settings.VAULT = tmp_path / "vault"
    settings.MASTER_KEY_FILE = tmp_path / "master-key"
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    return tmp_path


def test_no_stored_byte_can_be_read(disk: Path, film: Path) -> None:
    world = make_world(film)
    assert world.recording.has_poster
    files = [path for path in disk.rglob("*") if path.is_file()]
    stored = b"".join(path.read_bytes() for path in files)
    assert len(stored) > film.stat().st_size
    head = film.read_bytes()[:HEAD_BYTES]
    windows = (head[at : at + WINDOW_BYTES] for at in range(0, len(head) - WINDOW_BYTES, WINDOW_BYTES))
    assert not [window for window in windows if window in stored]
    for telling in (b"film", b"JFIF", b"moof", b"avc1"):
        assert telling not in stored
        assert not [path for path in files if telling.decode() in path.name]
    assert not list((disk / "temporary").iterdir())


def test_nobody_else_on_the_machine_can_open_it(disk: Path, film: Path) -> None:
    make_world(film)
    for path in [disk / "master-key", disk / "vault", *(disk / "vault").rglob("*")]:
        assert path.stat().st_mode & 0o077 == 0, path


def test_erased_it_is_gone_from_the_disk(disk: Path, film: Path) -> None:
    world = make_world(film)
    kept = world.recording.pk.hex
    assert [path for path in disk.rglob("*") if kept in str(path)]
    assert erase_recording(world.recording, by=world.people["curator"], now=world.now)
    assert not [path for path in disk.rglob("*") if kept in str(path)]
    assert (world.recording.wrapped_key, world.recording.original_name) == (None, "")
