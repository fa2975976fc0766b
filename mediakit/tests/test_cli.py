"""`python -m mediakit` from the operator's side."""

import json
from collections.abc import Callable
from pathlib import Path

import av
import pytest

from mediakit.__main__ import SENTENCES, main
from mediakit.errors import Reason
from mediakit.tests import clips
from mediakit.tests.recorder import recording

Saved = Callable[[str, bytes], Path]


@pytest.fixture
def saved(tmp_path: Path) -> Saved:
    def save(name: str, whole: bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(whole)
        return path

    return save


def test_probe_prints_what_is_in_a_file(saved: Saved, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", str(saved("lesson.webm", recording()))]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["container"], found["kind"], found["codecs"]) == ("webm", "video", "vp8,opus")
    assert found["virtual"]["media_type"] == "video/webm"


@pytest.mark.parametrize(
    ("name", "whole", "suffix"),
    [
        ("a.mp4", clips.phone(), "mp4"),
        ("b.webm", recording("libvpx-vp9"), "mp4"),
        ("c.webm", recording(), "webm"),
    ],
    ids=["phone", "vp9", "vp8"],
)
def test_mp4_writes_the_film_beside_the_file(saved: Saved, name: str, whole: bytes, suffix: str) -> None:
    path = saved(name, whole)
    assert main(["mp4", str(path)]) == 0
    with av.open(str(path.with_suffix(f".playable.{suffix}")), "r") as film:
        assert sum(1 for _ in film.decode(video=0)) == 45


def test_poster_writes_a_jpeg(saved: Saved, tmp_path: Path) -> None:
    out = tmp_path / "still.jpg"
    assert main(["poster", str(saved("lesson.mp4", clips.phone())), "-o", str(out)]) == 0
    assert out.read_bytes()[:3] == b"\xff\xd8\xff"


@pytest.mark.parametrize(
    ("name", "whole", "reason"),
    [("empty.mp4", b"", Reason.EMPTY), ("page.mp4", b"<html>" * 99, Reason.NOT_MEDIA)],
)
def test_a_refusal_is_one_sentence(
    saved: Saved, capsys: pytest.CaptureFixture[str], name: str, whole: bytes, reason: Reason
) -> None:
    assert main(["probe", str(saved(name, whole))]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err) == ("", SENTENCES[reason] + "\n")


def test_each_reason_has_a_sentence() -> None:
    assert set(SENTENCES) == set(Reason)


@pytest.mark.parametrize("command", ["mp4", "poster"])
def test_what_cannot_be_written_is_said(
    saved: Saved, capsys: pytest.CaptureFixture[str], command: str
) -> None:
    assert main([command, str(saved("sound.wav", clips.wav()))]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_missing_file_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["probe", str(tmp_path / "nowhere.mp4")]) == 2
    assert capsys.readouterr().err.endswith("nowhere.mp4: No such file or directory.\n")


def test_it_never_writes_over_the_source(saved: Saved) -> None:
    path = saved("lesson.mp4", clips.phone())
    assert main(["mp4", str(path), "-o", str(path)]) == 2
    assert path.read_bytes() == clips.phone()
