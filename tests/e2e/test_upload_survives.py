"""An upload outlives what happens on the way: reloads, a killed server, a network that goes and comes."""

import hashlib
import re
from pathlib import Path

import pytest
from playwright.sync_api import CDPSession, Page, Request, expect

from mediakit.render.phone import phone_mp4
from tests.e2e import journey
from tests.e2e.visitors import Visitors
from tests.real_server import RunningServer

SLOW = 4_000_000  # bytes a second: the middle of an upload lasts long enough to be met
NO_ROOM = "navigator.storage.estimate = async () => ({quota: 0, usage: 0})"
PERCENT = re.compile(r"(\d+) percent")


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("films") / "evening.mp4"
    phone_mp4(path, 90, bit_rate=7_000_000)
    assert path.stat().st_size > 25_000_000  # several pieces
    return path


@pytest.fixture
def ines(ines_and_maya: tuple[Page, Page]) -> Page:
    return ines_and_maya[0]


def test_it_goes_on_by_itself_after_a_reload(ines: Page, film: Path) -> None:
    network = _begin(ines, film)
    ines.get_by_label("Title").fill("The evening piece")
    ines.get_by_label("Guidance").fill("Slowly, twice.")
    _in_the_middle(ines)
    ines.wait_for_function(FILE_IS_KEPT)
    offsets = _offsets_from_now(ines)
    ines.reload()
    _at_full_speed(network)
    journey.arrived(ines)
    assert offsets
    assert offsets[0] > 0
    expect(ines.get_by_label("Title")).to_have_value("The evening piece")
    expect(ines.get_by_label("Guidance")).to_have_value("Slowly, twice.")
    _came_whole(ines, film)


def test_it_asks_for_the_file_where_the_device_could_not_keep_it(
    server: RunningServer, visitors: Visitors, film: Path
) -> None:
    ines, _ = visitors.meet(server)
    ines.add_init_script(NO_ROOM)
    network = _begin(ines, film)
    _in_the_middle(ines)
    ines.reload()
    _at_full_speed(network)
    sentence = ines.locator("[data-upload-sentence]")
    expect(sentence).to_contain_text("Choose the same file again to continue.")
    expect(sentence).not_to_contain_text("0.0 of")
    offsets = _offsets_from_now(ines)
    journey.give_file(ines, film)
    journey.arrived(ines)
    assert offsets[0] > 0
    _came_whole(ines, film)


def test_it_goes_on_when_a_killed_server_is_back(ines: Page, server: RunningServer, film: Path) -> None:
    network = _begin(ines, film)
    _in_the_middle(ines)
    server.kill()
    try:
        expect(ines.locator("[data-upload-sentence]")).to_contain_text("The connection dropped.")
    finally:
        server.start()
    _at_full_speed(network)
    journey.arrived(ines)
    _came_whole(ines, film)


def test_it_goes_on_when_the_network_is_back(ines: Page, film: Path) -> None:
    network = _begin(ines, film)
    _in_the_middle(ines)
    _at_speed(network, SLOW, offline=True)
    expect(ines.locator("[data-upload-sentence]")).to_contain_text("The connection dropped.")
    expect(ines.get_by_text("You're offline.")).to_be_visible()
    _at_full_speed(network)
    journey.arrived(ines)
    expect(ines.get_by_text("You're offline.")).to_be_hidden()
    _came_whole(ines, film)


def test_it_may_be_sent_before_it_is_there(ines_and_maya: tuple[Page, Page], film: Path) -> None:
    ines, maya = ines_and_maya
    network = _begin(ines, film)
    ines.get_by_label("Title").fill("Sent on its way")
    _in_the_middle(ines)
    ines.wait_for_function(FILE_IS_KEPT)
    address = journey.send_to(ines, "Maya")
    maya.goto(address)
    expect(maya.get_by_text("Still arriving.")).to_be_visible()
    _at_full_speed(network)
    expect(journey.media(maya)).to_be_visible()  # the learner's open page turns into a player
    journey.play(maya)
    journey.plays_beyond(maya, 0.2)


FILE_IS_KEPT = """async () => {
  const names = (await indexedDB.databases()).map(database => database.name);
  for (const name of names) {
    const database = await new Promise((done, fail) => {
      const opening = indexedDB.open(name);
      opening.onsuccess = () => done(opening.result);
      opening.onerror = fail;
    });
    const all = await new Promise(done => {
      const asking = database.transaction('uploads').objectStore('uploads').getAll();
      asking.onsuccess = () => done(asking.result);
    });
    database.close();
    if (all.some(upload => upload.file)) return true;
  }
  return false;
}"""


def _begin(ines: Page, film: Path) -> CDPSession:
    """A new lesson for Maya, and the film on its slow way; returns the network."""
    ines.goto(journey.from_root(ines, "/desk/"))
    network = ines.context.new_cdp_session(ines)
    network.send("Network.enable")
    journey.new_lesson_for(ines, "Maya")
    _at_speed(network, SLOW)
    journey.give_file(ines, film)
    return network


def _in_the_middle(ines: Page) -> None:
    """Until at least a third is there, which is more than the first piece."""
    ines.wait_for_function("() => document.querySelector('progress[data-upload-bar]').value > 35")


def _at_full_speed(network: CDPSession) -> None:
    _at_speed(network, -1)


def _at_speed(network: CDPSession, upload: int, *, offline: bool = False) -> None:
    """`upload` is in bytes a second."""
    conditions = {"offline": offline, "latency": 0, "downloadThroughput": -1, "uploadThroughput": upload}
    network.send("Network.emulateNetworkConditions", conditions)


def _offsets_from_now(ines: Page) -> list[int]:
    """Fills with the offset of each piece that leaves the page."""
    offsets: list[int] = []

    def hear(request: Request) -> None:
        if request.method == "PATCH":
            offsets.append(int(request.headers["upload-offset"]))

    ines.on("request", hear)
    return offsets


def _came_whole(ines: Page, film: Path) -> None:
    recording = ines.locator("[data-recording-input]").first.input_value()
    original = ines.request.get(journey.from_root(ines, f"/recordings/{recording}/original"))
    assert original.status == 200
    assert hashlib.sha256(original.body()).digest() == hashlib.sha256(film.read_bytes()).digest()
