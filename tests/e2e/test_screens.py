"""Every screen, at both widths and in both looks: nothing that axe, a finger, a narrow phone or the console minds."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, ViewportSize

from tests.e2e.accessibility import ALL, COLOURS, Rules, axe_violations, scrolls_sideways, small_targets
from tests.e2e.conftest import PATIENCE_MS
from tests.e2e.screens import PEOPLE, SCREENS, prepare
from tests.e2e.visitors import DESKTOP, PHONE, Visitors
from tests.real_server import RunningServer

LOOKS: tuple[tuple[Literal["light", "dark"], Rules], ...] = (("light", ALL), ("dark", COLOURS))
SHOTS = os.environ.get("POCKET_SCREENSHOTS")
SETTLED = "() => Promise.allSettled(document.getAnimations().map(animation => animation.finished))"
STILL = """() => Promise.all([document.fonts.ready, ...[...document.images]
  .filter(image => image.loading !== 'lazy').map(image => image.decode().catch(() => {}))])"""


@pytest.fixture(scope="module")
def doors(
    browser: Browser, demo_server: RunningServer, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Path]]:
    """By mail address, a file that lets a new browser in as that person."""
    folder = tmp_path_factory.mktemp("doors")
    with Visitors(browser, PATIENCE_MS) as visitors:
        prepare(demo_server, visitors.sign_in(demo_server, "ruth@example.org"), folder)
        for mail in PEOPLE:
            page = visitors.sign_in(demo_server, mail)
            page.context.storage_state(path=folder / mail)
        yield {mail: folder / mail for mail in PEOPLE}


@pytest.mark.parametrize("name", SCREENS)
def test_screen(name: str, doors: dict[str, Path], demo_server: RunningServer, visitors: Visitors) -> None:
    mail, visit = SCREENS[name]
    known = doors[mail] if mail else None
    complaints: list[str] = []
    for width, size in {"390": PHONE, "1280": DESKTOP}.items():
        page = visitors.open(size=size, storage_state=known, reduced_motion="reduce")
        said = _console(page)
        visit(page, demo_server)
        page.evaluate(STILL)
        complaints += said
        for look, rules in LOOKS:
            page.emulate_media(color_scheme=look)
            page.evaluate(SETTLED)
            _shoot(page, f"{name}-{width}-{look}")
            complaints += [f"{width} {look}: {each}" for each in axe_violations(page, rules)]
        complaints += [f"{width}, small: {each}" for each in small_targets(page)]
        complaints += [f"{width}, sideways: {each}" for each in scrolls_sideways(page)]
        complaints += _turned_and_squeezed(page, size)
        page.context.close()
    assert not complaints, "\n".join(complaints)


def _turned_and_squeezed(page: Page, size: ViewportSize) -> list[str]:
    """Written from the right; and on a phone, the narrowest one, and letters of twice the size."""
    page.evaluate("document.documentElement.dir = 'rtl'")
    complaints = [f"{size['width']} rtl: {each}" for each in scrolls_sideways(page)]
    page.evaluate("document.documentElement.dir = 'ltr'")
    if size == PHONE:
        page.evaluate("document.documentElement.style.fontSize = '200%'")
        complaints += [f"390 at 200 %: {each}" for each in scrolls_sideways(page)]
        page.evaluate("document.documentElement.style.fontSize = ''")
        page.set_viewport_size({"width": 320, "height": 640})
        complaints += [f"320: {each}" for each in scrolls_sideways(page)]
    return complaints


def _console(page: Page) -> list[str]:
    """Fills with what the browser complains of; that a page which is not there answers 404 is no complaint."""
    said: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        is_the_page = message.location.get("url") == page.url and "404" in message.text
        if message.type in ("error", "warning") and not is_the_page:
            said.append(f"console: {message.text}")

    page.on("console", hear)
    page.on("pageerror", lambda error: said.append(f"error: {error}"))
    return said


def _shoot(page: Page, name: str) -> None:
    if SHOTS:
        Path(SHOTS).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=Path(SHOTS) / f"{name}.png")
        page.screenshot(path=Path(SHOTS) / f"{name}-full.png", full_page=True)
