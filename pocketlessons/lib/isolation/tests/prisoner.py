"""What a process tries once it is shut in; run by the tests as a program, prints one JSON object."""

import ctypes
import json
import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from pocketlessons.lib.isolation import isolate

OPEN = Path(sys.argv[1])
SHUT = Path(sys.argv[2])


def attempt(deed: Callable[[], object]) -> str:
    try:
        deed()
    except (OSError, MemoryError) as error:
        return type(error).__name__
    return "done"


def connect() -> None:
    with socket.create_connection(("127.0.0.1", int(sys.argv[3])), timeout=2):
        pass


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def start_thread() -> None:
    thread = threading.Thread(target=len, args=("",))
    thread.start()
    thread.join()


DEEDS: dict[str, Callable[[], object]] = {
    "read what is open to it": (OPEN / "open").read_bytes,
    "list what is open to it": lambda: list(OPEN.iterdir()),
    "read what is not": SHUT.read_bytes,
    "read the password file": Path("/etc/passwd").read_bytes,
    "read its own memory map": Path("/proc/self/maps").read_bytes,
    "read its own environment": Path("/proc/self/environ").read_bytes,
    "write": lambda: (OPEN / "new").write_bytes(b"x"),
    "append": lambda: (OPEN / "open").open("ab").close(),
    "remove": (OPEN / "open").unlink,
    "change a mode": lambda: (OPEN / "open").chmod(0o777),
    "rename": lambda: shutil.move(OPEN / "open", OPEN / "moved"),
    "open a socket": connect,
    "make a socket pair": socket.socketpair,
    "fork": fork,
    "start a program": lambda: os.execv("/bin/true", ["true"]),  # noqa: S606
    "signal its parent": lambda: os.kill(os.getppid(), signal.SIGUSR1),
    "take all memory": lambda: bytearray(1 << 40),
    "start a thread": start_thread,
}

if __name__ == "__main__":
    environment = ctypes.POINTER(ctypes.c_void_p).in_dll(ctypes.CDLL(None), "environ")
    first = environment[0]
    layers = isolate(readable=[OPEN], memory_bytes=1 << 30)
    outcome = {name: attempt(deed) for name, deed in DEEDS.items()}
    outcome["layers off"] = ", ".join(layer.name for layer in layers if not layer.is_on)
    outcome["environment"] = " ".join(os.environ) + ctypes.string_at(first or 0, 4).decode().strip("\0")
    sys.stdout.write(json.dumps(outcome))
