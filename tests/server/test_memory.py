"""Large files leave the server's memory as it was."""

import hashlib
import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.server.web import MIB, OCTETS, Curator, WebServer

LENGTH = 2 * 1024 * MIB
ALLOWED = 64 * MIB
BLOCK = hashlib.sha512(b"lesson").digest() * (MIB // 64)


@pytest.fixture(scope="module")
def recording_path(server: WebServer, curator: Curator) -> Iterator[str]:
    """Of a recording of 2 GiB, uploaded in one request while memory was watched."""
    _warm_up(curator)
    path = curator.begin(LENGTH)
    with _memory_watched(server):
        body = (BLOCK for _ in range(LENGTH // MIB))
        answer = curator.ask(
            "PATCH", path, body, Content_Type=OCTETS, Upload_Offset="0", Content_Length=str(LENGTH)
        )
        assert answer.status == 204
    assert int(answer.headers["Upload-Offset"]) == LENGTH
    yield f"/recordings/{curator.recording_id}/original"
    for file in (server.data / "vault").rglob("source"):
        file.unlink()


def test_two_gib_come_in_with_flat_memory(server: WebServer, curator: Curator, recording_path: str) -> None:
    digest = hashlib.sha256()
    for _ in range(LENGTH // MIB):
        digest.update(BLOCK)
    assert recording_path
    assert server.stored_sha256(curator.recording_id) == digest.hexdigest()


def test_a_range_of_two_mib_goes_out_with_flat_memory(
    server: WebServer, curator: Curator, recording_path: str
) -> None:
    start = LENGTH // 2 + 1
    with _memory_watched(server):
        part = _get(curator, recording_path, f"bytes={start}-{start + 2 * MIB - 1}")
    assert part == (BLOCK[1:] + BLOCK + BLOCK[:1])
    with _memory_watched(server):
        for _ in range(20):
            assert len(_get(curator, recording_path, f"bytes={start}-{start + 2 * MIB - 1}")) == 2 * MIB


def test_an_abandoned_download_goes_out_with_flat_memory(
    server: WebServer, curator: Curator, recording_path: str
) -> None:
    with _memory_watched(server):
        for _ in range(5):
            connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
            connection.request("GET", recording_path, headers=curator.headers)
            assert len(connection.getresponse().read(3 * MIB)) == 3 * MIB
            connection.close()


def _warm_up(curator: Curator) -> None:
    """What is loaded once at the first upload is no growth."""
    path = curator.begin(10 * MIB)
    curator.send(path, 0, BLOCK * 10)
    _get(curator, f"/recordings/{curator.recording_id}/original", "bytes=0-100")


def _get(curator: Curator, path: str, wanted: str) -> bytes:
    connection = http.client.HTTPConnection("127.0.0.1", curator.server.port, timeout=60)
    connection.request("GET", path, headers=curator.headers | {"Range": wanted})
    answer = connection.getresponse()
    content = answer.read()
    connection.close()
    assert answer.status == 206, content
    return content


@contextmanager
def _memory_watched(server: WebServer) -> Iterator[None]:
    """Fails when the server ever holds 64 MB more than at the beginning."""
    idle = peak = server.resident_bytes()
    done = threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.05):
            peak = max(peak, server.resident_bytes())

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.monotonic()
    try:
        yield
    finally:
        done.set()
        watcher.join()
    print(f"idle {idle / MIB:.0f} MB, peak {peak / MIB:.0f} MB, {time.monotonic() - began:.1f} s")
    assert peak - idle < ALLOWED
