"""The vault gives back what it was given, to the byte, and shows nothing to whoever has only the disk."""

import base64
import pickle
import uuid
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pocketlessons.lib.vault import BlobMissingError, SourceHandle, Vault, VaultError, keys
from pocketlessons.lib.vault.cipher import apply_at
from pocketlessons.lib.vault.local import LocalStore
from pocketlessons.lib.vault.memory import MemoryStore

RECORDING = uuid.UUID(int=1)
PLAINTEXT = bytes(range(256)) * 64


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    return Vault(LocalStore(tmp_path / "vault"), keys.master_key(tmp_path / "master-key"))


def stored(vault: Vault, wrapped_key: bytes, *, piece: int = 1000) -> None:
    source = vault.source(RECORDING, wrapped_key)
    for start in range(0, len(PLAINTEXT), piece):
        with source.appender(start) as appender:
            appender.write(PLAINTEXT[start : start + piece])
            appender.flush()


@given(
    content=st.binary(max_size=200),
    offset=st.integers(0, 2**50),
    cut=st.integers(0, 200),
)
def test_the_cipher_may_start_anywhere(content: bytes, offset: int, cut: int) -> None:
    key = bytes(32)
    whole = apply_at(key, offset, content)
    assert apply_at(key, offset, whole) == content
    assert apply_at(key, offset + cut, whole[cut:]) == content[cut:]


def test_any_part_of_a_source_reads_as_it_was_written(vault: Vault) -> None:
    key = vault.new_wrapped_key()
    stored(vault, key)
    source = vault.source(RECORDING, key)
    assert source.size == len(PLAINTEXT)
    assert source.read_at(0, len(PLAINTEXT)) == PLAINTEXT
    assert source.read_at(4999, 17) == PLAINTEXT[4999:5016]
    assert source.open().read_at(len(PLAINTEXT) - 3, 99) == PLAINTEXT[-3:]


def test_the_disk_holds_no_plaintext(vault: Vault, tmp_path: Path) -> None:
    key = vault.new_wrapped_key()
    stored(vault, key)
    vault.put_small(RECORDING, key, "plan", PLAINTEXT)
    for path in (tmp_path / "vault").rglob("*"):
        if path.is_file():
            assert PLAINTEXT[:16] not in path.read_bytes()


def test_no_two_blobs_share_a_keystream(vault: Vault) -> None:
    key = keys.new_key()
    assert len({keys.blob_key(key, name) for name in ("source", "plan", "poster")} | {key}) == 4


def test_another_process_reads_through_the_handle(vault: Vault) -> None:
    key = vault.new_wrapped_key()
    stored(vault, key)
    handle = vault.source_handle(RECORDING, key)
    assert handle.key.hex() not in repr(handle)
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        assert pool.submit(read_elsewhere, pickle.dumps(handle)).result() == PLAINTEXT[100:200]


def read_elsewhere(pickled: bytes) -> bytes:
    handle: SourceHandle = pickle.loads(pickled)  # noqa: S301
    return handle.open().read_at(100, 100)


def test_small_blobs_come_back_and_notice_a_changed_bit(vault: Vault, tmp_path: Path) -> None:
    key = vault.new_wrapped_key()
    assert not vault.has_small(RECORDING, key, "poster")
    with pytest.raises(BlobMissingError):
        vault.get_small(RECORDING, key, "poster")
    vault.put_small(RECORDING, key, "poster", b"a picture")
    assert vault.has_small(RECORDING, key, "poster")
    assert vault.get_small(RECORDING, key, "poster") == b"a picture"
    path = next((tmp_path / "vault").rglob("poster"))
    damaged = bytearray(path.read_bytes())
    damaged[-1] ^= 1
    path.write_bytes(damaged)
    with pytest.raises(VaultError, match="altered"):
        vault.get_small(RECORDING, key, "poster")


def test_an_erased_recording_is_gone_with_its_key(vault: Vault) -> None:
    key = vault.new_wrapped_key()
    stored(vault, key)
    vault.erase(RECORDING)
    with pytest.raises(BlobMissingError):
        vault.source(RECORDING, key).read_at(0, 1)
    with pytest.raises(BlobMissingError):
        vault.source(RECORDING, None)


def test_a_key_wrapped_elsewhere_opens_nothing(vault: Vault) -> None:
    foreign = Vault(MemoryStore(), keys.new_key()).new_wrapped_key()
    with pytest.raises(VaultError, match="master key"):
        vault.source(RECORDING, foreign)


def test_rotation_wraps_again_and_touches_no_blob() -> None:
    store, old, new = MemoryStore(), keys.new_key(), keys.new_key()
    before = Vault(store, old)
    wrapped = before.new_wrapped_key()
    stored(before, wrapped)
    rewrapped = keys.rewrap(wrapped, old=old, new=new)
    assert Vault(store, new).source(RECORDING, rewrapped).read_at(0, 64) == PLAINTEXT[:64]


def test_the_master_key_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "keys" / "master"
    key = keys.master_key(path)
    assert keys.master_key(path) == key
    assert len(key) == 32
    assert path.stat().st_mode & 0o777 == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_a_master_key_open_to_others_or_damaged_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "master"
    keys.master_key(path)
    path.chmod(0o640)
    with pytest.raises(VaultError, match="0600"):
        keys.master_key(path)
    path.chmod(0o600)
    for content in (b"", b"no base 64", b"\xff", base64.b64encode(b"short")):
        path.write_bytes(content)
        with pytest.raises(VaultError, match="does not hold a key"):
            keys.master_key(path)
