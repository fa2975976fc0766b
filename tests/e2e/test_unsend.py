"""Taking a lesson back: until the first play nothing of it stays with the learner, after it no button offers to."""

import secrets
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mediakit.render.phone import phone_mp4
from tests.e2e import journey
from tests.e2e.visitors import Visitors
from tests.real_server import RunningServer

ASK_FOR_BYTES = """async () => {
  const media = document.querySelector('[data-player-media]');
  const end = await fetch(media.currentSrc, {headers: {Range: 'bytes=-65536'}, cache: 'no-store'});
  return end.status;
}"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Longer than what a player fetches on its own."""
    path = tmp_path / "long.mp4"
    phone_mp4(path, 120, bit_rate=1_500_000)
    return path


def test_the_learners_open_player_gets_no_further_byte(ines_and_maya: tuple[Page, Page], film: Path) -> None:
    ines, maya = ines_and_maya
    address = _sent(ines, film)
    maya.goto(address)
    expect(journey.media(maya)).to_have_js_property("readyState", 4)
    assert maya.evaluate(ASK_FOR_BYTES) == 206

    ines.get_by_role("button", name="Undo").click()
    expect(ines.get_by_text("Taken back. Maya doesn't have it any more.")).to_be_visible()
    expect(ines.get_by_role("button", name="Send to Maya")).to_be_visible()

    assert maya.evaluate(ASK_FOR_BYTES) == 404
    answer = maya.reload()
    assert answer is not None
    assert answer.status == 404
    expect(maya.get_by_role("heading", name="This lesson isn't shared with you any more")).to_be_visible()


def test_after_the_first_play_it_stays(server: RunningServer, visitors: Visitors, film: Path) -> None:
    ines, maya = visitors.meet(server)
    address = _sent(ines, film)
    maya.goto(address)
    with maya.expect_response(lambda answer: answer.url.endswith("/progress/")):
        journey.play(maya)
        journey.plays_beyond(maya, 0.2)

    ines.get_by_role("button", name="Undo").click()  # on the page from before the play
    expect(ines.get_by_text("Maya has already played this")).to_be_visible()
    expect(ines.get_by_role("button", name="Take back")).to_have_count(0)
    ines.goto(f"{server.url}/desk/")
    expect(ines.get_by_role("region", name="Sent lately").get_by_role("link")).to_have_count(1)
    expect(ines.get_by_role("button", name="Take back")).to_have_count(0)
    assert maya.evaluate(ASK_FOR_BYTES) == 206


def _sent(ines: Page, film: Path) -> str:
    ines.goto(journey.from_root(ines, "/desk/"))
    journey.new_lesson_for(ines, "Maya")
    journey.give_file(ines, film)
    ines.get_by_label("Title").fill(f"Scales {secrets.token_hex(3)}")
    journey.arrived(ines)
    return journey.send_to(ines, "Maya")
