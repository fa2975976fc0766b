"""Prepares a Matroska or WebM file: a virtual MP4 where browsers agree on the codecs, else a virtual WebM, else kept."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from mediakit.errors import MediaError, Reason
from mediakit.limits import DEFAULT_LIMITS, Limits
from mediakit.matroska import annexb
from mediakit.matroska.sample_entries import SampleEntry, sample_entry
from mediakit.matroska.timing import Timing, timing_of
from mediakit.matroska.tracks import TrackEntry, read_tracks, timestamp_scale
from mediakit.matroska.walk import Blocks, Cluster, Walked, walk
from mediakit.matroska.webm import CuePoint, plan_webm
from mediakit.mp4.writer import Patches, Track, plan_mp4
from mediakit.prepared import Prepared
from mediakit.source import Source
from mediakit.virtual import VirtualFile

_IN_WEBM = {
    "V_VP8": "vp8",
    "V_VP9": "vp09.00.10.08",
    "V_AV1": "av01.0.04M.08",
    "A_OPUS": "opus",
    "A_VORBIS": "vorbis",
}
_NAMES = {
    "V_MPEGH/ISO/HEVC": "hevc",
    "V_MPEG4/ISO/ASP": "mpeg4",
    "A_MPEG/L3": "mp3",
}


@dataclass(frozen=True)
class _Line:
    """A track that is played, with all that is known of it."""

    track: TrackEntry
    blocks: Blocks
    timing: Timing


def prepare_matroska(source: Source, container: str, limits: Limits = DEFAULT_LIMITS) -> Prepared:
    """How to play a file that begins as EBML; `container` is `webm` or `matroska`. Raises MediaError."""
    walked = walk(source, limits)
    lines = _played(walked, limits)
    scale_ns = timestamp_scale(walked.info)
    duration_ms = round(
        max(line.timing.end_ms for line in lines) - min(line.timing.start_ms for line in lines)
    )
    shown = lines[0].track
    found = Prepared(
        container=container,
        kind=shown.kind,
        duration_ms=duration_ms,
        width=shown.shown_width,
        height=shown.shown_height,
        rotation=0,
        codecs="",
        cut_bytes=source.size - walked.end,
    )
    if planned := _as_mp4(source, walked.clusters, lines):
        plan, codecs = planned
        return replace(found, virtual=plan, codecs=codecs)
    if all(line.track.codec in _IN_WEBM and not line.track.is_encoded for line in lines):
        codecs = ",".join(_IN_WEBM[line.track.codec] for line in lines)
        return replace(found, virtual=_as_webm(walked, lines, scale_ns), codecs=codecs)
    return replace(found, kept_because=_obstacle(lines))


def _played(walked: Walked, limits: Limits) -> list[_Line]:
    """The first picture and the first sound that have blocks, the picture first."""
    if not walked.tracks:
        raise MediaError(Reason.TRUNCATED, "no Tracks")
    entries = read_tracks(walked.tracks, limits)
    lines: list[_Line] = []
    for kind in ("video", "audio"):
        for track in entries:
            if track.kind != kind:
                continue
            blocks = _from_a_keyframe(walked.blocks_of(track.number), kind)
            if blocks is not None:
                timing = timing_of(track, blocks, timestamp_scale(walked.info), limits)
                lines.append(_Line(track, blocks, timing))
                break
    if not lines:
        has_tracks = any(entry.kind for entry in entries)
        raise MediaError(
            Reason.TRUNCATED if has_tracks else Reason.NO_TRACKS, "no blocks of picture or sound"
        )
    return lines


def _from_a_keyframe(blocks: Blocks, kind: str) -> Blocks | None:
    """Without what cannot be decoded for want of a keyframe before it; None when no block is left."""
    used = blocks.sizes > 0
    if not used.any():
        return None
    keys = blocks.keys.copy() if kind == "video" else np.ones(len(used), np.bool_)
    if not (keys & used).any():  # a muxer that marks none: the beginning is one, whatever it says
        keys[np.argmax(used)] = True
    used[: int(np.argmax(keys & used))] = False
    return replace(
        blocks,
        ticks=blocks.ticks[used],
        offsets=blocks.offsets[used],
        sizes=blocks.sizes[used],
        keys=keys[used],
        clusters=blocks.clusters[used],
    )


def _as_mp4(
    source: Source, clusters: Sequence[Cluster], lines: list[_Line]
) -> tuple[VirtualFile, str] | None:
    """The plan and its codecs; None where MP4 cannot carry a track everywhere."""
    if any(line.blocks.is_laced for line in lines):
        return None
    tracks: list[Track] = []
    codecs: list[str] = []
    patches: Patches | None = None
    for line in lines:
        track = line.track
        if track.codec == "V_MPEG4/ISO/AVC" and annexb.is_annex_b(track.private):
            patches = annexb.length_patches(source, line.blocks)
            if patches is None:
                return None
            track = replace(track, private=annexb.avc_configuration(track.private) or b"")
        entry = _entry_of(source, replace(line, track=track))
        if entry is None:
            return None
        tracks.append(_mp4_track(line, entry))
        codecs.append(entry.codec)
    media_type = f"{lines[0].track.kind}/mp4"
    return plan_mp4(tracks, _ranges(clusters), media_type=media_type, patches=patches), ",".join(codecs)


def _entry_of(source: Source, line: _Line) -> SampleEntry | None:
    begins = source.read_at(int(line.blocks.offsets[0]), 16)
    seconds = (line.timing.end_ms - line.timing.start_ms) / 1000
    return sample_entry(line.track, begins, len(line.blocks.sizes) / max(seconds, 0.001))


def _mp4_track(line: _Line, entry: SampleEntry) -> Track:
    is_video = line.track.kind == "video"
    return Track(
        kind="video" if is_video else "audio",
        timescale=line.timing.timescale,
        sample_entry=entry.box,
        pts=line.timing.pts,
        dts=line.timing.dts,
        sizes=line.blocks.sizes,
        offsets=line.blocks.offsets,
        sync=line.blocks.keys if is_video else np.ones(len(line.blocks.keys), np.bool_),
        last_duration=line.timing.last_duration,
        starts_at=line.timing.starts_at,
        width=line.track.shown_width,
        height=line.track.shown_height,
    )


def _ranges(clusters: Sequence[Cluster]) -> list[tuple[int, int]]:
    """The file's clusters, neighbours joined: all but its headers, tags and attachments."""
    ranges: list[tuple[int, int]] = []
    for cluster in clusters:
        if ranges and sum(ranges[-1]) == cluster.start:
            ranges[-1] = (ranges[-1][0], cluster.end - ranges[-1][0])
        else:
            ranges.append((cluster.start, cluster.end - cluster.start))
    return ranges


def _as_webm(walked: Walked, lines: list[_Line], scale_ns: int) -> VirtualFile:
    line = lines[0]
    at_keys = np.flatnonzero(line.blocks.keys)
    numbers, firsts = np.unique(line.blocks.clusters[at_keys], return_index=True)
    times = line.blocks.ticks[at_keys[firsts]]
    cues = [CuePoint(max(0, at), number) for number, at in zip(numbers.tolist(), times.tolist(), strict=True)]
    end_ms = max(each.timing.end_ms for each in lines)
    return plan_webm(
        walked.clusters,
        cues,
        tracks=walked.tracks,
        cue_track=line.track.number,
        scale_ns=scale_ns,
        duration_ticks=end_ms * 1_000_000 / scale_ns,
        media_type=f"{line.track.kind}/webm",
    )


def _obstacle(lines: list[_Line]) -> str:
    """The codec because of which the file is kept; the container where codecs alone would do."""
    playable = {*_IN_WEBM, "V_MPEG4/ISO/AVC", "A_AAC"}
    for line in lines:
        codec = line.track.codec
        if codec not in playable:
            return _NAMES.get(codec, codec.partition("_")[2].partition("/")[0].lower() or "matroska")
    return "matroska"
