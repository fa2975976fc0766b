"""Verifies the stored bytes of every recording."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)

from pocketlessons.media.models import Recording
from pocketlessons.media.processing.verifying import is_intact

COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    DownloadColumn(),
    TransferSpeedColumn(),
    TimeRemainingColumn(),
)


class Command(BaseCommand):
    """Exits with 1 when any recording's bytes are not those that arrived."""

    help = "Reads every stored recording and compares it with the hash taken when it arrived."

    def handle(self, *args: Any, **options: Any) -> None:
        received = Recording.objects.exclude(received_at=None).exclude(status=Recording.Status.ERASED)
        damaged = _damaged(received.order_by("created_at"))
        for recording in damaged:
            self.stdout.write(f"{recording.pk} differs from what arrived on {recording.received_at:%Y-%m-%d}")
        self.stdout.write(f"{received.count()} recordings read, {len(damaged)} damaged.")
        if damaged:
            sys.exit(1)


def _damaged(recordings: QuerySet[Recording]) -> list[Recording]:
    total = sum(recordings.values_list("size_bytes", flat=True))
    with Progress(*COLUMNS, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("Reading", total=total)
        return [
            recording
            for recording in recordings.iterator()
            if not is_intact(recording, progress=lambda count: bar.advance(task, count))
        ]
