"""The web server alone, quick to start and to kill, and a small tus client of a signed-in curator."""

import contextlib
import http.client
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import psutil

from tests.real_server import ROOT, free_port
from tests.server.signed_in import signed_in_headers

OCTETS = "application/offset+octet-stream"
MIB = 1024 * 1024


@dataclass
class WebServer:
    """Granian with our application, as `bin/run` starts it, without the worker beside it."""

    data: Path
    port: int = field(default_factory=free_port)
    settings: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def environment(self) -> dict[str, str]:
        ours = {
            "POCKET_DATA": str(self.data),
            "POCKET_URL": self.url,
            "DJANGO_SETTINGS_MODULE": "pocketlessons.config.settings",
            "PYTHONWARNINGS": "ignore",
            "PYTHONDONTWRITEBYTECODE": "",  # a server that starts fifty times compiles once
        }
        return os.environ | ours | self.settings

    def migrate(self) -> None:
        command = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
        subprocess.run(command, cwd=ROOT, env=self.environment, check=True, capture_output=True)

    def start(self) -> None:
        command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--no-ws"]
        command += ["--port", str(self.port), "--blocking-threads", "256", "--backpressure", "1024"]
        command += ["--log-level", "warning", "pocketlessons.config.wsgi:application"]
        with (self.data / "web.log").open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_it_answers()

    def kill(self) -> None:
        """SIGKILL to every process of it, at once."""
        assert self.process is not None
        doomed = self.tree()
        for each in doomed:
            with contextlib.suppress(psutil.NoSuchProcess):
                each.send_signal(signal.SIGKILL)
        self.process.wait(timeout=30)
        psutil.wait_procs(doomed, timeout=30)

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def tree(self) -> list[psutil.Process]:
        assert self.process is not None
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]

    def resident_bytes(self) -> int:
        """Of all its processes together."""
        total = 0
        for process in self.tree():
            with contextlib.suppress(psutil.NoSuchProcess):
                total += process.memory_info().rss
        return total

    def stored_sha256(self, recording_id: str) -> str:
        """What the database says that the recording's bytes come to."""
        with contextlib.closing(sqlite3.connect(self.data / "db.sqlite3")) as database:
            query = "SELECT sha256 FROM media_recording WHERE id = ?"
            row = database.execute(query, [recording_id.replace("-", "")]).fetchone()
        return str(row[0])

    def _wait_until_it_answers(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            assert self.process.poll() is None, (self.data / "web.log").read_text()[-4000:]
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", self.port), timeout=1):
                return
            time.sleep(0.02)
        raise AssertionError((self.data / "web.log").read_text()[-4000:])


class Curator:
    """A tus client that knows what was acknowledged to it."""

    def __init__(self, server: WebServer) -> None:
        self.server = server
        self.headers = {"Tus-Resumable": "1.0.0"} | signed_in_headers(server.data)
        self.recording_id = ""

    def ask(
        self, method: str, path: str, body: bytes | Iterator[bytes] | None = None, **headers: str
    ) -> http.client.HTTPResponse:
        """One request on a connection of its own; the body of the answer is read."""
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        named = {key.replace("_", "-"): value for key, value in headers.items()}
        with contextlib.closing(connection):
            connection.request(method, path, body, self.headers | named)
            answer = connection.getresponse()
            answer.read()
        return answer

    def begin(self, length: int) -> str:
        answer = self.ask("POST", "/uploads/", Upload_Length=str(length))
        assert answer.status == 201
        self.recording_id = answer.headers["Pocket-Recording"]
        return urlsplit(answer.headers["Location"]).path

    def offset(self, path: str) -> int:
        answer = self.ask("HEAD", path)
        assert answer.status == 200
        return int(answer.headers["Upload-Offset"])

    def send(self, path: str, offset: int, body: bytes) -> http.client.HTTPResponse:
        return self.ask("PATCH", path, body, Content_Type=OCTETS, Upload_Offset=str(offset))
