"""A page's objects as pdfium has them → what they draw: strokes as rulings, filled outlines as boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from govstats.pdf.box import Box
from govstats.pdf.library import pdfium
from govstats.pdf.placement import Placement
from govstats.pdf.refusals import refused
from govstats.pdf.ruling import Ruling, of_line

_MAX_PATHS = 50_000
_MAX_DEPTH = 8

_Matrix = tuple[float, float, float, float, float, float]
_Point = tuple[float, float]


class Brush:
    """Collects what a page draws: strokes along an axis as rulings, filled outlines as boxes."""

    def __init__(self, place: Placement) -> None:
        self._raw = pdfium().raw
        self._place = place
        self.rulings: list[Ruling] = []
        self.fills: list[Box] = []
        self.paths = 0

    def page(self, page: Any) -> None:
        """All objects of a page."""
        for index in range(self._raw.FPDFPage_CountObjects(page)):
            self._object(self._raw.FPDFPage_GetObject(page, index), ())

    def _object(self, item: Any, outer: tuple[_Matrix, ...]) -> None:
        kind = self._raw.FPDFPageObj_GetType(item)
        if kind == self._raw.FPDF_PAGEOBJ_PATH:
            self._path(item, (self._matrix(item), *outer))
        elif kind == self._raw.FPDF_PAGEOBJ_FORM and len(outer) < _MAX_DEPTH:
            inner = (self._matrix(item), *outer)
            for index in range(self._raw.FPDFFormObj_CountObjects(item)):
                self._object(self._raw.FPDFFormObj_GetObject(item, index), inner)

    def _matrix(self, item: Any) -> _Matrix:
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(item, matrix)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _path(self, item: Any, matrices: tuple[_Matrix, ...]) -> None:
        pieces = self._raw.FPDFPath_CountSegments(item)
        self.paths += 1 + pieces // 8
        if self.paths > _MAX_PATHS:
            raise refused(f"一页上的图形超过 {_MAX_PATHS} 个", f"A page has more than {_MAX_PATHS} shapes")
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        self._raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if fill.value or stroke.value:
            for points in self._outlines(item, pieces, matrices):
                self._draw(points, bool(fill.value), bool(stroke.value))

    def _draw(self, points: list[_Point], fill: bool, stroke: bool) -> None:
        if fill:
            xs, ys = [x for x, _ in points], [y for _, y in points]
            self.fills.append(Box(min(xs), min(ys), max(xs), max(ys)))
        if stroke:
            for (x0, y0), (x1, y1) in pairwise(points):
                self.rulings.extend(of_line(x0, y0, x1, y1))

    def _outlines(self, item: Any, pieces: int, matrices: tuple[_Matrix, ...]) -> Iterator[list[_Point]]:
        """The parts of a path as lists of points; a closed part ends where it began."""
        raw = self._raw
        points: list[_Point] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(pieces):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._seen(x.value, y.value, matrices))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points

    def _seen(self, x: float, y: float, matrices: tuple[_Matrix, ...]) -> _Point:
        for a, b, c, d, e, f in matrices:
            x, y = a * x + c * y + e, b * x + d * y + f
        return self._place.point(x, y)
