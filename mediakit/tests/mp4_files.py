"""What the MP4 tests share: bytes as a source, what a virtual file plays, and surgery on boxes."""

import io
import struct
from dataclasses import dataclass
from typing import NamedTuple

import av

from mediakit.demux import SourceFile
from mediakit.mp4.preparing import prepare_mp4
from mediakit.prepared import Prepared

CONTAINERS = {b"moov", b"trak", b"mdia", b"minf", b"stbl", b"edts", b"mvex", b"moof", b"traf", b"udta"}


@dataclass(frozen=True)
class BytesSource:
    """A file in memory."""

    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)

    def read_at(self, offset: int, length: int) -> bytes:
        return self.content[offset : offset + length]


class Packet(NamedTuple):
    """What must be the same in source and virtual file, times in ticks of the track."""

    pts: int
    dts: int
    content: bytes
    key: bool
    discarded: bool


def prepared(content: bytes, container: str = "mp4") -> Prepared:
    return prepare_mp4(BytesSource(content), container)


def played(ready: Prepared, content: bytes) -> bytes:
    """The whole virtual file."""
    assert ready.virtual
    whole = b"".join(ready.virtual.read(0, ready.virtual.size, BytesSource(content).read_at))
    assert len(whole) == ready.virtual.size
    return whole


def packets(whole: bytes | SourceFile) -> dict[str, list[Packet]]:
    """The packets of each picture or sound track, as PyAV demuxes them."""
    tracks: dict[str, list[Packet]] = {}
    with av.open(io.BytesIO(whole) if isinstance(whole, bytes) else whole, "r", format="mp4") as opened:
        streams = [stream for stream in opened.streams if stream.type in ("video", "audio")]
        for packet in opened.demux(streams):
            if packet.size and not packet.is_corrupt:
                assert packet.pts is not None
                assert packet.dts is not None
                name = f"{packet.stream.type} {packet.stream.time_base}"
                tracks.setdefault(name, []).append(
                    Packet(packet.pts, packet.dts, bytes(packet), packet.is_keyframe, packet.is_discard)
                )
    return tracks


def duration_ms(whole: bytes) -> int:
    with av.open(io.BytesIO(whole), "r", format="mp4") as opened:
        assert opened.duration
        return round(opened.duration / 1000)


def from_zero(tracks: dict[str, list[Packet]]) -> dict[str, list[Packet]]:
    """The same with times counted from the first picture or sound of the file, so that constant shifts do not show."""
    first = min(track[0].pts / _hertz(name) for name, track in tracks.items())
    return {
        name: [
            p._replace(pts=p.pts - round(first * _hertz(name)), dts=p.dts - round(first * _hertz(name)))
            for p in track
        ]
        for name, track in tracks.items()
    }


def _hertz(name: str) -> int:
    return int(name.rsplit("/", 1)[1])


def box(kind: bytes, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, kind) + body


def find(content: bytes, *path: bytes) -> tuple[int, int]:
    """(start, end) of the first box of that path."""
    start, end = 0, len(content)
    for depth, kind in enumerate(path):
        at = start if depth == 0 else start + 8
        while True:
            assert at < end, f"no {kind!r}"
            length = int.from_bytes(content[at : at + 4], "big") or end - at
            if content[at + 4 : at + 8] == kind:
                start, end = at, at + length
                break
            at += length
    return start, end


def replaced(content: bytes, path: tuple[bytes, ...], new: bytes) -> bytes:
    """The file with the first box of that path replaced, the sizes of its parents corrected. Offsets stay as they are."""
    start, end = find(content, *path)
    whole = bytearray(content[:start] + new + content[end:])
    for depth in range(1, len(path)):
        at, _ = find(content, *path[:depth])
        length = int.from_bytes(whole[at : at + 4], "big") + len(new) - (end - start)
        whole[at : at + 4] = length.to_bytes(4, "big")
    return bytes(whole)


def added(content: bytes, parent: tuple[bytes, ...], new: bytes) -> bytes:
    """The file with a box added at the end of the box of that path."""
    start, end = find(content, *parent)
    return replaced(
        content, parent, struct.pack(">I", end - start + len(new)) + content[start + 4 : end] + new
    )
