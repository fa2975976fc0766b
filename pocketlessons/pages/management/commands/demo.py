"""Fills an empty installation with a studio to look at."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from pocketlessons.pages.demo import demo_links, fill_when_empty


class Command(BaseCommand):
    """What `bin/run` does at its first start, by hand."""

    help = "Fills an empty installation with a studio to look at."

    def handle(self, *args: Any, **options: Any) -> None:
        if not fill_when_empty():
            raise CommandError("There are people here already; the demo is for an empty installation.")
        for name, link in demo_links():
            self.stdout.write(f"{name}: {link}")
