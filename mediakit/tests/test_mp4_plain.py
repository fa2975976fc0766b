"""A plain MP4 or MOV plays as a virtual one with every packet as it was, and without what is nobody's business."""

import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from mediakit.demux import SourceFile
from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS
from mediakit.mp4.building import UINT32_MAX, chunk_offset_box
from mediakit.mp4.preparing import prepare_mp4
from mediakit.tests import clips
from mediakit.tests.mp4_files import BytesSource, added, box, find, packets, played, prepared, replaced
from mediakit.verify import PlayedSource

SHARED_CLIPS = sorted(Path(__file__).parents[3].glob("shared/data/clips/*.mp4"))
PLACE = b"+59.3293+018.0686/"

PLAIN: dict[str, Callable[[], bytes]] = {
    "moov last": clips.phone,
    "moov first": clips.faststart,
    "b-frames": clips.b_frames,
    "trimmed by an edit list": clips.trimmed,
    "rotated": clips.rotated,
    "mov with timecode": clips.mov_with_timecode,
    "late picture": lambda: clips.clip("mp4", starts=(0.7, 0)),
    "late sound": lambda: clips.clip("mp4", starts=(0, 0.5)),
    "silent": lambda: clips.phone(audio=None),
    "sound alone": clips.m4a,
    "mp3": lambda: clips.clip("mp4", audio="libmp3lame"),
    "av1 and opus": lambda: clips.clip(
        "mp4", video="libsvtav1", audio="libopus", options=(("strict", "-2"),)
    ),
}


def with_wide_mdat(content: bytes) -> bytes:
    """The 8 free bytes that FFmpeg leaves before mdat become part of a 64-bit header."""
    free, start, end = *find(content, b"free")[:1], *find(content, b"mdat")
    assert start == free + 8
    return content[:free] + struct.pack(">I4sQ", 1, b"mdat", end - free) + content[start + 8 :]


def with_mdat_to_the_end(content: bytes) -> bytes:
    start, end = find(content, b"mdat")
    assert end == len(content)
    return content[:start] + bytes(4) + content[start + 4 :]


def with_place(content: bytes) -> bytes:
    """Where it was filmed, as phones write it: in the movie, in a track, and behind everything."""
    place = box(b"udta", box(b"\xa9xyz", struct.pack(">HH", len(PLACE), 0x15C7), PLACE))
    content = added(content, (b"moov", b"trak"), place)
    return added(content, (b"moov",), place) + box(b"free", PLACE)


def with_second_track_named(content: bytes, handler: bytes) -> bytes:
    """The sound becomes a track of another kind, as telemetry and subtitles are."""
    at = content.index(b"soun")
    return content[:at] + handler + content[at + 4 :]


PLAIN |= {
    "64-bit mdat": lambda: with_wide_mdat(clips.phone()),
    "mdat to the end of the file": lambda: with_mdat_to_the_end(clips.faststart()),
}


@pytest.mark.parametrize("name", PLAIN)
def test_every_packet_is_as_it_was(name: str) -> None:
    content = PLAIN[name]()
    ready = prepared(content, "mov" if "mov " in name else "mp4")
    before = packets(content)
    assert sum(map(len, before.values())) >= 40
    assert packets(played(ready, content)) == before


@pytest.mark.parametrize("path", SHARED_CLIPS, ids=lambda path: path.name)
def test_real_clips_are_as_they_were(path: Path) -> None:
    content = path.read_bytes()
    assert packets(played(prepared(content), content)) == packets(content)


def test_the_index_comes_first() -> None:
    content = clips.phone()
    whole = played(prepared(content), content)
    assert whole.index(b"moov") < whole.index(b"mdat")
    assert content.index(b"mdat") < content.index(b"moov")


