"""Last byte → playable: `bin/pocket deliver` of phone films of 1 minute, 10 minutes and 2 hours.

python -m benchmarks.playable [--runs 5] [--folder DIR]

Reference beside it: reading every packet of the same file once (what a plain demuxer does to learn the same).
Budget: ≤ 300 ms at each length, and within 100 ms of each other, at the median.
"""

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import av
from rich.console import Console
from rich.table import Table

from mediakit.render.phone import phone_mp4

ROOT = Path(__file__).resolve().parent.parent
LENGTHS = {"1 min": 60, "10 min": 600, "2 h": 7200}
LEAST_MS, SPREAD_MS = 300, 100


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--folder", type=Path, help="where films are kept between runs")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pocket-playable-") as scratch:
        films = options.folder or Path(scratch)
        films.mkdir(parents=True, exist_ok=True)
        environment = {**os.environ, "POCKET_DATA": str(Path(scratch) / "data")}
        _pocket(environment, "migrate", "--verbosity", "0")
        rows = {
            name: _measured(films, seconds, environment, options.runs) for name, seconds in LENGTHS.items()
        }
    _print(rows)
    medians = [statistics.median(times) for times, _, _ in rows.values()]
    return 0 if max(medians) <= LEAST_MS and max(medians) - min(medians) <= SPREAD_MS else 1


def _measured(
    films: Path, seconds: int, environment: dict[str, str], runs: int
) -> tuple[list[float], int, float]:
    film = films / f"phone-{seconds}.mp4"
    if not film.exists():
        phone_mp4(film, seconds, moov="last")
    people = ("--from", "ines@example.org", "--to", "maya@example.org")
    times = []
    for _ in range(runs):
        answer = json.loads(_pocket(environment, "deliver", str(film), *people, "--json"))
        assert answer["status"] in {"playable", "settled"}, answer
        times.append(float(answer["playable_ms"]))
    return times, film.stat().st_size, _demuxed_cpu_s(film)


def _demuxed_cpu_s(film: Path) -> float:
    before = time.process_time()
    with av.open(str(film), "r") as container:
        for _ in container.demux():
            pass
    return time.process_time() - before


def _pocket(environment: dict[str, str], *arguments: str) -> str:
    command = [sys.executable, "-m", "pocketlessons.config.command_line", *arguments]
    answer = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    if answer.returncode:
        raise SystemExit(answer.stderr)
    return answer.stdout


def _print(rows: dict[str, tuple[list[float], int, float]]) -> None:
    table = Table(
        title="Last byte → playable", caption=f"budget: ≤ {LEAST_MS} ms each, ≤ {SPREAD_MS} ms apart (median)"
    )
    for heading in (
        "film",
        "MB",
        "median ms",
        "min",
        "max",
        "reference: demux, CPU ms",
        "median / reference",
    ):
        table.add_column(heading, justify="right")
    for name, (times, size, demuxed) in rows.items():
        median = statistics.median(times)
        figures = (median, min(times), max(times), demuxed * 1000)
        table.add_row(
            name, f"{size / 1e6:.0f}", *(f"{f:.0f}" for f in figures), f"{median / demuxed / 1000:.2f}"
        )
    Console().print(table)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    Console().print(f"CPU of all deliveries: {used.ru_utime + used.ru_stime:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
