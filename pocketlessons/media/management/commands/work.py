"""The task worker: posters and whatever else is done after the answer."""

import threading
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from pocketlessons.lib.process_lock import AlreadyHeldError
from pocketlessons.media.actions.working import be_the_worker, keep_sweeping, take_up_interrupted_tasks

INTERVAL_S = 0.25


class Command(BaseCommand):
    """Runs until it is told to stop; killed at any moment, the next one takes up where it was."""

    help = "Does the work that waits in the queue. One worker at a time."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            with be_the_worker():
                self._work()
        except AlreadyHeldError as error:
            raise CommandError("Another worker is already at work here.") from error

    def _work(self) -> None:
        take_up_interrupted_tasks()
        stopping = threading.Event()
        sweeping = threading.Thread(target=keep_sweeping, args=(stopping,), name="sweep", daemon=True)
        sweeping.start()
        try:
            call_command("db_worker", interval=INTERVAL_S, startup_delay=False, reload=False, verbosity=0)
        finally:
            stopping.set()
