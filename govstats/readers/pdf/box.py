"""Four sides in points → a Box, and the glyphs that lie in it."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from govstats.model.recognised import Look

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
        return type(self)(self.text, self.x0, self.top + drop, self.x1, self.bottom + drop)


class WeakGlyph(Glyph):
    """A character so light that it may be a watermark: what else stands in its place goes before it."""

    __slots__ = ()


class StruckGlyph(WeakGlyph):
    """A character that a line goes through: it no longer holds."""

    __slots__ = ()


class SeenGlyph(Glyph):
    """A character that was recognised in a picture: `look` is what was seen of the whole figure in its cell, None
    where it is no figure."""

    __slots__ = ("look",)

    def __init__(self, text: str, x0: float, top: float, x1: float, bottom: float, look: Look | None = None) -> None:
        super().__init__(text, x0, top, x1, bottom)
        self.look = look

    def lowered(self, drop: float) -> SeenGlyph:
        """The same further down the page."""
        return SeenGlyph(self.text, self.x0, self.top + drop, self.x1, self.bottom + drop, self.look)

    def scaled(self, by: float, aside: float) -> SeenGlyph:
        """The same so much larger, and moved aside."""
        return SeenGlyph(
            self.text, by * self.x0 + aside, by * self.top, by * self.x1 + aside, by * self.bottom, self.look
        )


Places = dict[Glyph, tuple[int, int]]
"""The row and column of each glyph."""


@lru_cache(4096)
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

    def lowered(self, drop: float) -> Box:
        """The same further down the page."""
        return Box(self.x0, self.top + drop, self.x1, self.bottom + drop)

    def joined(self, other: Box) -> Box:
        """The rectangle around both."""
        return Box(
            min(self.x0, other.x0), min(self.top, other.top), max(self.x1, other.x1), max(self.bottom, other.bottom)
        )

    def common(self, other: Box) -> Box:
        """The rectangle in both; an empty one where they do not meet."""
        x0, top = max(self.x0, other.x0), max(self.top, other.top)
        return Box(x0, top, max(x0, min(self.x1, other.x1)), max(top, min(self.bottom, other.bottom)))

    def covers(self, other: Box) -> bool:
        """Does the other's middle lie in it?"""
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        return self.x0 <= x <= self.x1 and self.top <= y <= self.bottom

    def shared(self, other: Box) -> float:
        """The area that both have."""
        across = min(self.x1, other.x1) - max(self.x0, other.x0)
        down = min(self.bottom, other.bottom) - max(self.top, other.top)
        return across * down if across > 0 and down > 0 else 0.0

    @property
    def width(self) -> float:
        """From left to right."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.x1 - self.x0) * (self.bottom - self.top)
