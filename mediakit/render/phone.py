"""Films as a phone saves them, of any length and quickly: a few seconds are encoded once, then repeated."""

from __future__ import annotations  # av.Packet takes a type argument in the stubs only

import heapq
import io
import itertools
from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter
from pathlib import Path
from typing import Any, Literal, NamedTuple

import av
import numpy as np
from av.packet import Packet

RATE, HERTZ = 30, 48_000
_MOVFLAGS = {"first": "faststart", "fragments": "empty_moov+default_base_moof+frag_keyframe"}
LOOP_SECONDS = 8  # whole in frames of picture (240) and of AAC sound (375 of 1024 samples)


class _Sample(NamedTuple):
    """One encoded frame; times in ticks of its stream's clock, within the loop."""

    pts: int
    dts: int
    duration: int
    is_key: bool
    payload: bytes


def phone_mp4(
    path: str | Path,
    seconds: float,
    *,
    moov: Literal["first", "last", "fragments"] = "last",
    width: int = 640,
    height: int = 360,
    bit_rate: int = 400_000,
    sound: bool = True,
) -> None:
    """Write `seconds` of H.264 (30 fps, a keyframe each second) with AAC to `path`.

    `moov` says where the index is; `fragments` writes one fragment a second, as a browser's recorder does. Two
    hours take some seconds of CPU: only eight seconds are encoded, the rest repeats their packets.
    """
    options = {"movflags": _MOVFLAGS[moov]} if moov in _MOVFLAGS else {}
    with (
        av.open(_loop(width, height, bit_rate), "r", format="mp4") as loop,
        av.open(str(path), "w", format="mp4", options=options) as film,
    ):
        streams = loop.streams if sound else loop.streams.video
        tracks = {stream.index: _Track(film, stream) for stream in streams}
        for packet in loop.demux(list(streams)):
            tracks[packet.stream_index].learn(packet)
        for _, again in heapq.merge(
            *(track.packets(seconds) for track in tracks.values()), key=itemgetter(0)
        ):
            film.mux(again)


class _Track:
    """A stream of the film, and the loop that it repeats."""

    def __init__(self, film: Any, template: Any) -> None:
        self.stream = film.add_stream_from_template(template, opaque=True)
        self.base = self.stream.time_base = template.time_base
        self.period = round(LOOP_SECONDS / self.base)
        self.loop: list[_Sample] = []

    def learn(self, packet: Packet[Any]) -> None:
        """Take a packet into the loop, unless it is the encoder's priming or stands behind the loop's end."""
        if packet.pts is not None and packet.dts is not None and 0 <= packet.pts < self.period:
            sample = _Sample(packet.pts, packet.dts, packet.duration or 0, packet.is_keyframe, bytes(packet))
            self.loop.append(sample)

    def packets(self, seconds: float) -> Iterator[tuple[float, Packet[Any]]]:
        """The loop again and again until `seconds`, each packet after the second at which it is decoded."""
        clock = float(self.base)
        for shift in itertools.count(0, self.period):
            for sample in self.loop:
                at = (sample.dts + shift) * clock
                if at >= seconds:
                    return
                yield at, self._packet(sample, shift)

    def _packet(self, sample: _Sample, shift: int) -> Packet[Any]:
        packet: Packet[Any] = Packet(sample.payload)
        packet.stream, packet.time_base = self.stream, self.base
        packet.pts, packet.dts = sample.pts + shift, sample.dts + shift
        packet.duration, packet.is_keyframe = sample.duration, sample.is_key
        return packet


def _loop(width: int, height: int, bit_rate: int) -> io.BytesIO:
    """The film that is repeated."""
    out = io.BytesIO()
    options = {"preset": "veryfast", "x264-params": "scenecut=0:bframes=0:open-gop=0"}
    with av.open(out, "w", format="mp4") as film:
        picture: Any = film.add_stream("libx264", rate=RATE, options=options)
        picture.width, picture.height, picture.pix_fmt = width, height, "yuv420p"
        picture.codec_context.bit_rate, picture.codec_context.gop_size = bit_rate, RATE
        sound: Any = film.add_stream("aac", rate=HERTZ, layout="mono", bit_rate=64_000)
        for frame in _seen(width, height):
            film.mux(picture.encode(frame))
        for wave in _heard():
            film.mux(sound.encode(wave))
        film.mux(picture.encode(None))
        film.mux(sound.encode(None))
    return out


def _seen(width: int, height: int) -> Iterator[av.VideoFrame]:
    """A bright bar that wanders over noise, once across."""
    noise = np.random.default_rng(7).integers(40, 160, (height, width, 1), np.uint8).repeat(3, axis=2)
    frames = LOOP_SECONDS * RATE
    for number in range(frames):
        picture = noise.copy()
        left = number * (width - width // 8) // frames
        picture[:, left : left + width // 8] = 230
        frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, RATE)
        yield frame


def _heard() -> Iterator[av.AudioFrame]:
    """A quiet hum, a little longer than the loop."""
    wave = np.sin(np.arange(LOOP_SECONDS * HERTZ + 4096) / HERTZ * 2 * np.pi * 220) * 0.2
    for first in range(0, len(wave), 1024):
        piece = wave[None, first : first + 1024].astype(np.float32)
        frame = av.AudioFrame.from_ndarray(piece, format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = HERTZ, first, Fraction(1, HERTZ)
        yield frame
