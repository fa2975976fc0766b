"""Ranges of a film: ours (access check, map and decryption included) beside nginx with sendfile on the plain file.

python -m benchmarks.ranges [--rounds 5] [--seconds 4] [--clients 8] [--megabytes 512]

Both are asked for random ranges of 2 MiB over kept-alive connections, in turns, files in the page cache.
Budget: ≥ 0.7 × nginx's MiB/s at the median.
"""

import argparse
import multiprocessing
import os
import random
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import psutil
from rich.console import Console
from rich.table import Table

from mediakit.render.phone import phone_mp4

RANGE_BYTES = 2 * 1024**2
LEAST_RATIO = 0.7
BIT_RATE = 12_000_000


class Target(NamedTuple):
    """A file on a server, with the processes that serve it."""

    port: int
    path: str
    cookie: str
    size: int
    pid: int


class Result(NamedTuple):
    """What one round brought."""

    mib_per_second: float
    cpu_seconds_per_gib: float
    memory_mib: float


def main() -> int:
    options = _options()
    with tempfile.TemporaryDirectory(prefix="pocket-ranges-") as name:
        scratch = Path(name)
        scratch.chmod(0o755)  # nginx's workers are somebody else
        film = scratch / "plain.mp4"
        phone_mp4(film, options.megabytes * 8 * 1024**2 / BIT_RATE, width=1280, height=720, bit_rate=BIT_RATE)
        with _nginx(scratch, film) as plain, _ours(scratch, film) as ours:
            targets = {"nginx, plain file": plain, "ours": ours}
            for target in targets.values():
                _round(target, options.clients, 1.0)
            rounds: dict[str, list[Result]] = {each: [] for each in targets}
            for _ in range(options.rounds):
                for each, target in targets.items():
                    rounds[each].append(_round(target, options.clients, options.seconds))
    return _print(rounds)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=4)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--megabytes", type=int, default=512)
    return parser.parse_args()


def _round(target: Target, clients: int, seconds: float) -> Result:
    server = psutil.Process(target.pid)
    before = _cpu(server)
    started = time.monotonic()
    with multiprocessing.get_context("spawn").Pool(clients) as pool:
        jobs = [(target, seconds, number) for number in range(clients)]
        pool.map(_ready, range(clients))
        before, started = _cpu(server), time.monotonic()
        received = sum(pool.starmap(_client, jobs, chunksize=1))
        elapsed = time.monotonic() - started
    used = _cpu(server) - before
    return Result(received / 1024**2 / elapsed, used / (received / 1024**3), _memory(server))


def _ready(number: int) -> int:
    time.sleep(0.2)
    return number


def _client(target: Target, seconds: float, seed: int) -> int:
    """Bytes received of random ranges until the time is over."""
    chance = random.Random(seed)
    buffer = bytearray(1024**2)
    received = 0
    with socket.create_connection(("127.0.0.1", target.port)) as connection:
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            start = chance.randrange(target.size - RANGE_BYTES)
            connection.sendall(_request(target, start))
            received += _answer(connection, buffer)
    return received


def _request(target: Target, start: int) -> bytes:
    return (
        f"GET {target.path} HTTP/1.1\r\nHost: 127.0.0.1:{target.port}\r\nCookie: {target.cookie}\r\n"
        f"Range: bytes={start}-{start + RANGE_BYTES - 1}\r\n\r\n"
    ).encode()


def _answer(connection: socket.socket, buffer: bytearray) -> int:
    head = b""
    while b"\r\n\r\n" not in head:
        head += connection.recv(65536)
    head, _, body = head.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 206"), head
    left = RANGE_BYTES - len(body)
    while left:
        count = connection.recv_into(buffer, min(left, len(buffer)))
        assert count, "cut short"
        left -= count
    return RANGE_BYTES


