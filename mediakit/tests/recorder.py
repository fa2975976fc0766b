"""Matroska as browsers record it, written by hand: FFmpeg's muxer would finish and tidy what a browser leaves open."""

import io
import struct
from dataclasses import dataclass
from typing import Any

import av

from mediakit.matroska import ebml
from mediakit.tests import clips

UNKNOWN = b"\x01" + b"\xff" * 7
CODEC_IDS = {"libvpx": "V_VP8", "libvpx-vp9": "V_VP9", "libsvtav1": "V_AV1", "libx264": "V_MPEG4/ISO/AVC"}
SOUND_IDS = {"libopus": "A_OPUS", "aac": "A_AAC"}
START_CODE = b"\x00\x00\x00\x01"


@dataclass(frozen=True, kw_only=True)
class Habits:
    """How a recorder writes. The defaults are Chromium's."""

    clusters: str = "unknown"  # or "known": the size of each cluster is written
    groups: bool = False  # picture in BlockGroups, as with transparency
    laced: bool = False  # two packets of sound in one block
    annex_b: bool = True  # H.264 with start codes
    start_code: bytes = START_CODE
    late_picture_ms: int = 0
    late_sound_ms: int = 0
    doc_type: str = "webm"


@dataclass(frozen=True)
class Block:
    track: int
    at_ms: int
    payload: bytes
    is_key: bool
    is_laced: bool = False


def recording(
    video: str | None = "libvpx",
    audio: str | None = "libopus",
    habits: Habits | None = None,
    seconds: float = 1.5,
) -> bytes:
    """What a browser's MediaRecorder leaves: no Duration, no Cues, clusters and Segment of unknown size."""
    habits = habits or Habits()
    muxer = "matroska" if "libx264" in (video, "") or audio == "aac" else "webm"
    whole = clips.clip(muxer, video=video, audio=audio, seconds=seconds)
    entries = b""
    with av.open(io.BytesIO(whole), "r") as source:
        for number, stream in enumerate(source.streams, 1):
            entries += _track_entry(number, stream, video or "", audio or "", habits)
        packets = (packet for packet in source.demux() if packet.size and packet.pts is not None)
        blocks = [_block(packet, habits) for packet in packets]
    blocks.sort(key=lambda block: block.at_ms)
    if habits.laced:
        blocks = _with_laces(blocks)
    head = ebml.element(ebml.EBML, ebml.element(ebml.DOC_TYPE, habits.doc_type.encode()))
    duration_free = element(0x2AD7B1, (1_000_000).to_bytes(3, "big")) + element(0x4D80, b"by hand")
    segment = element(0x1549A966, duration_free) + element(0x1654AE6B, entries) + _clusters(blocks, habits)
    return head + bytes.fromhex("18538067") + UNKNOWN + segment


def element(ident: int, body: bytes) -> bytes:
    """An EBML element with a size of eight bytes."""
    name = ident.to_bytes((ident.bit_length() + 7) // 8, "big")
    return name + (len(body) | 1 << 56).to_bytes(8, "big") + body


def number(ident: int, value: int) -> bytes:
    return element(ident, value.to_bytes(max(1, (value.bit_length() + 7) // 8), "big"))


def _track_entry(track: int, stream: Any, video: str, audio: str, habits: Habits) -> bytes:
    private = stream.codec_context.extradata or b""
    if stream.type == "video":
        codec, kind = CODEC_IDS[video], 1
        shape = number(0xB0, stream.width) + number(0xBA, stream.height)
        details = element(0xE0, shape)
        if codec == "V_MPEG4/ISO/AVC" and habits.annex_b:
            private = _parameter_sets(private)
    else:
        codec, kind = SOUND_IDS[audio], 2
        details = element(0xE1, element(0xB5, struct.pack(">d", stream.rate)) + number(0x9F, stream.channels))
    named = element(0x86, codec.encode()) + (element(0x63A2, private) if private else b"")
    return element(
        0xAE, number(0xD7, track) + number(0x73C5, track + 40) + number(0x83, kind) + named + details
    )


def _parameter_sets(avcc: bytes) -> bytes:
    """The SPS and PPS of an avcC, each behind a start code."""
    sps_end = 8 + int.from_bytes(avcc[6:8], "big")
    pps_at = sps_end + 3
    pps = avcc[pps_at : pps_at + int.from_bytes(avcc[sps_end + 1 : pps_at], "big")]
    return START_CODE + avcc[8:sps_end] + START_CODE + pps


def _block(packet: Any, habits: Habits) -> Block:
    at_ms = round(packet.pts * packet.time_base * 1000)
    payload = bytes(packet)
    is_video = packet.stream.type == "video"
    if is_video and packet.stream.codec_context.name == "h264" and habits.annex_b:
        payload = _with_start_codes(payload, habits.start_code)
    late = habits.late_picture_ms if is_video else habits.late_sound_ms
    return Block(packet.stream_index + 1, max(0, at_ms) + late, payload, packet.is_keyframe)


def _with_start_codes(sample: bytes, code: bytes) -> bytes:
    converted, at = START_CODE, 0
    while at < len(sample):
        size = int.from_bytes(sample[at : at + 4], "big")
        converted += (code if at else b"") + sample[at + 4 : at + 4 + size]
        at += 4 + size
    return converted


def _with_laces(blocks: list[Block]) -> list[Block]:
    """The last two packets of the last track share a block (Xiph lacing, of which we write only that)."""
    track = max(block.track for block in blocks)
    first, second = [block for block in blocks if block.track == track][-2:]
    fulls, rest = divmod(len(first.payload), 255)
    both = b"\x01" + b"\xff" * fulls + bytes([rest]) + first.payload + second.payload
    laced = Block(track, first.at_ms, both, first.is_key, is_laced=True)
    return [laced if block is first else block for block in blocks if block is not second]


def _clusters(blocks: list[Block], habits: Habits) -> bytes:
    """One cluster for each keyframe of the picture, or for all of the sound."""
    groups: list[list[Block]] = []
    has_picture = any(not block.is_key for block in blocks)
    for block in blocks:
        opens = block.is_key and block.track == 1 if has_picture else False
        if opens or not groups:
            groups.append([])
        groups[-1].append(block)
    return b"".join(_cluster(group, habits) for group in groups)


def _cluster(blocks: list[Block], habits: Habits) -> bytes:
    start = blocks[0].at_ms
    body = number(0xE7, start)
    for place, block in enumerate(blocks):
        is_laced = (
            habits.laced and block.payload[:1] == b"\x01" and block.track > 1 and len(block.payload) > 255
        )
        flags = (0x80 if block.is_key else 0) | (0x02 if is_laced else 0)
        head = bytes([0x80 | block.track]) + struct.pack(">h", block.at_ms - start)
        if habits.groups and block.track == 1:
            reference = b"" if block.is_key else element(0xFB, b"\xff")
            grouped = element(0xA1, head + bytes([flags & 0x7F]) + block.payload)
            body += element(0xA0, grouped + reference)
        else:
            body += element(0xA3, head + bytes([flags]) + block.payload)
        if place == 0:
            body += element(0xEC, b"\0" * 5)  # Void, to be skipped
    name = bytes.fromhex("1f43b675")
    size = UNKNOWN if habits.clusters == "unknown" else (len(body) | 1 << 56).to_bytes(8, "big")
    return name + size + body
