"""H.264 with start codes, as Chromium puts it into Matroska, read as H.264 with lengths: each code is as long as a length."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from mediakit.matroska.walk import Blocks
from mediakit.mp4.writer import Patches
from mediakit.source import Source

_START_CODE = re.compile(b"\0\0\1")
_LONG_CODE = b"\0\0\0\1"
_WINDOW = 1 << 20
_SPS, _PPS = 7, 8
_HIGH_PROFILE = 100
_HIGH_CHROMA = bytes((0xFD, 0xF8, 0xF8, 0))  # 4:2:0 with 8 bits, which that profile always has


class _Placed(NamedTuple):
    """Bytes of one sample and where they begin in the file."""

    offset: int
    payload: bytes


def is_annex_b(private: bytes) -> bool:
    return private[:4] == _LONG_CODE or private[:3] == b"\0\0\1"


def avc_configuration(private: bytes) -> bytes | None:
    """The avcC for parameter sets behind start codes; None where one is missing."""
    units = [unit.rstrip(b"\0") for unit in _START_CODE.split(private)]
    sps = [unit for unit in units if len(unit) > 4 and unit[0] & 31 == _SPS]
    pps = [unit for unit in units if len(unit) > 1 and unit[0] & 31 == _PPS]
    if not sps or not pps or len(sps) > 31 or len(pps) > 255:
        return None
    record = b"\1" + sps[0][1:4] + b"\xff" + bytes([0xE0 | len(sps)]) + _counted(sps)
    chroma = _HIGH_CHROMA if sps[0][1] == _HIGH_PROFILE else b""
    return record + bytes([len(pps)]) + _counted(pps) + chroma


def _counted(units: list[bytes]) -> bytes:
    return b"".join(len(unit).to_bytes(2, "big") + unit for unit in units)


def length_patches(source: Source, blocks: Blocks) -> Patches | None:
    """For each start code the length of its unit, which takes its place; None where a code is not four bytes long.

    Reads the picture's bytes once.
    """
    offsets: list[int] = []
    lengths: list[int] = []
    for sample in _samples(source, blocks):
        codes = [found.start() - 1 for found in _START_CODE.finditer(sample.payload)]
        if not codes or codes[0] != 0 or any(sample.payload[code] for code in codes):
            return None
        ends = [*codes[1:], len(sample.payload)]
        for code, end in zip(codes, ends, strict=True):
            offsets.append(sample.offset + code)
            lengths.append(end - code - 4)
    order = np.argsort(np.array(offsets, np.int64))
    return Patches(np.array(offsets, np.int64)[order], np.array(lengths, np.uint32)[order])


def _samples(source: Source, blocks: Blocks) -> Iterator[_Placed]:
    """The payload of each block, read through a window that moves on."""
    window, base = b"", 0
    for offset, size in zip(blocks.offsets.tolist(), blocks.sizes.tolist(), strict=True):
        if not base <= offset <= offset + size <= base + len(window):
            window, base = source.read_at(offset, max(size, _WINDOW)), offset
        yield _Placed(offset, window[offset - base : offset - base + size])
