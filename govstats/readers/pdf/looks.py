"""Text objects of a page → those that are no part of what it says (hidden, slanting), and the faint ones; its turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from ctypes import byref, c_float, c_uint, c_void_p, cast
from typing import Any

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.placement import Matrix
from govstats.readers.pdf.ruling import THIN

_STEEP = 20
"""A line of text runs along an axis if it goes so many times as far along it as away from it (three degrees)."""
_INVISIBLE = frozenset((3, 7))
_OUTLINED = frozenset((1, 5))
"""Modes in which letters are not painted at all, and in which they are drawn and not filled."""
_FULL = 255
_BAND, _BANDS, _MOST_IN_BAND = 16.0, 1000, 500
"""What covers text is looked up by bands of so many points."""
_EDGE = 1.0
_WHITE, _FAINT, _DARK = 0.97, 0.72, 0.6
"""How light a colour on white paper is: that cannot be seen, that of a watermark, and that on which white is seen."""


class Looks:
    """Collects how the text of a page is printed."""

    def __init__(self) -> None:
        self._raw = raw = pdfium().raw
        # Asked for each text: looking these up would take as long as asking.
        self._matrix_of, self._mode_of = raw.FPDFPageObj_GetMatrix, raw.FPDFTextObj_GetTextRenderMode
        self._fill_of = raw.FPDFPageObj_GetFillColor
        self._place = raw.FS_MATRIX()
        self._place_given = byref(self._place)
        self._colour = c_uint(), c_uint(), c_uint(), c_uint()
        self._parts = tuple(map(byref, self._colour))
        self._bounds = Bounds()
        self._quarters: Counter[int] = Counter()
        self._light: list[tuple[Any, Any, float, Box]] = []
        self.unseen: list[tuple[Any, Any]] = []
        """Objects, each with the form that holds it (None: the page): invisible, white on white, slanting over all."""
        self._texts: list[tuple[Any, Matrix, Any]] = []
        self._covers: list[tuple[int, Box]] = []
        self.covered: list[Box] = []
        """Where text stood that something was drawn over."""
        self.coverage: Coverage | None = None
        """What lies over text; nothing to ask where nothing does."""
        self.faint: set[int] = set()
        """The addresses of objects so light that they may be a watermark."""

    def text(self, item: Any, seen: Matrix, holder: Any) -> None:
        """A text object whose points are `seen` so, in the form that holds it."""
        place = self._place
        self._texts.append((item, seen, holder))
        self._matrix_of(item, self._place_given)
        x, y = seen.a * place.a + seen.c * place.b, seen.b * place.a + seen.d * place.b
        if abs(x) < _STEEP * abs(y) and abs(y) < _STEEP * abs(x):
            self.unseen.append((item, holder))
            return
        self._quarters[(0 if x > 0 else 2) if abs(x) > abs(y) else (1 if y > 0 else 3)] += 1
        mode = self._mode_of(item)
        if mode in _INVISIBLE:
            self.unseen.append((item, holder))
        elif mode not in _OUTLINED and (light := self.lightness(item)) >= _FAINT:
            self._light.append((item, holder, light, self._bounds(item, seen)))

    def cover(self, item: Any, box: Box, seen: Matrix) -> None:
        """A filled box: what was printed before in its place lies under it, unless that shines through."""
        if self._texts and min(box.x1 - box.x0, box.bottom - box.top) > THIN and self._is_opaque(item):
            clipped = self._bounds.within_clip(item, box, seen)
            if min(clipped.x1 - clipped.x0, clipped.bottom - clipped.top) > THIN:
                self._covers.append((len(self._texts), clipped))

    def _is_opaque(self, item: Any) -> bool:
        is_coloured = self._fill_of(item, *self._parts) and self._colour[-1].value == _FULL
        return bool(is_coloured) and not self._raw.FPDFPageObj_HasTransparency(item)

    def _settle_covered(self) -> None:
        """Whole objects under something that was drawn later are no longer there; of others, some characters may be."""
        if not self._covers:
            return
        coverage = Coverage(self._covers)
        gone = {address(item) for item, _ in self.unseen}
        for turn, (item, seen, holder) in enumerate(self._texts):
            where = address(item)
            if where in gone:
                continue
            box = self._bounds(item, seen)
            if coverage.holds(turn, box):
                self.unseen.append((item, holder))
                self.covered.append(box)
            else:
                coverage.turns[where] = turn
        self.coverage = coverage

    def lightness(self, item: Any) -> float:
        """From 0 (black) to 1 (white, or nothing), on white paper."""
        if not self._fill_of(item, *self._parts):
            return 0.0
        one, two, three, four = self._colour
        red, green, blue, solid = one.value, two.value, three.value, four.value
        if solid == _FULL and not (red or green or blue):
            return 0.0
        return 1 - (1 - (0.3 * red + 0.59 * green + 0.11 * blue) / _FULL) * solid / _FULL

    def settle(self, grounds: Iterable[tuple[Any, Box]], screens: Iterable[Box]) -> None:
        """What is light stands out on a dark ground, or a picture, and else is faint or unseen; text below is gone."""
        self._settle_light(grounds, screens)
        self._settle_covered()

    def _settle_light(self, grounds: Iterable[tuple[Any, Box]], screens: Iterable[Box]) -> None:
        if not self._light:
            return
        dark = [*screens, *(box for item, box in grounds if self.lightness(item) <= _DARK)]
        for item, holder, light, box in self._light:
            if any(each.covers(box) for each in dark):
                continue
            if light >= _WHITE:
                self.unseen.append((item, holder))
            else:
                self.faint.add(address(item))

    def remove_unseen(self, page: Any) -> None:
        """Take what is no part of what the page says off it: a character below another would be read in its stead."""
        for item, holder in self.unseen:
            if holder is None:
                self._raw.FPDFPage_RemoveObject(page, item)
            else:
                self._raw.FPDFFormObj_RemoveObject(holder, item)
            self._raw.FPDFPageObj_Destroy(item)

    @property
    def quarter(self) -> int:
        """By how many right angles (clockwise) most lines of text are turned."""
        if not self._quarters:
            return 0
        turned, count = self._quarters.most_common(1)[0]
        return turned if 2 * count > self._quarters.total() else 0


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


def address(item: Any) -> int:
    """What tells a page's objects apart."""
    return cast(item, c_void_p).value or 0


