"""What the first picture of a VP9 stream says: the record that MP4 asks for and WebM leaves out."""

from typing import NamedTuple

_SYNC = 0x498342
_RGB = 7
_COLOURS = {1: (6, 6, 6), 2: (1, 1, 1), 3: (6, 6, 6), 4: (7, 7, 7), 5: (9, 14, 9), 7: (1, 13, 0)}
_LEVELS = (  # level, luma samples a second, luma samples a picture
    (10, 829_440, 36_864),
    (11, 2_764_800, 73_728),
    (20, 4_608_000, 122_880),
    (21, 9_216_000, 245_760),
    (30, 20_736_000, 552_960),
    (31, 36_864_000, 983_040),
    (40, 83_558_400, 2_228_224),
    (41, 160_432_128, 2_228_224),
    (50, 311_951_360, 8_912_896),
    (51, 588_251_136, 8_912_896),
    (52, 1_176_502_272, 8_912_896),
    (60, 1_176_502_272, 35_651_584),
    (61, 2_353_004_544, 35_651_584),
)


class Vp9Configuration(NamedTuple):
    """The body of a vpcC box behind its version, and the codec in RFC 6381's words."""

    record: bytes
    codec: str


class _Bits:
    """Reads a number bit by bit from the front."""

    def __init__(self, held: bytes) -> None:
        self.value, self.left = int.from_bytes(held, "big"), len(held) * 8

    def take(self, count: int) -> int:
        self.left -= count
        return (self.value >> max(self.left, 0)) & ((1 << count) - 1)


def vp9_configuration(
    sample: bytes, width: int, height: int, frames_per_second: float
) -> Vp9Configuration | None:
    """Read a keyframe's head; None where it is none."""
    bits = _Bits(sample[:16].ljust(16, b"\0"))
    marker, low, high = bits.take(2), bits.take(1), bits.take(1)
    profile = high << 1 | low
    if profile == 3:
        bits.take(1)
    shown_again, is_not_key = bits.take(1), bits.take(1)
    bits.take(2)  # shown, resilient to errors
    if marker != 2 or shown_again or is_not_key or bits.take(24) != _SYNC:
        return None
    depth = (12 if bits.take(1) else 10) if profile >= 2 else 8
    space = bits.take(3)
    full, chroma = _range_and_chroma(bits, profile, space)
    primaries, transfer, matrix = _COLOURS.get(space, (2, 2, 2))
    level = _level(width * height, frames_per_second)
    packed = depth << 4 | chroma << 1 | full
    record = bytes((profile, level, packed, primaries, transfer, matrix, 0, 0))
    return Vp9Configuration(record, f"vp09.{profile:02d}.{level:02d}.{depth:02d}")


def _range_and_chroma(bits: _Bits, profile: int, space: int) -> tuple[int, int]:
    """Whether all values are used, and how colour is thinned out: 1 for 4:2:0, 2 for 4:2:2, 3 for 4:4:4."""
    if space == _RGB:
        return 1, 3
    full = bits.take(1)
    if profile not in (1, 3):
        return full, 1
    across, down = bits.take(1), bits.take(1)
    return full, {(1, 1): 1, (1, 0): 2}.get((across, down), 3)


def _level(luma: int, frames_per_second: float) -> int:
    """The lowest level that allows such a picture so often."""
    fits = (level for level, rate, size in _LEVELS if luma <= size and luma * frames_per_second <= rate)
    return next(fits, 62)
