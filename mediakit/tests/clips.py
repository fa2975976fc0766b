"""Small clips of every kind that people send, synthesised with PyAV, so that the repository holds no media."""

from __future__ import annotations  # av.Packet takes a type argument in the stubs only

import io
import struct
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from av.audio.stream import AudioStream
from av.packet import Packet
from av.video.stream import VideoStream

WIDTH, HEIGHT, RATE, HERTZ = 160, 90, 30, 48_000

QUICK: dict[str, dict[str, str]] = {
    "libx264": {"preset": "ultrafast", "bf": "0"},
    "libx265": {"preset": "ultrafast", "x265-params": "log-level=none"},
    "libvpx": {"deadline": "realtime", "cpu-used": "8"},
    "libvpx-vp9": {"deadline": "realtime", "cpu-used": "8"},
    "libsvtav1": {"preset": "12"},
}
B_FRAMES = {"preset": "veryfast", "bf": "2", "x264-params": "b-adapt=0"}
ROTATIONS = {  # the nine numbers of a tkhd matrix
    90: (0, 1 << 16, 0, -(1 << 16), 0, 0, HEIGHT << 16, 0, 1 << 30),
    180: (-(1 << 16), 0, 0, 0, -(1 << 16), 0, WIDTH << 16, HEIGHT << 16, 1 << 30),
    270: (0, -(1 << 16), 0, 1 << 16, 0, 0, 0, WIDTH << 16, 1 << 30),
}


class OneWay:
    """Something to write to that cannot seek, as a browser's recorder writes."""

    def __init__(self) -> None:
        self.written = bytearray()

    def write(self, piece: bytes) -> int:
        self.written += piece
        return len(piece)

    def getvalue(self) -> bytes:
        return bytes(self.written)


@dataclass(frozen=True, kw_only=True)
class Recipe:
    """What goes into a clip. `starts` delays picture and sound by so many seconds."""

    container: str  # a muxer's name
    video: str | None = "libx264"
    audio: str | None = "aac"
    seconds: float = 1.5
    options: tuple[tuple[str, str], ...] = ()
    encoding: tuple[tuple[str, str], ...] = ()
    starts: tuple[float, float] = (0, 0)
    timecode: bool = False
    seekable: bool = True
    picture: str = "moving"
    pixels: str = "yuv420p"


def clip(container: str, **more: Any) -> bytes:
    return _made(Recipe(container=container, **more))


@cache
def _made(recipe: Recipe) -> bytes:
    if ("movflags", "faststart") in recipe.options:  # FFmpeg opens that file again by its name
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "clip"
            _mux(str(path), recipe)
            return path.read_bytes()
    out = io.BytesIO() if recipe.seekable else OneWay()
    _mux(out, recipe)
    return out.getvalue()


def _mux(out: Any, recipe: Recipe) -> None:
    with av.open(out, "w", format=recipe.container, options=dict(recipe.options)) as muxed:
        if recipe.timecode:
            muxed.metadata["timecode"] = "01:00:00:00"
        packets: list[Packet[Any]] = []
        pictures = _video_stream(muxed, recipe) if recipe.video else None
        sounds = _audio_stream(muxed, recipe.audio) if recipe.audio else None
        if pictures:
            packets += _video_packets(pictures, recipe.seconds, recipe.starts[0], recipe.picture)
        if sounds:
            packets += _audio_packets(sounds, recipe.seconds, recipe.starts[1])
        for packet in sorted(packets, key=_decode_time):
            muxed.mux(packet)


def _decode_time(packet: Packet[Any]) -> Fraction:
    assert packet.dts is not None
    assert packet.time_base is not None
    return packet.dts * packet.time_base


def _video_stream(muxed: Any, recipe: Recipe) -> VideoStream:
    codec = recipe.video or ""
    options = QUICK.get(codec, {}) | dict(recipe.encoding)
    stream: VideoStream = muxed.add_stream(codec, rate=RATE, options=options)
    stream.width, stream.height = WIDTH, HEIGHT
    stream.pix_fmt = "yuv422p10le" if codec == "prores_ks" else recipe.pixels
    stream.codec_context.gop_size = 15
    stream.codec_context.thread_count = 1
    return stream


def _audio_stream(muxed: Any, codec: str) -> AudioStream:
    hertz = 44_100 if codec == "libmp3lame" else HERTZ
    stream: AudioStream = muxed.add_stream(codec, rate=hertz, layout="mono")
    return stream


def _video_packets(stream: VideoStream, seconds: float, start: float, picture: str) -> Iterator[Packet[Any]]:
    for number in range(round(seconds * RATE)):
        frame = av.VideoFrame.from_ndarray(painted(picture, number), format="rgb24")
        frame.pts = number + round(start * RATE)
        frame.time_base = Fraction(1, RATE)
        yield from stream.encode(frame)
    yield from stream.encode(None)


