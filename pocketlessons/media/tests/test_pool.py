"""Media processes are shut in, bounded, and never take the pool down with them."""

import os
import signal
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from mediakit.errors import MediaError, Reason
from pocketlessons.lib.vault import BlobMissingError, SourceHandle
from pocketlessons.lib.vault.cipher import apply_at
from pocketlessons.media.processing.pool import MediaPool, MediaPoolError
from pocketlessons.media.processing.worker import tell_layers
from pocketlessons.media.tests import jobs

TIMEOUT_S = 30
BOUNDED_S = 15


@pytest.fixture(scope="module")
def pool() -> Iterator[MediaPool]:
    pool = MediaPool(2)
    yield pool
    pool.close()


@pytest.fixture(autouse=True)
def _lives_on(pool: MediaPool) -> Iterator[None]:
    yield
    assert pool.run(jobs.tell_pid, timeout_s=TIMEOUT_S).fields["pid"] != os.getpid()


@pytest.fixture
def handle(tmp_path: Path) -> SourceHandle:
    key = os.urandom(32)
    stored = tmp_path / "source"
    stored.write_bytes(apply_at(key, 0, b"the plaintext"))
    return SourceHandle(stored, key)


def test_it_reads_the_ciphertext_that_is_handed_over_and_knows_no_variable(
    pool: MediaPool, handle: SourceHandle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POCKET_SECRET_KEY", "hush")
    answer = pool.run(jobs.read_source, source=handle, timeout_s=TIMEOUT_S)
    assert answer.content == b"the plaintext"
    assert answer.fields == {"environment": 0}


def test_every_file_has_a_process_of_its_own(pool: MediaPool) -> None:
    pids = [pool.run(jobs.tell_pid, timeout_s=TIMEOUT_S).fields["pid"] for _ in range(5)]
    assert len(set(pids)) == 5


def test_a_missing_blob_is_not_the_files_fault(pool: MediaPool, tmp_path: Path) -> None:
    with pytest.raises(BlobMissingError):
        pool.run(jobs.read_source, source=SourceHandle(tmp_path / "none", bytes(32)), timeout_s=TIMEOUT_S)


@pytest.mark.parametrize("path", ["/etc/passwd", "/proc/self/environ", "/proc/self/maps"])
def test_it_opens_no_file_of_the_machine(pool: MediaPool, path: str) -> None:
    with pytest.raises(MediaError, match="PermissionError"):
        pool.run(jobs.read_file, path, timeout_s=TIMEOUT_S)


def test_it_opens_neither_the_master_key_nor_another_blob(pool: MediaPool, handle: SourceHandle) -> None:
    key = handle.path.with_name("master-key")
    key.write_text("key")
    for path in (key, handle.path):
        with pytest.raises(MediaError, match="PermissionError"):
            pool.run(jobs.read_file, str(path), timeout_s=TIMEOUT_S)


def test_it_reaches_no_network(pool: MediaPool) -> None:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        with pytest.raises(MediaError, match="PermissionError"):
            pool.run(jobs.open_socket, server.getsockname()[1], timeout_s=TIMEOUT_S)


def test_a_fork_bomb_does_not_go_off(pool: MediaPool) -> None:
    with pytest.raises(MediaError, match="PermissionError"):
        pool.run(jobs.fork_for_ever, timeout_s=TIMEOUT_S)


def test_hunger_for_memory_ends_as_too_complex(pool: MediaPool) -> None:
    with pytest.raises(MediaError) as refused:
        pool.run(jobs.take_all_memory, timeout_s=TIMEOUT_S)
    assert refused.value.reason == Reason.TOO_COMPLEX


@pytest.mark.parametrize("job", [jobs.burn, jobs.sleep_for_ever])
def test_it_is_not_waited_for_longer_than_allowed(pool: MediaPool, job: object) -> None:
    started = time.monotonic()
    with pytest.raises(MediaError) as refused:
        pool.run(job, timeout_s=0.5)  # type: ignore[arg-type]
    assert refused.value.reason == Reason.TIMED_OUT
    assert time.monotonic() - started < BOUNDED_S


def test_a_crash_is_a_verdict_on_the_file(pool: MediaPool) -> None:
    for number, reason in [(signal.SIGSEGV, Reason.INCONSISTENT), (signal.SIGXCPU, Reason.TIMED_OUT)]:
        with pytest.raises(MediaError) as refused:
            pool.run(jobs.die, int(number), timeout_s=TIMEOUT_S)
        assert refused.value.reason == reason


def test_being_stopped_from_outside_is_not(pool: MediaPool) -> None:
    with pytest.raises(MediaPoolError):
        pool.run(jobs.die, int(signal.SIGTERM), timeout_s=TIMEOUT_S)


def test_nonsense_from_a_process_is_never_trusted(pool: MediaPool) -> None:
    with pytest.raises(MediaError) as refused:
        pool.run(jobs.answer_nonsense, timeout_s=TIMEOUT_S)
    assert refused.value.reason == Reason.INCONSISTENT


def test_processes_killed_while_they_wait_are_replaced(pool: MediaPool) -> None:
    pool.fill()
    for worker in list(pool._ready):
        worker._process.kill()
        worker._process.join()
    assert pool.run(jobs.tell_pid, timeout_s=TIMEOUT_S).fields["pid"]


def test_every_wall_stands_on_this_machine(pool: MediaPool) -> None:
    layers = pool.run(tell_layers, timeout_s=TIMEOUT_S).fields["layers"]
    assert isinstance(layers, list)
    assert [line.split("\t")[:2] for line in layers] == [
        [name, "1"] for name in ("environment", "limits", "privileges", "files", "calls")
    ]
