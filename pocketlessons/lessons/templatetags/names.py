"""Names as people call each other."""

from django import template

register = template.Library()


@register.filter
def first_word(name: str) -> str:
    """`Amara Okafor` → `Amara`; nothing stays nothing."""
    return name.split()[0] if name.split() else ""
