"""Recordings as people bring them: real clips where this machine has some, and generated ones of phones and browsers."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import av

from mediakit.render.phone import phone_mp4
from mediakit.tests import clips
from mediakit.tests.recorder import Habits, recording
from tests.real_server import ROOT

REAL = ROOT.parent / "shared" / "data" / "clips"
SECONDS = 12
START_CODE = b"\0\0\0\1"

Film = Callable[[Path], Path]
Track = list[tuple[str, bool]]
"""Of each packet the md5 of its bytes, and whether it is a keyframe."""


def phone(folder: Path) -> Path:
    """What a phone saves: H.264 and AAC, the index at the end."""
    path = folder / "IMG_2041.mp4"
    phone_mp4(path, SECONDS)
    return path


def _written(name: str, make: Callable[[], bytes]) -> Film:
    def write(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(make())
        return path

    return write


def _real(name: str, otherwise: Film) -> Film:
    return (lambda _folder: REAL / name) if (REAL / name).exists() else otherwise


FILMS: dict[str, Film] = {
    "phone": phone,
    "flower.mp4": _real("flower.mp4", _written("flower.mp4", lambda: clips.phone(seconds=6))),
    "flower.webm": _real("flower.webm", _written("flower.webm", lambda: clips.webm("libvpx", seconds=6))),
    "friday.mp4": _real("friday.mp4", _written("friday.mp4", clips.b_frames)),
    "browser VP8": _written("recording.webm", lambda: recording(seconds=6)),
    "browser Matroska": _written(
        "recording.mkv", lambda: recording("libx264", habits=Habits(doc_type="matroska"), seconds=6)
    ),
    "browser fragments": _written("recording.mp4", lambda: clips.fragmented(seconds=6)),
}


def tracks_of(path: Path) -> list[Track]:
    """The packets of each picture and sound track, as PyAV demuxes them; start codes count as lengths."""
    with av.open(str(path), "r") as film:
        streams = [stream for stream in film.streams if stream.type in ("video", "audio")]
        tracks: dict[int, Track] = {stream.index: [] for stream in streams}
        for packet in film.demux(streams):
            if packet.size:
                content = _with_lengths(bytes(packet))
                digest = hashlib.md5(content, usedforsecurity=False).hexdigest()
                tracks[packet.stream_index].append((digest, packet.is_keyframe))
    return sorted(tracks.values())


def seconds_of(path: Path) -> float:
    """How long a source plays: to the end of the last packet, for files that do not say."""
    with av.open(str(path), "r") as film:
        if film.duration:
            return film.duration / 1_000_000
        timed = (packet for packet in film.demux() if packet.size and packet.pts is not None)
        return max(float(((one.pts or 0) + (one.duration or 0)) * one.time_base) for one in timed)


def _with_lengths(sample: bytes) -> bytes:
    if not sample.startswith(START_CODE):
        return sample
    units = sample.split(START_CODE)[1:]
    return b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)
