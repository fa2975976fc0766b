"""Guidance: Markdown in, safe HTML out. Nothing in it loads from elsewhere, runs, or leaves this place unasked."""

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

TAGS = {
    *("p", "br", "hr", "strong", "em", "s", "a", "ul", "ol", "li", "blockquote", "code", "pre"),
    *("h3", "h4", "h5", "h6", "table", "thead", "tbody", "tr", "th", "td"),
}
ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
SCHEMES = {"http", "https", "mailto", "tel"}
SHALLOWEST_HEADING, DEEPEST_HEADING = 3, 6  # the page's own headings end at 2
MAX_NESTING = 20

_markdown = (
    MarkdownIt("commonmark", {"html": False, "linkify": False, "breaks": True, "maxNesting": MAX_NESTING})
    .enable(["table", "strikethrough"])
    .disable(["image"])
)
_cleaner = nh3.Cleaner(
    tags=TAGS, attributes=ATTRIBUTES, url_schemes=SCHEMES, link_rel="noopener noreferrer nofollow"
)


def render_guidance(markdown: str) -> SafeString:
    """The guidance as HTML for a page, headings below the page's own."""
    tokens = _markdown.parse(markdown)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            level = min(int(token.tag[1:]) + SHALLOWEST_HEADING - 1, DEEPEST_HEADING)
            token.tag = f"h{level}"
    html = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(_cleaner.clean(html))  # noqa: S308 — nh3 let through only TAGS and ATTRIBUTES
