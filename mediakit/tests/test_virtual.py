"""A virtual file answers any range as a slice of the whole would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediakit.virtual import PIECE_BYTES, Segment, VirtualFile, assemble, literal, mapped

SOURCE = bytes(np.random.default_rng(2).integers(0, 256, 4000, np.uint8))


def read_source(offset: int, length: int) -> bytes:
    return SOURCE[offset : offset + length]


def everything(plan: VirtualFile) -> bytes:
    return b"".join(plan.read(0, plan.size, read_source))


def content(piece: Segment) -> bytes:
    if piece.literal is not None:
        return piece.literal
    return read_source(piece.source_offset, piece.length)


pieces = st.lists(
    st.one_of(
        st.binary(max_size=300).map(literal),
        st.builds(mapped, st.integers(0, 3000), st.integers(0, 1000)),
    ),
    min_size=1,
    max_size=12,
)


@st.composite
def plans(draw: st.DrawFn) -> tuple[VirtualFile, bytes]:
    """A plan with patches, and what it should hold."""
    chosen = draw(pieces)
    whole = bytearray(b"".join(map(content, chosen)))
    gaps = draw(st.lists(st.integers(4, 90), max_size=8))
    offsets = np.cumsum(gaps, dtype=np.int64) - 4
    offsets = offsets[offsets + 4 <= len(whole)]
    values = np.arange(len(offsets), dtype=np.uint32) * 0x01020304 + 7
    for offset, value in zip(offsets, values, strict=True):
        whole[offset : offset + 4] = int(value).to_bytes(4, "big")
    return assemble("video/mp4", chosen, (offsets, values)), bytes(whole)


@given(plans(), st.integers(0, 5000), st.integers(0, 5000))
def test_any_range_is_a_slice_of_the_whole(case: tuple[VirtualFile, bytes], start: int, length: int) -> None:
    plan, whole = case
    assert plan.size == len(whole)
    assert b"".join(plan.read(start, length, read_source)) == whole[start : start + length]


@given(plans())
def test_it_survives_being_stored(case: tuple[VirtualFile, bytes]) -> None:
    plan, whole = case
    again = VirtualFile.from_bytes(plan.to_bytes())
    assert again == plan
    assert everything(again) == whole


def test_it_comes_in_pieces_of_a_mebibyte() -> None:
    plan = assemble("video/mp4", [literal(b"head"), mapped(0, 3 * PIECE_BYTES)])
    sizes = [len(piece) for piece in plan.read(1, plan.size, lambda _, length: bytes(length))]
    assert sizes == [PIECE_BYTES, PIECE_BYTES, PIECE_BYTES, 3]


def test_ranges_that_touch_in_the_source_become_one_segment() -> None:
    plan = assemble(
        "video/mp4", [literal(b"head"), mapped(10, 20), mapped(30, 5), mapped(40, 0), mapped(36, 1)]
    )
    assert [(s.start, s.length, s.source_offset) for s in plan.segments] == [
        (0, 4, 0),
        (4, 25, 10),
        (29, 1, 36),
    ]


def test_the_etag_follows_every_part_of_the_plan() -> None:
    patches = (np.array([0], np.int64), np.array([5], np.uint32))
    plans = [
        assemble("video/mp4", [literal(b"head"), mapped(0, 10)]),
        assemble("audio/mp4", [literal(b"head"), mapped(0, 10)]),
        assemble("video/mp4", [literal(b"heap"), mapped(0, 10)]),
        assemble("video/mp4", [literal(b"head"), mapped(1, 10)]),
        assemble("video/mp4", [literal(b"head"), mapped(0, 11)]),
        assemble("video/mp4", [literal(b"head"), mapped(0, 10)], patches),
    ]
    assert len({plan.etag for plan in plans}) == len(plans)
    assert plans[0].etag == assemble("video/mp4", [literal(b"head"), mapped(0, 10)]).etag


def test_a_source_shorter_than_planned_is_an_error() -> None:
    plan = assemble("video/mp4", [mapped(3990, 100)])
    with pytest.raises(EOFError):
        everything(plan)


def test_other_bytes_are_not_a_virtual_file() -> None:
    with pytest.raises(ValueError, match="not a stored virtual file"):
        VirtualFile.from_bytes(b"something else")
