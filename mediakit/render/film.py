"""A drawn scene with its sound as an MP4, in about a second of CPU for a minute of film.

One period of the picture is encoded as a closed group and its packets are repeated; the sound is encoded whole.
"""

from __future__ import annotations  # av.Packet takes a type argument in the stubs only

import heapq
from collections.abc import Iterator
from fractions import Fraction
from operator import itemgetter
from pathlib import Path
from typing import Any

import av
import numpy as np
from av.packet import Packet

from mediakit.render.scene import Scene
from mediakit.render.sound import HERTZ, Wave

RATE = 24
_GROUP = 24  # a keyframe each second, so that seeks are quick
_FRAME = 1024  # AAC


def render_film(path: Path, scene: Scene, sound: Wave) -> None:
    """Write `scene`, repeated for as long as `sound` lasts, to `path` (H.264 + AAC, index at the end)."""
    with av.open(str(path), "w", format="mp4") as film:
        picture = _picture_stream(film, scene)
        voice = _sound_stream(film)
        seconds = len(sound) / HERTZ
        packets = heapq.merge(_seen(picture, scene, seconds), _heard(voice, sound), key=itemgetter(0))
        for _, packet in packets:
            film.mux(packet)


def render_sound(path: Path, sound: Wave) -> None:
    """Write `sound` alone as an M4A."""
    with av.open(str(path), "w", format="ipod") as film:
        for _, packet in _heard(_sound_stream(film), sound):
            film.mux(packet)


def _picture_stream(film: Any, scene: Scene) -> Any:
    options = {"preset": "veryfast", "crf": "23", "x264-params": "bframes=0:open-gop=0:scenecut=0"}
    stream = film.add_stream("libx264", rate=RATE, options=options)
    stream.width, stream.height = scene.size
    stream.pix_fmt = "yuv420p"
    stream.codec_context.gop_size = _GROUP
    stream.time_base = stream.codec_context.time_base = Fraction(1, RATE)
    return stream


def _sound_stream(film: Any) -> Any:
    stream = film.add_stream("aac", rate=HERTZ, layout="mono", options={"aac_coder": "fast"})
    stream.bit_rate = 96_000
    return stream


def _seen(stream: Any, scene: Scene, seconds: float) -> Iterator[tuple[float, Packet[Any]]]:
    """Each packet after the second at which it is shown."""
    period = []
    for number, image in enumerate(scene.frames(RATE)):
        frame = av.VideoFrame.from_ndarray(np.asarray(image), format="rgb24")
        frame.pts, frame.time_base = number, Fraction(1, RATE)
        period += stream.encode(frame)
    period += stream.encode(None)
    shots = [(packet.is_keyframe, bytes(packet)) for packet in period]
    for number in range(round(seconds * RATE)):
        is_key, payload = shots[number % len(shots)]
        packet: Packet[Any] = Packet(payload)
        packet.stream, packet.time_base = stream, Fraction(1, RATE)
        packet.pts = packet.dts = number
        packet.duration, packet.is_keyframe = 1, is_key
        yield number / RATE, packet


def _heard(stream: Any, sound: Wave) -> Iterator[tuple[float, Packet[Any]]]:
    for first in range(0, len(sound), _FRAME):
        frame = av.AudioFrame.from_ndarray(sound[None, first : first + _FRAME], format="fltp", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = HERTZ, first, Fraction(1, HERTZ)
        for packet in stream.encode(frame):
            yield float(packet.pts * packet.time_base), packet
    for packet in stream.encode(None):
        yield float(packet.pts * packet.time_base), packet
