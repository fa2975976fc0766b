"""Seeing things as they are now, for whoever is about to change them."""

from pocketlessons.lessons.models import Lesson
from pocketlessons.people.models import Connection


def hold_lesson(lesson: Lesson) -> None:
    """Read it again, and let nobody else change it before this transaction ends. Always the first to be held."""
    lesson.refresh_from_db(from_queryset=Lesson.objects.select_for_update())


def hold_connection(connection: Connection) -> None:
    """The same for a connection: whatever is given to it, or taken back, happens one after the other."""
    held = Connection.objects.select_for_update(of=("self",)).with_people()
    connection.refresh_from_db(from_queryset=held)
