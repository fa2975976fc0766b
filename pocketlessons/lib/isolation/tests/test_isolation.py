"""A process that was shut in reads what it was given, computes, and does nothing else."""

import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[4]
ALLOWED = {"read what is open to it", "list what is open to it", "start a thread"}


@pytest.fixture(scope="module")
def listening() -> Iterator[int]:
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory, listening: int) -> dict[str, str]:
    open_folder, shut = tmp_path_factory.mktemp("open"), tmp_path_factory.mktemp("shut") / "secret"
    (open_folder / "open").write_bytes(b"ciphertext")
    shut.write_bytes(b"the master key")
    program = [sys.executable, "-m", "pocketlessons.lib.isolation.tests.prisoner"]
    ran = subprocess.run(  # noqa: S603 - our own program
        [*program, open_folder, shut, str(listening)],
        env={"PYTHONPATH": str(ROOT), "POCKET_SECRET_KEY": "hush"},
        stdout=subprocess.PIPE,
        check=True,
        timeout=30,
    )
    assert (open_folder / "open").read_bytes() == b"ciphertext"
    deeds: dict[str, str] = json.loads(ran.stdout)
    return deeds


def test_it_has_every_layer_on_this_machine(outcome: dict[str, str]) -> None:
    assert outcome["layers off"] == ""


def test_it_still_reads_what_it_was_given_and_starts_threads(outcome: dict[str, str]) -> None:
    assert {outcome[name] for name in ALLOWED} == {"done"}


def test_it_forgets_its_environment(outcome: dict[str, str]) -> None:
    assert outcome["environment"] == ""


def test_it_is_refused_everything_else(outcome: dict[str, str]) -> None:
    others = set(outcome) - ALLOWED - {"layers off", "environment"}
    assert others
    assert {name for name in others if outcome[name] == "done"} == set()
    assert outcome["take all memory"] == "MemoryError"
