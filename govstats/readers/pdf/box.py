"""Four sides in points → a Box, and the glyphs that lie in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

DOUBT = "\ufffd"
"""Stands behind a figure whose cell is not beyond doubt; no figure has it, so that one is unreadable, but not lost."""


class Glyph:
    """A character and its box. It is what it is: two with the same sides are still two."""

    __slots__ = ("bottom", "centre", "height", "middle", "text", "top", "x0", "x1")

    def __init__(self, text: str, x0: float, top: float, x1: float, bottom: float) -> None:
        """`height`: about the size of the font. `middle`: half way down. `centre`: half way across."""
        self.text = text
        self.x0 = x0
        self.top = top
        self.x1 = x1
        self.bottom = bottom
        self.height = bottom - top if bottom - top > 0.1 else 0.1
        self.middle = (top + bottom) / 2
        self.centre = (x0 + x1) / 2

    def lowered(self, drop: float) -> Glyph:
        """The same further down the page."""
        return Glyph(self.text, self.x0, self.top + drop, self.x1, self.bottom + drop)


Places = dict[Glyph, tuple[int, int]]
"""The row and column of each glyph."""


def character(code: int) -> str:
    """A code point as text; what stands for nothing is DOUBT."""
    if code in {9, 10, 13}:
        return " "
    if code < 32 or 0xD800 <= code < 0xF900 or code > 0x10FFFF:
        return DOUBT
    return chr(code)


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    def held(self, glyphs: Iterable[Glyph]) -> list[Glyph]:
        """The glyphs whose centres lie in it."""
        x0, top, x1, bottom = self
        return [each for each in glyphs if x0 <= each.centre <= x1 and top <= each.middle <= bottom]

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.x1 - self.x0) * (self.bottom - self.top)
