"""Page coordinates (y upwards, before rotation) → coordinates as seen (y downwards)."""

from __future__ import annotations

from typing import Any, NamedTuple

from govstats.readers.pdf.box import Box


class Matrix(NamedTuple):
    """Where a point comes to lie: (x, y) → (a x + c y + e, b x + d y + f)."""

    a: float
    b: float
    c: float
    d: float
    e: float
    f: float

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point."""
        a, b, c, d, e, f = self
        return a * x + c * y + e, b * x + d * y + f

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box between two of its corners."""
        return Box(*self.sides(x0, y0, x1, y1))

    def sides(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """The sides of a box between two of its corners: left, top, right, bottom."""
        a, b, c, d, e, f = self
        left, right = a * x0 + c * y0 + e, a * x1 + c * y1 + e
        top, bottom = b * x0 + d * y0 + f, b * x1 + d * y1 + f
        if left > right:
            left, right = right, left
        if top > bottom:
            top, bottom = bottom, top
        return left, top, right, bottom

    def within(self, outer: Matrix) -> Matrix:
        """This one, then the outer one."""
        a, b, c, d, _, _ = outer
        x, y = outer.point(self.e, self.f)
        return Matrix(
            a * self.a + c * self.b,
            b * self.a + d * self.b,
            a * self.c + c * self.d,
            b * self.c + d * self.d,
            x,
            y,
        )

    @property
    def is_upright(self) -> bool:
        """Do boxes stay boxes?"""
        return (self.b == 0 and self.c == 0) or (self.a == 0 and self.d == 0)


class Placement(NamedTuple):
    """How a page is seen: where its points come to lie, its width, its height."""

    matrix: Matrix
    width: float
    height: float

    @property
    def paper(self) -> Box:
        """What of it is visible."""
        return Box(0.0, 0.0, self.width, self.height)


def placement(page: Any) -> Placement:
    """A page of pypdfium2 → how it is seen, as far as the boxes of its medium and of its crop have it in common."""
    left, bottom, right, top = page.get_bbox()
    match page.get_rotation():
        case 90:
            return Placement(Matrix(0, 1, 1, 0, -bottom, -left), top - bottom, right - left)
        case 180:
            return Placement(Matrix(-1, 0, 0, 1, right, -bottom), right - left, top - bottom)
        case 270:
            return Placement(Matrix(0, -1, -1, 0, top, right), top - bottom, right - left)
    return Placement(Matrix(1, 0, 0, -1, -left, top), right - left, top - bottom)
