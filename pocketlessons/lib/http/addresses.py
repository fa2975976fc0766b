"""Addresses of things by id, for pages with dozens of links: the pattern is reversed once."""

import uuid
from functools import cache

from django.urls import get_script_prefix, reverse

NOBODY = uuid.UUID(int=0)


def address_of(name: str, pk: uuid.UUID) -> str:
    """What `reverse(name, args=[pk])` answers, for URLs whose one argument is a UUID."""
    return _pattern(name, get_script_prefix()).replace(str(NOBODY), str(pk))


@cache
def _pattern(name: str, _prefix: str) -> str:
    return reverse(name, args=[NOBODY])
