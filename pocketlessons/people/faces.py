"""The drawn faces that a person can choose instead of initials."""

from functools import cache
from pathlib import Path

from pocketlessons import ui

FOLDER = Path(ui.__file__).parent / "static" / "ui" / "faces"


@cache
def names() -> tuple[str, ...]:
    """The faces that come with the design system, by name."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.svg")))