def painted(picture: str, number: int) -> np.ndarray[Any, np.dtype[np.uint8]]:
    """`moving`: noise that shifts; `fading`: black for half a second, then as moving; `corner`: top left red."""
    frame = np.zeros((HEIGHT, WIDTH, 3), np.uint8)
    if picture == "corner":
        frame[:] = 200
        frame[: HEIGHT // 2, : WIDTH // 2] = (220, 20, 20)
    elif picture == "moving" or number >= RATE // 2:
        frame[:] = np.roll(_texture(), number * 2, axis=1)
    return frame


@cache
def _texture() -> np.ndarray[Any, np.dtype[np.uint8]]:
    coarse = np.random.default_rng(1).integers(30, 220, (HEIGHT // 9, WIDTH // 8, 3), np.uint8)
    return coarse.repeat(9, axis=0).repeat(8, axis=1)


def _audio_packets(stream: AudioStream, seconds: float, start: float) -> Iterator[Packet[Any]]:
    context = stream.codec_context
    hertz, size = context.sample_rate, context.frame_size or 1024
    for first in range(0, round(seconds * hertz), size):
        frame = av.AudioFrame.from_ndarray(_tone(first, size, hertz), format="s16", layout="mono")
        frame.sample_rate, frame.pts = hertz, first + round(start * hertz)
        frame.time_base = Fraction(1, hertz)
        resampled = av.AudioResampler(format=context.format, layout="mono", rate=hertz).resample(frame)
        for ready in resampled:
            yield from stream.encode(ready)
    yield from stream.encode(None)


def _tone(first: int, size: int, hertz: int) -> np.ndarray[Any, np.dtype[np.int16]]:
    seconds = np.arange(first, first + size) / hertz
    return (np.sin(seconds * 2 * np.pi * 440) * 8000).astype(np.int16).reshape(1, -1)


# --- MP4 and MOV -------------------------------------------------------------------------------------------------


def phone(*, audio: str | None = "aac", seconds: float = 1.5) -> bytes:
    """H.264 with AAC, index at the end: what a phone's camera saves."""
    return clip("mp4", audio=audio, seconds=seconds)


def faststart() -> bytes:
    return clip("mp4", options=(("movflags", "faststart"),))


def b_frames() -> bytes:
    return clip("mp4", encoding=tuple(B_FRAMES.items()))


def rotated(degrees: int = 90, picture: str = "moving") -> bytes:
    """A phone held upright: the picture lies on its side, and the track's matrix says so."""
    whole = bytearray(clip("mp4", picture=picture))
    at = whole.index(b"tkhd") + 4 + 40  # version, times, id, duration, layer, group, volume
    whole[at : at + 36] = struct.pack(">9i", *ROTATIONS[degrees])
    return bytes(whole)


def trimmed() -> bytes:
    """The first 0.4 s cut off by an edit list, as a phone's editor does."""
    return clip("mp4", starts=(-0.4, -0.4), encoding=tuple(B_FRAMES.items()))


def mov_with_timecode() -> bytes:
    """A third track that is neither picture nor sound."""
    return clip("mov", timecode=True)


def prores() -> bytes:
    return clip("mov", video="prores_ks", audio="pcm_s16le", seconds=0.5)


def hevc() -> bytes:
    return clip("mp4", video="libx265", seconds=0.5)


def m4a() -> bytes:
    return clip("ipod", video=None)


def fragmented(*, video: str | None = "libx264", audio: str = "libopus", seconds: float = 1.5) -> bytes:
    """MP4 as browsers record it: an empty index first, then one fragment a keyframe."""
    flags = "empty_moov+default_base_moof+frag_keyframe"
    return clip(
        "mp4",
        video=video,
        audio=audio,
        seconds=seconds,
        seekable=False,
        options=(("movflags", flags), ("strict", "-2")),
    )


def hybrid() -> bytes:
    """Samples in the index and fragments behind it."""
    return clip("mp4", options=(("movflags", "frag_keyframe"),))


# --- Matroska and WebM as FFmpeg writes them; as browsers do it: see `recorder` -------------------------------------


def webm(video: str | None = "libvpx-vp9", audio: str | None = "libopus", **more: Any) -> bytes:
    """A live WebM: no Duration, no Cues, a Segment of unknown size."""
    live = (("live", "1"), ("cluster_time_limit", "500"))
    return clip("webm", video=video, audio=audio, seekable=False, options=live, **more)


def matroska(video: str = "libx264", audio: str = "aac", **more: Any) -> bytes:
    """A finished Matroska file with Duration and Cues, as OBS saves it."""
    return clip("matroska", video=video, audio=audio, **more)


# --- sound alone ---------------------------------------------------------------------------------------------------


def mp3() -> bytes:
    return clip("mp3", video=None, audio="libmp3lame")


def ogg() -> bytes:
    return clip("ogg", video=None, audio="libopus")


def ogg_flac() -> bytes:
    return clip("ogg", video=None, audio="flac")


def wav() -> bytes:
    return clip("wav", video=None, audio="pcm_s16le")


def flac() -> bytes:
    return clip("flac", video=None, audio="flac")


def adts() -> bytes:
    return clip("adts", video=None)


# --- kept, not played -----------------------------------------------------------------------------------------------


def avi() -> bytes:
    return clip("avi", video="mpeg4", audio="libmp3lame")


def mpegts() -> bytes:
    return clip("mpegts")


class Read(NamedTuple):
    """A packet as PyAV demuxes it."""

    pts_ms: int
    size: int
    is_key: bool
    payload: bytes


def read_packets(whole: bytes, container: str) -> list[list[Read]]:
    """Every packet of every track that has some."""
    with av.open(io.BytesIO(whole), "r", format=container) as opened:
        tracks: list[list[Read]] = [[] for _ in opened.streams]
        for packet in opened.demux():
            if packet.size:
                at = round((packet.pts or 0) * (packet.time_base or 0) * 1000)
                tracks[packet.stream_index].append(Read(at, packet.size, packet.is_keyframe, bytes(packet)))
    return [track for track in tracks if track]
