"""The docs keep up with the code: settings, rooms, states, reasons."""

import re
from pathlib import Path

import pytest

from mediakit.errors import Reason
from pocketlessons.media.models import Recording

ROOT = Path(__file__).resolve().parent.parent


def test_every_setting_has_its_row() -> None:
    settings = (ROOT / "pocketlessons/config/settings.py").read_text(encoding="utf-8")
    names = set(
        re.findall(r"environment\.(?:text|flag|number|words|folder|secret)\(\s*\"([A-Z_]+)\"", settings)
    )
    rows = (ROOT / "docs/running/settings.md").read_text(encoding="utf-8")
    assert len(names) > 15
    assert {name for name in names if f"`{name}`" not in rows} == set()


@pytest.mark.parametrize(
    "room", [p.name for p in (ROOT / "pocketlessons").iterdir() if (p / "__init__.py").exists()]
)
def test_every_room_is_on_the_map(room: str) -> None:
    assert f"**{room}**" in (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    assert f"`pocketlessons/{room}`" in (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("status", Recording.Status.values)
def test_every_state_is_in_the_diagram(status: str) -> None:
    assert re.search(
        rf"(--> {status}|{status} -->)", (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    )


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_its_help(reason: Reason) -> None:
    assert f"| `{reason}` |" in (ROOT / "docs/running/troubleshooting.md").read_text(encoding="utf-8")


def test_links_between_the_docs_lead_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\((?!https?:|#)([^)#]+)", page.read_text(encoding="utf-8"))
    ]
    assert len(links) > 5
    assert [(page.name, target) for page, target in links if not (page.parent / target).exists()] == []
