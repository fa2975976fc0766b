"""Recordings in Matroska and WebM play through a virtual file, packet by packet what was recorded."""

import io
from collections.abc import Callable

import av
import pytest

from mediakit.matroska import prepare_matroska
from mediakit.prepared import Prepared
from mediakit.source import FileSource
from mediakit.tests import clips
from mediakit.tests.recorder import Habits, recording

TO_MP4: dict[str, Callable[[], bytes]] = {
    "vp9 of a browser": lambda: recording("libvpx-vp9"),
    "av1 of a browser": lambda: recording("libsvtav1"),
    "h264 of a browser": lambda: recording("libx264", habits=Habits(doc_type="matroska")),
    "h264 with aac": lambda: recording("libx264", "aac", Habits(annex_b=False)),
    "sound of a browser": lambda: recording(None),
    "clusters of known size": lambda: recording("libvpx-vp9", habits=Habits(clusters="known")),
    "block groups": lambda: recording("libvpx-vp9", habits=Habits(groups=True)),
    "picture without sound": lambda: recording("libvpx-vp9", None),
    "vp9 of ffmpeg": clips.webm,
    "h264 of obs": clips.matroska,
    "b-frames of obs": lambda: clips.matroska(encoding=tuple(clips.B_FRAMES.items())),
}
TO_WEBM: dict[str, Callable[[], bytes]] = {
    "vp8 of a browser": recording,
    "vp8 in block groups": lambda: recording(habits=Habits(groups=True)),
    "vp8 in clusters of known size": lambda: recording(habits=Habits(clusters="known")),
    "vp8 of ffmpeg": lambda: clips.webm("libvpx"),
    "vp9 with laced sound": lambda: recording("libvpx-vp9", habits=Habits(laced=True)),
}


def prepared(whole: bytes) -> Prepared:
    return prepare_matroska(FileSource(io.BytesIO(whole)), "webm")


def played(whole: bytes, found: Prepared) -> bytes:
    assert found.virtual is not None
    source = FileSource(io.BytesIO(whole))
    return b"".join(found.virtual.read(0, found.virtual.size, source.read_at))


def lengths_for_codes(sample: bytes) -> bytes:
    """Annex B as MP4 has it, the slow and plain way."""
    units = sample.split(b"\0\0\0\1")[1:]
    return b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)


@pytest.mark.parametrize("name", TO_MP4)
def test_it_plays_as_mp4_every_packet_as_recorded(name: str) -> None:
    whole = TO_MP4[name]()
    found = prepared(whole)
    before, after = clips.read_packets(whole, "matroska"), clips.read_packets(played(whole, found), "mp4")
    assert len(before) == len(after)
    for recorded, shown in zip(before, after, strict=True):
        assert [packet[1:3] for packet in recorded] == [packet[1:3] for packet in shown]
        shifts = {late[0] - early[0] for early, late in zip(recorded, shown, strict=True)}
        assert max(shifts) - min(shifts) <= 1  # FFmpeg rounds Opus's 6.5 ms of priming to 7
        if name.startswith("h264 of a browser") and recorded is before[0]:
            assert [lengths_for_codes(packet[3]) for packet in recorded] == [packet[3] for packet in shown]
        else:
            assert [packet[3] for packet in recorded] == [packet[3] for packet in shown]


@pytest.mark.parametrize("name", TO_WEBM)
def test_what_mp4_cannot_carry_everywhere_plays_as_webm(name: str) -> None:
    whole = TO_WEBM[name]()
    found = prepared(whole)
    assert found.virtual is not None
    assert found.virtual.media_type == "video/webm"
    shown = played(whole, found)
    assert clips.read_packets(shown, "matroska") == clips.read_packets(whole, "matroska")
    with av.open(io.BytesIO(shown), "r", format="matroska") as opened:
        assert opened.duration == pytest.approx(found.duration_ms * 1000, abs=1500)


def test_a_virtual_webm_can_be_sought() -> None:
    whole = recording()
    with av.open(io.BytesIO(played(whole, prepared(whole))), "r", format="matroska") as opened:
        opened.seek(1_200_000)
        packet = next(opened.demux(video=0))
    assert packet.is_keyframe
    assert packet.pts == 1000


def test_a_virtual_webm_is_read_without_a_complaint() -> None:
    whole = recording()
    shown = played(whole, prepared(whole))
    av.logging.set_level(av.logging.WARNING)
    try:
        with av.logging.Capture(local=False) as complaints, av.open(io.BytesIO(shown), "r") as opened:
            pictures = sum(1 for _ in opened.decode(video=0))
    finally:
        av.logging.set_level(None)
    assert pictures == 45
    assert complaints == []


@pytest.mark.parametrize(
    ("whole", "duration_ms"),
    [
        (recording(), 1534),
        (recording("libvpx-vp9", None), 1500),
        (clips.webm(), 1534),
        (clips.matroska(), 1514),
    ],
    ids=["vp8", "no sound", "ffmpeg", "obs"],
)
def test_it_knows_how_long_a_recording_is_that_does_not_say(whole: bytes, duration_ms: int) -> None:
    assert prepared(whole).duration_ms == pytest.approx(duration_ms, abs=23)


def test_it_names_the_codecs_as_browsers_do() -> None:
    assert prepared(recording("libx264")).codecs == "avc1.42C00B,opus"
    assert prepared(recording("libvpx-vp9")).codecs == "vp09.00.10.08,opus"
    assert prepared(recording("libsvtav1")).codecs == "av01.0.00M.08,opus"
    assert prepared(recording("libvpx")).codecs == "vp8,opus"
    assert prepared(clips.matroska()).codecs.endswith("mp4a.40.2")


def test_sound_alone_is_sound() -> None:
    found = prepared(recording(None))
    assert (found.kind, found.width, found.height) == ("audio", 0, 0)
    assert found.virtual is not None
    assert found.virtual.media_type == "audio/mp4"


def test_a_picture_that_starts_late_is_held_from_the_start() -> None:
    whole = recording("libvpx-vp9", habits=Habits(late_picture_ms=700))
    picture, sound = clips.read_packets(played(whole, prepared(whole)), "mp4")
    assert [packet[0] for packet in picture[:3]] == [0, 733, 767]
    assert sound[0][0] == 0


@pytest.mark.parametrize(
    ("video", "audio", "because"),
    [
        ("libx265", "aac", "hevc"),
        ("mpeg4", "aac", "mpeg4"),
        ("libx264", "ac3", "ac3"),
        ("libx264", "pcm_s16le", "pcm"),
    ],
)
def test_codecs_that_no_browser_plays_are_kept(video: str, audio: str, because: str) -> None:
    found = prepared(clips.matroska(video, audio))
    assert (found.virtual, found.kept_because) == (None, because)
    assert found.duration_ms > 1400


def test_start_codes_too_short_for_a_length_are_kept() -> None:
    found = prepared(recording("libx264", habits=Habits(start_code=b"\0\0\1")))
    assert (found.virtual, found.kept_because) == (None, "matroska")
