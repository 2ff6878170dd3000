"""Handles of pdfium's page objects → what tells them apart, the boxes around them, their colours; taking them off."""

from __future__ import annotations

from collections.abc import Iterable
from ctypes import byref, c_float, c_uint, c_void_p, cast, sizeof
from typing import Any

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.library import pdfium
from govstats.readers.pdf.placement import Matrix

FULL = 255
_OF_PATTERN = (191, 191, 191)
"""What pdfium calls the colour of a pattern."""

Colour = tuple[int, int, int]
"""Red, green, blue, on white paper."""


def address(item: Any) -> int:
    """What tells a page's objects apart."""
    return cast(item, c_void_p).value or 0


def remove(page: Any, items: Iterable[Any], holder: Any) -> None:
    """Take objects off a page, or out of the form that holds them."""
    raw = pdfium().raw
    for item in items:
        if holder is None:
            raw.FPDFPage_RemoveObject(page, item)
        else:
            raw.FPDFFormObj_RemoveObject(holder, item)
        raw.FPDFPageObj_Destroy(item)


def matrix_of(item: Any) -> Matrix:
    """Where an object puts its points."""
    matrix = pdfium().raw.FS_MATRIX()
    pdfium().raw.FPDFPageObj_GetMatrix(item, byref(matrix))
    return Matrix(matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f)


def inside(form: Any) -> list[Any]:
    """The objects of a form."""
    raw = pdfium().raw
    return [raw.FPDFFormObj_GetObject(form, index) for index in range(raw.FPDFFormObj_CountObjects(form))]


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


class Colours:
    """Tells what colour objects have on white paper; None for patterns."""

    def __init__(self, patterns: bool = False) -> None:
        """`patterns`: there are such in the document."""
        raw = pdfium().raw
        self._pattern = _OF_PATTERN if patterns else None
        self._fill_of, self._stroke_of = raw.FPDFPageObj_GetFillColor, raw.FPDFPageObj_GetStrokeColor
        self._parts = (c_uint * 4)()
        # Four numbers, each with a place of its own, and all of them in one.
        self._given = tuple(byref(c_uint.from_buffer(self._parts, sizeof(c_uint) * part)) for part in range(4))

    def fill(self, item: Any) -> Colour | None:
        """What it is filled with."""
        colour = self._mixed() if self._fill_of(item, *self._given) else None
        return None if colour == self._pattern else colour

    def stroke(self, item: Any) -> Colour | None:
        """What it is drawn with."""
        return self._mixed() if self._stroke_of(item, *self._given) else None

    @property
    def is_solid(self) -> bool:
        """Does nothing shine through the colour that was told last?"""
        return bool(self._parts[3] == FULL)

    def _mixed(self) -> Colour:
        red, green, blue, solid = self._parts[:]
        if solid == FULL:
            return red, green, blue
        paper = FULL * (FULL - solid)
        return (red * solid + paper) // FULL, (green * solid + paper) // FULL, (blue * solid + paper) // FULL


def lightness(colour: Colour | None) -> float:
    """From 0 (black, or a pattern) to 1 (white)."""
    if colour is None:
        return 0.0
    red, green, blue = colour
    return (0.3 * red + 0.59 * green + 0.11 * blue) / FULL


def difference(one: Colour, other: Colour) -> int:
    """By how much, of 255, two colours differ where they differ most."""
    return max(abs(one[0] - other[0]), abs(one[1] - other[1]), abs(one[2] - other[2]))
