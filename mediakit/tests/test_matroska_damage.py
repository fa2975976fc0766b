"""Cut, damaged and hostile recordings: what is whole plays, and the rest is refused with a reason."""

import io
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS
from mediakit.matroska import prepare_matroska
from mediakit.matroska.walk import walk
from mediakit.prepared import Prepared
from mediakit.source import FileSource
from mediakit.tests import clips
from mediakit.tests.recorder import element, number, recording
from mediakit.tests.test_matroska import TO_MP4, TO_WEBM, played, prepared


def prepared_or_refused(whole: bytes) -> Prepared | Reason:
    try:
        return prepared(whole)
    except MediaError as error:
        return error.reason


@pytest.mark.parametrize("make", [*TO_MP4.values(), *TO_WEBM.values()], ids=[*TO_MP4, *TO_WEBM])
def test_a_cut_recording_plays_up_to_the_cut(make: Callable[[], bytes]) -> None:
    whole = make()
    everything = clips.read_packets(whole, "matroska")
    for cut in np.random.default_rng(5).integers(1, len(whole), 60).tolist():
        found = prepared_or_refused(whole[:cut])
        if isinstance(found, Reason):
            assert found in (Reason.TRUNCATED, Reason.NO_TRACKS)
            continue
        assert 0 <= found.cut_bytes < cut
        if found.virtual is None:
            continue
        container = found.virtual.media_type.partition("/")[2].replace("webm", "matroska")
        for shown in clips.read_packets(played(whole[:cut], found), container):
            assert any(
                [packet.size for packet in shown] == [packet.size for packet in recorded[: len(shown)]]
                for recorded in everything
            )


@pytest.mark.parametrize(
    "make", [recording, lambda: recording("libx264"), clips.webm], ids=["vp8", "h264", "vp9"]
)
def test_a_damaged_recording_raises_nothing_but_media_errors(make: Callable[[], bytes]) -> None:
    whole, chance = make(), np.random.default_rng(6)
    for _ in range(150):
        damaged = np.frombuffer(whole, np.uint8).copy()
        places = chance.integers(0, min(len(damaged), int(chance.choice([600, 5000, len(damaged)]))), 6)
        damaged[places] = chance.integers(0, 256, 6)
        found = prepared_or_refused(damaged.tobytes())
        if isinstance(found, Prepared) and found.virtual:
            assert len(played(damaged.tobytes(), found)) == found.virtual.size


def test_rubbish_behind_a_recording_is_cut_off() -> None:
    whole = recording("libvpx-vp9")
    found = prepared(whole + bytes(1000))
    assert found.cut_bytes == 1000
    assert found.duration_ms == prepared(whole).duration_ms


def test_a_second_recording_behind_the_first_is_cut_off() -> None:
    whole = recording("libvpx-vp9")
    assert prepared(whole + whole).cut_bytes == len(whole)


def test_tags_behind_the_last_cluster_are_no_part_of_it() -> None:
    whole = recording()
    tagged = whole + element(0x1254C367, b"where it was recorded")
    found = prepared(tagged)
    assert found.cut_bytes == 0
    assert b"where it was recorded" not in played(tagged, found)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"samples": 10, "boxes": 10}, Reason.TOO_COMPLEX),
        ({"tracks": 1}, Reason.TOO_MANY_TRACKS),
        ({"side": 100}, Reason.PICTURE_TOO_LARGE),
        ({"pixels": 1000}, Reason.PICTURE_TOO_LARGE),
        ({"duration_ms": 1000}, Reason.TOO_LONG),
    ],
)
def test_limits_hold_before_anything_is_planned(change: dict[str, int], reason: Reason) -> None:
    source = FileSource(io.BytesIO(recording()))
    with pytest.raises(MediaError) as refusal:
        prepare_matroska(source, "webm", replace(DEFAULT_LIMITS, **change))
    assert refusal.value.reason == reason


def test_a_file_without_picture_and_sound_has_no_tracks() -> None:
    entry = number(0xD7, 1) + number(0x83, 17) + element(0x86, b"S_TEXT/UTF8")
    tracks = element(0x1654AE6B, element(0xAE, entry))
    whole = element(0x1A45DFA3, element(0x4282, b"matroska")) + element(0x18538067, tracks)
    with pytest.raises(MediaError) as refusal:
        prepared(whole)
    assert refusal.value.reason == Reason.NO_TRACKS


def test_the_walk_reads_no_more_than_the_file() -> None:
    whole = recording("libvpx-vp9")
    asked: list[tuple[int, int]] = []

    class Watched(FileSource):
        def read_at(self, offset: int, length: int) -> bytes:
            asked.append((offset, length))
            return super().read_at(offset, length)

    walked = walk(Watched(io.BytesIO(whole)), DEFAULT_LIMITS)
    assert walked.end == len(whole)
    assert len(asked) <= 4
