"""What people may write stays as it is; what would deceive others goes."""

import pytest

from pocketlessons.lib.plain_text import one_line, prose


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Maya \t Rosen\n", "Maya Rosen"),
        ("Maya\u202enesoR", "MayanesoR"),
        ("a\x00b\x1bc\ud800", "abc"),
        ("\u2066\u200d \u200b", ""),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\U0001f469\u200d\U0001f3a4 sings", "\U0001f469\u200d\U0001f3a4 sings"),
    ],
)
def test_one_line_holds_what_is_seen(written: str, kept: str) -> None:
    assert one_line(written) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("1. Slowly\r\n\n\t2. Faster\r3.", "1. Slowly\n\n\t2. Faster\n3."),
        ("Bars 9\u201314,\u202flouder\xa0now", "Bars 9\u201314,\u202flouder\xa0now"),
        ("evil\u202egpj.exe\u202c\u2067\x00\x9b", "evilgpj.exe"),
    ],
)
def test_prose_keeps_its_lines(written: str, kept: str) -> None:
    assert prose(written) == kept
