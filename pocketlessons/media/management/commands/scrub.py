"""Verifies the stored bytes of every recording."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db.models import QuerySet

from pocketlessons.lib.byte_progress import byte_progress
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.verifying import is_intact


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
    with byte_progress() as bar:
        task = bar.add_task("Reading", total=total)
        return [
            recording
            for recording in recordings.iterator()
            if not is_intact(recording, progress=lambda count: bar.advance(task, count))
        ]
