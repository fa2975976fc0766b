"""One contract for every place where blobs may lie."""

import os
import stat
import uuid
from pathlib import Path

import pytest

from pocketlessons.lib.vault.errors import (
    BlobBusyError,
    BlobMissingError,
    VaultError,
    VaultFullError,
    disk_errors,
)
from pocketlessons.lib.vault.local import LocalStore
from pocketlessons.lib.vault.memory import MemoryStore
from pocketlessons.lib.vault.store import Blob, BlobStore

BLOB = Blob(uuid.UUID(int=7), "source")


@pytest.fixture(params=["local", "memory"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> BlobStore:
    return LocalStore(tmp_path / "vault") if request.param == "local" else MemoryStore()


def append(store: BlobStore, offset: int, content: bytes) -> None:
    writer = store.writer(BLOB, offset=offset)
    writer.write(content)
    writer.flush()
    writer.close()


def test_it_appends_and_reads_any_part(store: BlobStore) -> None:
    append(store, 0, b"pocket ")
    append(store, 7, b"lessons")
    reader = store.reader(BLOB)
    assert reader.size == store.size(BLOB) == 14
    assert reader.read_at(3, 8) == b"ket less"
    assert reader.read_at(12, 100) == b"ns"
    assert reader.read_at(99, 5) == b""


def test_a_new_writer_cuts_what_was_not_acknowledged(store: BlobStore) -> None:
    append(store, 0, b"acknowledged, and then some")
    append(store, 12, b"!")
    assert store.reader(BLOB).read_at(0, 99) == b"acknowledged!"


def test_a_blob_shorter_than_acknowledged_is_an_error_and_frees_the_blob(store: BlobStore) -> None:
    append(store, 0, b"short")
    with pytest.raises(VaultError, match="ends at 5, before 9"):
        store.writer(BLOB, offset=9)
    append(store, 5, b"er")
    assert store.size(BLOB) == 7


def test_a_second_writer_is_turned_away_until_the_first_lets_go(store: BlobStore) -> None:
    first = store.writer(BLOB, offset=0)
    with pytest.raises(BlobBusyError):
        store.writer(BLOB, offset=0)
    first.close()
    first.close()
    store.writer(BLOB, offset=0).close()


def test_a_closed_writer_writes_no_more(store: BlobStore) -> None:
    writer = store.writer(BLOB, offset=0)
    writer.close()
    with pytest.raises(VaultError):
        writer.write(b"late")


def test_put_replaces_the_whole_blob(store: BlobStore) -> None:
    store.put(BLOB, b"the first plan")
    store.put(BLOB, b"the second")
    assert store.reader(BLOB).read_at(0, 99) == b"the second"


def test_erasing_takes_every_blob_of_that_recording_only(store: BlobStore) -> None:
    other = Blob(uuid.UUID(int=8), "source")
    for blob in (BLOB, Blob(BLOB.recording_id, "poster"), other):
        store.put(blob, b"x")
    store.erase(BLOB.recording_id)
    store.erase(BLOB.recording_id)
    assert not store.has(BLOB)
    assert store.has(other)
    assert store.size(BLOB) == 0
    with pytest.raises(BlobMissingError):
        store.reader(BLOB)


@pytest.mark.parametrize("name", ["", "..", "a/b", "Plan", "a\0b", "x" * 33])
def test_a_name_that_could_wander_is_refused(name: str) -> None:
    with pytest.raises(ValueError, match="no name"):
        Blob(BLOB.recording_id, name)


def test_files_and_folders_are_for_the_owner_only(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "vault")
    store.put(BLOB, b"x")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in store.root.rglob("*") if path.is_dir()}
    assert modes == {0o700}
    assert stat.S_IMODE(store.path(BLOB).stat().st_mode) == 0o600
    assert [path.name for path in store.path(BLOB).parent.iterdir()] == ["source"]


def test_it_follows_no_link_out_of_the_folder(tmp_path: Path) -> None:
    store = LocalStore(tmp_path / "vault")
    secret = tmp_path / "secret"
    secret.write_bytes(b"secret")
    store.put(BLOB, b"x")
    store.path(BLOB).unlink()
    store.path(BLOB).symlink_to(secret)
    with pytest.raises(VaultError):
        store.reader(BLOB)
    with pytest.raises(VaultError):
        store.writer(BLOB, offset=0)
    assert secret.read_bytes() == b"secret"


def test_a_full_disk_is_told_from_a_broken_one() -> None:
    with pytest.raises(VaultFullError), disk_errors(), Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")
    with pytest.raises(VaultError, match="Input/output error") as caught, disk_errors():
        raise OSError(5, os.strerror(5))
    assert not isinstance(caught.value, VaultFullError)
