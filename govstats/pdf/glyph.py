"""A code point, a box in points (y grows downwards) → a Glyph; what cannot be read, or placed, is DOUBT."""

from __future__ import annotations

from typing import NamedTuple

DOUBT = "\ufffd"
"""Stands behind a figure whose cell is not beyond doubt; no figure has it, so that one is unreadable, but not lost."""


class Glyph(NamedTuple):
    """A character and its box."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def height(self) -> float:
        """About the size of the font."""
        return max(self.bottom - self.top, 0.1)

    @property
    def middle(self) -> float:
        """Half way down."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way across."""
        return (self.x0 + self.x1) / 2


Places = dict[Glyph, tuple[int, int]]
"""The row and column of each glyph."""


def character(code: int) -> str:
    """A code point as text; what stands for nothing is DOUBT."""
    if code in {9, 10, 13}:
        return " "
    if code < 32 or 0xD800 <= code < 0xF900 or code > 0x10FFFF:
        return DOUBT
    return chr(code)
