"""Blobs in one folder of a local disk: `id[-2:]/id/name`, folders 0700, files 0600."""

import fcntl
import os
import secrets
import shutil
import uuid
import weakref
from dataclasses import dataclass
from pathlib import Path

from pocketlessons.lib.vault.errors import BlobMissingError, VaultError, disk_errors
from pocketlessons.lib.vault.store import Blob

SAFE = os.O_CLOEXEC | os.O_NOFOLLOW


class LocalReader:
    """A file read by position, so that threads may share it."""

    def __init__(self, path: Path) -> None:
        with disk_errors():
            self._descriptor = os.open(path, os.O_RDONLY | SAFE)
        weakref.finalize(self, os.close, self._descriptor)

    @property
    def size(self) -> int:
        return os.fstat(self._descriptor).st_size

    def read_at(self, offset: int, length: int) -> bytes:
        with disk_errors():
            content = os.pread(self._descriptor, length, offset)
            while 0 < len(content) < length:
                more = os.pread(self._descriptor, length - len(content), offset + len(content))
                if not more:
                    break
                content += more
        return content


class LocalWriter:
    """A file appended to under an exclusive lock that dies with the process."""

    def __init__(self, path: Path, offset: int) -> None:
        with disk_errors():
            self._descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | SAFE, 0o600)
        self._close = weakref.finalize(self, os.close, self._descriptor)
        with disk_errors():
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            size = os.fstat(self._descriptor).st_size
            if size < offset:
                raise VaultError(f"the blob ends at {size}, before {offset}")
            if size > offset:
                os.ftruncate(self._descriptor, offset)
            os.lseek(self._descriptor, offset, os.SEEK_SET)

    def write(self, content: bytes | memoryview) -> None:
        rest = memoryview(content)
        with disk_errors():
            while rest:
                rest = rest[os.write(self._descriptor, rest) :]

    def flush(self) -> None:
        with disk_errors():
            os.fdatasync(self._descriptor)

    def close(self) -> None:
        self._close()


@dataclass(frozen=True)
class LocalStore:
    """A BlobStore in the folder `root`."""

    root: Path

    def path(self, blob: Blob) -> Path:
        return self._folder(blob.recording_id) / blob.name

    def reader(self, blob: Blob) -> LocalReader:
        return LocalReader(self.path(blob))

    def writer(self, blob: Blob, *, offset: int) -> LocalWriter:
        path = self.path(blob)
        is_new = not path.exists()
        if is_new:
            self._make_folder(path.parent)
        writer = LocalWriter(path, offset)
        if is_new:
            _fsync_folder(path.parent)
        return writer

    def put(self, blob: Blob, content: bytes) -> None:
        path = self.path(blob)
        self._make_folder(path.parent)
        draft = path.with_name(f".{blob.name}-{secrets.token_hex(8)}")
        try:
            writer = LocalWriter(draft, 0)
            try:
                writer.write(content)
                writer.flush()
            finally:
                writer.close()
            with disk_errors():
                draft.rename(path)
        finally:
            draft.unlink(missing_ok=True)
        _fsync_folder(path.parent)

    def size(self, blob: Blob) -> int:
        try:
            with disk_errors():
                return self.path(blob).stat(follow_symlinks=False).st_size
        except BlobMissingError:
            return 0

    def has(self, blob: Blob) -> bool:
        return self.path(blob).is_file()

    def erase(self, recording_id: uuid.UUID) -> None:
        folder = self._folder(recording_id)
        if not folder.exists():
            return
        with disk_errors():
            shutil.rmtree(folder)
        _fsync_folder(folder.parent)

    def _folder(self, recording_id: uuid.UUID) -> Path:
        # The last digits, since the first ones of a version 7 id are the time and would all be alike.
        return self.root / recording_id.hex[-2:] / recording_id.hex

    def _make_folder(self, folder: Path) -> None:
        with disk_errors():
            for step in (self.root, folder.parent, folder):
                if not step.exists():
                    step.mkdir(mode=0o700, parents=True, exist_ok=True)
                    _fsync_folder(step.parent)


def _fsync_folder(folder: Path) -> None:
    """A new name outlives a power cut only once its folder does."""
    with disk_errors():
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
