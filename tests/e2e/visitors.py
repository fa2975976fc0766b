"""People at their browsers: strangers, somebody signed in, a curator who has just met her learner."""

import secrets
from types import TracebackType
from typing import Any, Self

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.e2e import journey
from tests.real_server import RunningServer

PHONE: ViewportSize = {"width": 390, "height": 844}
DESKTOP: ViewportSize = {"width": 1280, "height": 800}


class Visitors:
    """Opens browsers of their own for people, and closes them at the end."""

    def __init__(self, browser: Browser, patience_ms: int) -> None:
        self._browser = browser
        self._patience_ms = patience_ms
        self._contexts: list[BrowserContext] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for context in self._contexts:
            context.close()

    def open(self, *, size: ViewportSize = PHONE, look: str = "light", **options: Any) -> Page:
        """An empty page of somebody whom nobody knows yet."""
        device = {"viewport": size, "color_scheme": look, "has_touch": size == PHONE}
        context = self._browser.new_context(**device, **options)  # type: ignore[arg-type]
        context.set_default_timeout(self._patience_ms)
        self._contexts.append(context)
        return context.new_page()

    def sign_in(self, server: RunningServer, mail: str, **device: Any) -> Page:
        """That person at their front page."""
        page = self.open(**device)
        page.goto(server.sign_in_link(mail))
        page.get_by_role("button", name="Continue").click()
        page.wait_for_url(lambda address: "sign-in-links" not in address)
        return page

    def meet(self, server: RunningServer, **device: Any) -> tuple[Page, Page]:
        """Ines at her desk and Maya in her pocket, connected by a mailed invitation; two people nobody else knows."""
        number = secrets.token_hex(4)
        mail = f"maya-{number}@example.org"
        ines = self.sign_in(server, f"ines-{number}@example.org", **device)
        journey.name_oneself(ines, "Ines Duarte")
        journey.invite(ines, "Maya Okafor", mail)
        maya = self.open(**device)
        journey.accept(maya, journey.mailed_link(maya, server, mail))
        ines.goto(f"{server.url}/desk/")
        return ines, maya
