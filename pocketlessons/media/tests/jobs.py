"""What a hostile file might make its process do: jobs that run in the real pool."""

import os
import signal
import socket
import time
from pathlib import Path

from mediakit.source import Source
from pocketlessons.media.processing.answers import Answer


def read_file(path: str) -> Answer:
    return Answer(content=Path(path).read_bytes())


def open_socket(port: int) -> Answer:
    with socket.create_connection(("127.0.0.1", port), timeout=5):
        return Answer({"connected": True})


def read_source(source: Source) -> Answer:
    return Answer({"environment": len(os.environ)}, source.read_at(0, source.size))


def fork_for_ever() -> Answer:
    children = 0
    while True:
        if os.fork() == 0:
            continue
        children += 1


def take_all_memory() -> Answer:
    hoard = []
    while True:
        hoard.append(bytes(64 << 20))


def burn() -> Answer:
    while True:
        pass


def sleep_for_ever() -> Answer:
    while True:
        time.sleep(60)


def die(signal_number: int) -> Answer:
    signal.raise_signal(signal.Signals(signal_number))
    return Answer()


def answer_nonsense() -> Answer:
    class Nonsense(Answer):
        def to_bytes(self) -> bytes:
            return b"\xff" * 64

    return Nonsense()


def tell_pid() -> Answer:
    return Answer({"pid": os.getpid()})
