"""Filled boxes, each drawn at its turn → what of the text printed before lies under them; texts that share a place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from govstats.readers.pdf.box import Box

_BAND, _BANDS, _MOST_IN_BAND = 16.0, 1000, 500
"""What covers text is looked up by bands of so many points."""
_EDGE = 1.0
_SAME, _AS_HIGH = 0.5, 2.0
"""How much of the smaller of two texts is in the place of both; how many times as high one may be as the other."""


class Coverage:
    """Tells what lies under something that was drawn later."""

    def __init__(self, covers: Sequence[tuple[int, Box]]) -> None:
        """Boxes, each with the first turn that is above it."""
        self.turns: dict[int, int] = {}
        """Of objects of text, by their addresses."""
        self._bands: dict[int, list[tuple[int, Box]]] = {}
        for first, box in covers:
            for band in range(max(-_BANDS, int(box.top // _BAND)), min(_BANDS, int(box.bottom // _BAND)) + 1):
                self._bands.setdefault(band, []).append((first, box))

    def holds(self, turn: int, inner: Box) -> bool:
        """Does a box that was drawn later cover this one, but for its edges?"""
        return any(
            each.x0 <= inner.x0 + _EDGE
            and inner.x1 - _EDGE <= each.x1
            and each.top <= inner.top + _EDGE
            and inner.bottom - _EDGE <= each.bottom
            for each in self._above(turn, (inner.top + inner.bottom) / 2)
        )

    def hides(self, of: int, x: float, y: float) -> bool:
        """Is this point of the object of text that has this address under a box?"""
        turn = self.turns.get(of)
        return turn is not None and any(
            box.x0 <= x <= box.x1 and box.top <= y <= box.bottom for box in self._above(turn, y)
        )

    def _above(self, turn: int, y: float) -> Iterator[Box]:
        """What was drawn later near this height; of very much only the last."""
        band = self._bands.get(int(y // _BAND), [])
        return (box for first, box in reversed(band[-_MOST_IN_BAND:]) if turn < first)


class Places:
    """Where texts stand."""

    def __init__(self, boxes: Sequence[Box]) -> None:
        self._sides = np.array(boxes, dtype=float).reshape(-1, 4).T

    def has_same(self, box: Box) -> bool:
        """Does any of them stand in this place, half of it at least, and is it about as high?"""
        x0, top, x1, bottom = self._sides
        across = np.minimum(x1, box.x1) - np.maximum(x0, box.x0)
        down = np.minimum(bottom, box.bottom) - np.maximum(top, box.top)
        shared = np.maximum(across, 0) * np.maximum(down, 0)
        as_high = (bottom - top < _AS_HIGH * box.height) & (box.height < _AS_HIGH * (bottom - top))
        return bool(
            (as_high & (shared > _SAME * np.minimum((x1 - x0) * (bottom - top), box.area)) & (shared > 0)).any()
        )
