"""Guidance is written by one person and read by another: nothing in it may act."""

import re

import pytest

from pocketlessons.lessons.guidance import ATTRIBUTES, TAGS, render_guidance

HOSTILE = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![a picture](https://elsewhere.example/p.png)",
    "![a picture](javascript:alert(1))",
    "![ref][r]\n\n[r]: https://elsewhere.example/p.png",
    "[go](javascript:alert(1))",
    "[go](JaVaScRiPt:alert(1))",
    "[go](&#106;avascript:alert(1))",
    "[go](java\tscript:alert(1))",
    "[go](data:text/html;base64,PHNjcmlwdD4=)",
    "[go](vbscript:x)",
    "[go](file:///etc/passwd)",
    '[go](https://a.example "onmouseover=alert(1)")',
    '<a href="https://a.example" onclick="x()" style="position:fixed">go</a>',
    "<iframe src=https://elsewhere.example></iframe>",
    "<svg><animate onbegin=alert(1)></svg>",
    "<style>body{display:none}</style>",
    "<link rel=stylesheet href=//elsewhere.example/x.css>",
    "<form action=//elsewhere.example><input name=password></form>",
    "<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<video src=//elsewhere.example/v.mp4 autoplay>",
    "<lesson-player data-progress-url=/x/></lesson-player>",
    "<p hx-get=/settings/ hx-trigger=load>",
    "`<script>`\n\n    <script>\n",
    "<https://a.example/><script>",
    "<javascript:alert(1)>",
    "[a]: javascript:alert(1)\n\n[a]",
    "# <img src=x>\n\n| a |\n|---|\n| <img src=x> |",
    "\x00<scr\x00ipt>",
]


def tags_of(html: str) -> list[str]:
    return re.findall(r"<\s*([a-zA-Z][^\s/>]*)", html)


@pytest.mark.parametrize("markdown", HOSTILE)
def test_nothing_in_it_acts_or_loads(markdown: str) -> None:
    html = render_guidance(markdown)
    assert set(tags_of(html)) <= TAGS
    for tag, attributes in re.findall(r"<([a-z0-9]+)((?:\s[^<>]*)?)>", html):
        names = set(re.findall(r'([a-zA-Z:-]+)="', attributes))
        assert names <= ATTRIBUTES.get(tag, set()) | {"rel"}
    for address in re.findall(r'href="([^"]*)"', html):
        assert re.match(r"(https?://|mailto:|tel:|/|#|$)", address), address


def test_links_leave_without_telling_where_from() -> None:
    html = render_guidance("[a score](https://a.example/s.pdf)")
    assert html == (
        '<p><a href="https://a.example/s.pdf" rel="noopener noreferrer nofollow">a score</a></p>\n'
    )


def test_its_headings_stand_below_the_page() -> None:
    html = render_guidance("# One\n\n###### Six")
    assert html == "<h3>One</h3>\n<h6>Six</h6>\n"


def test_lists_emphasis_and_lines_come_out() -> None:
    html = render_guidance("Slowly:\nand **quietly**\n\n3. Bars *one*\n4. Bars two")
    assert "Slowly:<br>\nand <strong>quietly</strong>" in html
    assert '<ol start="3">' in html


def test_deep_nesting_ends_in_good_time() -> None:
    html = render_guidance("> " * 5_000 + "deep" + "[" * 10_000 + "(" * 10_000)
    assert html.count("<blockquote>") <= 20


def test_nothing_stays_nothing() -> None:
    assert render_guidance("  \n") == ""