def test_it_tells_what_is_in_the_file() -> None:
    ready = prepared(clips.phone())
    assert (ready.container, ready.kind, ready.width, ready.height, ready.rotation) == (
        "mp4",
        "video",
        160,
        90,
        0,
    )
    assert ready.codecs.split(",")[0].startswith("avc1.42")
    assert ready.codecs.endswith(",mp4a.40.2")
    assert 1490 <= ready.duration_ms <= 1530
    assert ready.virtual
    assert ready.virtual.media_type == "video/mp4"
    assert (ready.as_is, ready.kept_because, ready.cut_bytes) == (None, None, 0)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_phone_held_upright_gives_an_upright_picture(degrees: int) -> None:
    ready = prepared(clips.rotated(degrees))
    assert ready.rotation == degrees
    assert (ready.width, ready.height) == ((160, 90) if degrees == 180 else (90, 160))


def test_sound_alone_is_audio() -> None:
    ready = prepared(clips.m4a())
    assert (ready.kind, ready.width, ready.codecs) == ("audio", 0, "mp4a.40.2")
    assert ready.virtual
    assert ready.virtual.media_type == "audio/mp4"


def test_a_trimmed_film_is_as_long_as_its_edit() -> None:
    assert 1050 <= prepared(clips.trimmed()).duration_ms <= 1150


def test_the_place_where_it_was_filmed_is_not_in_it() -> None:
    content = with_place(clips.phone())
    assert PLACE in content
    whole = played(prepared(content), content)
    assert PLACE not in whole
    assert packets(whole) == packets(content)


@pytest.mark.parametrize("handler", [b"meta", b"sbtl", b"tmcd", b"text"])
def test_foreign_tracks_are_left_out_with_their_bytes(handler: bytes) -> None:
    content = clips.phone()
    sounds = next(track for name, track in packets(content).items() if name.startswith("audio"))
    content = with_second_track_named(content, handler)
    whole = played(prepared(content), content)
    before, after = packets(content), packets(whole)
    assert list(after) == [name for name in before if name.startswith("video")]
    assert after == {name: track for name, track in before.items() if name in after}
    assert not any(sound.content in whole for sound in sounds if len(sound.content) > 16)


@pytest.mark.parametrize(
    ("make", "codec"),
    [(clips.hevc, "hevc"), (clips.prores, "prores"), (lambda: clips.clip("mp4", video="mpeg4"), "mpeg4")],
)
def test_what_no_browser_plays_is_kept(make: Callable[[], bytes], codec: str) -> None:
    ready = prepared(make())
    assert ready.kept_because == codec
    assert (ready.width, ready.height) == (160, 90)
    assert ready.duration_ms > 400


def test_what_is_only_kept_is_saved_without_its_place() -> None:
    content = with_place(clips.hevc())
    ready = prepared(content)
    assert ready.kept_because == "hevc"
    whole = played(ready, content)
    assert PLACE in content
    assert PLACE not in whole
    assert packets(whole) == packets(content)


def test_cover_art_does_not_make_a_film() -> None:
    content = clips.clip(
        "mp4", video="mjpeg", seconds=1 / 30, encoding=(("strict", "-1"), ("color_range", "pc"))
    )
    ready = prepared(content)
    assert (ready.kind, ready.codecs, ready.kept_because) == ("audio", "mp4a.40.2", None)


class HugeSource:
    """A silent film whose mdat begins with a hole, so that the file is of any size."""

    def __init__(self, payload_bytes: int) -> None:
        content = clips.phone(audio=None)
        free, start, end = *find(content, b"free")[:1], *find(content, b"mdat")
        self.hole = payload_bytes - (end - start - 8)
        self.front = content[:free] + struct.pack(">I4sQ", 1, b"mdat", 16 + payload_bytes)
        self.back = content[start + 8 : end] + _with_moved_chunks(content[end:], self.hole)

    @property
    def size(self) -> int:
        return len(self.front) + self.hole + len(self.back)

    def read_at(self, offset: int, length: int) -> bytes:
        end, back_at = min(offset + length, self.size), len(self.front) + self.hole
        hole = bytes(max(0, min(end, back_at) - max(offset, len(self.front))))
        return self.front[offset:end] + hole + self.back[max(0, offset - back_at) : max(0, end - back_at)]


