"""Puts the pictures of these pages together from the shots of `tests/e2e/test_screens.py`: make.py FOLDER_OF_SHOTS."""

import sys
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
GROUND = (226, 229, 226)
GAP = 60
ONE = {
    "pocket-phone-dark": "pocket-390-dark",
    "lesson-desktop": "lesson-1280-light",
    "desk-desktop": "desk-1280-light",
    "composer-desktop": "composer-1280-light",
}


def side_by_side(*shots: Image.Image) -> Image.Image:
    """On a calm ground, with as much room between them as around."""
    width = sum(shot.width for shot in shots) + GAP * (len(shots) + 1)
    sheet = Image.new("RGB", (width, max(shot.height for shot in shots) + 2 * GAP), GROUND)
    left = GAP
    for shot in shots:
        sheet.paste(shot, (left, GAP))
        left += shot.width + GAP
    return sheet


def save(picture: Image.Image, name: str) -> None:
    """With 256 colours, which these flat pictures bear, and a third of the bytes."""
    few = picture.convert("RGB").quantize(
        256, Image.Quantize.MEDIANCUT, kmeans=4, dither=Image.Dither.FLOYDSTEINBERG
    )
    few.save(HERE / f"{name}.png", optimize=True)


def main(shots: Path) -> None:
    phone = [Image.open(shots / f"{name}-390-light.png") for name in ("pocket", "lesson")]
    save(side_by_side(*phone), "overview")
    for name, shot in ONE.items():
        save(Image.open(shots / f"{shot}.png"), name)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
