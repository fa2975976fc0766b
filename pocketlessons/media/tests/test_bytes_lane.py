"""The short way for bytes lets in exactly those whom the long way lets in."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.conf import LazySettings
from django.contrib.sessions.models import Session
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mediakit.tests import clips
from pocketlessons.lib.prepared_query import PreparedQuery
from pocketlessons.media.models import Recording
from pocketlessons.people.models import User

pytestmark = pytest.mark.django_db
Receive = Callable[..., Recording]
SignIn = Callable[[User], Client]
LANE = "pocketlessons.media.lane.bytes_lane"


@pytest.fixture
def sound(prepared: Receive) -> str:
    return reverse("media:recording-audio", args=[prepared(clips.wav(), name="hum.wav").pk])


@pytest.fixture
def long_way(settings: LazySettings) -> Callable[[], None]:
    def close_lane() -> None:
        settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != LANE]

    return close_lane


def whole(response: object) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    assert isinstance(response.streaming_content, Iterator)
    return b"".join(response.streaming_content)


def test_both_ways_answer_the_same(
    client_of: SignIn, sound: str, curator: User, long_way: Callable[[], None]
) -> None:
    short = client_of(curator).get(sound)
    long_way()
    long = client_of(curator).get(sound)
    assert whole(short) == whole(long)
    for name in ("Content-Type", "Content-Length", "ETag", "Cache-Control", "Content-Security-Policy"):
        assert short[name] == long[name]
    assert "Cookie" in short["Vary"]


def test_the_short_way_takes_three_queries(
    client_of: SignIn,
    sound: str,
    curator: User,
    django_assert_num_queries: Callable[[int], CaptureQueriesContext],
) -> None:
    client = client_of(curator)
    with django_assert_num_queries(3):
        whole(client.get(sound))


@pytest.mark.parametrize(
    "change", ["password", "inactive", "expired", "signed out", "foreign key", "no person"]
)
def test_a_session_that_no_longer_counts_opens_nothing(
    client_of: SignIn, sound: str, curator: User, now: datetime.datetime, change: str
) -> None:
    client = client_of(curator)
    assert client.get(sound).status_code == 200
    match change:
        case "password":
            curator.set_password("another one altogether")
            curator.save()
        case "inactive":
            User.objects.update(is_active=False)
        case "expired":
            Session.objects.update(expire_date=now - datetime.timedelta(seconds=1))
        case "signed out":
            Session.objects.all().delete()
        case "foreign key":
            Session.objects.update(session_data="e30:forged:signature")
        case _:
            client.cookies["session"] = "no-such-session"
    assert client.get(sound).status_code == 404


def test_another_hosts_name_is_refused(client_of: SignIn, sound: str, curator: User) -> None:
    assert client_of(curator).get(sound, headers={"Host": "elsewhere.example"}).status_code == 400


def test_a_prepared_query_finds_what_its_queryset_finds(curator: User, stranger: User) -> None:
    query = PreparedQuery(lambda user_id: User.objects.filter(pk=user_id), ids=1)
    for person in (curator, stranger):
        found = query.first(person.pk)
        assert found == person
        assert found is not None
        assert (found.joined_at, found.guides, found.name) == (person.joined_at, person.guides, person.name)
    assert query.first(Recording().pk) is None


def test_a_prepared_query_uses_every_id(curator: User) -> None:
    with pytest.raises(ValueError, match="each id"):
        PreparedQuery(lambda user_id, other: User.objects.filter(pk=user_id), ids=2).first(
            curator.pk, curator.pk
        )
