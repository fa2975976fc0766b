"""Small pictures that pages show by the dozen: drawn in Python, since an include costs ten times as much."""

from functools import cache

from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from pocketlessons.lib.timecode import format_ms

TINTS = 4


def initials(name: str) -> str:
    """`Amara Okafor` → `AO`, for people without a drawn face."""
    words = name.split()
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def tint(name: str) -> int:
    """Which of the four tints stands behind somebody's initials; always the same for the same name."""
    return sum(map(ord, name)) % TINTS + 1


@cache
def _address(face: str) -> str:
    return static(f"ui/faces/{face}.svg")


def avatar(name: str, face: str = "", size: int | str = 40) -> SafeString:
    """A face of `size` px: drawn if there is one, initials otherwise. Silent, since the name stands beside it."""
    if face:
        return format_html(
            '<img class="avatar s{0}" src="{1}" alt="" width="{0}" height="{0}">', size, _address(face)
        )
    return format_html(
        '<span class="avatar initials tint-{} s{}" aria-hidden="true" data-initials="{}"></span>',
        *(tint(name), size, initials(name)),
    )


def stamp(duration_ms: int | None) -> SafeString:
    """How long something is, on the corner of its picture."""
    if not duration_ms:
        return SafeString("")
    return format_html('<bdi class="stamp" dir="ltr">{}</bdi>', format_ms(duration_ms))


def watched(position_ms: int | None, duration_ms: int | None) -> SafeString:
    """How far somebody has watched; nothing before they begin."""
    if not position_ms or not duration_ms:
        return SafeString("")
    return format_html(
        '<progress class="watched" value="{}" max="{}" aria-label="{}">{}</progress>',
        *(position_ms, duration_ms, _("Watched"), format_ms(position_ms)),
    )
