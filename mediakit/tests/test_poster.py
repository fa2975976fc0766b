"""A poster is upright, sharp and not black, and its absence is no failure."""

import io
from collections.abc import Callable

import pytest
from PIL import Image

from mediakit.poster import poster
from mediakit.source import FileSource
from mediakit.tests import clips
from mediakit.tests.recorder import recording

FILMS: dict[str, tuple[Callable[[], bytes], str]] = {
    "phone": (clips.phone, "mp4"),
    "fragmented": (clips.fragmented, "mp4"),
    "vp8 of a browser": (recording, "webm"),
    "h264 of a browser": (lambda: recording("libx264"), "matroska"),
    "obs": (clips.matroska, "matroska"),
    "avi": (clips.avi, "avi"),
    "mpeg-ts": (clips.mpegts, "mpegts"),
    "prores": (clips.prores, "mov"),
    "hevc": (clips.hevc, "mp4"),
}


def picture(whole: bytes, container: str, width: int = 640) -> Image.Image:
    jpeg = poster(FileSource(io.BytesIO(whole)), container, width=width)
    assert jpeg is not None
    opened = Image.open(io.BytesIO(jpeg))
    assert opened.format == "JPEG"
    return opened


def red_corner(shown: Image.Image) -> str:
    places = {"top left": (1, 1), "top right": (3, 1), "bottom left": (1, 3), "bottom right": (3, 3)}
    colours = {
        name: shown.getpixel((shown.width * x // 4, shown.height * y // 4)) for name, (x, y) in places.items()
    }
    return next(name for name, colour in colours.items() if isinstance(colour, tuple) and colour[1] < 100)


@pytest.mark.parametrize("name", FILMS)
def test_it_shows_a_picture_of_the_film(name: str) -> None:
    make, container = FILMS[name]
    shown = picture(make(), container)
    assert shown.size == (160, 90)
    assert len(set(shown.convert("L").tobytes())) > 100


@pytest.mark.parametrize(
    ("degrees", "size", "corner"),
    [(90, (90, 160), "top right"), (180, (160, 90), "bottom right"), (270, (90, 160), "bottom left")],
)
def test_it_is_upright(degrees: int, size: tuple[int, int], corner: str) -> None:
    shown = picture(clips.rotated(degrees, "corner"), "mp4")
    assert (shown.size, red_corner(shown)) == (size, corner)


def test_it_is_not_black_where_the_film_fades_in() -> None:
    shown = picture(clips.clip("mp4", picture="fading"), "mp4").convert("L")
    assert sum(shown.tobytes()) / (160 * 90) > 60


def test_it_is_no_wider_than_asked_for() -> None:
    assert picture(clips.phone(), "mp4", width=80).size == (80, 45)
    assert picture(clips.rotated(), "mp4", width=45).size == (45, 80)


@pytest.mark.parametrize(
    ("make", "container"), [(clips.faststart, "mp4"), (clips.webm, "webm"), (clips.fragmented, "mp4")]
)
def test_it_is_found_in_the_first_half_of_a_cut_film(make: Callable[[], bytes], container: str) -> None:
    whole = make()
    assert picture(whole[: len(whole) // 2], container).size == (160, 90)


@pytest.mark.parametrize(
    ("whole", "container"),
    [(clips.ogg(), "ogg"), (clips.m4a(), "mp4"), (b"no film", "mp4"), (clips.phone()[:9000], "mp4")],
    ids=["ogg", "m4a", "rubbish", "no index"],
)
def test_there_is_none_without_a_picture(whole: bytes, container: str) -> None:
    assert poster(FileSource(io.BytesIO(whole)), container) is None
