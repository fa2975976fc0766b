"""A real browser (Debian's Chromium) against the real server."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.visitors import PHONE, Visitors
from tests.real_server import RunningServer, running_server

CHROMIUM = "/usr/bin/chromium"
QUIET = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
PATIENCE_MS = 30_000  # a busy machine is slow, not wrong

SignIn = Callable[..., Page]

expect.set_options(timeout=PATIENCE_MS)


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
def visitors(browser: Browser) -> Iterator[Visitors]:
    """Browsers of people, closed after the test."""
    with Visitors(browser, PATIENCE_MS) as visitors:
        yield visitors


@pytest.fixture
def sign_in(visitors: Visitors) -> SignIn:
    """`sign_in(server, mail, size=PHONE, look="light")`: that person's browser, at their front page."""
    return visitors.sign_in


@pytest.fixture(scope="session")
def ines_and_maya(browser: Browser, server: RunningServer) -> Iterator[tuple[Page, Page]]:
    """A curator and her learner on phones, for tests that leave them as they find them: with one lesson more."""
    with Visitors(browser, PATIENCE_MS) as visitors:
        yield visitors.meet(server, size=PHONE)


@pytest.fixture(scope="session")
def repository() -> Path:
    return Path(__file__).resolve().parents[2]
