"""Tries the whole engine on a film of one frame, to find out whether it works on this machine."""

import io
from typing import Any

import av
import numpy as np

from mediakit.poster import poster
from mediakit.prepare import prepare
from mediakit.source import FileSource

WIDTH, HEIGHT = 64, 48


def try_engine() -> bytes:
    """Encode a frame, prepare the film, read it as it would play, decode it: the JPEG of that frame.

    Raises MediaError, ValueError and what PyAV raises where something is missing.
    """
    film = FileSource(io.BytesIO(_one_frame()))
    prepared = prepare(film)
    if prepared.virtual is None:
        raise ValueError("the film does not play as a virtual file")
    played = io.BytesIO(b"".join(prepared.virtual.read(0, prepared.virtual.size, film.read_at)))
    picture = poster(FileSource(played), prepared.container)
    if not picture:
        raise ValueError("the frame did not decode")
    return picture


def _one_frame() -> bytes:
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as film:
        stream: Any = film.add_stream("libx264", rate=25, options={"preset": "ultrafast"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        stream.codec_context.thread_count = 1
        shades = np.arange(WIDTH * HEIGHT * 3, dtype=np.uint32).reshape(HEIGHT, WIDTH, 3) * 37 % 255
        film.mux(stream.encode(av.VideoFrame.from_ndarray(shades.astype(np.uint8), format="rgb24")))
        film.mux(stream.encode(None))
    return out.getvalue()
