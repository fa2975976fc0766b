"""Uploading by tus: CPU seconds a GiB, ours beside @tus/server with its file store, in the same run.

python -m benchmarks.uploads [--mib 512] [--chunk-mib 5] [--runs 3]

Ours hashes, encrypts, syncs each chunk to disk and checks the session; the reference stores plain bytes.
Floor beside both: receiving as many bytes from a socket, hashing and encrypting them, with nothing around it.
Budget: ≤ 1.3 CPU-s/GiB for ours at 5 MiB chunks.
"""

import argparse
import contextlib
import hashlib
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import psutil
from rich.console import Console
from rich.table import Table

from pocketlessons.lib.vault.cipher import stream_at
from tests.server.signed_in import signed_in_headers

ROOT = Path(__file__).resolve().parent.parent
TUS = ROOT / "benchmarks" / "tus"
MIB = 1024 * 1024
BUDGET = 1.3


@dataclass
class Server:
    """One server under measurement."""

    port: int
    path: str
    process: psutil.Process
    headers: dict[str, str]

    def cpu_seconds(self) -> float:
        processes = [self.process, *self.process.children(recursive=True)]
        return sum(sum(process.cpu_times()[:2]) for process in processes)


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--mib", type=int, default=512)
    parser.add_argument("--chunk-mib", type=int, default=5)
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    subprocess.run(["npm", "ci", "--silent", "--no-audit", "--no-fund"], cwd=TUS, check=True)
    table = Table(
        "server", "CPU-s/GiB", "MiB/s", title=f"{options.mib} MiB in chunks of {options.chunk_mib} MiB"
    )
    medians = {}
    with tempfile.TemporaryDirectory(prefix="pocket-uploads-") as scratch:
        for name, serve in (("ours", _ours), ("@tus/server", _reference)):
            with serve(Path(scratch)) as server:
                _measured(
                    server, 64, options.chunk_mib
                )  # what is loaded once at the first upload is no cost of it
                runs = [_measured(server, options.mib, options.chunk_mib) for _ in range(options.runs)]
            medians[name] = statistics.median(cpu for cpu, _ in runs)
            table.add_row(
                name, *(", ".join(f"{each:.2f}" for each in column) for column in zip(*runs, strict=True))
            )
    floors = [_floor(options.mib) for _ in range(options.runs)]
    table.add_row("floor: recv + sha256 + AES", ", ".join(f"{each:.2f}" for each in floors), "")
    Console().print(table)
    print(f"ours {medians['ours']:.2f}, budget {BUDGET}, @tus/server {medians['@tus/server']:.2f} CPU-s/GiB")
    return 0 if medians["ours"] <= BUDGET else 1


@contextlib.contextmanager
def _ours(scratch: Path) -> Iterator[Server]:
    data = scratch / "data"
    environment = os.environ | {
        "POCKET_DATA": str(data),
        "DJANGO_SETTINGS_MODULE": "pocketlessons.config.settings",
    }
    migrate = [sys.executable, "-m", "django", "migrate", "--verbosity", "0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True, capture_output=True)
    port = _free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port), "--no-ws"]
    command += [
        "--blocking-threads",
        "256",
        "--backpressure",
        "1024",
        "pocketlessons.config.wsgi:application",
    ]
    process = subprocess.Popen([*command, "--no-log"], cwd=ROOT, env=environment)
    try:
        _wait_for(port)
        yield Server(port, "/uploads/", psutil.Process(process.pid), signed_in_headers(data))
    finally:
        process.terminate()
        process.wait()


@contextlib.contextmanager
def _reference(scratch: Path) -> Iterator[Server]:
    folder = scratch / "reference"
    folder.mkdir()
    process = subprocess.Popen(["node", "server.mjs", str(folder)], cwd=TUS, stdout=subprocess.PIPE)
    try:
        assert process.stdout is not None
        port = int(process.stdout.readline())
        yield Server(port, "/uploads", psutil.Process(process.pid), {})
    finally:
        process.terminate()
        process.wait()


def _measured(server: Server, mib: int, chunk_mib: int) -> tuple[float, float]:
    before, began = server.cpu_seconds(), time.monotonic()
    _upload(server, mib * MIB, os.urandom(chunk_mib * MIB))
    seconds = time.monotonic() - began
    return (server.cpu_seconds() - before) * 1024 / mib, mib / seconds


def _upload(server: Server, length: int, chunk: bytes) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.port)
    path = urlsplit(_ask(connection, "POST", server.path, server, {"Upload-Length": str(length)})).path
    kind = {"Content-Type": "application/offset+octet-stream"}
    for offset in range(0, length, len(chunk)):
        body = chunk[: length - offset]
        _ask(connection, "PATCH", path, server, kind | {"Upload-Offset": str(offset)}, body)
    connection.close()


def _ask(
    connection: http.client.HTTPConnection,
    method: str,
    path: str,
    server: Server,
    headers: dict[str, str],
    body: bytes | None = None,
) -> str:
    connection.request(method, path, body, {"Tus-Resumable": "1.0.0"} | server.headers | headers)
    answer = connection.getresponse()
    text = answer.read()
    assert answer.status in {201, 204}, (answer.status, text)
    return answer.headers.get("Location", "")


def _floor(mib: int) -> float:
    """CPU seconds a GiB of receiving, hashing and encrypting in this process, and of nothing else."""
    ours, theirs = socket.socketpair()
    sender = subprocess.Popen(["head", "-c", str(mib * MIB), "/dev/zero"], stdout=theirs.fileno())
    theirs.close()
    hasher, stream = hashlib.sha256(), stream_at(bytes(32), 0)
    received, encrypted = bytearray(MIB), bytearray(MIB)
    before = time.process_time()
    while count := ours.recv_into(received):
        part = memoryview(received)[:count]
        hasher.update(part)
        stream.update_into(part, encrypted)
    seconds = time.process_time() - before
    sender.wait()
    ours.close()
    return seconds * 1024 / mib


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(port: int) -> None:
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.05)
    raise SystemExit("the server does not answer")


if __name__ == "__main__":
    sys.exit(main())
