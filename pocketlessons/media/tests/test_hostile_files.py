"""Files that mean harm, or that are merely broken: each gets its sentence, and nothing else happens."""

import datetime
import io
import re
import resource
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse

from mediakit.errors import Reason
from mediakit.tests import clips
from pocketlessons.lib.vault import current_vault
from pocketlessons.media.models import Recording
from pocketlessons.media.sentences import NAMES, REASONS, STATUSES, sentence_for

pytestmark = pytest.mark.django_db
Receive = Callable[..., Recording]

BOUNDED_S = 15
BOUNDED_KB = 64 * 1024


def playlist(tmp_path: Path) -> bytes:
    """A playlist that names a file of this machine, as stock players would open it."""
    secret = tmp_path / "secret.ts"
    secret.write_bytes(clips.mpegts())
    return f"#EXTM3U\n#EXT-X-TARGETDURATION:10\n#EXTINF:10,\nfile://{secret}\n#EXT-X-ENDLIST\n".encode()


def concat_script(tmp_path: Path) -> bytes:
    return f"ffconcat version 1.0\nfile '{tmp_path / 'secret.ts'}'\n".encode()


def zip_bomb(_: Path) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as bomb:
        bomb.writestr("bomb", bytes(64 << 20))
    return out.getvalue()


def html(_: Path) -> bytes:
    return b"<!DOCTYPE html><script>alert(1)</script>" + b" " * 4096


def empty(_: Path) -> bytes:
    return b""


def truncated(_: Path) -> bytes:
    whole = clips.phone()
    return whole[: whole.index(b"moov") - 4]


def huge_picture(_: Path) -> bytes:
    """100,000 × 100,000 pixels, says its header, in the track and in the sample description."""
    whole = bytearray(clips.phone())
    at = whole.index(b"tkhd") + 4 + 76
    whole[at : at + 8] = struct.pack(">II", 100_000 << 16 & 0xFFFFFFFF, 100_000 << 16 & 0xFFFFFFFF)
    at = whole.index(b"avc1", whole.index(b"stsd")) + 4 + 24
    whole[at : at + 4] = struct.pack(">HH", 0xFFFF, 0xFFFF)
    return bytes(whole)


def greedy_tables(_: Path) -> bytes:
    """A sample table that claims four thousand million samples."""
    whole = bytearray(clips.phone())
    at = whole.index(b"stsz") + 4 + 8
    whole[at : at + 4] = b"\xff\xff\xff\xff"
    return bytes(whole)


FILES = [
    ("song.m3u8", playlist, {Reason.NOT_MEDIA}),
    ("song.mp4", playlist, {Reason.NOT_MEDIA}),
    ("song.mp4", concat_script, {Reason.NOT_MEDIA}),
    ("bomb.mp4", zip_bomb, {Reason.NOT_MEDIA}),
    ("page.mp4", html, {Reason.NOT_MEDIA}),
    ("nothing.mp4", empty, {Reason.EMPTY}),
    ("half.mp4", truncated, {Reason.TRUNCATED}),
    ("wall.mp4", huge_picture, {Reason.PICTURE_TOO_LARGE}),
    ("greedy.mp4", greedy_tables, {Reason.TOO_COMPLEX, Reason.INCONSISTENT}),
]


@pytest.mark.parametrize(
    ("name", "make", "reasons"), FILES, ids=[f"{make.__name__}-{name}" for name, make, _ in FILES]
)
def test_it_fails_with_a_sentence_in_bounded_time_and_memory(
    prepared: Receive, tmp_path: Path, name: str, make: Callable[[Path], bytes], reasons: set[Reason]
) -> None:
    content = make(tmp_path)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    started = time.monotonic()
    recording = prepared(content, name=name)
    assert time.monotonic() - started < BOUNDED_S
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < BOUNDED_KB
    assert recording.status == "failed"
    assert recording.failure_reason in reasons
    assert sentence_for(recording) == str(REASONS[recording.failure_reason])
    stored = sorted(path.name for path in current_vault()._store.root.rglob("*") if path.is_file())  # type: ignore[attr-defined]
    assert stored in (["source"], [])


def test_the_pool_lives_on_and_the_owner_keeps_the_file(
    prepared: Receive, client_of: Callable[..., object], now: datetime.datetime, tmp_path: Path
) -> None:
    broken = prepared(truncated(tmp_path))
    assert prepared(clips.phone()).status == "playable"
    browser = client_of(broken.owner)
    original = browser.get(reverse("media:recording-original", args=[broken.pk]))  # type: ignore[attr-defined]
    assert b"".join(original.streaming_content) == truncated(tmp_path)
    for name in ("recording-mp4", "recording-download", "recording-poster"):
        assert browser.get(reverse(f"media:{name}", args=[broken.pk])).status_code == 404  # type: ignore[attr-defined]


def test_every_state_and_every_reason_has_a_sentence_of_its_own() -> None:
    assert set(STATUSES) == set(Recording.Status)
    assert set(REASONS) == set(Reason)
    said = [str(sentence) for sentence in REASONS.values()]
    assert len(set(said)) == len(said)
    for sentence in (*said, *map(str, STATUSES.values())):
        assert sentence.endswith(".")
        assert not re.search("[!_]|error|invalid", sentence)


def test_what_is_kept_is_called_by_its_name() -> None:
    for because, name in {**NAMES, "wav-17": "WAV-17"}.items():
        recording = Recording(status=Recording.Status.KEPT, kept_because=because)
        assert f"kept as {name}," in sentence_for(recording)