@contextmanager
def _nginx(scratch: Path, film: Path) -> Iterator[Target]:
    port = _free_port()
    (scratch / "nginx.conf").write_text(
        f"worker_processes 2; error_log {scratch}/error.log; pid {scratch}/nginx.pid; daemon off;\n"
        "events { worker_connections 256; }\n"
        f"http {{ access_log off; sendfile on; tcp_nopush on; keepalive_requests 1000000;\n"
        f"  server {{ listen 127.0.0.1:{port}; root {film.parent}; }} }}\n"
    )
    with _serving(["/usr/sbin/nginx", "-c", str(scratch / "nginx.conf")], port, os.environ.copy()) as pid:
        yield Target(port, f"/{film.name}", "", film.stat().st_size, pid)


@contextmanager
def _ours(scratch: Path, film: Path) -> Iterator[Target]:
    port = _free_port()
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "pocketlessons.config.settings",
        "POCKET_DATA": str(scratch / "data"),
        "POCKET_URL": f"http://127.0.0.1:{port}",
    }
    path, cookie, size = _lesson(film)
    from pocketlessons.config import serve

    command = serve._granian(port)  # noqa: SLF001 - the very command that `bin/run` starts
    with _serving(command, port, os.environ.copy()) as pid:
        yield Target(port, path, cookie, size, pid)


def _lesson(film: Path) -> tuple[str, str, int]:
    """The film as a learner finds it: address, cookie and size."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command
    from django.test import Client
    from django.utils import timezone

    from pocketlessons.media.actions.granting import grant_recording
    from pocketlessons.media.actions.preparing import prepare_recording
    from pocketlessons.media.actions.receiving import receive_file
    from pocketlessons.media.addresses import playing_url
    from pocketlessons.people.models import Connection, User

    call_command("migrate", verbosity=0)
    now = timezone.now()
    curator, learner = (User.objects.create_user(mail) for mail in ("ines@example.org", "maya@example.org"))
    connection = Connection.objects.create(curator=curator, learner=learner, started_at=now)
    received = receive_file(film, owner=curator, filename=film.name, now=now)
    recording = prepare_recording(received, now=now)
    grant_recording(recording, connection, now=now)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(learner)
    address = playing_url(recording)
    size = int(client.head(address)["Content-Length"])
    name = settings.SESSION_COOKIE_NAME
    return address, f"{name}={client.cookies[name].value}", size


@contextmanager
def _serving(command: list[str], port: int, environment: dict[str, str]) -> Iterator[int]:
    server = subprocess.Popen(command, env=environment)
    try:
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                assert server.poll() is None, "the server ended"
                time.sleep(0.1)
        yield server.pid
    finally:
        server.terminate()
        server.wait()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _family(server: psutil.Process) -> list[psutil.Process]:
    return [server, *server.children(recursive=True)]


def _cpu(server: psutil.Process) -> float:
    return sum(sum(each.cpu_times()[:2]) for each in _family(server))


def _memory(server: psutil.Process) -> float:
    return max(each.memory_info().rss for each in _family(server)) / 1024**2


def _print(rounds: dict[str, list[Result]]) -> int:
    table = Table("", "MiB/s", "lowest – highest", "CPU-s/GiB", "MiB of memory", title="Ranges of 2 MiB")
    medians = {}
    for each, results in rounds.items():
        speeds = [result.mib_per_second for result in results]
        medians[each] = statistics.median(speeds)
        cpu = statistics.median(result.cpu_seconds_per_gib for result in results)
        memory = max(result.memory_mib for result in results)
        spread = f"{min(speeds):.0f} – {max(speeds):.0f}"
        table.add_row(each, f"{medians[each]:.0f}", spread, f"{cpu:.2f}", f"{memory:.0f}")
    plain, ours = medians.values()
    Console().print(table)
    print(f"ours / nginx: {ours / plain:.2f} (budget {LEAST_RATIO}); load {os.getloadavg()[0]:.1f}")
    return 0 if ours / plain >= LEAST_RATIO else 1


if __name__ == "__main__":
    sys.exit(main())
