"""Tries the real thing and says what works."""

import sys
from typing import Any

from django.core.management.base import BaseCommand
from rich.console import Console
from rich.table import Table

from pocketlessons.media.checkup import Finding, findings


class Command(BaseCommand):
    """Exits with 1 when a part does not work; what is merely weaker than it could be is a warning."""

    help = "Tries every part of this installation and says what works."

    def handle(self, *args: Any, **options: Any) -> None:
        with Console(stderr=True).status("Trying every part"):
            found = list(findings())
        table = Table("part", "", "what was found")
        for finding in found:
            table.add_row(finding.part, _mark(finding), finding.detail)
        console = Console()
        with console.capture() as drawn:
            console.print(table)
        self.stdout.write(drawn.get())
        if any(not finding.ok and not finding.minor for finding in found):
            sys.exit(1)


def _mark(finding: Finding) -> str:
    if finding.ok:
        return "[green]works[/]"
    return "[yellow]warning[/]" if finding.minor else "[red]broken[/]"
