"""Page coordinates (y upwards, before rotation) → coordinates as seen (y downwards)."""

from __future__ import annotations

from typing import Any

from govstats.pdf.box import Box


class Placement:
    """Page coordinates (y upwards, before rotation) → coordinates as seen (y downwards)."""

    def __init__(self, page: Any) -> None:
        self._turn: int = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        width, height = self._right - self._left, self._top - self._bottom
        self.height = width if self._turn in {90, 270} else height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as seen."""
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box as seen."""
        one, other = self.point(x0, y0), self.point(x1, y1)
        return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))
