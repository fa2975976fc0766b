"""Films of every shape are seen whole: hands, bows and knees are never cut off."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from mediakit.render.phone import phone_mp4
from tests.e2e import journey
from tests.e2e.visitors import DESKTOP, PHONE

HELD = """() => {
  const film = document.querySelector('[data-player-media]').getBoundingClientRect();
  const stage = document.querySelector('[data-player-figure]').getBoundingClientRect();
  return film.top >= stage.top - 1 && film.left >= stage.left - 1
    && film.bottom <= stage.bottom + 1 && film.right <= stage.right + 1;
}"""


@pytest.mark.parametrize(("width", "height"), [(360, 640), (640, 480), (640, 272)])
def test_it_is_seen_whole(width: int, height: int, ines_and_maya: tuple[Page, Page], tmp_path: Path) -> None:
    film = tmp_path / "film.mp4"
    phone_mp4(film, 2, width=width, height=height)
    ines, maya = ines_and_maya
    ines.goto(journey.from_root(ines, "/desk/"))
    journey.new_lesson_for(ines, "Maya")
    journey.give_file(ines, film)
    journey.arrived(ines)
    maya.goto(journey.send_to(ines, "Maya"))
    expect(journey.media(maya)).to_have_js_property("readyState", 4)
    expect(journey.media(maya)).to_have_css("object-fit", "contain")
    try:
        for size in (DESKTOP, PHONE):
            maya.set_viewport_size(size)
            assert maya.evaluate(HELD), f"a part of the picture is cut off at {size}"
    finally:
        maya.set_viewport_size(PHONE)
