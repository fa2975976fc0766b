"""A WebM that can be sought, mapped onto one that cannot: with Duration, Cues and clusters of known size."""

import struct
from collections.abc import Sequence
from typing import NamedTuple

from mediakit.matroska import ebml
from mediakit.matroska.walk import Cluster
from mediakit.virtual import VirtualFile, assemble, literal, mapped

_WRITER = b"Pocket Lessons"


class CuePoint(NamedTuple):
    """A place to seek to: a keyframe's time, and the number of the cluster that holds it."""

    ticks: int
    cluster: int


def plan_webm(
    clusters: Sequence[Cluster],
    cues: Sequence[CuePoint],
    *,
    tracks: bytes,
    cue_track: int,
    scale_ns: int,
    duration_ticks: float,
    media_type: str,
) -> VirtualFile:
    """The virtual WebM of these clusters; `tracks` is the body of the source's own Tracks."""
    described = ebml.element(ebml.INFO, _about(scale_ns, duration_ticks)) + ebml.element(ebml.TRACKS, tracks)
    seek_size = len(_seek_head(0, 0, 0))
    info_size = len(described) - len(ebml.element(ebml.TRACKS, tracks))
    cues_at = seek_size + len(described)
    places = [0] * len(clusters)
    at = cues_at + len(_cues(cues, places, cue_track))
    for number, cluster in enumerate(clusters):
        places[number] = at
        at += len(ebml.wide_head(ebml.CLUSTER, 0)) + cluster.end - cluster.body
    index = _cues(cues, places, cue_track)
    head = _document() + ebml.wide_head(ebml.SEGMENT, at)
    head += _seek_head(seek_size, seek_size + info_size, cues_at) + described + index
    pieces = [literal(head)]
    for cluster in clusters:
        size = cluster.end - cluster.body
        pieces += [literal(ebml.wide_head(ebml.CLUSTER, size)), mapped(cluster.body, size)]
    return assemble(media_type, pieces)


def _document() -> bytes:
    versions = ((0x4286, 1), (0x42F7, 1), (0x42F2, 4), (0x42F3, 8))
    body = b"".join(ebml.unsigned(ident, value) for ident, value in versions)
    body += ebml.element(ebml.DOC_TYPE, b"webm") + ebml.unsigned(0x4287, 4) + ebml.unsigned(0x4285, 2)
    return ebml.element(ebml.EBML, body)


def _about(scale_ns: int, duration_ticks: float) -> bytes:
    duration = ebml.element(ebml.DURATION, struct.pack(">d", duration_ticks))
    writers = ebml.element(0x4D80, _WRITER) + ebml.element(0x5741, _WRITER)
    return ebml.unsigned(ebml.TIMESTAMP_SCALE, scale_ns) + duration + writers


def _seek_head(info_at: int, tracks_at: int, cues_at: int) -> bytes:
    """Places count from the Segment's body; each takes eight bytes, whatever it is."""
    found = ((ebml.INFO, info_at), (ebml.TRACKS, tracks_at), (ebml.CUES, cues_at))
    entries = (
        ebml.element(ebml.SEEK_ID, ebml.name(ident)) + ebml.unsigned(ebml.SEEK_POSITION, at, 8)
        for ident, at in found
    )
    return ebml.element(ebml.SEEK_HEAD, b"".join(ebml.element(ebml.SEEK, entry) for entry in entries))


def _cues(cues: Sequence[CuePoint], places: Sequence[int], track: int) -> bytes:
    points = (
        ebml.unsigned(ebml.CUE_TIME, cue.ticks)
        + ebml.element(
            ebml.CUE_POSITIONS,
            ebml.unsigned(ebml.CUE_TRACK, track)
            + ebml.unsigned(ebml.CUE_CLUSTER_POSITION, places[cue.cluster], 8),
        )
        for cue in cues
    )
    return ebml.element(ebml.CUES, b"".join(ebml.element(ebml.CUE_POINT, point) for point in points))
