"""Sending a file by tus 1.0.0: begun, continued, told of, given up."""

import base64
import datetime
import hashlib
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
import time_machine
from django.conf import LazySettings
from django.http import HttpResponseBase
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from pocketlessons.lib.vault import current_vault
from pocketlessons.media.actions.erasing import erase_recording
from pocketlessons.media.actions.uploading import expire_uploads
from pocketlessons.media.models import Recording, Upload
from pocketlessons.media.receiving.hashes import HASHES
from pocketlessons.people.models import User

CONTENT = b"not media, but bytes all the same. " * 1000
OCTETS = "application/offset+octet-stream"
ClientOf = Callable[[User], Client]


class Tus:
    """A small tus client over Django's."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def ask(self, verb: str, path: str, payload: bytes = b"", /, **headers: str) -> Any:
        named = {"Tus-Resumable": "1.0.0"} | {k.replace("_", "-"): v for k, v in headers.items()}
        return self.client.generic(verb, path, payload, headers={"Content-Type": OCTETS} | named)

    def begin(self, length: int, **headers: str) -> str:
        answer = self.ask("POST", "/uploads/", Upload_Length=str(length), **headers)
        assert answer.status_code == 201, answer.content
        return path_of(answer)

    def send(self, path: str, offset: int, body: bytes, **headers: str) -> Any:
        return self.ask("PATCH", path, body, Upload_Offset=str(offset), **headers)

    def offset(self, path: str) -> int:
        answer = self.ask("HEAD", path)
        assert answer.status_code == 200
        return int(answer["Upload-Offset"])


@pytest.fixture
def tus(curator: User, client_of: ClientOf) -> Tus:
    return Tus(client_of(curator))


def path_of(answer: HttpResponseBase) -> str:
    return urlsplit(answer["Location"]).path


def stored(recording: Recording) -> bytes:
    source = current_vault().source(recording.pk, recording.wrapped_key)
    return source.read_at(0, source.size)


def recording_of(answer: HttpResponseBase) -> Recording:
    return Recording.objects.get(pk=answer["Pocket-Recording"])


def test_options_tell_what_we_speak(tus: Tus, settings: LazySettings) -> None:
    answer = tus.client.options("/uploads/")
    assert answer.status_code == 204
    assert answer["Tus-Version"] == "1.0.0"
    assert answer["Tus-Max-Size"] == str(settings.MAX_UPLOAD_BYTES)
    assert {"creation", "checksum", "termination", "expiration"} <= set(answer["Tus-Extension"].split(","))


def test_a_file_arrives_in_pieces_hashed_and_encrypted(tus: Tus, curator: User) -> None:
    name = base64.b64encode("../Übung 3.mp4".encode()).decode()
    path = tus.begin(len(CONTENT), Upload_Metadata=f"filename {name},is_confidential")
    for start in range(0, len(CONTENT) - 9000, 9000):
        answer = tus.send(path, start, CONTENT[start : start + 9000])
        assert (answer.status_code, answer["Upload-Offset"]) == (204, str(start + 9000))
        assert "Pocket-Status" not in answer
    answer = tus.send(path, tus.offset(path), CONTENT[tus.offset(path) :])
    assert answer["Upload-Offset"] == str(len(CONTENT))
    recording = recording_of(answer)
    assert answer["Pocket-Status"] == recording.status == Recording.Status.FAILED
    assert "neither a video nor a sound" in unquote(answer["Pocket-Sentence"])
    assert recording.sha256 == hashlib.sha256(CONTENT).hexdigest()
    assert recording.size_bytes == len(CONTENT)
    assert recording.received_at is not None
    assert (recording.owner, recording.original_name) == (curator, "Übung 3.mp4")
    assert stored(recording) == CONTENT


def test_the_first_bytes_may_come_with_the_creation(tus: Tus) -> None:
    answer = tus.ask("POST", "/uploads/", CONTENT[:100], Upload_Length=str(len(CONTENT)))
    assert (answer.status_code, answer["Upload-Offset"]) == (201, "100")
    answer = tus.send(path_of(answer), 100, CONTENT[100:])
    assert recording_of(answer).sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_the_length_may_be_told_later(tus: Tus) -> None:
    answer = tus.ask("POST", "/uploads/", Upload_Defer_Length="1")
    path = path_of(answer)
    answer = tus.send(path, 0, CONTENT[:50])
    assert recording_of(answer).size_bytes == 50
    assert tus.ask("HEAD", path)["Upload-Defer-Length"] == "1"
    assert tus.send(path, 50, b"", Upload_Length="49").status_code == 400
    assert tus.send(path, 50, CONTENT[50:60], Upload_Length="70").status_code == 204
    answer = tus.send(path, 60, CONTENT[60:70])
    assert "Pocket-Status" in answer
    assert recording_of(answer).size_bytes == 70


def test_an_empty_file_is_complete_at_once(tus: Tus) -> None:
    answer = tus.ask("POST", "/uploads/", Upload_Length="0")
    assert answer["Pocket-Status"]
    assert recording_of(answer).sha256 == hashlib.sha256(b"").hexdigest()


def test_after_a_restart_the_hash_is_found_again(tus: Tus) -> None:
    path = tus.begin(len(CONTENT))
    tus.send(path, 0, CONTENT[:5000])
    HASHES.forget(Upload.objects.get().pk)
    answer = tus.send(path, 5000, CONTENT[5000:])
    assert recording_of(answer).sha256 == hashlib.sha256(CONTENT).hexdigest()


def test_a_wrong_offset_is_a_conflict_and_changes_nothing(tus: Tus) -> None:
    path = tus.begin(len(CONTENT))
    tus.send(path, 0, CONTENT[:500])
    assert tus.send(path, 400, CONTENT[400:]).status_code == 409
    assert tus.offset(path) == 500


def test_more_than_the_length_is_refused(tus: Tus) -> None:
    path = tus.begin(10)
    assert tus.send(path, 0, b"eleven byte").status_code == 413
    assert tus.offset(path) == 0


@pytest.mark.parametrize("algorithm", ["sha1", "sha256"])
def test_a_checksum_is_checked_before_anything_is_kept(tus: Tus, algorithm: str) -> None:
    path = tus.begin(len(CONTENT))
    good = base64.b64encode(hashlib.new(algorithm, CONTENT[:700]).digest()).decode()
    assert tus.send(path, 0, CONTENT[:699] + b"!", Upload_Checksum=f"{algorithm} {good}").status_code == 460
    assert tus.offset(path) == 0
    assert tus.send(path, 0, CONTENT[:700], Upload_Checksum=f"{algorithm} {good}").status_code == 204
    answer = tus.send(path, 700, CONTENT[700:])
    assert recording_of(answer).sha256 == hashlib.sha256(CONTENT).hexdigest()


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Tus-Resumable": "0.2.2", "Upload-Length": "1"}, 412),
        ({}, 400),
        ({"Upload-Length": "-1"}, 400),
        ({"Upload-Length": "²"}, 400),
        ({"Upload-Length": "9" * 30}, 400),
        ({"Upload-Length": str(2**50)}, 413),
        ({"Upload-Defer-Length": "2"}, 400),
        ({"Upload-Length": "1", "Upload-Metadata": "filename ***"}, 400),
        ({"Upload-Length": "1", "Upload-Metadata": "a " + "A" * 5000}, 431),
        ({"Upload-Length": "1", "Upload-Checksum": "crc32 AAAA"}, 400),
    ],
)
def test_a_crooked_creation_is_refused_and_reserves_nothing(
    tus: Tus, headers: dict[str, str], status: int
) -> None:
    assert tus.ask("POST", "/uploads/", **headers).status_code == status
    assert not Recording.objects.exists()


def test_a_body_of_another_type_is_refused(tus: Tus) -> None:
    path = tus.begin(10)
    assert tus.send(path, 0, b"x", **{"Content-Type": "video/mp4"}).status_code == 415
    answer = tus.ask("POST", "/uploads/", b"x", **{"Upload-Length": "1", "Content-Type": "video/mp4"})
    assert answer.status_code == 415


def test_a_proxy_that_knows_no_patch_may_post(tus: Tus) -> None:
    path = tus.begin(3)
    answer = tus.ask("POST", path, b"abc", Upload_Offset="0", X_HTTP_Method_Override="PATCH")
    assert answer.status_code == 204
    assert tus.ask("POST", path, b"").status_code == 405


def test_giving_up_erases_the_bytes_and_the_key(tus: Tus, settings: LazySettings) -> None:
    path = tus.begin(len(CONTENT))
    tus.send(path, 0, CONTENT[:500])
    assert tus.ask("DELETE", path).status_code == 204
    assert tus.ask("HEAD", path).status_code == 404
    recording = Recording.objects.get()
    assert (recording.status, recording.wrapped_key) == (Recording.Status.ERASED, None)
    assert not [each for each in settings.VAULT.rglob("*") if each.is_file()]


def test_a_finished_upload_is_told_again_and_not_given_up(tus: Tus) -> None:
    path = tus.begin(3)
    tus.send(path, 0, b"abc")
    assert tus.offset(path) == 3
    assert tus.send(path, 3, b"").status_code == 204
    assert tus.send(path, 3, b"d").status_code == 413
    assert tus.ask("DELETE", path).status_code == 403
    assert stored(Recording.objects.get()) == b"abc"


def test_an_erased_recording_takes_no_more_bytes(tus: Tus, curator: User, now: datetime.datetime) -> None:
    path = tus.begin(10)
    tus.send(path, 0, b"abc")
    erase_recording(Recording.objects.get(), by=curator, now=now)
    assert tus.ask("HEAD", path).status_code == 410
    assert tus.send(path, 3, b"d").status_code == 410


def test_an_upload_left_alone_for_a_week_is_gone(
    tus: Tus, now: datetime.datetime, settings: LazySettings
) -> None:
    path = tus.begin(100)
    expires = tus.send(path, 0, b"abc")["Upload-Expires"]
    assert re.fullmatch(r"\w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT", expires)
    later = now + datetime.timedelta(days=8)
    with time_machine.travel(later, tick=False):
        tus.client.force_login(User.objects.get())
        assert tus.ask("HEAD", path).status_code == 410
        assert tus.send(path, 3, b"d").status_code == 410
        assert (expire_uploads(now=later), expire_uploads(now=later)) == (1, 0)
        assert tus.ask("HEAD", path).status_code == 410
    assert Recording.objects.get().wrapped_key is None
    assert not [each for each in settings.VAULT.rglob("*") if each.is_file()]


def test_a_person_has_so_much_room_and_no_more(tus: Tus, settings: LazySettings) -> None:
    settings.QUOTA_BYTES = 1000
    path = tus.begin(600)
    answer = tus.ask("POST", "/uploads/", Upload_Length="500")
    assert answer.status_code == 413
    assert "no room left" in answer.content.decode()
    tus.ask("DELETE", path)
    tus.begin(500)
    deferred = path_of(tus.ask("POST", "/uploads/", Upload_Defer_Length="1"))
    assert tus.send(deferred, 0, b"x" * 600).status_code == 413
    assert tus.offset(deferred) == 500


def test_a_person_has_so_many_open_uploads_and_no_more(tus: Tus) -> None:
    for _ in range(20):
        tus.begin(1)
    assert tus.ask("POST", "/uploads/", Upload_Length="1").status_code == 429


def test_the_end_of_a_body_is_all_that_costs_writes(
    tus: Tus, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    path = tus.begin(len(CONTENT))
    with django_assert_max_num_queries(10):
        tus.send(path, 0, CONTENT[:5000])
