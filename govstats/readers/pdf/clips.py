"""Objects of a page → what of them their clip paths leave."""

from __future__ import annotations

import math
from ctypes import byref, c_float
from itertools import pairwise
from typing import Any, NamedTuple

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.handles import address
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.placement import Matrix

_EDGE = 1.0
_FOUR_SIDES = 5
_SAME = 0.01
_NOTHING = Box(0.0, 0.0, 0.0, 0.0)


class Clip(NamedTuple):
    """The box around what is left; whether that is all of the box."""

    box: Box
    whole: bool

    def keeps(self, box: Box) -> bool:
        """Is all of this box left, but for its edges?"""
        mine = self.box
        return (
            self.whole
            and mine.x0 <= box.x0 + _EDGE
            and mine.top <= box.top + _EDGE
            and box.x1 - _EDGE <= mine.x1
            and box.bottom - _EDGE <= mine.bottom
        )

    def within(self, outer: Clip | None) -> Clip:
        """This one inside another."""
        return self if outer is None else Clip(outer.box.common(self.box), outer.whole and self.whole)


SHINING = Clip(Box(-math.inf, -math.inf, math.inf, math.inf), False)
"""That of a form which is not painted as it is: what is left of it is not known."""


class Clips:
    """Tells the clips of objects: many have the same."""

    def __init__(self) -> None:
        self._raw = raw = pdfium().raw
        # Asked for each text: looking these up would take as long as asking.
        self._clip_of, self._count_of = raw.FPDFPageObj_GetClipPath, raw.FPDFClipPath_CountPaths
        self._known: dict[tuple[int, int], Clip] = {}
        self._point = c_float(), c_float()
        self._given = tuple(map(byref, self._point))

    def of(self, item: Any, seen: Matrix) -> Clip | None:
        """How an object is clipped, whose points are `seen` so; None if it is not."""
        path = self._clip_of(item)
        count = self._count_of(path)
        if count <= 0:
            return None
        # A path that is added to others is another one.
        key = address(self._raw.FPDFClipPath_GetPathSegment(path, count - 1, 0)), count
        if not key[0] or key not in self._known:
            clip = None
            for number in range(count):
                clip = self._one(path, number, seen).within(clip)
            self._known[key] = clip or Clip(_NOTHING, True)
        return self._known[key]

    def _one(self, path: Any, number: int, seen: Matrix) -> Clip:
        points = []
        x, y = self._point
        for index in range(self._raw.FPDFClipPath_CountPathSegments(path, number)):
            self._raw.FPDFPathSegment_GetPoint(self._raw.FPDFClipPath_GetPathSegment(path, number, index), *self._given)
            points.append(seen.point(x.value, y.value))
        if not points:
            return Clip(_NOTHING, True)
        xs, ys = [x for x, _ in points], [y for _, y in points]
        box = Box(min(xs), min(ys), max(xs), max(ys))
        return Clip(box, len(points) <= _FOUR_SIDES and _is_rectangle(points, box))


def _is_rectangle(points: list[tuple[float, float]], box: Box) -> bool:
    """Does it go from corner to corner of the box around it, and to all of them?"""
    corners = {(abs(x - box.x0) <= _SAME, abs(y - box.top) <= _SAME) for x, y in points}
    sides = all(abs(x0 - x1) <= _SAME or abs(y0 - y1) <= _SAME for (x0, y0), (x1, y1) in pairwise(points))
    return len(corners) == len(("above", "below")) * len(("left", "right")) and sides
