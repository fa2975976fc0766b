"""A recording's bytes: the virtual file by ranges, the poster, downloads; and 404 for everybody else."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from django.http import StreamingHttpResponse
from django.test import Client
from django.urls import reverse

from mediakit.tests import clips
from pocketlessons.audit.models import Event
from pocketlessons.media.actions.erasing import erase_recording
from pocketlessons.media.actions.granting import NotOnesOwnError, grant_recording, revoke_grant
from pocketlessons.media.models import Recording
from pocketlessons.media.processing.settling import settle
from pocketlessons.people.models import Connection, User

pytestmark = pytest.mark.django_db
Receive = Callable[..., Recording]
SignIn = Callable[[User], Client]

ADDRESSES = ["recording", "recording-mp4", "recording-poster", "recording-download", "recording-original"]
QUERIES = 2 + 2  # session and user come first


@pytest.fixture(scope="module")
def film() -> bytes:
    return clips.phone()


@pytest.fixture
def recording(prepared: Receive, connection: Connection, film: bytes, now: datetime.datetime) -> Recording:
    recording = prepared(film)
    settle(recording, now=now)
    recording.refresh_from_db()
    grant_recording(recording, connection, now=now)
    return recording


def address(recording: Recording, name: str = "recording-mp4") -> str:
    return reverse(f"media:{name}", args=[recording.pk])


def body(response: object) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    parts = response.streaming_content
    assert isinstance(parts, Iterator)
    return b"".join(parts)


def test_learner_and_curator_play_the_same_virtual_file(
    client_of: SignIn, recording: Recording, curator: User, learner: User, film: bytes
) -> None:
    files = [client_of(person).get(address(recording)) for person in (curator, learner)]
    whole = body(files[0])
    assert whole == body(files[1])
    assert whole[4:8] == b"ftyp"
    assert whole.index(b"moov") < whole.index(b"mdat")
    assert clips.read_packets(whole, "mp4") == clips.read_packets(film, "mp4")
    assert files[0]["ETag"].endswith(f'-{recording.pk.hex}"')
    assert (files[0]["Content-Type"], files[0]["Content-Disposition"]) == ("video/mp4", "inline")


def test_any_range_is_that_part_of_the_whole(client_of: SignIn, recording: Recording, learner: User) -> None:
    client = client_of(learner)
    whole = body(client.get(address(recording)))
    for start, end in [
        (0, 1),
        (3, 700),
        (len(whole) // 2, len(whole) // 2 + 5000),
        (len(whole) - 7, len(whole)),
    ]:
        part = client.get(address(recording), headers={"Range": f"bytes={start}-{end - 1}"})
        assert part.status_code == 206
        assert body(part) == whole[start:end]
        assert part["Content-Range"] == f"bytes {start}-{end - 1}/{len(whole)}"
    head = client.head(address(recording))
    assert (head.status_code, head["Content-Length"], head.content) == (200, str(len(whole)), b"")


def test_a_range_costs_few_queries(
    client_of: SignIn,
    recording: Recording,
    learner: User,
    django_assert_max_num_queries: Callable[..., object],
) -> None:
    client = client_of(learner)
    body(client.get(address(recording)))
    with django_assert_max_num_queries(QUERIES):  # type: ignore[attr-defined]
        body(client.get(address(recording), headers={"Range": "bytes=0-99"}))


def test_nobody_else_finds_a_byte(
    client: Client, client_of: SignIn, recording: Recording, stranger: User
) -> None:
    for browser in (client, client_of(stranger)):
        for name in ADDRESSES:
            assert browser.get(address(recording, name)).status_code == 404
            assert browser.head(address(recording, name)).status_code == 404
            ranged = browser.get(address(recording, name), headers={"Range": "bytes=0-9"})
            assert (ranged.status_code, ranged.content) == (404, b"")


def test_nothing_is_written_here(client_of: SignIn, recording: Recording, curator: User) -> None:
    client = client_of(curator)
    assert {client.post(address(recording, name)).status_code for name in ADDRESSES} == {405}


def test_a_revoked_grant_is_gone_with_the_next_range(
    client_of: SignIn, recording: Recording, connection: Connection, learner: User, now: datetime.datetime
) -> None:
    client = client_of(learner)
    assert client.get(address(recording), headers={"Range": "bytes=0-9"}).status_code == 206
    assert revoke_grant(recording, connection, now=now)
    assert not revoke_grant(recording, connection, now=now)
    for name in ADDRESSES:
        assert client.get(address(recording, name), headers={"Range": "bytes=0-9"}).status_code == 404
    grant_recording(recording, connection, now=now)
    assert client.get(address(recording), headers={"Range": "bytes=0-9"}).status_code == 206


def test_a_connection_that_ended_opens_nothing(
    client_of: SignIn, recording: Recording, connection: Connection, learner: User
) -> None:
    Connection.objects.filter(pk=connection.pk).update(status=Connection.Status.ENDED)
    assert client_of(learner).get(address(recording)).status_code == 404


def test_granting_twice_is_one_grant(
    recording: Recording, connection: Connection, now: datetime.datetime
) -> None:
    first = grant_recording(recording, connection, now=now)
    assert grant_recording(recording, connection, now=now) == first
    assert recording.grants.count() == 1


def test_nobody_grants_what_is_not_theirs(
    recording: Recording, stranger: User, learner: User, now: datetime.datetime
) -> None:
    theirs = Connection.objects.create(curator=stranger, learner=learner, started_at=now)
    with pytest.raises(NotOnesOwnError):
        grant_recording(recording, theirs, now=now)


def test_the_learner_saves_the_virtual_file_under_the_senders_name(
    client_of: SignIn, recording: Recording, connection: Connection, learner: User
) -> None:
    client = client_of(learner)
    saved = client.get(address(recording, "recording-download"))
    assert saved["Content-Disposition"].startswith('attachment; filename="morning scales.mp4"')
    assert body(saved) == body(client.get(address(recording)))
    body(client.get(address(recording, "recording-download"), headers={"Range": "bytes=100-"}))
    event = Event.objects.get(verb=Event.Verb.DOWNLOADED)
    assert (event.actor, event.object_id, event.connection_id) == (learner, recording.pk, connection.pk)


def test_only_the_owner_has_the_original_bit_for_bit(
    client_of: SignIn, recording: Recording, curator: User, learner: User, film: bytes
) -> None:
    original = client_of(curator).get(address(recording, "recording-original"))
    assert body(original) == film
    assert original["Content-Type"] == "application/octet-stream"
    assert original["X-Content-Type-Options"] == "nosniff"
    assert client_of(learner).get(address(recording, "recording-original")).status_code == 404


def test_the_poster_is_a_picture(client_of: SignIn, recording: Recording, learner: User) -> None:
    poster = client_of(learner).get(address(recording, "recording-poster"))
    assert (poster["Content-Type"], body(poster)[:3]) == ("image/jpeg", b"\xff\xd8\xff")


def test_it_tells_where_and_how_it_plays(client_of: SignIn, recording: Recording, learner: User) -> None:
    told = client_of(learner).get(address(recording, "recording")).json()
    assert told["status"] == "settled"
    assert told["src"] == address(recording)
    assert told["poster"] == address(recording, "recording-poster")
    assert told["sentence"] == "Ready to play."
    assert (told["width"], told["height"], told["media_type"]) == (160, 90, "video/mp4")


def test_other_kinds_have_one_address_each(client_of: SignIn, prepared: Receive, curator: User) -> None:
    client = client_of(curator)
    kinds = {
        "recording-webm": (clips.webm("libvpx"), "video/webm"),
        "recording-audio": (clips.wav(), "audio/wav"),
        "recording-mp4": (clips.m4a(), "audio/mp4"),
    }
    for right, (content, media_type) in kinds.items():
        recording = prepared(content)
        for name in kinds:
            answer = client.get(address(recording, name))
            assert answer.status_code == (200 if name == right else 404)
            if name == right:
                assert answer["Content-Type"] == media_type
                assert body(answer)


def test_what_is_only_kept_is_saved_as_it_came(client_of: SignIn, prepared: Receive, curator: User) -> None:
    content = clips.avi()
    recording = prepared(content, name="old.avi")
    saved = client_of(curator).get(address(recording, "recording-download"))
    assert body(saved) == content
    assert 'filename="old.avi"' in saved["Content-Disposition"]
    assert client_of(curator).get(address(recording)).status_code == 404


def test_what_is_only_kept_is_saved_as_a_film_of_ours_where_that_can_be(
    client_of: SignIn, prepared: Receive, curator: User
) -> None:
    content = clips.hevc()
    recording = prepared(content, name="IMG_0001.mov")
    assert (recording.status, recording.playback) == ("kept", "virtual")
    saved = client_of(curator).get(address(recording, "recording-download"))
    assert (saved["Content-Type"], saved.status_code) == ("video/mp4", 200)
    assert 'filename="IMG_0001.mp4"' in saved["Content-Disposition"]
    assert body(saved) != content
    assert body(client_of(curator).get(address(recording, "recording-original"))) == content
    assert client_of(curator).get(address(recording)).status_code == 404


def test_an_erased_recording_is_gone_and_so_are_its_bytes(
    client_of: SignIn, recording: Recording, curator: User, learner: User, now: datetime.datetime
) -> None:
    from pocketlessons.lib.vault import current_vault

    key = recording.wrapped_key
    assert erase_recording(recording, by=curator, now=now)
    assert not erase_recording(recording, by=curator, now=now)
    assert recording.wrapped_key is None
    assert current_vault().source(recording.pk, key).size == 0
    assert Event.objects.filter(verb=Event.Verb.ERASED, object_id=recording.pk).count() == 1
    for person in (curator, learner):
        for name in ADDRESSES:
            assert client_of(person).get(address(recording, name)).status_code == 404