def _with_moved_chunks(moov: bytes, by: int) -> bytes:
    path = (b"moov", b"trak", b"mdia", b"minf", b"stbl", b"stco")
    start, end = find(moov, *path)
    offsets = np.frombuffer(moov[start + 16 : end], ">u4").astype(np.int64) + by
    return replaced(moov, path, chunk_offset_box(offsets, wide=bool(offsets.max() > UINT32_MAX)))


@pytest.mark.parametrize(
    ("payload_bytes", "before", "after"),
    [
        (UINT32_MAX - 100_000, b"stco", b"stco"),
        (UINT32_MAX - 100, b"stco", b"co64"),  # the header before it pushes it over
        (5 * 1024**3, b"co64", b"co64"),
    ],
)
def test_a_file_beyond_4_gib_has_wide_offsets(payload_bytes: int, before: bytes, after: bytes) -> None:
    source = HugeSource(payload_bytes)
    ready = prepare_mp4(source, "mp4")
    assert ready.virtual
    head = ready.virtual.segments[0].literal
    assert head
    assert (before in source.back, after in head) == (True, True)
    assert packets(SourceFile(PlayedSource(ready.virtual, source))) == packets(SourceFile(source))


def refusal(content: bytes) -> Reason:
    with pytest.raises(MediaError) as caught:
        prepared(content)
    return caught.value.reason


def test_limits_are_the_callers() -> None:
    content = clips.phone()
    for limits, reason in [
        (replace(DEFAULT_LIMITS, samples=50), Reason.TOO_COMPLEX),
        (replace(DEFAULT_LIMITS, duration_ms=1000), Reason.TOO_LONG),
        (replace(DEFAULT_LIMITS, side=159), Reason.PICTURE_TOO_LARGE),
        (replace(DEFAULT_LIMITS, tracks=1), Reason.TOO_MANY_TRACKS),
        (replace(DEFAULT_LIMITS, moov_bytes=1000), Reason.TOO_COMPLEX),
        (replace(DEFAULT_LIMITS, boxes=10), Reason.TOO_COMPLEX),
    ]:
        with pytest.raises(MediaError) as caught:
            prepare_mp4(BytesSource(content), "mp4", limits)
        assert caught.value.reason == reason


def test_samples_in_another_file_are_refused() -> None:
    content = clips.phone()
    path = (b"moov", b"trak", b"mdia", b"minf", b"dinf")
    elsewhere = box(b"url ", bytes(4), b"file:///etc/passwd\0")
    dinf = box(b"dinf", box(b"dref", struct.pack(">II", 0, 1), elsewhere))
    assert refusal(replaced(content, path, dinf)) == Reason.INCONSISTENT


def test_a_compressed_index_is_refused() -> None:
    assert refusal(added(clips.phone(), (b"moov",), box(b"cmov", bytes(20)))) == Reason.INCONSISTENT


def test_a_file_without_index_is_truncated() -> None:
    content = clips.phone()
    assert refusal(content[: find(content, b"moov")[0]]) == Reason.TRUNCATED


def test_a_file_cut_inside_the_index_is_truncated() -> None:
    assert refusal(clips.phone()[:-10]) == Reason.TRUNCATED


def test_a_faststart_file_cut_inside_the_samples_is_truncated() -> None:
    assert refusal(clips.faststart()[:-10]) == Reason.TRUNCATED


def test_a_movie_without_tracks_has_none() -> None:
    content = clips.phone()
    mvhd = content[slice(*find(content, b"moov", b"mvhd"))]
    assert refusal(replaced(content, (b"moov",), box(b"moov", mvhd))) == Reason.NO_TRACKS
