"""Holds a planned virtual file against what libav finds in the source, at a cost that does not grow with the file."""

from collections.abc import Sequence
from itertools import islice

from mediakit.demux import opened
from mediakit.errors import MediaError, Reason
from mediakit.limits import Limits
from mediakit.source import Source
from mediakit.virtual import VirtualFile

PACKETS = 20
MAX_BYTES = 32 * 1024 * 1024

Sample = tuple[bytes, bool]
"""Its bytes, and whether it is a keyframe."""


class PlayedSource:
    """A virtual file as a Source, for whoever wants to read what a browser would."""

    def __init__(self, virtual: VirtualFile, source: Source) -> None:
        self._virtual, self._source = virtual, source

    @property
    def size(self) -> int:
        return self._virtual.size

    def read_at(self, offset: int, length: int) -> bytes:
        return b"".join(self._virtual.read(offset, length, self._source.read_at))


def verify(
    source: Source, container: str, virtual: VirtualFile, track_numbers: Sequence[int], limits: Limits
) -> None:
    """Compares the first packets of each track; `track_numbers` are the source's, in the virtual file's order.

    Raises MediaError(INCONSISTENT) when a virtual MP4 would play other bytes than libav finds in the source. A source
    that libav does not open, as it may be with a recording that broke off, is not held against the plan.
    """
    try:
        found = _first_samples(source, container, track_numbers, limits)
    except MediaError:
        found = [[] for _ in track_numbers]
    planned = _first_samples(PlayedSource(virtual, source), "mp4", range(1, len(track_numbers) + 1), limits)
    if not any(planned):
        raise MediaError(Reason.INCONSISTENT, "nothing would play")
    for number, one, other in zip(track_numbers, found, planned, strict=True):
        both = min(len(one), len(other))
        if one[:both] != other[:both]:
            raise MediaError(Reason.INCONSISTENT, f"track {number} would not play as it is")


def _first_samples(
    source: Source, container: str, track_numbers: Sequence[int], limits: Limits
) -> list[list[Sample]]:
    samples: dict[int, list[Sample]] = {number: [] for number in track_numbers}
    bytes_left = MAX_BYTES
    with opened(source, container, limits) as file:
        streams = [stream for stream in file.streams if stream.id in samples]
        for packet in islice(file.demux(streams), PACKETS * len(track_numbers)):
            if packet.size and not packet.is_corrupt:
                samples[packet.stream.id].append((bytes(packet), packet.is_keyframe))
                bytes_left -= packet.size
            if bytes_left < 0:
                break
    return list(samples.values())
