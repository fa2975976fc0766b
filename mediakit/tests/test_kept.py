"""What no browser plays is kept, with its length and size; nothing else is opened on its behalf."""

import io

import numpy as np
import pytest

from mediakit.demux import opened
from mediakit.errors import MediaError, Reason
from mediakit.kept import prepare_kept
from mediakit.limits import DEFAULT_LIMITS, Limits
from mediakit.prepare import prepare
from mediakit.source import FileSource
from mediakit.tests import clips


@pytest.mark.parametrize(("whole", "container"), [(clips.avi(), "avi"), (clips.mpegts(), "mpegts")])
def test_it_is_kept_with_length_and_size(whole: bytes, container: str) -> None:
    found = prepare_kept(FileSource(io.BytesIO(whole)), container)
    assert (found.kept_because, found.as_is, found.virtual) == (container, None, None)
    assert (found.width, found.height) == (160, 90)
    assert found.duration_ms == pytest.approx(1520, abs=40)


@pytest.mark.parametrize(
    ("head", "container"),
    [
        (b"FLV\x01\x05\0\0\0\x09", "flv"),
        (bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c"), "asf"),
        (b"\0\0\x01\xba\x44", "mpegps"),
    ],
)
def test_what_we_know_by_name_only_is_kept_unopened(head: bytes, container: str) -> None:
    found = prepare(FileSource(io.BytesIO(head + bytes(1000))))
    assert (found.kept_because, found.as_is, found.virtual) == (container, None, None)


def test_limits_hold() -> None:
    source = FileSource(io.BytesIO(clips.avi()))
    for limits, reason in (
        (Limits(tracks=1), Reason.TOO_MANY_TRACKS),
        (Limits(side=100), Reason.PICTURE_TOO_LARGE),
        (Limits(duration_ms=1000), Reason.TOO_LONG),
    ):
        with pytest.raises(MediaError) as refusal:
            prepare_kept(source, "avi", limits)
        assert refusal.value.reason == reason


@pytest.mark.parametrize("container", ["avi", "mpegts"])
def test_cut_and_damaged_files_raise_nothing_but_media_errors(container: str) -> None:
    whole, chance = {"avi": clips.avi, "mpegts": clips.mpegts}[container](), np.random.default_rng(3)
    for cut in chance.integers(1, len(whole), 60).tolist():
        damaged = bytearray(whole[:cut])
        damaged[int(chance.integers(0, min(cut, 3000)))] ^= 0xFF
        try:
            found = prepare_kept(FileSource(io.BytesIO(bytes(damaged))), container)
        except MediaError:
            continue
        assert found.kept_because == container


def test_a_playlist_is_not_followed() -> None:
    playlist = b"#EXTM3U\n#EXTINF:1,\nfile:///etc/hostname\n#EXT-X-ENDLIST\n"
    with pytest.raises(MediaError), opened(FileSource(io.BytesIO(playlist)), "avi", DEFAULT_LIMITS):
        raise AssertionError("it was opened")
