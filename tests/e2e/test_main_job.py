"""The main job in a real browser: invite, accept, upload, send, play, keep the place, download."""

import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.e2e import journey
from tests.e2e.accessibility import axe_violations
from tests.e2e.films import FILMS, phone, seconds_of, tracks_of
from tests.e2e.visitors import DESKTOP, PHONE, Visitors
from tests.real_server import RunningServer

COUNT_PRESSES = """addEventListener('pointerdown',
  () => sessionStorage.setItem('presses', Number(sessionStorage.getItem('presses') ?? 0) + 1), {capture: true})"""


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_from_the_invitation_to_the_download(
    size: ViewportSize, server: RunningServer, visitors: Visitors, tmp_path: Path
) -> None:
    ines, maya = visitors.meet(server, size=size)
    _give_play_and_download(ines, maya, phone(tmp_path), tmp_path)


@pytest.mark.parametrize("name", [name for name in FILMS if name != "phone"])
def test_it_plays_and_downloads_what_people_bring(
    name: str, ines_and_maya: tuple[Page, Page], tmp_path: Path
) -> None:
    _give_play_and_download(*ines_and_maya, FILMS[name](tmp_path), tmp_path)


def test_few_presses_are_enough(server: RunningServer, visitors: Visitors, tmp_path: Path) -> None:
    ines, maya = visitors.meet(server)
    for page in (ines, maya):
        page.add_init_script(COUNT_PRESSES)
        page.reload()
    journey.new_lesson_for(ines, "Maya")
    journey.give_file(ines, phone(tmp_path))
    journey.arrived(ines)
    journey.send_to(ines, "Maya")
    assert 1 <= _presses(ines) <= 4
    maya.reload()
    maya.get_by_role("link", name="Watch").click()
    expect(maya.get_by_role("button", name="Play", exact=True)).to_be_visible()
    expect(maya.get_by_role("heading", level=1, name="Lesson of ")).to_be_visible()
    assert _presses(maya) == 1


def _presses(page: Page) -> int:
    return int(page.evaluate("Number(sessionStorage.getItem('presses') ?? 0)"))


def _give_play_and_download(ines: Page, maya: Page, film: Path, folder: Path) -> None:
    title = f"String crossings {secrets.token_hex(3)}"
    ines.goto(journey.from_root(ines, "/desk/"))
    journey.new_lesson_for(ines, "Maya")
    journey.give_file(ines, film)
    ines.get_by_label("Title").fill(title)
    journey.arrived(ines)
    address = journey.send_to(ines, "Maya")
    expect(ines.get_by_text("Sent to Maya.")).to_be_visible()
    assert not axe_violations(ines)

    _it_is_new(maya, title)
    _it_plays(maya, film)
    kept = _leave_in_the_middle(maya, title)
    maya.goto(address)
    expect(journey.media(maya)).to_have_js_property("readyState", 4)
    assert journey.seconds_at(maya) == pytest.approx(kept, abs=0.6)
    assert kept > 0.6
    _download_holds_what_came(maya, film, folder)


def _it_is_new(maya: Page, title: str) -> None:
    """Her pocket shows it, as the one thing to do or in the list of what is new, and it opens."""
    maya.goto(journey.from_root(maya, "/pocket/"))
    card = maya.locator("article.pocket", has_text=title).get_by_role("link", name="Watch")
    row = maya.get_by_role("region", name="New for you").get_by_role("link", name=title)
    card.or_(row).click()
    expect(maya.get_by_role("heading", level=1, name=title)).to_be_visible()


def _it_plays(maya: Page, film: Path) -> None:
    journey.play(maya)
    journey.plays_beyond(maya, 0.3)
    length = float(journey.media(maya).evaluate("media => media.duration"))
    assert length == pytest.approx(seconds_of(film), abs=0.2)
    landed = journey.seek_to(maya, 0.8)
    assert landed == pytest.approx(length * 0.8, abs=max(0.3, length * 0.03))
    journey.plays_beyond(maya, landed + 0.2)


def _leave_in_the_middle(maya: Page, title: str) -> float:
    """Pause before the middle and go back to the pocket; returns the second."""
    pause = maya.get_by_role("button", name="Pause", exact=True)
    if pause.is_visible():
        pause.click()
    journey.seek_to(maya, 0.3)
    second = journey.seconds_at(maya)
    maya.get_by_role("link", name="Back to Pocket").click()
    expect(
        maya.get_by_role("link", name=title).or_(maya.get_by_role("heading", name=title)).first
    ).to_be_visible()
    return second


def _download_holds_what_came(maya: Page, film: Path, folder: Path) -> None:
    with maya.expect_download() as download:
        maya.get_by_role("link", name="Download", exact=True).click()
    saved = folder / "saved" / download.value.suggested_filename
    download.value.save_as(saved)
    assert tracks_of(saved) == tracks_of(film)
