"""The main job without a pointer, and the player's keys."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, ViewportSize, expect

from mediakit.render.phone import phone_mp4
from tests.e2e import journey
from tests.e2e.keyboard import press, tab_to, write
from tests.e2e.visitors import DESKTOP, PHONE, Visitors
from tests.real_server import RunningServer

SECONDS = 60
STATE = """() => {
  const media = document.querySelector('[data-player-media]');
  return {at: media.currentTime, paused: media.paused, speed: media.playbackRate, muted: media.muted};
}"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("films") / "IMG_2050.mp4"
    phone_mp4(path, SECONDS)
    return path


@pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_the_main_job_with_the_keyboard_alone(
    size: ViewportSize, server: RunningServer, visitors: Visitors, film: Path
) -> None:
    mail = f"kei-{size['width']}@example.org"
    ines = visitors.open(size=size)
    ines.goto(server.sign_in_link(f"ivo-{size['width']}@example.org"))
    press(ines, ines.get_by_role("button", name="Continue"))
    ines.wait_for_url("**/desk/")
    _invite(ines, mail)
    kei = visitors.open(size=size)
    kei.goto(journey.mailed_link(kei, server, mail))
    press(kei, kei.get_by_role("button", name="Accept and come in"))
    expect(kei.get_by_role("heading", level=1, name=re.compile("^Good "))).to_be_visible()
    _send(ines, film)
    kei.reload()
    press(kei, kei.get_by_role("link", name="Watch"))
    kei.wait_for_url(journey.SENT)
    press(kei, kei.get_by_role("button", name="Play", exact=True))
    journey.plays_beyond(kei, 0.2)
    tab_to(kei, kei.get_by_role("slider", name="Position"), back=True)
    kei.keyboard.press("End")
    journey.plays_beyond(kei, SECONDS - 1)
    press(kei, kei.get_by_role("link", name="Back to Pocket"))
    expect(kei.get_by_role("heading", level=1, name=re.compile("^Good "))).to_be_visible()


def _invite(ines: Page, mail: str) -> None:
    press(ines, ines.get_by_role("main").get_by_role("link", name=re.compile("^Invite")).first)
    ines.wait_for_url("**/invitations/")
    write(ines, ines.get_by_label("Their name"), "Kei Tanaka")
    write(ines, ines.get_by_label("Their mail address"), mail)
    ines.keyboard.press("Enter")
    expect(ines.get_by_text(f"Invitation sent to {mail}.")).to_be_visible()


def _send(ines: Page, film: Path) -> None:
    ines.on(
        "filechooser", lambda _chooser: None
    )  # listened for in good time: a key is quicker than the browser
    ines.goto(journey.from_root(ines, "/desk/"))
    press(ines, ines.get_by_role("main").get_by_role("button", name="New lesson for Kei"))
    ines.wait_for_url(journey.COMPOSER)
    tab_to(ines, ines.locator("input[data-upload-input]"))
    with ines.expect_file_chooser() as chooser:
        ines.keyboard.press("Enter")
    chooser.value.set_files(film)
    write(ines, ines.get_by_label("Title"), "Long tones")
    journey.arrived(ines)
    press(ines, ines.get_by_role("button", name="Send to Kei"))
    ines.wait_for_url(journey.SENT)


@pytest.fixture
def player(ines_and_maya: tuple[Page, Page], film: Path) -> Page:
    """Maya's page of a film, paused at 20 s, and nothing focused."""
    ines, maya = ines_and_maya
    ines.goto(journey.from_root(ines, "/desk/"))
    journey.new_lesson_for(ines, "Maya")
    journey.give_file(ines, film)
    journey.arrived(ines)
    maya.goto(journey.send_to(ines, "Maya"))
    expect(journey.media(maya)).to_have_js_property("readyState", 4)
    journey.media(maya).evaluate("media => { media.currentTime = 20 }")
    _is_at(maya, 20)
    return maya


def test_keys_play_and_move(player: Page) -> None:
    player.keyboard.press("k")
    player.wait_for_function("() => !document.querySelector('[data-player-media]').paused")
    player.keyboard.press("k")
    player.wait_for_function("() => document.querySelector('[data-player-media]').paused")
    for key, second in [
        ("3", 18),
        ("l", 28),
        ("j", 18),
        ("ArrowRight", 23),
        ("ArrowLeft", 18),
        ("9", 54),
        ("l", 60),
        ("0", 0),
        ("j", 0),
    ]:
        player.keyboard.press(key)
        _is_at(player, second)
    player.keyboard.press("5")
    _is_at(player, 30)
    player.keyboard.press(".")
    _is_at(player, 30 + 1 / 30, within=0.01)
    player.keyboard.press(",")
    _is_at(player, 30, within=0.01)


def test_keys_for_speed_sound_screen_and_help(player: Page) -> None:
    player.keyboard.press(">")
    assert player.evaluate(STATE)["speed"] > 1
    player.keyboard.press("<")
    player.keyboard.press("<")
    assert player.evaluate(STATE)["speed"] < 1
    player.keyboard.press("m")
    assert player.evaluate(STATE)["muted"]
    player.keyboard.press("m")
    assert not player.evaluate(STATE)["muted"]
    player.keyboard.press("f")
    player.wait_for_function("() => document.fullscreenElement !== null")
    player.keyboard.press("f")
    player.wait_for_function("() => document.fullscreenElement === null")
    player.keyboard.press("?")
    expect(player.get_by_role("dialog")).to_be_visible()
    player.keyboard.press("Escape")
    expect(player.get_by_role("dialog")).to_be_hidden()


def test_keys_are_silent_in_fields(player: Page) -> None:
    before = player.evaluate(STATE)
    player.evaluate("document.querySelector('main').append(document.createElement('textarea'))")
    player.locator("main > textarea").focus()
    player.keyboard.type("k kjlm0f.,<>?")
    expect(player.locator("main > textarea")).to_have_value("k kjlm0f.,<>?")
    assert player.evaluate(STATE) == before
    assert player.evaluate("document.fullscreenElement === null")
    expect(player.get_by_role("dialog")).to_be_hidden()


def _is_at(player: Page, second: float, *, within: float = 0.3) -> None:
    player.wait_for_function(
        """([second, within]) => {
          const media = document.querySelector('[data-player-media]');
          return !media.seeking && Math.abs(media.currentTime - second) <= within;
        }""",
        arg=[second, within],
    )
