"""The sample entries that are written by hand say what FFmpeg's own MP4 muxer says."""

import numpy as np
import pytest

from mediakit.matroska.annexb import avc_configuration
from mediakit.matroska.vp9 import vp9_configuration
from mediakit.tests import clips
from mediakit.tests.recorder import START_CODE, recording
from mediakit.tests.test_matroska import played, prepared


def body(whole: bytes, name: bytes) -> bytes:
    """The body of the only box of that name."""
    assert whole.count(name) == 1
    at = whole.index(name)
    return whole[at + 4 : at - 4 + int.from_bytes(whole[at - 4 : at], "big")]


@pytest.mark.parametrize(
    ("video", "audio", "boxes"),
    [
        ("libvpx-vp9", "libopus", (b"vpcC", b"dOps")),
        ("libsvtav1", "libopus", (b"av1C",)),
        ("libx264", "aac", (b"avcC",)),
    ],
)
def test_records_of_codecs_equal_those_of_ffmpeg(video: str, audio: str, boxes: tuple[bytes, ...]) -> None:
    container = "matroska" if audio == "aac" else "webm"
    whole = clips.clip(container, video=video, audio=audio)
    theirs = clips.clip("mp4", video=video, audio=audio, options=(("strict", "-2"),))
    ours = played(whole, prepared(whole))
    for name in boxes:
        mine, expected = bytearray(body(ours, name)), bytearray(body(theirs, name))
        if name == b"vpcC":  # 4:2:0 is named by where colour sits, which the stream does not say
            mine[6] &= 0xF1
            expected[6] &= 0xF1
        assert mine == expected


def test_parameter_sets_behind_start_codes_become_what_ffmpeg_stores() -> None:
    whole = clips.clip("mp4")
    record = body(whole, b"avcC")
    sps_bytes = int.from_bytes(record[6:8], "big")
    sps, pps = record[8 : 8 + sps_bytes], record[11 + sps_bytes :]
    assert avc_configuration(START_CODE + sps + START_CODE + pps) == record
    assert avc_configuration(START_CODE + sps) is None


@pytest.mark.parametrize(("pixels", "profile"), [("yuv420p", 0), ("yuv444p", 1)])
def test_vp9_names_its_profile(pixels: str, profile: int) -> None:
    whole = clips.clip("webm", video="libvpx-vp9", audio=None, pixels=pixels, seconds=0.2)
    [first, *_] = clips.read_packets(whole, "matroska")[0]
    found = vp9_configuration(first.payload, clips.WIDTH, clips.HEIGHT, 30)
    assert found is not None
    assert found.codec == f"vp09.{profile:02d}.10.08"


@pytest.mark.parametrize(
    ("width", "height", "rate", "level"),
    [(1280, 720, 30, "31"), (1920, 1080, 30, "40"), (3840, 2160, 60, "51")],
)
def test_vp9_names_the_lowest_level_that_allows_the_picture(
    width: int, height: int, rate: int, level: str
) -> None:
    first = clips.read_packets(recording("libvpx-vp9"), "matroska")[0][0]
    found = vp9_configuration(first.payload, width, height, rate)
    assert found is not None
    assert found.codec.split(".")[2] == level


def test_vp9_is_recognised_by_its_sync_code() -> None:
    for noise in np.random.default_rng(4).integers(0, 256, (50, 16), np.uint8):
        assert vp9_configuration(noise.tobytes(), 160, 90, 30) is None
