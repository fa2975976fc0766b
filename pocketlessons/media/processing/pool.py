"""Media processes: shut in, kept ready, used for one file each, and never waited for longer than allowed.

One file a process, so that a file that takes its process over sees no other file's key. They are forked from a small
server that has everything loaded, so a fresh one costs milliseconds.
"""

import logging
import math
import multiprocessing
import os
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from functools import cache
from multiprocessing.reduction import send_handle
from pathlib import Path
from signal import SIGINT, SIGKILL, SIGTERM, SIGXCPU
from types import ModuleType

from django.conf import settings

from mediakit.errors import MediaError, Reason
from pocketlessons.lib.vault import SourceHandle
from pocketlessons.lib.vault.errors import disk_errors
from pocketlessons.media.processing.answers import Answer
from pocketlessons.media.processing.worker import Job, live

logger = logging.getLogger(__name__)

ANSWER_BYTES = 512 * 1024**2
CRASHES = 2
"""A process that dies is a verdict on its file only if a second one dies of it too."""

PRELOAD = "pocketlessons.media.processing.preload"
LOST_SERVER = 255
ENDED_BY_US = {-SIGINT, -SIGTERM, LOST_SERVER}


class MediaPoolError(Exception):
    """The pool could not do its work, which says nothing about the file: try again later."""


class _DiedError(Exception):
    """A process ended without an answer."""

    def __init__(self, code: int | None) -> None:
        super().__init__(f"the media process ended with {code}")
        self.code = code


class MediaPool:
    """At most `size` files at a time, each in a process of its own."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._slots = threading.BoundedSemaphore(size)
        self._ready: deque[_Worker] = deque()

    def run(
        self,
        function: Callable[..., Answer],
        *arguments: object,
        source: SourceHandle | None = None,
        timeout_s: float,
    ) -> Answer:
        """The answer of `function(source, *arguments)`, computed in a fresh shut-in process.

        Raises MediaError where the file is to blame, also for taking too long or for breaking the process;
        MediaPoolError and VaultError where it is not.
        """
        job = Job(function, arguments, math.ceil(timeout_s), source.key if source else None)
        with self._slots:
            for _ in range(CRASHES - 1):
                with suppress(_DiedError):
                    return self._run_once(job, source, timeout_s)
            try:
                return self._run_once(job, source, timeout_s)
            except _DiedError as death:
                raise MediaError(_blame(death.code), str(death)) from death

    def fill(self) -> None:
        """Have a process ready for each slot; the first one starts the server that they come from."""
        while len(self._ready) < self._size:
            self._ready.append(_Worker())

    def close(self) -> None:
        """End the processes that wait. A pool that is used again makes new ones."""
        while self._ready:
            self._ready.pop().end()

    def _run_once(self, job: Job, source: SourceHandle | None, timeout_s: float) -> Answer:
        worker = self._take()
        try:
            worker.give(job, source)
            self.fill()
            return _verdict(worker.answer(timeout_s))
        finally:
            worker.end()

    def _take(self) -> "_Worker":
        while True:
            try:
                worker = self._ready.popleft()
            except IndexError:
                return _Worker()
            if worker.is_alive():
                return worker
            worker.end()


class _Worker:
    """One media process, seen from outside."""

    def __init__(self) -> None:
        """Raises MediaPoolError."""
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([PRELOAD])
        self._is_late = False
        self._connection, theirs = context.Pipe()
        with theirs, _bookkeeping, _main_left_out():
            self._process = context.Process(target=live, args=(theirs,), daemon=True)
            try:
                self._process.start()
            except (OSError, EOFError) as error:
                raise MediaPoolError("no media process could be started") from error

    def is_alive(self) -> bool:
        with _bookkeeping:
            return self._process.is_alive()

    def give(self, job: Job, source: SourceHandle | None) -> None:
        """Raises BlobMissingError; a process that is gone is noticed when it does not answer."""
        with ExitStack() as handed, suppress(OSError):
            descriptor = handed.enter_context(_opened(source.path)) if source else None
            self._connection.send(job)
            if descriptor is not None:
                send_handle(self._connection, descriptor, self._process.pid)

    def answer(self, timeout_s: float) -> Answer:
        """Raises MediaError when the time is over and the process killed, and for nonsense; _DiedError."""
        alarm = threading.Timer(timeout_s, self._be_late)
        alarm.daemon = True
        alarm.start()
        try:
            return Answer.from_bytes(self._connection.recv_bytes(ANSWER_BYTES))
        except (EOFError, OSError) as error:
            raise self._death() from error
        finally:
            alarm.cancel()

    def end(self) -> None:
        """A process that has answered ends by itself; any other is killed."""
        self._connection.close()
        if self.is_alive():
            self._process.kill()

    def _be_late(self) -> None:
        self._is_late = True
        self._process.kill()

    def _death(self) -> Exception:
        with _bookkeeping:
            self._process.join(timeout=1)
            code = self._process.exitcode
        logger.warning("a media process ended with %s", code)
        if self._is_late or code == -SIGXCPU:
            return MediaError(Reason.TIMED_OUT, f"the media process ended with {code}")
        if code in ENDED_BY_US:
            return MediaPoolError("the media process was stopped")
        return _DiedError(code)


@contextmanager
def _main_left_out() -> Iterator[None]:
    """Keep multiprocessing from importing the program that we are into every media process."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


@contextmanager
def _opened(path: Path) -> Iterator[int]:
    with disk_errors():
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _verdict(answer: Answer) -> Answer:
    """The answer, unless it says that there is none."""
    if "broken" in answer.fields:
        raise MediaPoolError(repr(answer.fields["broken"]))
    if "refused" not in answer.fields:
        return answer
    reason = answer.fields["refused"]
    if reason not in set(Reason):
        raise MediaError(Reason.INCONSISTENT, f"refused as {reason!r}")
    raise MediaError(Reason(str(reason)), str(answer.fields.get("detail", "")))


def _blame(code: int | None) -> Reason:
    """The kernel takes memory back with SIGKILL."""
    return Reason.TOO_COMPLEX if code == -SIGKILL else Reason.INCONSISTENT


_bookkeeping = threading.Lock()
"""Held around what multiprocessing does with its list of children, which is not made for many threads."""


@cache
def media_pool() -> MediaPool:
    """The pool of this process; its first use takes a second unless `warm_pool` was called before."""
    return MediaPool(settings.MEDIA_PROCESSES)


def warm_pool() -> None:
    """Start the media processes beside whatever happens next, so that the first file does not wait for them."""
    threading.Thread(target=media_pool().fill, name="media pool", daemon=True).start()
