"""Template tags of `people`."""

from django import template
from django.utils.translation import gettext as _

BROWSERS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)

register = template.Library()


@register.filter
def browser_words(user_agent: str) -> str:
    """`Firefox, Android`: what a browser calls itself, as people say it."""
    found = [_first(BROWSERS, user_agent), _first(DEVICES, user_agent)]
    return ", ".join(word for word in found if word) or _("A browser without a name")


def _first(words: tuple[tuple[str, str], ...], user_agent: str) -> str:
    return next((word for mark, word in words if mark in user_agent), "")
