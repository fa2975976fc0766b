"""Every screen of the product, and how to get there in the demo's studio."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from mediakit.tests import clips
from tests.e2e import journey
from tests.real_server import RunningServer

Visit = Callable[[Page, RunningServer], None]

NOBODY, INES, MAYA, NEW = "", "ines@example.org", "maya@example.org", "new@example.org"
PEOPLE = (INES, MAYA, "ana@example.org", "leo@example.org", NEW)
UNKNOWN = "0b9c1d9e-7e0c-7cc1-9c7e-5f3c3c1c7a11"


def at(path: str) -> Visit:
    """By its address."""

    def visit(page: Page, server: RunningServer) -> None:
        page.goto(server.url + path)

    return visit


def by_link(path: str, name: str) -> Visit:
    """Through the first link with this name on that page."""

    def visit(page: Page, server: RunningServer) -> None:
        page.goto(server.url + path)
        page.get_by_role("main").get_by_role("link", name=re.compile(name)).first.click()
        page.wait_for_url(lambda address: not address.endswith(path))

    return visit


def code_page(page: Page, server: RunningServer) -> None:
    page.goto(f"{server.url}/door/login/")
    page.get_by_label("Mail").first.fill(MAYA)
    page.get_by_label("Mail").first.press("Enter")
    expect(page.get_by_label(re.compile("digits", re.IGNORECASE))).to_be_visible()


def sign_in_link(page: Page, server: RunningServer) -> None:
    page.goto(server.sign_in_link(MAYA))


def invitation(page: Page, server: RunningServer) -> None:
    """The one that `prepare` had mailed."""
    page.goto(journey.mailed_link(page, server, "tom@example.org"))


def failed_file(page: Page, server: RunningServer) -> None:
    """A page of the web under a film's name."""
    by_link("/desk/", "Chorus")(page, server)
    page.locator("input[data-upload-input]").set_input_files(
        {"name": "lesson.mp4", "mimeType": "video/mp4", "buffer": b"<!doctype html><title>no</title>" * 99}
    )
    expect(page.get_by_text("neither a video nor a sound file").first).to_be_visible()


def removal(page: Page, server: RunningServer) -> None:
    by_link("/desk/", "Chorus")(page, server)
    page.get_by_role("link", name="Delete this draft").click()
    expect(page.get_by_role("button", name="Delete")).to_be_visible()


def keys_open(page: Page, server: RunningServer) -> None:
    by_link("/pocket/", "Keep going")(page, server)
    page.locator("lesson-player[data-enhanced]").wait_for()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()


def speeds_open(page: Page, server: RunningServer) -> None:
    by_link("/pocket/", "Keep going")(page, server)
    page.get_by_role("button", name="speed, change").click()
    expect(page.get_by_role("slider", name="Speed")).to_be_visible()


SCREENS: dict[str, tuple[str, Visit]] = {
    "door": (NOBODY, at("/door/login/")),
    "code": (NOBODY, code_page),
    "outbox": (NOBODY, at("/outbox/")),
    "outbox-mail": (NOBODY, by_link("/outbox/", "tom@example.org")),
    "sign-in-link": (NOBODY, sign_in_link),
    "sign-in-link-used": (NOBODY, at("/sign-in-links/used-long-ago/")),
    "invitation": (NOBODY, invitation),
    "invitation-closed": (NOBODY, at("/invitations/t/closed-long-ago/")),
    "styleguide": (NOBODY, at("/styleguide/")),
    "pocket": (MAYA, at("/pocket/")),
    "pocket-empty": (NEW, at("/pocket/")),
    "lesson": (MAYA, by_link("/pocket/", "Keep going")),
    "lesson-sound": ("ana@example.org", by_link("/pocket/", "Listen")),
    "lesson-kept": ("leo@example.org", by_link("/pocket/", "Bow grip")),
    "lesson-keys": (MAYA, keys_open),
    "lesson-speeds": (MAYA, speeds_open),
    "settings": (MAYA, at("/settings/")),
    "gone": (MAYA, at(f"/deliveries/{UNKNOWN}/")),
    "not-found": (MAYA, at("/nowhere/")),
    "desk": (INES, at("/desk/")),
    "desk-empty": (NEW, at("/desk/")),
    "lesson-sender": (INES, by_link("/desk/", "Tuning by ear")),
    "composer": (INES, by_link("/desk/", "Bow changes")),
    "composer-bare": (INES, by_link("/desk/", "Chorus")),
    "composer-failed": (INES, failed_file),
    "composer-sent": (INES, by_link("/library/", "Tuning by ear")),
    "draft-removal": (INES, removal),
    "library": (INES, at("/library/")),
    "library-empty": (NEW, at("/library/")),
    "invitations": (INES, at("/invitations/")),
}


def prepare(server: RunningServer, ruth: Page, folder: Path) -> None:
    """What the demo lacks: an invitation that waits, and a recording that no browser plays."""
    journey.invite(ruth, "Tom", "tom@example.org")
    film = folder / "grip.mov"
    film.write_bytes(clips.prores())
    people = ("--from", "ruth@example.org", "--to", "leo@example.org")
    server.pocket_json("deliver", str(film), *people, "--title", "Bow grip, seen from above")
