"""Clients and servers that are killed at any moment lose no acknowledged byte."""

import hashlib
import http.client
import random
import signal
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
    killed_while_sending = rounds = 0
    while killed_while_sending < KILLS:
        rounds += 1
        assert rounds < 10 * KILLS, "the clients end before they can be killed"
        told, was_sending = _send_and_kill(server, curator, path, file, after=chance.uniform(0, 0.06))
        stored = curator.offset(path)
        assert stored >= max(told, default=0)
        killed_while_sending += was_sending
        if stored == len(content):
            path = _verified_and_begun_again(server, curator, content)
    _finish(server, curator, path, content)


def _send_and_kill(
    server: WebServer, curator: Curator, path: str, file: Path, *, after: float
) -> tuple[list[int], bool]:
    """The offsets acknowledged to a client, and whether SIGKILL met it before its file was through."""
    headers = [f"{key}: {value}" for key, value in curator.headers.items()]
    command = [sys.executable, "-S", str(CLIENT), str(server.port), path, str(file), *headers]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as client:
        assert client.stdout is not None
        assert client.stdout.readline() == b"sending\n"
        time.sleep(after)
        client.kill()
        told = [int(line) for line in client.stdout.read().split()]
    assert client.returncode in {0, -signal.SIGKILL}
    return told, client.returncode == -signal.SIGKILL and file.stat().st_size not in told


def test_a_server_killed_fifty_times_loses_nothing(
    server: WebServer, curator: Curator, content: bytes
) -> None:
    chance = random.Random(13)  # noqa: S311
    path = curator.begin(len(content))
    killed_while_receiving = rounds = 0
    while killed_while_receiving < KILLS:
        rounds += 1
        assert rounds < 3 * KILLS, "the uploads end before the server can be killed"
        before = curator.offset(path)
        pusher = _Pusher(curator, path, before, content, chunk=chance.choice([MIB // 2, 3 * MIB, 32 * MIB]))
        pusher.start()
        time.sleep(chance.uniform(0.005, 0.12))
        was_receiving = pusher.is_alive()
        server.kill()
        pusher.join()
        server.start()
        after = curator.offset(path)
        assert after >= pusher.acknowledged >= before
        killed_while_receiving += was_receiving and pusher.was_cut
        if after == len(content):
            path = _verified_and_begun_again(server, curator, content)
    _finish(server, curator, path, content)


class _Pusher(threading.Thread):
    """Sends until something breaks."""

    def __init__(self, curator: Curator, path: str, offset: int, content: bytes, chunk: int) -> None:
        super().__init__()
        self.curator, self.path, self.content, self.chunk = curator, path, content, chunk
        self.acknowledged = offset
        self.was_cut = False

    def run(self) -> None:
        try:
            while self.acknowledged < len(self.content):
                body = self.content[self.acknowledged : self.acknowledged + self.chunk]
                answer = self.curator.send(self.path, self.acknowledged, body)
                assert answer.status == 204
                self.acknowledged = int(answer.headers["Upload-Offset"])
        except (OSError, http.client.HTTPException):
            self.was_cut = True


def _verified_and_begun_again(server: WebServer, curator: Curator, content: bytes) -> str:
    assert server.stored_sha256(curator.recording_id) == hashlib.sha256(content).hexdigest()
    return curator.begin(len(content))


def _finish(server: WebServer, curator: Curator, path: str, content: bytes) -> None:
    while (offset := curator.offset(path)) < len(content):
        assert curator.send(path, offset, content[offset:]).status in {
            204,
            409,
        }  # 409: a cut body came in late
    assert server.stored_sha256(curator.recording_id) == hashlib.sha256(content).hexdigest()
