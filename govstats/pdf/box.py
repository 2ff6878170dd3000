"""Four sides in points → a Box, and the glyphs that lie in it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from govstats.pdf.glyph import Glyph


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
