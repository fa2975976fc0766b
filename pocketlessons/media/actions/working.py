"""The one task worker of an installation: what it takes up again, and what it does between tasks."""

import logging
import threading
from contextlib import AbstractContextManager
from pathlib import Path

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from pocketlessons.lib.process_lock import is_held, process_lock
from pocketlessons.media.actions.sweeping import sweep

logger = logging.getLogger(__name__)

SWEEP_SECONDS = 60


def be_the_worker() -> AbstractContextManager[None]:
    """Only one process may: a task that is marked as running is known to be abandoned. Raises AlreadyHeldError."""
    return process_lock(_lock_path())


def a_worker_is_there() -> bool:
    return is_held(_lock_path())


def take_up_interrupted_tasks() -> int:
    """Queue again what a killed worker left in the middle. Only for whoever is the worker."""
    interrupted = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING)
    return int(interrupted.update(status=TaskResultStatus.READY, started_at=None))


def keep_sweeping(stopping: threading.Event) -> None:
    """Sweep now and every minute, whatever goes wrong in between."""
    while not stopping.is_set():
        close_old_connections()
        try:
            sweep(now=timezone.now())
        except Exception:  # the next minute may be better, and the worker must live
            logger.exception("the sweep failed")
        stopping.wait(SWEEP_SECONDS)
    connection.close()


def _lock_path() -> Path:
    return Path(settings.DATA) / "worker.lock"
