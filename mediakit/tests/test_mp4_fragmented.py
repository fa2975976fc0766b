"""A fragmented MP4, whole or cut off anywhere, plays as a virtual one with every complete packet as it was."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS
from mediakit.tests import clips
from mediakit.tests.mp4_files import (
    BytesSource,
    Packet,
    added,
    box,
    duration_ms,
    find,
    from_zero,
    packets,
    played,
    prepared,
)
from mediakit.verify import verify
from mediakit.virtual import assemble

FLAGS = "empty_moov+default_base_moof+frag_keyframe"
LIVE = (("movflags", FLAGS), ("strict", "-2"))

FRAGMENTED: dict[str, Callable[[], bytes]] = {
    "h264 and opus": clips.fragmented,
    "h264 and aac": lambda: clips.fragmented(audio="aac"),
    "vp9": lambda: clips.fragmented(video="libvpx-vp9"),
    "av1": lambda: clips.fragmented(video="libsvtav1"),
    "sound alone": lambda: clips.fragmented(video=None),
    "hybrid": clips.hybrid,
    "b-frames": lambda: clips.clip(
        "mp4", options=LIVE, encoding=tuple(clips.B_FRAMES.items()), seekable=False
    ),
    "b-frames with an edit list": lambda: clips.clip(
        "mp4", options=(("movflags", FLAGS + "+delay_moov"),), encoding=tuple(clips.B_FRAMES.items())
    ),
    "offsets from the start of the file": lambda: clips.clip(
        "mp4", options=(("movflags", "empty_moov+frag_keyframe"),)
    ),
    "late sound": lambda: clips.clip("mp4", options=LIVE, starts=(0, 0.5)),
    "short fragments": lambda: clips.clip("mp4", options=(*LIVE, ("frag_duration", "100000"))),
    "with an index of each fragment": lambda: clips.clip("mp4", options=(("movflags", FLAGS + "+dash"),)),
}


@pytest.mark.parametrize("name", FRAGMENTED)
def test_every_packet_is_as_it_was(name: str) -> None:
    content = FRAGMENTED[name]()
    ready = prepared(content)
    assert ready.virtual
    whole = played(ready, content)
    before, after = packets(content), packets(whole)
    assert sum(map(len, before.values())) >= 40
    assert _comparable(after) == _comparable(before)
    assert abs(ready.duration_ms - duration_ms(whole)) <= 1
    assert ready.cut_bytes == 0


@pytest.mark.parametrize("make", [clips.fragmented, clips.hybrid])
def test_a_recording_cut_off_anywhere_plays_what_is_whole(make: Callable[[], bytes]) -> None:
    content = make()
    complete = {name: [p.content for p in track] for name, track in packets(content).items()}
    first = max(find(content, b"mdat")[1], find(content, b"moov")[1])
    for cut in np.random.default_rng(5).integers(first, len(content), 25).tolist():
        torn = content[:cut]
        ready = prepared(torn)
        whole = played(ready, torn)
        for name, track in packets(whole).items():
            assert [p.content for p in track] == complete[name][: len(track)]
        assert len(packets(whole)["video 1/15360"]) >= len(packets(torn)["video 1/15360"])
        assert 0 <= ready.cut_bytes < cut


def test_a_plan_that_would_play_other_bytes_is_refused() -> None:
    content = clips.fragmented()
    plan = prepared(content).virtual
    assert plan
    head, payload = plan.segments
    askew = assemble("video/mp4", [head, replace(payload, source_offset=payload.source_offset + 1)])
    verify(BytesSource(content), "mp4", plan, [1, 2], DEFAULT_LIMITS)
    with pytest.raises(MediaError) as caught:
        verify(BytesSource(content + b" "), "mp4", askew, [1, 2], DEFAULT_LIMITS)
    assert caught.value.reason == Reason.INCONSISTENT


def test_nothing_whole_means_truncated() -> None:
    content = clips.fragmented()
    end_of_moov = find(content, b"moov")[1]
    for cut in (end_of_moov, end_of_moov + 20, find(content, b"moof")[1] + 9):
        assert refusal(content[:cut]) == Reason.TRUNCATED


def test_the_place_where_it_was_filmed_is_not_in_it() -> None:
    place = box(b"udta", box(b"\xa9xyz", b"+59.3293+018.0686/"))
    content = added(clips.fragmented(), (b"moov",), place) + box(b"free", place)
    whole = played(prepared(content), content)
    assert b"+59.3" not in whole
    assert _comparable(packets(whole)) == _comparable(packets(content))


def test_foreign_tracks_are_left_out_with_their_bytes() -> None:
    content = clips.fragmented()
    at = content.index(b"soun")
    content = content[:at] + b"meta" + content[at + 4 :]
    sounds = next(track for name, track in packets(clips.fragmented()).items() if name.startswith("audio"))
    whole = played(prepared(content), content)
    assert list(packets(whole)) == ["video 1/15360"]
    assert not any(sound.content in whole for sound in sounds if len(sound.content) > 16)


def test_a_gap_between_fragments_stays_a_gap() -> None:
    """A recording that was paused: later fragments say a later time."""
    content = bytearray(clips.clip("mp4", audio=None, options=LIVE))
    at = content.rindex(b"tfdt")
    time = int.from_bytes(content[at + 8 : at + 16], "big")
    content[at + 8 : at + 16] = (time + 15360 * 5).to_bytes(8, "big")
    whole = played(prepared(bytes(content)), bytes(content))
    assert _comparable(packets(whole)) == _comparable(packets(bytes(content)))
    assert 6400 <= duration_ms(whole) <= 6600


def refusal(content: bytes) -> Reason:
    with pytest.raises(MediaError) as caught:
        prepared(content)
    return caught.value.reason


def _comparable(tracks: dict[str, list[Packet]]) -> dict[str, list[Packet]]:
    """From zero; without the times of a first picture, which is held if it is late; and without the mark on encoder
    priming, which libav sets in a plain MP4 only."""
    same = {}
    for name, track in from_zero(tracks).items():
        rest = [packet._replace(discarded=False) for packet in track[1:]]
        same[name] = [track[0]._replace(pts=0, dts=0, discarded=False), *rest]
    return same
