"""Drawn scenes: a background, and one sprite that moves over it and comes back to where it began."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from PIL import Image

Motion = Literal["slide", "swing", "breathe", "drift"]


@dataclass(frozen=True)
class Scene:
    """`background` is a picture; `sprite` one with alpha, at `place` (left, top) when at rest.

    slide: to and fro by `reach` pixels along `angle`; swing: by ± `reach` degrees around `pivot`;
    breathe: grows by `reach` (0.3 = 30 %) around its middle; drift: the background itself wanders by `reach`.
    """

    background: Path
    motion: Motion
    reach: float
    period_s: float
    sprite: Path | None = None
    place: tuple[int, int] = (0, 0)
    angle: float = 0.0
    pivot: tuple[float, float] = (0.0, 0.0)
    size: tuple[int, int] = (960, 540)

    def frames(self, rate: int) -> Iterator[Image.Image]:
        """One period of the motion at `rate` frames a second."""
        count = round(self.period_s * rate)
        background = Image.open(self.background).convert("RGB")
        sprite = Image.open(self.sprite).convert("RGBA") if self.sprite else None
        for number in range(count):
            phase = 2 * math.pi * number / count
            yield self._frame(background, sprite, phase)

    def _frame(self, background: Image.Image, sprite: Image.Image | None, phase: float) -> Image.Image:
        if sprite is None:
            return self._drifted(background, phase)
        frame = background.copy()
        layer = self._moved(sprite, phase)
        frame.paste(layer, mask=layer)
        return frame

    def _moved(self, sprite: Image.Image, phase: float) -> Image.Image:
        """The sprite on a layer of the frame's size, placed to a fraction of a pixel."""
        left, top = map(float, self.place)
        if self.motion == "swing":
            layer = self._pasted(sprite, left, top)
            turn = self.reach * math.sin(phase)
            return layer.rotate(turn, Image.Resampling.BICUBIC, center=self.pivot)
        scale = 1.0
        if self.motion == "breathe":
            scale = 1 + self.reach * (1 - math.cos(phase)) / 2
            left, top = left - sprite.width * (scale - 1) / 2, top - sprite.height * (scale - 1) / 2
        else:
            along = self.reach * math.sin(phase)
            left, top = left + along * math.cos(self.angle), top + along * math.sin(self.angle)
        matrix = (1 / scale, 0, -left / scale, 0, 1 / scale, -top / scale)
        return sprite.transform(self.size, Image.Transform.AFFINE, matrix, Image.Resampling.BILINEAR)

    def _pasted(self, sprite: Image.Image, left: float, top: float) -> Image.Image:
        layer = Image.new("RGBA", self.size)
        layer.paste(sprite, (round(left), round(top)))
        return layer

    def _drifted(self, background: Image.Image, phase: float) -> Image.Image:
        width, height = self.size
        left = (background.width - width) / 2 + self.reach * math.sin(phase)
        top = (background.height - height) / 2 + self.reach / 2 * math.cos(phase)
        return background.transform(
            self.size, Image.Transform.AFFINE, (1, 0, left, 0, 1, top), Image.Resampling.BILINEAR
        )
