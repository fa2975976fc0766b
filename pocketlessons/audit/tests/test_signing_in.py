"""Each sign-in leaves a row."""

from collections.abc import Callable

from django.test import Client

from pocketlessons.audit.models import Event
from pocketlessons.people.models import User


def test_it_is_kept_who_signed_in(curator: User, client_of: Callable[[User], Client]) -> None:
    client_of(curator)
    event = Event.objects.get()
    assert (event.verb, event.actor, event.object_id) == (Event.Verb.SIGNED_IN, curator, curator.pk)
