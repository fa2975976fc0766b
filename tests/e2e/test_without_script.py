"""Everything but the player's own controls and the upload works in a browser that runs no script."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e import journey
from tests.e2e.films import phone
from tests.e2e.visitors import Visitors
from tests.real_server import RunningServer

INES, MAYA = "ines.plain@example.org", "maya.plain@example.org"


def test_what_was_given_plays_in_the_browsers_own_player(
    server: RunningServer, visitors: Visitors, tmp_path: Path
) -> None:
    people = ("--from", INES, "--to", MAYA)
    server.pocket_json("deliver", str(phone(tmp_path)), *people, "--title", "Long tones")
    maya = _without_script(visitors, server, MAYA)
    maya.goto(f"{server.url}/pocket/")
    maya.get_by_role("link", name="Watch").click()
    film = journey.media(maya)
    expect(film).to_have_attribute("controls", "")
    expect(maya.get_by_role("slider")).to_have_count(0)
    film.focus()
    maya.keyboard.press("Space")
    expect(film).to_have_js_property("paused", value=False)
    expect(film).to_have_js_property("ended", value=True)
    expect(maya.get_by_role("link", name="Download", exact=True)).to_be_visible()


def test_words_are_written_sent_and_taken_back(server: RunningServer, visitors: Visitors) -> None:
    ines, maya = _connected(visitors, server)
    ines.goto(f"{server.url}/desk/")
    journey.new_lesson_for(ines, "Maya")
    ines.get_by_label("Title").fill("Before you play")
    ines.get_by_label("Guidance").fill("Breathe out *first*.")
    ines.get_by_role("button", name="Save").click()
    expect(ines.get_by_label("Title")).to_have_value("Before you play")
    expect(ines.get_by_label("Guidance")).to_have_value("Breathe out *first*.")
    ines.get_by_label("A few words with it").fill("For tonight.")
    address = journey.send_to(ines, "Maya")

    maya.goto(f"{server.url}/pocket/")
    maya.get_by_role("link", name="Read").click()
    expect(maya.get_by_text("For tonight.")).to_be_visible()
    expect(maya.locator("em", has_text="first")).to_be_visible()

    ines.get_by_role("button", name="Take back").first.click()
    expect(ines.get_by_text("Maya doesn't have it any more.")).to_be_visible()
    maya.goto(address)
    expect(maya.get_by_role("heading", name="This lesson isn't shared with you any more")).to_be_visible()


def test_settings_are_kept(server: RunningServer, visitors: Visitors) -> None:
    page = _without_script(visitors, server, "plain@example.org")
    journey.name_oneself(page, "Ada Plain")
    page.get_by_role("radio", name="Dark").check()
    page.locator("form", has=page.get_by_role("radio", name="Dark")).get_by_role(
        "button", name="Save"
    ).click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")


def _connected(visitors: Visitors, server: RunningServer) -> tuple[Page, Page]:
    ines = _without_script(visitors, server, "ines.words@example.org")
    journey.name_oneself(ines, "Ines Duarte")
    journey.invite(ines, "Maya Okafor", "maya.words@example.org")
    maya = visitors.open(java_script_enabled=False)
    journey.accept(maya, journey.mailed_link(maya, server, "maya.words@example.org"))
    return ines, maya


def _without_script(visitors: Visitors, server: RunningServer, mail: str) -> Page:
    return visitors.sign_in(server, mail, java_script_enabled=False)
