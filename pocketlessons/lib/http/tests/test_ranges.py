"""A range is inside the file, or it is not a range."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pocketlessons.lib.http.ranges import (
    ByteRange,
    UnsatisfiableRangeError,
    etag_matches,
    parse_range,
    range_still_holds,
)

numbers = st.integers(0, 10**22).map(str) | st.just("")
near_misses = st.builds(
    "bytes={}-{}{}".format, numbers, numbers, st.sampled_from(["", " ", ",", ",1-2", "-"])
)


@given(header=near_misses | st.text(max_size=60), size=st.integers(0, 10**13))
@example(header="bytes=0-", size=0)
@example(header="bytes=²-3", size=10)
def test_whatever_is_asked_the_answer_lies_inside_the_file(header: str, size: int) -> None:
    try:
        part = parse_range(header, size)
    except UnsatisfiableRangeError:
        return
    if part is not None:
        assert part.length > 0
        assert part.start >= 0
        assert part.start + part.length <= size


@pytest.mark.parametrize(
    ("header", "part"),
    [
        ("bytes=0-0", ByteRange(0, 1)),
        ("bytes=0-", ByteRange(0, 100)),
        ("bytes=90-", ByteRange(90, 10)),
        ("bytes=90-200", ByteRange(90, 10)),
        ("bytes=-1", ByteRange(99, 1)),
        ("bytes=-1000", ByteRange(0, 100)),
        ("BYTES=5-6", ByteRange(5, 2)),
        ("bytes= 5-6 ", ByteRange(5, 2)),
    ],
)
def test_one_range_is_understood(header: str, part: ByteRange) -> None:
    assert parse_range(header, 100) == part


@pytest.mark.parametrize(
    "header",
    [
        None,
        "",
        "bytes=",
        "bytes=-",
        "bytes=5-4",
        "items=0-1",
        "bytes=0-1,5-6",
        "bytes=a-b",
        "bytes=0 -1",
        "bytes=--1",
    ],
)
def test_what_is_not_one_range_means_the_whole_file(header: str | None) -> None:
    assert parse_range(header, 100) is None


@pytest.mark.parametrize(
    ("header", "size"), [("bytes=100-", 100), ("bytes=-0", 100), ("bytes=0-0", 0), ("bytes=-5", 0)]
)
def test_a_range_beyond_the_end_cannot_be_satisfied(header: str, size: int) -> None:
    with pytest.raises(UnsatisfiableRangeError):
        parse_range(header, size)


def test_only_the_same_strong_tag_keeps_the_range() -> None:
    assert range_still_holds(None, "abc")
    assert range_still_holds('"abc"', "abc")
    assert not range_still_holds('W/"abc"', "abc")
    assert not range_still_holds("Wed, 21 Oct 2015 07:28:00 GMT", "abc")


def test_a_stored_copy_is_known_by_its_tag() -> None:
    assert etag_matches('"x", W/"abc"', "abc")
    assert etag_matches("*", "abc")
    assert not etag_matches('"x"', "abc")
    assert not etag_matches(None, "abc")
