"""The product as people run it: `bin/run`'s own process on a free port, with a folder of its own."""

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
STARTS_WITHIN_S = 90


@dataclass
class RunningServer:
    """A server that answers. `kill` is SIGKILL to the whole of it, `start` begins again on the same folder."""

    data: Path
    port: int
    demo: bool = False
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> Path:
        return self.data / "server.log"

    def start(self) -> None:
        command = [
            sys.executable,
            "-m",
            "pocketlessons.config.serve",
            "--port",
            str(self.port),
            "--data",
            str(self.data),
        ]
        if not self.demo:
            command.append("--no-demo")
        self.data.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command, cwd=ROOT, env=self._environment(), stdout=log, stderr=log, start_new_session=True
            )
        self._wait_until_it_answers()

    def stop(self) -> None:
        if self.process and self.process.poll() is None:
            self.process.terminate()
            self.process.wait(timeout=30)

    def kill(self) -> None:
        """SIGKILL to the web server, the worker and what watches them, at once."""
        assert self.process is not None
        for child in self.web_and_worker():
            with contextlib.suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)
        self.process.kill()
        self.process.wait(timeout=30)

    def web_and_worker(self) -> list[int]:
        """Process ids of everything below `bin/run`'s process."""
        import psutil

        assert self.process is not None
        return [child.pid for child in psutil.Process(self.process.pid).children(recursive=True)]

    def pocket(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """`bin/pocket ARGUMENTS` against the same folder, without the set-up."""
        command = [sys.executable, "-m", "pocketlessons.config.command_line", *arguments]
        return subprocess.run(
            command, cwd=ROOT, env=self._environment(), capture_output=True, text=True, check=False
        )

    def pocket_json(self, *arguments: str) -> dict[str, Any]:
        answer = self.pocket(*arguments, "--json")
        assert answer.returncode == 0, answer.stderr
        result: dict[str, Any] = json.loads(answer.stdout)
        return result

    def sign_in_link(self, mail: str) -> str:
        answer = self.pocket("sign-in-link", mail)
        assert answer.returncode == 0, answer.stderr
        found = re.search(r"http\S+", answer.stdout)
        assert found is not None, answer.stdout
        return found.group(0)

    def _environment(self) -> dict[str, str]:
        ours = {"POCKET_DATA": str(self.data), "POCKET_URL": self.url, "PYTHONDONTWRITEBYTECODE": ""}
        return {**os.environ, **ours, **self.environment}

    def _wait_until_it_answers(self) -> None:
        assert self.process is not None
        deadline = time.monotonic() + STARTS_WITHIN_S
        while time.monotonic() < deadline:
            assert self.process.poll() is None, self.log.read_text()[-4000:]
            try:
                urllib.request.urlopen(f"{self.url}/healthz", timeout=1).close()
            except (OSError, urllib.error.HTTPError):
                time.sleep(0.05)
            else:
                return
        raise AssertionError(f"no answer within {STARTS_WITHIN_S} s:\n{self.log.read_text()[-4000:]}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def running_server(data: Path, *, demo: bool = False, **environment: str) -> Iterator[RunningServer]:
    server = RunningServer(data, free_port(), demo, environment)
    server.start()
    try:
        yield server
    finally:
        server.stop()
