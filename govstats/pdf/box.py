"""Four sides in points → a Box, and whether a glyph lies in it."""

from __future__ import annotations

from typing import NamedTuple

from govstats.pdf.glyph import Glyph


class Box(NamedTuple):
    """A rectangle."""

    x0: float
    top: float
    x1: float
    bottom: float

    def holds(self, glyph: Glyph) -> bool:
        """Does the glyph's centre lie in it?"""
        return self.x0 <= glyph.centre <= self.x1 and self.top <= glyph.middle <= self.bottom

    @property
    def area(self) -> float:
        """Width times height."""
        return (self.x1 - self.x0) * (self.bottom - self.top)
