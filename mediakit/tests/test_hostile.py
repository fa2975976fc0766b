"""Whatever the bytes, preparing ends soon, in bounded memory, with a result or a reason, and never looks elsewhere."""

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from mediakit.errors import MediaError, Reason
from mediakit.prepare import prepare
from mediakit.prepared import Prepared
from mediakit.tests import clips
from mediakit.tests.mp4_files import BytesSource, added, box, find, replaced

STBL = (b"moov", b"trak", b"mdia", b"minf", b"stbl")
MOST = 0xFFFFFFFF
MAX_SECONDS = 5
MAX_BYTES = 96 * 1024 * 1024


def outcome(content: bytes) -> Prepared | Reason:
    """What becomes of a file. Any other exception, long work or much memory fails the test."""
    tracemalloc.start()
    try:
        result = quick_outcome(content)
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < MAX_BYTES
    return result


def quick_outcome(content: bytes) -> Prepared | Reason:
    began = time.process_time()
    try:
        return prepare(BytesSource(content))
    except MediaError as error:
        return error.reason
    finally:
        assert time.process_time() - began < MAX_SECONDS


def full(kind: bytes, *numbers: int) -> bytes:
    """A box with version, flags and 32-bit numbers."""
    return box(kind, bytes(4), struct.pack(f">{len(numbers)}I", *numbers))


def table(kind: bytes, *numbers: int) -> Callable[[], bytes]:
    """A phone's film with one sample table replaced."""
    return lambda: replaced(clips.phone(), (*STBL, kind), full(kind, *numbers))


def with_side(side: int) -> bytes:
    """A film whose header claims a picture of side x side."""
    whole = bytearray(clips.phone())
    at = whole.index(b"avc1", whole.index(b"stsd"))
    whole[at + 28 : at + 32] = struct.pack(">HH", side, side)
    return bytes(whole)


def with_displayed_side(side: int) -> bytes:
    whole = bytearray(clips.phone())
    end = find(bytes(whole), b"moov", b"trak", b"tkhd")[1]
    whole[end - 8 : end] = struct.pack(">HHHH", side, 0, side, 0)
    return bytes(whole)


def nested(depth: int) -> bytes:
    content = b""
    for _ in range(depth):
        content = box(b"trak", content)
    return content


def zip_bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("film.mp4", bytes(30_000_000))
    return out.getvalue()


def moof(*runs: bytes, sized: int = 0) -> bytes:
    tfhd = box(b"tfhd", struct.pack(">III", 0x020038, 1, 512), struct.pack(">II", sized, 0))
    return box(b"moof", full(b"mfhd", 1), box(b"traf", tfhd, *runs))


def fragmented_with(*boxes: bytes) -> bytes:
    content = clips.fragmented()
    return content[: find(content, b"moov")[1]] + b"".join(boxes)


FTYP = box(b"ftyp", b"isom\0\0\0\0isom")
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://%s\n#EXT-X-ENDLIST\n"

