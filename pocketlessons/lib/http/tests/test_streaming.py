"""What a player, a download and a curious browser get."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase, StreamingHttpResponse
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from pocketlessons.lib.http.streaming import BLOCK_BYTES, content_disposition, range_response

FILE = bytes(range(251)) * 3000


def read(start: int, length: int) -> Iterator[bytes]:
    yield FILE[start : start + length]


def ask(method: str = "GET", filename: str | None = None, **headers: str) -> HttpResponseBase:
    request = RequestFactory().generic(
        method, "/", headers={k.replace("_", "-"): v for k, v in headers.items()}
    )
    return range_response(
        request, size=len(FILE), etag="v1", media_type="video/mp4", read=read, filename=filename
    )


def body(response: HttpResponseBase) -> bytes:
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(response)


def test_the_whole_file_comes_in_blocks() -> None:
    response = ask()
    assert response.status_code == 200
    assert response["Content-Length"] == str(len(FILE))
    assert response["Accept-Ranges"] == "bytes"
    assert isinstance(response, StreamingHttpResponse)
    blocks = [bytes(block) for block in response]
    assert b"".join(blocks) == FILE
    assert max(map(len, blocks)) == BLOCK_BYTES


def test_a_range_is_exactly_that_part() -> None:
    response = ask(Range="bytes=1000-300999")
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes 1000-300999/{len(FILE)}"
    assert response["Content-Length"] == "300000"
    assert body(response) == FILE[1000:301000]


def test_a_range_past_the_end_is_416_with_the_size() -> None:
    response = ask(Range=f"bytes={len(FILE)}-")
    assert response.status_code == 416
    assert response["Content-Range"] == f"bytes */{len(FILE)}"


def test_head_tells_the_size_and_reads_nothing() -> None:
    response = ask("HEAD", Range="bytes=0-1")
    assert (response.status_code, response["Content-Length"]) == (200, str(len(FILE)))
    assert not response.streaming


def test_a_changed_file_is_sent_whole() -> None:
    assert ask(Range="bytes=0-1", If_Range='"v0"').status_code == 200
    assert ask(Range="bytes=0-1", If_Range='"v1"').status_code == 206


def test_an_unchanged_copy_is_not_sent_again() -> None:
    assert ask(If_None_Match='"v1"').status_code == 304


@pytest.mark.django_db  # closing an answer looks at the connection that an earlier test left
def test_nothing_is_read_for_a_client_that_has_gone() -> None:
    asked: list[int] = []

    def watched(start: int, length: int) -> Iterator[bytes]:
        asked.append(start)
        yield FILE[start : start + length]

    request = RequestFactory().get("/")
    response = range_response(request, size=len(FILE), etag="v1", media_type="video/mp4", read=watched)
    assert isinstance(response, StreamingHttpResponse)
    blocks = iter(response)
    next(blocks)
    response.close()
    assert asked == [0]


@pytest.mark.parametrize("filename", [None, "lesson.mp4"])
def test_a_file_can_do_no_harm_in_our_name(filename: str | None) -> None:
    response = ask(filename=filename)
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["Cross-Origin-Resource-Policy"] == "same-origin"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].split(";")[0] == ("attachment" if filename else "inline")


def test_a_name_reaches_new_and_old_browsers() -> None:
    assert content_disposition("Übung 3.mp4") == (
        "attachment; filename=\"_bung 3.mp4\"; filename*=UTF-8''%C3%9Cbung%203.mp4"
    )
    assert content_disposition("../../etc/passwd") == (
        "attachment; filename=\"_.._etc_passwd\"; filename*=UTF-8''_.._etc_passwd"
    )
    assert content_disposition("a" * 400 + ".mp4") == content_disposition("a" * 150 + ".mp4")
    assert 'filename="recording"' in content_disposition("\r\n ")


@given(st.text(max_size=300))
def test_no_name_can_break_out_of_the_header(filename: str) -> None:
    header = content_disposition(filename)
    assert header.isascii()
    assert header.isprintable()
    assert header.count('"') == 2
