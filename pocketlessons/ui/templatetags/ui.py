"""Template tags of the design system: icons, faces, times and days as people say them."""

import datetime
from functools import cache
from pathlib import Path

from django import template
from django.forms.utils import flatatt
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError

from pocketlessons.lib.timecode import format_ms
from pocketlessons.ui import pictures

ICONS = Path(__file__).resolve().parent.parent / "icons"
LATIN_LETTERS = "src/ui/fonts/figtree-latin-wght-normal.woff2"
DAYS_KNOWN_BY_NAME = 7

register = template.Library()
register.filter(pictures.initials)
register.filter(pictures.tint)
register.simple_tag(pictures.avatar)


@register.simple_tag
def icon(name: str, extra: str = "") -> SafeString:
    """The outline `name` as inline SVG, hidden from screen readers: the words beside it speak.

    `extra` holds further classes: `solid`, `flip` (mirrored in right-to-left pages), `chev`.
    """
    return _drawn(name, extra)


@cache
def _drawn(name: str, extra: str) -> SafeString:
    attributes = flatatt({"class": f"icon {extra}".strip(), "aria-hidden": "true"})
    return format_html(_outline(name), attributes=attributes)


def _outline(name: str) -> str:
    try:
        svg = (ICONS / f"{name}.svg").read_text()
    except FileNotFoundError as error:
        raise template.TemplateSyntaxError(f"There is no icon “{name}” in {ICONS}.") from error
    return svg.strip().replace(' xmlns="http://www.w3.org/2000/svg"', "{attributes}", 1)


@register.filter
def timecode(milliseconds: int | None) -> str:
    """`252000` → `4:12`; nothing for a length that is not known."""
    return "" if milliseconds is None else format_ms(milliseconds)


@register.filter
def day_words(moment: datetime.datetime | None) -> str:
    """`today`, `yesterday`, `Thursday`, `12 Nov` or `12 Nov 2025`, in the reader's time zone."""
    if moment is None:
        return ""
    today, day = timezone.localdate(), timezone.localdate(moment)
    days_ago = (today - day).days
    if days_ago == 0:
        return _("today")
    if days_ago == 1:
        return _("yesterday")
    if 1 < days_ago < DAYS_KNOWN_BY_NAME:
        return formats.date_format(day, "l")
    return formats.date_format(day, _("j M") if day.year == today.year else _("j M Y"))


@register.filter
def time_tag(moment: datetime.datetime | None) -> SafeString:
    """`<time datetime=…>` around `day_words`."""
    if moment is None:
        return SafeString("")
    return format_html(
        '<time datetime="{}">{}</time>', timezone.localtime(moment).isoformat(), day_words(moment)
    )


@register.simple_tag
def font_preload() -> SafeString:
    """Asks for the Latin letters before the style sheet mentions them; nothing before the first build."""
    try:
        address = DjangoViteAssetLoader.instance().generate_vite_asset_url(LATIN_LETTERS)
    except DjangoViteAssetNotFoundError:
        return SafeString("")
    return format_html('<link rel="preload" href="{}" as="font" type="font/woff2" crossorigin>', address)


@register.simple_tag
def thumb(
    poster: str = "",
    kind: str = "video",
    duration_ms: int | None = None,
    position_ms: int | None = None,
    size: str = "",
) -> SafeString:
    """A small still with its length and how far it was watched; an icon of its kind while there is no still."""
    picture = (
        format_html('<img src="{}" alt="" loading="lazy">', poster)
        if poster
        else _drawn("audio-lines" if kind == "audio" else "video", "")
    )
    return format_html(
        '<span class="thumb{}">{}{}{}</span>',
        "".join(f" {word}" for word in (size, "" if poster else "blank") if word),
        picture,
        pictures.stamp(duration_ms),
        pictures.watched(position_ms, duration_ms),
    )
