"""Addresses without asking the resolver each time."""

import uuid

from django.urls import reverse, set_script_prefix

from pocketlessons.lib.http.addresses import address_of


def test_it_is_what_reverse_says() -> None:
    for pk in (uuid.uuid4(), uuid.uuid4()):
        assert address_of("lessons:delivery", pk) == reverse("lessons:delivery", args=[pk])


def test_it_follows_the_place_where_the_site_is_mounted() -> None:
    pk = uuid.uuid4()
    address_of("lessons:lesson", pk)
    set_script_prefix("/studio/")
    try:
        assert address_of("lessons:lesson", pk) == f"/studio/lessons/{pk}/"
    finally:
        set_script_prefix("/")
