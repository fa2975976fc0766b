"""Clients and servers that are killed at any moment lose no acknowledged byte."""

import contextlib
import hashlib
import http.client
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.server.web import MIB, Curator, WebServer

KILLS = 50
CLIENT = Path(__file__).with_name("pushing_client.py")


@pytest.fixture(scope="module")
def content() -> bytes:
    return random.Random(7).randbytes(24 * MIB)  # noqa: S311 - a file, not a secret


def test_a_client_killed_fifty_times_loses_nothing(
    server: WebServer, curator: Curator, content: bytes, tmp_path: Path
) -> None:
    file = tmp_path / "lesson.mp4"
    file.write_bytes(content)
    chance = random.Random(11)  # noqa: S311
    path = curator.begin(len(content))
    cut_within = 0
    for _ in range(KILLS):
        acknowledged = curator.offset(path)
        command = [sys.executable, "-S", str(CLIENT), str(server.port), path, str(file), str(acknowledged)]
        command += [f"{key}: {value}" for key, value in curator.headers.items()]
        client = subprocess.Popen(command, stdout=subprocess.PIPE)
        assert client.stdout is not None
        assert client.stdout.readline() == b"sending\n"
        time.sleep(chance.uniform(0, 0.06))
        client.kill()
        told = [int(line) for line in client.stdout.read().split()]
        client.wait()
        client.stdout.close()
        stored = curator.offset(path)
        assert stored >= max([acknowledged, *told])
        cut_within += acknowledged < stored < len(content)
        if stored == len(content):
            path = _verified_and_begun_again(server, curator, content)
    assert cut_within >= KILLS // 4
    _finish(server, curator, path, content)


def test_a_server_killed_fifty_times_loses_nothing(
    server: WebServer, curator: Curator, content: bytes
) -> None:
    chance = random.Random(13)  # noqa: S311
    path = curator.begin(len(content))
    grown = 0
    for _ in range(KILLS):
        before = curator.offset(path)
        pusher = _Pusher(curator, path, before, content, chunk=chance.choice([MIB // 2, 3 * MIB, 32 * MIB]))
        pusher.start()
        time.sleep(chance.uniform(0.01, 0.3))
        server.kill()
        pusher.join()
        server.start()
        after = curator.offset(path)
        assert after >= pusher.acknowledged >= before
        grown += after > before
        if after == len(content):
            path = _verified_and_begun_again(server, curator, content)
    assert grown >= KILLS // 4
    _finish(server, curator, path, content)


class _Pusher(threading.Thread):
    """Sends until something breaks."""

    def __init__(self, curator: Curator, path: str, offset: int, content: bytes, chunk: int) -> None:
        super().__init__()
        self.curator, self.path, self.content, self.chunk = curator, path, content, chunk
        self.acknowledged = offset

    def run(self) -> None:
        with contextlib.suppress(OSError, http.client.HTTPException):
            while self.acknowledged < len(self.content):
                body = self.content[self.acknowledged : self.acknowledged + self.chunk]
                answer = self.curator.send(self.path, self.acknowledged, body)
                assert answer.status == 204
                self.acknowledged = int(answer.headers["Upload-Offset"])


def _verified_and_begun_again(server: WebServer, curator: Curator, content: bytes) -> str:
    assert server.stored_sha256(curator.recording_id) == hashlib.sha256(content).hexdigest()
    return curator.begin(len(content))


def _finish(server: WebServer, curator: Curator, path: str, content: bytes) -> None:
    offset = curator.offset(path)
    assert curator.send(path, offset, content[offset:]).status == 204
    assert server.stored_sha256(curator.recording_id) == hashlib.sha256(content).hexdigest()