class Bounds:
    """Tells the boxes around objects: pdfium has them at hand."""

    def __init__(self) -> None:
        # Asked for each shape: looking this up, and making room for the answer, would take longer than asking.
        self._bounds_of = pdfium().raw.FPDFPageObj_GetBounds
        self._sides = c_float(), c_float(), c_float(), c_float()
        self._given = tuple(map(byref, self._sides))

    def __call__(self, item: Any, seen: Matrix) -> Box:
        """The box around an object, whose points are `seen` so."""
        self._bounds_of(item, *self._given)
        x0, y0, x1, y1 = self._sides
        return Box(*seen.sides(x0.value, y0.value, x1.value, y1.value))

    def within_clip(self, item: Any, box: Box, seen: Matrix) -> Box:
        """What of the box around an object is left when it is cut off as it says."""
        raw = pdfium().raw
        clip = raw.FPDFPageObj_GetClipPath(item)
        x, y = c_float(), c_float()
        for path in range(max(0, raw.FPDFClipPath_CountPaths(clip))):
            points = []
            for index in range(raw.FPDFClipPath_CountPathSegments(clip, path)):
                raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(clip, path, index), byref(x), byref(y))
                points.append(seen.point(x.value, y.value))
            if points:
                xs, ys = [each for each, _ in points], [each for _, each in points]
                x0, y0 = max(box.x0, min(xs)), max(box.top, min(ys))
                box = Box(x0, y0, max(x0, min(box.x1, max(xs))), max(y0, min(box.bottom, max(ys))))
        return box
