"""A real browser (Debian's Chromium) against the real server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.real_server import RunningServer, running_server

CHROMIUM = "/usr/bin/chromium"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 800}
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]

SignIn = Callable[..., Page]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "tests/e2e" in str(item.path):
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    return {"executable_path": CHROMIUM, "args": QUIET}


@pytest.fixture(scope="session")
def demo_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """The studio of the demo. Tests look at it and change nothing that others look at."""
    with running_server(tmp_path_factory.mktemp("demo"), demo=True) as server:
        yield server


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """An empty installation."""
    with running_server(tmp_path_factory.mktemp("empty")) as server:
        yield server


@pytest.fixture
def sign_in(browser: Browser) -> Iterator[SignIn]:
    """`sign_in(server, mail, size=PHONE, look="light")`: that person's browser, at their front page."""
    contexts: list[BrowserContext] = []

    def open_for(
        server: RunningServer, mail: str, *, size: dict[str, int] = PHONE, look: str = "light"
    ) -> Page:
        context = browser.new_context(viewport=size, color_scheme=look, has_touch=size == PHONE)  # type: ignore[arg-type]
        contexts.append(context)
        page = context.new_page()
        page.goto(server.sign_in_link(mail))
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(lambda address: "sign-in-links" not in address)
        return page

    yield open_for
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).resolve().parents[2]
