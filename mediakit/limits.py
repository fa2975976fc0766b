"""What a file may ask of us before it is refused. Every limit is checked before anything is expanded or decoded."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """Bounds on hostile or absurd input."""

    pixels: int = 8192 * 8192 // 2  # 8K and odd phone panoramas fit
    side: int = 16_384
    tracks: int = 32
    duration_ms: int = 12 * 60 * 60 * 1000
    samples: int = 5_000_000  # in all tracks: about 12 hours of 50 fps picture with sound
    moov_bytes: int = 256 * 1024 * 1024
    boxes: int = 200_000


DEFAULT_LIMITS = Limits()
