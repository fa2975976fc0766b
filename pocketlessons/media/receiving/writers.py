"""One writer for each upload. A newer request takes over at once, without waiting for the older one."""

import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings

from pocketlessons.lib.vault import Appender, SourceBlob

BODIES_PER_PERSON = 4


class FencedOffError(Exception):
    """A newer request has taken this upload over."""


class TooManyBodiesError(Exception):
    """More bodies are arriving than we can read at once: try again in a moment."""


class Writer:
    """One request's hold on one blob. Once another thread has stopped it, it writes not one byte more."""

    def __init__(self, owner_id: uuid.UUID, epoch: int) -> None:
        self.owner_id = owner_id
        self.epoch = epoch
        self._lock = threading.Lock()
        self._appender: Appender | None = None
        self._is_stopped = False
        self.replaces: Writer | None = None

    def open(self, source: SourceBlob, offset: int) -> None:
        """Cut the blob to `offset`. Raises FencedOffError, VaultError."""
        with self._lock:
            if self._is_stopped:
                raise FencedOffError
            self._appender = source.appender(offset)

    def write(self, block: bytes) -> None:
        """Raises FencedOffError, VaultError."""
        with self._lock:
            self._standing().write(block)

    def flush(self) -> None:
        """Raises FencedOffError, VaultError."""
        with self._lock:
            self._standing().flush()

    def stop(self) -> None:
        """Waits for a write under way, a few milliseconds, and never for a client."""
        with self._lock:
            self._is_stopped = True
            if self._appender is not None:
                self._appender.close()
        older = self.replaces
        if older is not None:  # it may not have been stopped yet when a third writer comes
            older.stop()
            self.replaces = None

    def _standing(self) -> Appender:
        if self._is_stopped or self._appender is None:
            raise FencedOffError
        return self._appender


class Writers:
    """Those at work in this process. Another process is kept out by the blob's own lock."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._writers: dict[uuid.UUID, Writer] = {}
        self._bodies = 0

    @contextmanager
    def admitted(self, upload_id: uuid.UUID, owner_id: uuid.UUID) -> Iterator[None]:
        """Room for one more body: four a person, and half of our threads in all. Raises TooManyBodiesError."""
        with self._lock:
            theirs = [key for key, writer in self._writers.items() if writer.owner_id == owner_id]
            others = len(set(theirs) - {upload_id})
            if self._bodies >= settings.WEB_THREADS // 2 or others >= BODIES_PER_PERSON:
                raise TooManyBodiesError
            self._bodies += 1
        try:
            yield
        finally:
            with self._lock:
                self._bodies -= 1

    @contextmanager
    def writing(self, upload_id: uuid.UUID, writer: Writer) -> Iterator[Writer]:
        """Stop whoever wrote before, and be the one who writes. Raises FencedOffError if a newer one is there."""
        with self._lock:
            older = self._writers.get(upload_id)
            if older is not None and older.epoch > writer.epoch:
                raise FencedOffError
            self._writers[upload_id] = writer
            writer.replaces = older
        try:
            if older is not None:
                older.stop()
            yield writer
        finally:
            writer.stop()
            with self._lock:
                if self._writers.get(upload_id) is writer:
                    del self._writers[upload_id]

    def stop(self, upload_id: uuid.UUID) -> None:
        """Nobody writes to this upload any more."""
        with self._lock:
            writer = self._writers.get(upload_id)
        if writer is not None:
            writer.stop()


WRITERS = Writers()
