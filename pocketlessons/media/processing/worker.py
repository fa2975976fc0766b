"""The life of one media process: shut in, wait for one job, answer it, end."""

import os
import signal
import sysconfig
import traceback
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle
from pathlib import Path
from typing import Any

import mediakit
import pocketlessons
from mediakit.errors import MediaError, Reason
from pocketlessons.lib.isolation import Layer, isolate
from pocketlessons.lib.isolation.limits import limit_cpu
from pocketlessons.lib.vault import Plaintext, VaultError
from pocketlessons.lib.vault.errors import disk_errors
from pocketlessons.media.processing.answers import Answer

MEMORY_BYTES = 3 * 1024**3
DETAIL_LENGTH = 4000

_standing: list[Layer] = []


@dataclass(frozen=True)
class Job:
    """One call of a function of ours. With a key, its first argument is the source whose file is handed over next."""

    function: Callable[..., Answer]
    arguments: tuple[Any, ...]
    cpu_s: int
    key: bytes | None = None


class HandedReader:
    """A file that was opened by somebody else."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        weakref.finalize(self, os.close, descriptor)

    @property
    def size(self) -> int:
        return os.fstat(self._descriptor).st_size

    def read_at(self, offset: int, length: int) -> bytes:
        with disk_errors():
            return os.pread(self._descriptor, length, offset)


def live(connection: Connection) -> None:
    """Answer one job from this connection, having given up everything that a job does not need."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which ends us in order
    _standing[:] = isolate(readable=_libraries(), memory_bytes=MEMORY_BYTES)
    try:
        job: Job = connection.recv()
        source = None if job.key is None else Plaintext(HandedReader(recv_handle(connection)), job.key)
    except EOFError:
        return  # the server has gone
    limit_cpu(job.cpu_s)
    given = () if source is None else (source,)
    connection.send_bytes(_answer(job, given).to_bytes())


def tell_layers() -> Answer:
    """A job: which walls stand around this process."""
    return Answer({"layers": [f"{layer.name}\t{int(layer.is_on)}\t{layer.detail}" for layer in _standing]})


def _answer(job: Job, given: tuple[object, ...]) -> Answer:
    try:
        return job.function(*given, *job.arguments)
    except MediaError as error:
        return _refusal(error.reason, error.detail)
    except MemoryError:
        return _refusal(Reason.TOO_COMPLEX, "out of memory")
    except VaultError as error:
        return Answer({"broken": str(error)})
    except Exception:  # noqa: BLE001 - whatever a hostile file provokes is a verdict on that file
        return _refusal(Reason.INCONSISTENT, traceback.format_exc())


def _refusal(reason: Reason, detail: str) -> Answer:
    return Answer({"refused": str(reason), "detail": detail[-DETAIL_LENGTH:]})


def _libraries() -> Iterator[Path]:
    """Everything needed is loaded by now; these are for what a library loads late."""
    for name in ("stdlib", "platstdlib", "purelib", "platlib"):
        yield Path(sysconfig.get_path(name))
    for package in (mediakit, pocketlessons):
        yield Path(package.__path__[0])
    yield from map(Path, ("/usr/lib", "/lib", "/lib64", "/etc/ld.so.cache"))
