"""Icons, faces, times and days as templates say them."""

import datetime
import zoneinfo

import pytest
import time_machine
from django.template import Context, Template, TemplateSyntaxError
from django.utils import timezone

BERLIN = zoneinfo.ZoneInfo("Europe/Berlin")


def rendered(source: str, **context: object) -> str:
    return Template(source).render(Context(context))


def test_an_icon_is_drawn_inline_and_silent() -> None:
    svg = rendered('{% icon "play" "solid" %}')
    assert svg.startswith("<svg")
    assert 'class="icon solid"' in svg
    assert 'aria-hidden="true"' in svg
    assert "xmlns" not in svg


def test_an_unknown_icon_is_the_authors_mistake() -> None:
    with pytest.raises(TemplateSyntaxError, match="no icon “nothing”"):
        rendered('{% icon "nothing" %}')


def test_further_classes_of_an_icon_are_escaped() -> None:
    assert '"><b>' not in rendered('{% icon "play" extra %}', extra='"><b>')


@pytest.mark.parametrize(
    ("milliseconds", "words"), [(252_000, "4:12"), (3_723_999, "1:02:03"), (0, "0:00"), (None, "")]
)
def test_a_length_is_said_as_a_clock_says_it(milliseconds: int | None, words: str) -> None:
    assert rendered("{{ length|timecode }}", length=milliseconds) == words


@pytest.mark.parametrize(
    ("name", "letters"), [("Amara Okafor", "AO"), ("Ines", "I"), ("Ana de la Cruz", "AC"), ("", "")]
)
def test_initials_are_the_first_and_the_last(name: str, letters: str) -> None:
    assert rendered("{{ name|initials }}", name=name) == letters


def test_the_same_name_has_the_same_tint() -> None:
    assert rendered("{{ name|tint }}", name="Maya") == rendered("{{ name|tint }}", name="Maya")
    assert rendered("{{ name|tint }}", name="Maya") in {"1", "2", "3", "4"}


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC), "today"),
        (datetime.datetime(2026, 11, 21, 22, 30, tzinfo=datetime.UTC), "yesterday"),
        (datetime.datetime(2026, 11, 21, 23, 30, tzinfo=datetime.UTC), "today"),
        (datetime.datetime(2026, 11, 19, 8, 0, tzinfo=datetime.UTC), "Thursday"),
        (datetime.datetime(2026, 11, 12, 8, 0, tzinfo=datetime.UTC), "12 Nov"),
        (datetime.datetime(2025, 11, 12, 8, 0, tzinfo=datetime.UTC), "12 Nov 2025"),
        (datetime.datetime(2026, 11, 26, 8, 0, tzinfo=datetime.UTC), "26 Nov"),
        (None, ""),
    ],
)
def test_a_day_is_said_as_the_reader_would(moment: datetime.datetime | None, words: str) -> None:
    now = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)
    with time_machine.travel(now, tick=False), timezone.override(BERLIN):
        assert rendered("{{ moment|day_words }}", moment=moment) == words


def test_a_day_carries_its_moment_for_machines() -> None:
    moment = datetime.datetime(2026, 11, 12, 8, 0, tzinfo=datetime.UTC)
    with timezone.override(BERLIN):
        assert 'datetime="2026-11-12T09:00:00+01:00"' in rendered("{{ moment|time_tag }}", moment=moment)
    assert rendered("{{ moment|time_tag }}", moment=None) == ""
