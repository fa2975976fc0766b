"""Sounds for drawn films: a bowed string, plucked notes with a tick, and breathing. Mono, float32 in [-1, 1]."""

import numpy as np
from numpy.typing import NDArray

HERTZ = 24_000
Wave = NDArray[np.float32]


def bowed(seconds: float, notes: tuple[int, ...], stroke_s: float) -> Wave:
    """Long bows, one MIDI note a stroke: a saw with falling partials, vibrato, and silence at each change."""
    wave = np.zeros(round(seconds * HERTZ), np.float32)
    length = round(stroke_s * HERTZ)
    clock = np.arange(length) / HERTZ
    rise = np.minimum(1, np.minimum(clock / 0.12, (stroke_s - clock) / 0.09)).clip(0)
    vibrato = 0.004 * np.sin(2 * np.pi * 5.2 * clock) * np.minimum(1, clock / 0.6)
    for number, first in enumerate(range(0, len(wave), length)):
        pitch = _hertz(notes[number % len(notes)])
        phase = 2 * np.pi * np.cumsum(pitch * (1 + vibrato)) / HERTZ
        tone = sum(np.sin(k * phase) / k**1.4 for k in range(1, 9) if k * pitch < HERTZ / 3)
        _add(wave, first, 0.2 * tone * rise)
    return wave


def plucked(seconds: float, notes: tuple[int, ...], beat_s: float) -> Wave:
    """A note a beat, with a metronome's tick on it."""
    wave = np.zeros(round(seconds * HERTZ), np.float32)
    clock = np.arange(HERTZ) / HERTZ
    tick = np.sin(2 * np.pi * 1900 * clock) * np.exp(-clock * 180)
    for number, first in enumerate(range(0, len(wave), round(beat_s * HERTZ))):
        pitch = _hertz(notes[number % len(notes)])
        tone = sum(np.sin(2 * np.pi * k * pitch * clock) * np.exp(-clock * (2 + k)) / k for k in range(1, 7))
        _add(wave, first, 0.22 * tone + 0.1 * tick)
    return wave


def breathing(seconds: float, period_s: float) -> Wave:
    """Soft noise that swells and falls over a low chord."""
    count = round(seconds * HERTZ)
    clock = np.arange(count) / HERTZ
    swell = (1 - np.cos(2 * np.pi * clock / period_s)) / 2
    noise = np.random.default_rng(11).standard_normal(count + 63).astype(np.float32)
    air = np.convolve(noise, np.hanning(64) / 32, "valid")[:count]
    chord = sum(np.sin(2 * np.pi * _hertz(note) * clock) for note in (45, 52, 57))
    return (0.05 * air * swell + 0.03 * chord * (0.6 + 0.4 * swell)).astype(np.float32)


def _hertz(note: int) -> float:
    return float(440 * 2 ** ((note - 69) / 12))


def _add(wave: Wave, first: int, tone: NDArray[np.floating]) -> None:
    end = min(len(wave), first + len(tone))
    wave[first:end] += tone[: end - first].astype(np.float32)
