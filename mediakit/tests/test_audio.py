"""Sound files are played as they are, and their length is known without decoding them."""

import io
import struct
from collections.abc import Callable

import numpy as np
import pytest

from mediakit.audio import prepare_audio
from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.prepared import Prepared
from mediakit.source import FileSource
from mediakit.tests import clips

KINDS: dict[str, tuple[Callable[[], bytes], str, str, str]] = {
    "mp3": (clips.mp3, "mp3", "audio/mpeg", "mp3"),
    "opus in ogg": (clips.ogg, "ogg", "audio/ogg", "opus"),
    "flac in ogg": (clips.ogg_flac, "ogg", "audio/ogg", "flac"),
    "wav": (clips.wav, "wav", "audio/wav", "1"),
    "flac": (clips.flac, "flac", "audio/flac", "flac"),
    "aac": (clips.adts, "aac", "audio/aac", "mp4a.40.2"),
}


def prepared(whole: bytes, container: str) -> Prepared:
    return prepare_audio(FileSource(io.BytesIO(whole)), container)


@pytest.mark.parametrize("name", KINDS)
def test_it_plays_as_it_is(name: str) -> None:
    make, container, media_type, codecs = KINDS[name]
    found = prepared(make(), container)
    assert (found.kind, found.as_is, found.codecs) == ("audio", media_type, codecs)
    assert (found.virtual, found.kept_because) == (None, None)
    assert found.duration_ms == pytest.approx(1514, abs=30)


def test_an_mp3_that_does_not_count_its_frames_is_counted() -> None:
    silent = clips.clip("mp3", video=None, audio="libmp3lame", options=(("write_xing", "0"),))
    assert b"Xing" not in silent
    assert prepared(silent, "mp3").duration_ms == pytest.approx(1514, abs=60)


def test_a_wav_whose_size_was_never_written_lasts_to_its_end() -> None:
    whole = bytearray(clips.wav())
    at = whole.index(b"data") + 4
    whole[at : at + 4] = b"\xff" * 4
    assert prepared(bytes(whole), "wav").duration_ms == pytest.approx(1514, abs=30)


def test_a_cut_wav_is_as_long_as_what_is_there() -> None:
    whole = clips.wav()
    assert prepared(whole[: len(whole) // 2], "wav").duration_ms == pytest.approx(757, abs=15)


def test_a_wav_of_a_codec_that_no_browser_knows_is_kept() -> None:
    whole = bytearray(clips.wav())
    at = whole.index(b"fmt ") + 8
    whole[at : at + 2] = struct.pack("<H", 17)
    found = prepared(bytes(whole), "wav")
    assert (found.as_is, found.kept_because) == (None, "wav-17")


def test_a_flac_that_leaves_its_length_open_is_counted() -> None:
    whole = bytearray(clips.flac())
    whole[21] &= 0xF0
    whole[22:26] = bytes(4)
    assert prepared(bytes(whole), "flac").duration_ms == pytest.approx(1514, abs=30)


def test_sound_beyond_the_limit_is_too_long() -> None:
    with pytest.raises(MediaError) as refusal:
        prepare_audio(FileSource(io.BytesIO(clips.wav())), "wav", Limits(duration_ms=1000))
    assert refusal.value.reason == Reason.TOO_LONG


@pytest.mark.parametrize("name", KINDS)
def test_cut_and_damaged_sound_raises_nothing_but_media_errors(name: str) -> None:
    make, container, media_type, _ = KINDS[name]
    whole, chance = make(), np.random.default_rng(9)
    for cut in chance.integers(1, len(whole), 60).tolist():
        damaged = bytearray(whole[:cut])
        damaged[int(chance.integers(0, min(cut, 200)))] ^= 0xFF
        for tried in (whole[:cut], bytes(damaged)):
            try:
                found = prepared(tried, container)
            except MediaError:
                continue
            assert found.as_is == media_type or found.kept_because
