"""The writer puts samples on one timeline in a way that browsers and libav all play in step."""

from dataclasses import replace
from typing import Literal

import numpy as np
import pytest

from mediakit.demux import SourceFile
from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS
from mediakit.mp4.movie import Edit, Movie, read_movie
from mediakit.mp4.samples import samples_of_tables
from mediakit.mp4.writer import Patches, Track, duration_ms, plan_mp4
from mediakit.tests import clips
from mediakit.tests.mp4_files import BytesSource, Packet, find, packets
from mediakit.verify import PlayedSource
from mediakit.virtual import VirtualFile

CONTENT = clips.b_frames()
WHOLE = [(0, len(CONTENT))]


def movie_of(content: bytes) -> Movie:
    start, end = find(content, b"moov")
    return read_movie(content[start + 8 : end], DEFAULT_LIMITS)


def track(kind: Literal["video", "audio"], *, late_ms: int = 0, primed: bool = True) -> Track:
    """A track of the clip as the writer takes it, its first presented sample at `late_ms`."""
    movie = movie_of(CONTENT)
    found = next(track for track in movie.tracks if track.kind == kind)
    samples = samples_of_tables(movie.data, found, DEFAULT_LIMITS)
    late = late_ms * found.timescale // 1000
    skipped = found.edits[0].media_time
    return Track(
        kind=kind,
        timescale=found.timescale,
        sample_entry=found.entries[0],
        pts=samples.pts - skipped + late,
        dts=samples.dts - skipped + late,
        sizes=samples.sizes,
        offsets=samples.offsets,
        sync=samples.sync,
        last_duration=int(samples.durations[-1]),
        starts_at=late if primed else None,
        width=found.width,
        height=found.height,
    )


def demuxed(plan: VirtualFile) -> dict[str, list[Packet]]:
    return packets(SourceFile(PlayedSource(plan, BytesSource(CONTENT))))


def edits_of(plan: VirtualFile) -> list[tuple[Edit, ...]]:
    head = plan.segments[0].literal
    assert head
    return [track.edits for track in movie_of(head).tracks]


def test_a_picture_and_its_sound_are_as_they_were() -> None:
    plan = plan_mp4([track("video"), track("audio")], WHOLE, media_type="video/mp4")
    assert demuxed(plan) == packets(CONTENT)


def test_a_late_picture_is_held_from_the_start() -> None:
    """Firefox ignores an empty edit, so the first picture stays for as long as it takes."""
    tracks = [track("video", late_ms=700), track("audio")]
    plan = plan_mp4(tracks, WHOLE, media_type="video/mp4")
    before, after = packets(CONTENT), demuxed(plan)
    late = 700 * 15360 // 1000
    pictures = after["video 1/15360"]
    assert (pictures[0].pts, pictures[0].content) == (0, before["video 1/15360"][0].content)
    assert [p.pts - late for p in pictures[1:]] == [p.pts for p in before["video 1/15360"][1:]]
    assert after["audio 1/48000"] == before["audio 1/48000"]
    assert [len(edits) for edits in edits_of(plan)] == [1, 1]
    assert duration_ms(tracks) == 700 + 1500


def test_late_sound_waits_in_an_empty_edit() -> None:
    plan = plan_mp4([track("video"), track("audio", late_ms=500)], WHOLE, media_type="video/mp4")
    before, after = packets(CONTENT), demuxed(plan)
    assert edits_of(plan)[1][0] == Edit(24_000, -1)
    assert [p.pts - 24_000 for p in after["audio 1/48000"][1:]] == [
        p.pts for p in before["audio 1/48000"][1:]
    ]
    assert after["video 1/15360"] == before["video 1/15360"]


def test_both_late_begin_at_once() -> None:
    late = plan_mp4([track("video", late_ms=900), track("audio", late_ms=900)], WHOLE, media_type="video/mp4")
    assert demuxed(late) == packets(CONTENT)


def test_pictures_that_precede_their_decoding_are_shifted() -> None:
    """Composition offsets are written unsigned: the shift is undone by the edit."""
    early = track("video", primed=False)
    early = replace(early, pts=early.pts - 1024)
    plan = plan_mp4([early], WHOLE, media_type="video/mp4")
    assert [p.content for p in demuxed(plan)["video 1/15360"]] == [
        p.content for p in packets(CONTENT)["video 1/15360"]
    ]
    assert min(p.pts for p in demuxed(plan)["video 1/15360"]) == 0


def test_patches_follow_their_bytes() -> None:
    picture = track("video")
    patches = Patches(picture.offsets[[3, 9]] + 1, np.array([1, 0xFFFFFFFF], np.uint32))
    plan = plan_mp4([picture], WHOLE, media_type="video/mp4", patches=patches)
    patched = demuxed(plan)["video 1/15360"]
    before = packets(CONTENT)["video 1/15360"]
    assert patched[3].content == before[3].content[:1] + b"\0\0\0\1" + before[3].content[5:]
    assert patched[9].content == before[9].content[:1] + b"\xff\xff\xff\xff" + before[9].content[5:]
    assert patched[4] == before[4]


def test_no_samples_are_no_tracks() -> None:
    none = np.zeros(0, np.int64)
    empty = replace(track("audio"), pts=none, dts=none, sizes=none, offsets=none, sync=none.astype(bool))
    for tracks in ([], [empty]):
        with pytest.raises(MediaError) as caught:
            plan_mp4(tracks, WHOLE, media_type="video/mp4")
        assert caught.value.reason == Reason.NO_TRACKS


def test_contradictions_are_refused() -> None:
    picture = track("video")
    backwards = replace(picture, dts=picture.dts[::-1].copy())
    for tracks, ranges in [
        ([picture], [(0, int(picture.offsets.max()))]),
        ([picture], []),
        ([picture], [(0, 100), (50, len(CONTENT))]),
        ([backwards], WHOLE),
        ([replace(picture, sizes=picture.sizes + 2**33)], [(0, 2**40)]),
    ]:
        with pytest.raises(MediaError) as caught:
            plan_mp4(tracks, ranges, media_type="video/mp4")
        assert caught.value.reason == Reason.INCONSISTENT
