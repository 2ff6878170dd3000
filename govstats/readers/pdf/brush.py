"""A page's objects as pdfium has them → what they draw: rulings, filled boxes, pictures; and how its text looks."""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_float, c_int
from itertools import pairwise
from typing import Any

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.looks import Bounds, Looks
from govstats.readers.pdf.placement import Matrix
from govstats.readers.pdf.refusals import refused
from govstats.readers.pdf.ruling import THIN, Ruling, of_stroke
from govstats.readers.pdf.strikes import Slash

_MAX_PATHS = 50_000
_MAX_DEPTH = 8
_FOUR_SIDES = 5
"""As many pieces has a rectangle: to its first corner, and along its sides."""
_FRAME = 6
"""As many points has a frame: a rectangle that goes back to where it began."""
_SLANT = 0.12

_Point = tuple[float, float]


class Brush:
    """Collects what a page draws: strokes along an axis as rulings, filled outlines as boxes, pictures, looks."""

    def __init__(self) -> None:
        self._raw = raw = pdfium().raw
        self._kind_of, self._text, self._shape = raw.FPDFPageObj_GetType, raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
        self._segment_of, self._segment_kind = raw.FPDFPath_GetPathSegment, raw.FPDFPathSegment_GetType
        self._begins, self._is_closing = raw.FPDF_SEGMENT_MOVETO, raw.FPDFPathSegment_GetClose
        self._point_of, self._point = raw.FPDFPathSegment_GetPoint, (c_float(), c_float())
        self._point_given = tuple(map(byref, self._point))
        self._matrix_of, self._place = raw.FPDFPageObj_GetMatrix, raw.FS_MATRIX()
        self._place_given = byref(self._place)
        self._modes = c_int(), c_int()
        self._modes_given = tuple(map(byref, self._modes))
        self.rulings: list[Ruling] = []
        self.fills: list[Box] = []
        self.pictures: list[Box] = []
        """Pictures, and outlines that are no rectangles, as letters are that were turned into drawings."""
        self.looks = Looks()
        self._bounds = Bounds()
        self._grounds: list[tuple[Any, Box]] = []
        self._screens: list[Box] = []
        self.slashes: list[Slash] = []
        self.paths = 0

    def page(self, page: Any, seen: Matrix) -> None:
        """All objects of a page, whose points are `seen` so."""
        for index in range(self._raw.FPDFPage_CountObjects(page)):
            self._object(self._raw.FPDFPage_GetObject(page, index), seen, 0, None)
        self.looks.settle(self._grounds, self._screens)

    def _object(self, item: Any, seen: Matrix, depth: int, holder: Any) -> None:
        kind = self._kind_of(item)
        if kind == self._text:
            self.looks.text(item, seen, holder)
        elif kind == self._shape:
            self._path(item, seen)
        elif kind == self._raw.FPDF_PAGEOBJ_IMAGE:
            self.pictures.append(self._bounds(item, seen))
            self._screens.append(self.pictures[-1])
        elif kind == self._raw.FPDF_PAGEOBJ_SHADING:
            self._screens.append(self._bounds(item, seen))
        elif kind == self._raw.FPDF_PAGEOBJ_FORM and depth < _MAX_DEPTH:
            inner = self._matrix(item).within(seen)
            for index in range(self._raw.FPDFFormObj_CountObjects(item)):
                self._object(self._raw.FPDFFormObj_GetObject(item, index), inner, depth + 1, item)

    def _matrix(self, item: Any) -> Matrix:
        matrix = self._place
        self._matrix_of(item, self._place_given)
        return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)

    def _path(self, item: Any, seen: Matrix) -> None:
        pieces = self._raw.FPDFPath_CountSegments(item)
        self.paths += 1 + pieces // 8
        if self.paths > _MAX_PATHS:
            raise refused(f"一页上的图形超过 {_MAX_PATHS} 个", f"A page has more than {_MAX_PATHS} shapes")
        fill, stroke = self._modes
        self._raw.FPDFPath_GetDrawMode(item, *self._modes_given)
        if fill.value and not stroke.value and pieces <= _FOUR_SIDES and seen.is_upright and self._is_one(item, pieces):
            box = self._bounds(item, seen)
            self._fill(item, box)
            self.looks.cover(item, box, seen)
        elif fill.value or stroke.value:
            for points in self._outlines(item, pieces, self._matrix(item).within(seen)):
                self._draw(item, points, bool(fill.value), bool(stroke.value))
            if fill.value and pieces <= _FOUR_SIDES and self._is_one(item, pieces):
                self.looks.cover(item, self._bounds(item, seen), seen)

    def _is_one(self, item: Any, pieces: int) -> bool:
        """Is it a single outline? Two have two pieces each at least: pdfium drops those of one piece."""
        segment, kind, begins = self._segment_of, self._segment_kind, self._begins
        return all(kind(segment(item, index)) != begins for index in range(2, pieces - 1))

    def _draw(self, item: Any, points: list[_Point], fill: bool, stroke: bool) -> None:
        if fill:
            self._fill(item, _around(points))
        if _is_drawing(points, fill):
            self.pictures.append(_around(points))
        if stroke:
            self.rulings.extend(of_stroke(points))
            if len(points) == len(("from", "to")) and _is_slanting(points):
                self.slashes.append(Slash(*points[0], *points[1]))

    def _fill(self, item: Any, box: Box) -> None:
        self.fills.append(box)
        if min(box.x1 - box.x0, box.bottom - box.top) > THIN:
            self._grounds.append((item, box))

    def _outlines(self, item: Any, pieces: int, seen: Matrix) -> Iterator[list[_Point]]:
        """The parts of a path as lists of points; a closed part ends where it began."""
        points: list[_Point] = []
        x, y = self._point
        for index in range(pieces):
            segment = self._segment_of(item, index)
            if points and self._segment_kind(segment) == self._begins:
                yield points
                points = []
            self._point_of(segment, *self._point_given)
            points.append(seen.point(x.value, y.value))
            if self._is_closing(segment):
                points.append(points[0])
        if points:
            yield points


def _around(points: list[_Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _is_drawing(points: list[_Point], fill: bool) -> bool:
    """Is it a letter that was turned into a drawing, or written by hand, and no rectangle or frame?"""
    if fill:
        return len(points) > _FOUR_SIDES and _is_slanting(points)
    return len(points) > _FRAME and _is_handwriting(points)


def _is_handwriting(points: list[_Point]) -> bool:
    """Does a stroke run along no axis for most of its way? A frame with round corners does."""
    sides = [(abs(x1 - x0), abs(y1 - y0)) for (x0, y0), (x1, y1) in pairwise(points)]
    return sum(min(side) for side in sides) > _SLANT * sum(max(side) for side in sides)


def _is_slanting(points: list[_Point]) -> bool:
    """Is any of its sides neither upright nor level? Curves are such."""
    return any(abs(x1 - x0) > 0.1 and abs(y1 - y0) > 0.1 for (x0, y0), (x1, y1) in pairwise(points))
