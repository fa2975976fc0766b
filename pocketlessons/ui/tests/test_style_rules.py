"""The rules of the design system that a reader of a change may miss."""

import re
from pathlib import Path

import pytest

from pocketlessons.ui.templatetags.ui import ICONS

ROOT = Path(__file__).resolve().parents[3]
SHEETS = sorted((ROOT / "frontend" / "src").rglob("*.css"))
TEMPLATES = sorted((ROOT / "pocketlessons").rglob("templates/**/*.html"))
PAGES = [
    path for path in TEMPLATES if not path.name.endswith("_message.html")
]  # mail programs know no style sheets

PHYSICAL = re.compile(
    r"(?<![\w-])(?:(?:margin|padding|border|inset)-(?:left|right|top|bottom)[\w-]*|left|right|top|bottom|(?:min-|max-)?(?:width|height))\s*:"
    r"|(?:text-align|float|clear)\s*:\s*(?:left|right)"
)
COLOUR = re.compile(r"#[0-9a-fA-F]{3,8}\b|\b(?:rgb|hsl)a?\(")
COMMENTS = re.compile(r"/\*.*?\*/|@media[^{]*", re.DOTALL)
DJANGO = re.compile(r"{%\s*comment.*?endcomment\s*%}|{#.*?#}", re.DOTALL)
SCRIPT = re.compile(r"<script\b([^>]*)>", re.IGNORECASE)


def named(paths: list[Path]) -> list[object]:
    return [pytest.param(path, id=str(path.relative_to(ROOT))) for path in paths]


@pytest.mark.parametrize("sheet", named(SHEETS))
def test_a_sheet_works_in_both_directions_of_writing(sheet: Path) -> None:
    assert PHYSICAL.findall(COMMENTS.sub("", sheet.read_text())) == []


@pytest.mark.parametrize("sheet", named([sheet for sheet in SHEETS if sheet.name != "tokens.css"]))
def test_a_sheet_takes_its_colours_from_the_tokens(sheet: Path) -> None:
    assert COLOUR.findall(COMMENTS.sub("", sheet.read_text())) == []


def test_every_sheet_is_imported_once() -> None:
    imported = re.findall(
        r'@import url\("(?:\./|\.\./\w+/)([\w-]+\.css)"\)', (ROOT / "frontend/src/ui/app.css").read_text()
    )
    assert sorted(imported) == sorted(sheet.name for sheet in SHEETS if sheet.name != "app.css")


@pytest.mark.parametrize("template", named(PAGES))
def test_a_page_has_nothing_inline(template: Path) -> None:
    text = DJANGO.sub("", template.read_text())
    assert not re.search(r"\sstyle\s*=", text)
    assert not re.search(r"<style\b", text)
    assert not re.search(r"<[^>]*\son\w+\s*=", text)
    assert not re.search(r"javascript:", text)
    for attributes in SCRIPT.findall(text):
        assert "src=" in attributes or "application/json" in attributes


@pytest.mark.parametrize("template", named(TEMPLATES))
def test_a_template_names_icons_that_we_have(template: Path) -> None:
    wanted = set(re.findall(r"{%\s*icon\s+\"([\w-]+)\"", template.read_text()))
    assert wanted <= {path.stem for path in ICONS.glob("*.svg")}


def test_each_component_is_shown_on_the_styleguide_and_says_what_it_takes() -> None:
    ui = ROOT / "pocketlessons" / "ui" / "templates" / "ui"
    shown = "".join(path.read_text() for path in [*ui.glob("styleguide/*.html"), ui / "styleguide.html"])
    inner = "".join(path.read_text() for path in [*ui.glob("components/*.html"), *ui.glob("*.html")])
    for component in ui.glob("components/_*.html"):
        address = f"ui/components/{component.name}"
        assert address in shown or address in inner or component.name == "_field.html", component.name
        assert component.read_text().startswith("{% comment %}"), component.name
