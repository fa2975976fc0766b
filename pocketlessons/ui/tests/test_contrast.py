"""Every pair of colours that meets on a page is readable, in both themes."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[3] / "frontend" / "src" / "ui" / "tokens.css"
TEXT, GRAPHICS = 4.5, 3.0

PAIRS = [
    *[("ink", ground, TEXT) for ground in ["ground", "surface", "raised", "sunken", "tint-1", "tint-2", "tint-3", "tint-4"]],
    *[("muted", ground, TEXT) for ground in ["ground", "surface", "raised", "sunken", "private-soft"]],
    *[("action", ground, TEXT) for ground in ["ground", "surface", "raised", "sunken"]],
    ("on-action", "action", TEXT),
    ("on-action", "action-hover", TEXT),
    ("on-action-soft", "action-soft", TEXT),
    ("on-thread-soft", "thread-soft", TEXT),
    ("on-thread-soft", "surface", TEXT),
    *[("danger", ground, TEXT) for ground in ["ground", "surface", "raised", "danger-soft"]],
    ("ok", "ok-soft", TEXT),
    ("ok", "surface", TEXT),
    ("on-rec", "rec", TEXT),
    ("on-stage", "stage", TEXT),
    ("on-stage-muted", "stage", TEXT),
    *[("edge", ground, GRAPHICS) for ground in ["ground", "surface", "raised"]],
    *[("thread", ground, GRAPHICS) for ground in ["ground", "surface"]],
    ("stage-thread", "stage", GRAPHICS),
    ("action", "track", GRAPHICS),
]  # fmt: skip


def tokens(theme: str) -> dict[str, str]:
    """The colours of `light` or `dark` by name, as six digits."""
    declared = re.findall(r"--([\w-]+):\s*(?:light-dark\((#\w+),\s*(#\w+)\)|(#\w+))", TOKENS.read_text())
    return {name: always or (light if theme == "light" else dark) for name, light, dark, always in declared}


def luminance(colour: str) -> float:
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_it_can_be_read(theme: str, front: str, back: str, least: float) -> None:
    colours = tokens(theme)
    assert contrast(colours[front], colours[back]) >= least, f"{front} on {back}"


def test_black_on_white_is_measured_as_twenty_one() -> None:
    assert round(contrast("#000000", "#FFFFFF"), 1) == 21.0
