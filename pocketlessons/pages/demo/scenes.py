"""The drawn pictures and sounds of the demo's recordings."""

from collections.abc import Callable
from dataclasses import dataclass
from math import radians
from pathlib import Path

from mediakit.render.film import render_film, render_sound
from mediakit.render.scene import Scene
from mediakit.render.sound import Wave, bowed, breathing, plucked

ART = Path(__file__).parent / "art"
G_MAJOR = (55, 57, 59, 60, 62, 64, 66, 67)
OPEN_STRINGS = (55, 62, 69, 76)

VIOLIN = Scene(
    *(ART / "violin.webp", "slide", 90, 4),
    sprite=ART / "violin-bow.webp",
    place=(-150, 115),
    angle=radians(9),
)
FINGERBOARD = Scene(
    *(ART / "fingerboard.webp", "slide", 7, 1),
    sprite=ART / "fingerboard-hand.webp",
    place=(306, 286),
    angle=radians(-16),
)
METRONOME = Scene(
    *(ART / "metronome.webp", "swing", 22, 2),
    sprite=ART / "metronome-arm.webp",
    place=(461, 50),
    pivot=(480, 405),
)
DUSK = Scene(*(ART / "dusk.webp", "breathe", 0.35, 8), sprite=ART / "dusk-rings.webp", place=(215, 117))
SCROLL = Scene(ART / "scroll.webp", "drift", 14, 6)


@dataclass(frozen=True)
class Take:
    """One recording to be drawn: a film, or sound alone."""

    file_name: str
    seconds: int
    sound: Callable[[int], Wave]
    scene: Scene | None = None

    def write(self, folder: Path) -> Path:
        """The file, in `folder`, made in a second or two."""
        path = folder / self.file_name
        if self.scene:
            render_film(path, self.scene, self.sound(self.seconds))
        else:
            render_sound(path, self.sound(self.seconds))
        return path


TAKES = {
    "crossings": Take("IMG_2041.mp4", 146, lambda s: bowed(s, OPEN_STRINGS, 2), VIOLIN),
    "tuning": Take("IMG_2036.mp4", 92, lambda s: bowed(s, (69, 62, 55, 76), 3), SCROLL),
    "slow": Take("IMG_2019.mp4", 118, lambda s: plucked(s, G_MAJOR, 1), METRONOME),
    "vibrato": Take("IMG_1987.mp4", 84, lambda s: bowed(s, (62, 64, 66, 67), 1), FINGERBOARD),
    "changes": Take("IMG_2047.mp4", 64, lambda s: bowed(s, (55, 57), 4), VIOLIN),
    "shoulder": Take("shoulder.mp4", 125, lambda s: breathing(s, 8), DUSK),
    "breathing": Take("breathing.m4a", 240, lambda s: breathing(s, 10)),
}