REFUSED: dict[str, tuple[Reason, Callable[[], bytes]]] = {
    "empty": (Reason.EMPTY, lambda: b""),
    "page": (Reason.NOT_MEDIA, lambda: b"<!DOCTYPE html><title>film.mp4</title>"),
    "zip bomb": (Reason.NOT_MEDIA, zip_bomb),
    "files to join": (Reason.NOT_MEDIA, lambda: b"ffconcat version 1.0\nfile /etc/passwd\n"),
    "only ftyp": (Reason.TRUNCATED, lambda: FTYP),
    "cut in half": (Reason.TRUNCATED, lambda: clips.phone()[: len(clips.phone()) // 2]),
    "empty moov": (Reason.TRUNCATED, lambda: FTYP + box(b"moov")),
    "moov of 4 GiB": (Reason.TRUNCATED, lambda: FTYP + struct.pack(">I4s", MOST, b"moov") + bytes(100)),
    "moov of 2^63": (Reason.TRUNCATED, lambda: FTYP + struct.pack(">I4sQ", 1, b"moov", 1 << 63) + bytes(100)),
    "65535 pixels each way": (Reason.PICTURE_TOO_LARGE, lambda: with_side(65_535)),
    "65535 pixels each way as shown": (Reason.PICTURE_TOO_LARGE, lambda: with_displayed_side(65_535)),
    "more pixels than the limit": (Reason.PICTURE_TOO_LARGE, lambda: with_side(16_000)),
    "a thousand tracks": (
        Reason.TOO_MANY_TRACKS,
        lambda: added(clips.phone(), (b"moov",), box(b"trak") * 1000),
    ),
    "200,001 boxes": (Reason.TOO_COMPLEX, lambda: FTYP + box(b"free") * 200_001),
    "two tracks of one number": (
        Reason.INCONSISTENT,
        lambda: added(
            clips.phone(), (b"moov",), clips.phone()[slice(*find(clips.phone(), b"moov", b"trak"))]
        ),
    ),
    "2^32 samples in stts": (Reason.INCONSISTENT, table(b"stts", 1, MOST, 1)),
    "2^32 runs in stts": (Reason.TOO_COMPLEX, table(b"stts", MOST, 1, 1)),
    "times that go back": (Reason.INCONSISTENT, table(b"stts", 2, 44, 512, 1, MOST)),
    "2^32 samples in stsz": (Reason.TOO_COMPLEX, table(b"stsz", 0, MOST)),
    "2^32 samples of 1 byte": (Reason.TOO_COMPLEX, table(b"stsz", 1, MOST)),
    "2^32 samples a chunk": (Reason.INCONSISTENT, table(b"stsc", 1, 1, MOST, 1)),
    "chunks before the first": (Reason.INCONSISTENT, table(b"stsc", 1, 0, 1, 1)),
    "chunks in no order": (Reason.INCONSISTENT, table(b"stsc", 3, 1, 1, 1, 9, 1, 1, 5, 1, 1)),
    "2^32 chunks": (Reason.TOO_COMPLEX, table(b"stco", MOST, 1)),
    "chunks outside the file": (Reason.INCONSISTENT, table(b"stco", 1, MOST)),
    "keyframes that are none": (Reason.INCONSISTENT, table(b"stss", 1, MOST)),
    "a run of 2^32 samples": (
        Reason.TOO_COMPLEX,
        lambda: fragmented_with(moof(box(b"trun", struct.pack(">II", 0, MOST)), sized=1)),
    ),
    "runs of samples without bytes": (
        Reason.TOO_COMPLEX,
        lambda: fragmented_with(moof(*[box(b"trun", struct.pack(">II", 0, 4_000_000))] * 2)),
    ),
    "a run longer than its box": (
        Reason.INCONSISTENT,
        lambda: fragmented_with(moof(box(b"trun", struct.pack(">II", 0xF00, 4_000_000)))),
    ),
    "a fragment of no track": (
        Reason.INCONSISTENT,
        lambda: fragmented_with(box(b"moof", box(b"traf", full(b"tfhd", 99)))),
    ),
    "a fragment in the far future": (
        Reason.INCONSISTENT,
        lambda: fragmented_with(moof(box(b"tfdt", struct.pack(">IQ", 1 << 24, (1 << 64) - 1)))),
    ),
}

EITHER: dict[str, Callable[[], bytes]] = {
    "10,000 deep": lambda: FTYP + box(b"moov", nested(10_000)),
    "a box that is itself": lambda: FTYP + struct.pack(">I4s", 8, b"moov") * 3,
    "sizes of zero": lambda: FTYP + struct.pack(">I4s", 0, b"moov") + bytes(1000),
    "sizes of one": lambda: FTYP + struct.pack(">I4sQ", 1, b"moov", 1) + bytes(1000),
    "sizes of seven": lambda: FTYP + struct.pack(">I4s", 7, b"moov") + bytes(1000),
    "wide sizes that wrap": lambda: FTYP + struct.pack(">I4sQ", 1, b"mdat", (1 << 64) - 1) + bytes(100),
    "ctts that claims all": lambda: replaced(clips.b_frames(), (*STBL, b"ctts"), full(b"ctts", 1, MOST, 5)),
    "an edit at the end of time": lambda: replaced(
        clips.phone(),
        (b"moov", b"trak", b"edts"),
        box(b"edts", box(b"elst", struct.pack(">IIQqI", 1 << 24, 1, (1 << 64) - 1, -(1 << 63), 1))),
    ),
    "zeros behind the film": lambda: clips.phone() + bytes(100_000),
}


@pytest.mark.parametrize("name", REFUSED)
def test_it_is_refused_with_its_reason(name: str) -> None:
    reason, make = REFUSED[name]
    assert outcome(make()) == reason


@pytest.mark.parametrize("name", EITHER)
def test_it_ends_with_a_result_or_a_reason(name: str) -> None:
    assert isinstance(outcome(EITHER[name]()), Prepared | Reason)


def test_zeros_behind_a_film_do_no_harm() -> None:
    assert isinstance(outcome(clips.phone() + bytes(1000)), Prepared)


@pytest.mark.parametrize("named", ["list.m3u8", "list.mp4"])
def test_a_playlist_reads_no_other_file(named: str, tmp_path: Path) -> None:
    secret = tmp_path / "secret.ts"
    secret.write_bytes(clips.mpegts())
    (tmp_path / named).write_bytes(PLAYLIST % bytes(secret))
    assert outcome((tmp_path / named).read_bytes()) == Reason.NOT_MEDIA


@pytest.mark.parametrize("container", ["phone", "b_frames", "fragmented", "hybrid", "mov_with_timecode"])
def test_damaged_mp4_never_surprises(container: str) -> None:
    content: bytes = getattr(clips, container)()
    start, end = find(content, b"moov")
    places = np.arange(start, end) if container != "fragmented" else np.arange(start, len(content))
    random = np.random.default_rng(len(container))
    for _ in range(150):
        assert isinstance(quick_outcome(damaged(content, places, random)), Prepared | Reason)


@pytest.mark.parametrize(
    "container", ["webm", "matroska", "ogg", "wav", "flac", "mp3", "adts", "avi", "mpegts"]
)
def test_other_damaged_files_never_surprise(container: str) -> None:
    content: bytes = getattr(clips, container)()
    random = np.random.default_rng(len(container))
    for _ in range(25):
        assert isinstance(quick_outcome(damaged(content, np.arange(len(content)), random)), Prepared | Reason)


def damaged(content: bytes, places: np.ndarray, random: np.random.Generator) -> bytes:
    """One to eight numbers set to extremes or noise, and sometimes an end cut off."""
    whole = bytearray(content)
    for at in random.choice(places[:-4], random.integers(1, 9)).tolist():
        value = random.choice([0, 1, 7, 8, 0x7FFFFFFF, 0x80000000, MOST, int(random.integers(0, MOST))])
        width = int(random.choice([1, 2, 4]))
        whole[at : at + width] = int(value).to_bytes(4, "big")[-width:]
    if random.random() < 0.2:
        del whole[int(random.integers(1, len(whole))) :]
    return bytes(whole)
