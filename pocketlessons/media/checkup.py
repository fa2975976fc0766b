"""Trying the real thing, part by part, and saying in a line what works and what to do where it does not."""

import time
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from mediakit.errors import MediaError
from pocketlessons.lib.isolation import Layer
from pocketlessons.lib.vault import BlobMissingError, current_vault
from pocketlessons.media.actions.working import a_worker_is_there
from pocketlessons.media.processing.jobs import try_decoding, try_escaping
from pocketlessons.media.processing.pool import MediaPoolError, media_pool
from pocketlessons.media.processing.worker import tell_layers

TIMEOUT_S = 30
SAMPLE = b"pocket lessons" * 1000
WAITING = timedelta(minutes=5)

ISOLATION = {
    "environment": "no variable of the server",
    "limits": "bounded memory, no file written",
    "privileges": "no new privileges",
    "files": "no file but Python's libraries",
    "calls": "no network, no program, no new process",
}


@dataclass(frozen=True)
class Finding:
    """One part of the house. What is not `ok` but `minor` works with less protection or later."""

    part: str
    ok: bool
    detail: str
    minor: bool = False


def findings() -> Iterator[Finding]:
    """Every part, in the order in which the others need it."""
    checks: list[tuple[str, Callable[[], str]]] = [
        ("database", _database),
        ("vault", _vault),
        ("media", _media),
        ("mail", _mail),
        ("pages", _pages),
    ]
    for part, check in checks:
        yield _tried(part, check)
    yield from _isolation()
    yield _worker()


def _tried(part: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(part, ok=True, detail=check())
    except Exception as error:  # noqa: BLE001 - whatever is wrong is what we are here to tell
        return Finding(part, ok=False, detail=str(error) or type(error).__name__)


def _database() -> str:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise RuntimeError("is of another version: run bin/pocket migrate")
    return connection.vendor


def _vault() -> str:
    vault, trial = current_vault(), uuid.uuid4()
    started = time.monotonic()
    key = vault.new_wrapped_key()
    try:
        with vault.source(trial, key).appender(0) as appender:
            appender.write(SAMPLE)
            appender.flush()
        if vault.source(trial, key).read_at(0, len(SAMPLE)) != SAMPLE:
            raise RuntimeError("what was read is not what was written")
    finally:
        vault.erase(trial)
    try:
        vault.source(trial, key).open()
    except BlobMissingError:
        return f"a blob written, read and erased in {(time.monotonic() - started) * 1000:.0f} ms"
    raise RuntimeError("an erased blob is still there")


def _media() -> str:
    picture = media_pool().run(try_decoding, timeout_s=TIMEOUT_S).content
    return f"a film of one frame encoded, prepared and decoded ({len(picture)} bytes of JPEG)"


def _mail() -> str:
    if not settings.EMAIL_URL:
        folder = Path(settings.OUTBOX)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        trial = folder / f".{uuid.uuid4().hex}"
        trial.touch(mode=0o600)
        trial.unlink()
        return f"kept in {folder}, sent to nobody"
    backend = get_connection(fail_silently=False)
    backend.open()
    backend.close()
    return f"{settings.EMAIL_URL} answers"


def _pages() -> str:
    manifest = Path(str(settings.DJANGO_VITE["default"]["manifest_path"]))
    if not manifest.is_file():
        raise RuntimeError("styles and scripts are not built: run bin/setup")
    return "styles and scripts are built"


def _isolation() -> Iterator[Finding]:
    try:
        told = media_pool().run(tell_layers, timeout_s=TIMEOUT_S).fields["layers"]
        secret = str(settings.MASTER_KEY_FILE)
        escaped = media_pool().run(try_escaping, secret, timeout_s=TIMEOUT_S).fields["escaped"]
    except (MediaError, MediaPoolError) as error:
        yield Finding("isolation", ok=False, detail=str(error))
        return
    for layer in _layers(told):
        words = ISOLATION.get(layer.name, layer.name)
        detail = f"{words} ({layer.detail})" if layer.detail else words
        yield Finding("isolation", layer.is_on, detail if layer.is_on else f"missing: {detail}", minor=True)
    yield Finding("isolation", not escaped, _tried_escapes(escaped), minor=True)


def _tried_escapes(escaped: object) -> str:
    succeeded = ", ".join(map(str, escaped)) if isinstance(escaped, list) else ""
    return (
        f"a media process could {succeeded}"
        if succeeded
        else "tried: no way to the master key, the network or a process"
    )


def _layers(told: object) -> Iterator[Layer]:
    for line in told if isinstance(told, list) else []:
        name, is_on, detail = str(line).split("\t", 2)
        yield Layer(name, is_on == "1", detail)


def _worker() -> Finding:
    ready = DBTaskResult.objects.filter(
        status=TaskResultStatus.READY, enqueued_at__lt=timezone.now() - WAITING
    )
    try:
        waiting = ready.count()
        if a_worker_is_there():
            return Finding("worker", ok=True, detail=f"at work, {waiting} tasks waiting for long")
    except Exception as error:  # noqa: BLE001 - as above
        return Finding("worker", ok=False, detail=str(error))
    return Finding(
        "worker", ok=False, detail="none is running: bin/run keeps one, bin/pocket work is one", minor=True
    )
