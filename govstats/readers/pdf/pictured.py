"""Pictures and strokes on a table, and its cells → the cells without text in which something shows that is unread."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import reduce

import numpy as np

from govstats.readers.pdf.box import Box, Glyph

_SMALLEST = 3.0
"""A picture of a figure is not smaller, in points."""
_WITHIN, _COVERED = 0.7, 0.9
_EDGE = 2.5
"""What is nearer to a border than that is a part of it."""
_ACROSS = 0.55
"""What goes so much of the way through a cell, both ways, crosses it out, or frames or shades it."""

_FEW = 6
"""More strokes in a cell are an ornament, or a seal."""
_CLOSE, _IN_LINE, _AS_HIGH = 0.4, 0.3, (0.35, 1.3)
"""In heights of a digit: how far from it a stroke is that belongs to its figure, off its middle, how high it is."""

Inside = dict[int, list[Box]]


def pictured(pictures: Sequence[Box], cells: list[Box], texts: list[str]) -> Iterator[int]:
    """The numbers of blank cells that hold a picture, or lie under one that covers nothing but blank cells.

    A seal, or a picture behind the table, covers cells that have text, and shows nothing in those that have none.
    """
    for picture in pictures:
        if min(picture.x1 - picture.x0, picture.bottom - picture.top) < _SMALLEST:
            continue
        shares = [(number, picture.shared(cell)) for number, cell in enumerate(cells)]
        home = [number for number, share in shares if share > _WITHIN * picture.area]
        covered = home or [number for number, share in shares if share > _COVERED * cells[number].area > 0]
        if not any(texts[number].strip() for number in covered):
            yield from covered


def by_cell(drawings: Sequence[Box], cells: list[Box]) -> Inside:
    """What is drawn, by the number of the cell in the inner part of which its middle lies; specks are left out."""
    inside: Inside = {}
    sides = np.array(cells, dtype=float).reshape(-1, 4).T if drawings else None
    for drawing in drawings:
        if sides is not None and max(drawing.x1 - drawing.x0, drawing.height) >= _SMALLEST:
            x, y = (drawing.x0 + drawing.x1) / 2, (drawing.top + drawing.bottom) / 2
            home = (sides[0] + _EDGE < x) & (x < sides[2] - _EDGE) & (sides[1] + _EDGE < y) & (y < sides[3] - _EDGE)
            for number in np.flatnonzero(home):
                inside.setdefault(int(number), []).append(drawing)
    return inside


def drawn(strokes: Inside, cells: list[Box], texts: list[str]) -> Iterator[int]:
    """The numbers of blank cells in which there are strokes, as those of a figure are, and no line from end to end."""
    for number, found in strokes.items():
        if not texts[number].strip() and not _is_crossed_out(found, cells[number]):
            yield number


def blotted(blots: Inside, cells: list[Box], texts: list[str]) -> Iterator[int]:
    """The numbers of blank cells in which something is filled with ink that does not shade the whole of the cell."""
    for number, found in blots.items():
        if not texts[number].strip() and any(_is_part(each, cells[number]) for each in found):
            yield number


def _is_part(blot: Box, cell: Box) -> bool:
    """Does it lie within the cell, and is it not all of it?"""
    beyond = [side - edge for side, edge in zip(blot, cell, strict=True)]
    return min(beyond[0], beyond[1], -beyond[2], -beyond[3]) > -_EDGE and max(map(abs, beyond)) > _EDGE


def beside(strokes: Inside, blots: Inside, inside: list[list[Glyph]]) -> Iterator[int]:
    """The numbers of cells in which a stroke stands in the line of a figure, as high as its digits and close to them:
    a drawn 1 before a printed 2."""
    for number in strokes.keys() | blots.keys():
        found = [*strokes.get(number, ()), *blots.get(number, ())]
        digits = [each for each in inside[number] if each.text.isdigit()] if len(found) <= _FEW else []
        if any(_is_beside(stroke, digits) for stroke in found):
            yield number


def _is_beside(stroke: Box, digits: list[Glyph]) -> bool:
    near = [
        each
        for each in digits
        if max(stroke.x0 - each.x1, each.x0 - stroke.x1) < _CLOSE * each.height
        and _AS_HIGH[0] * each.height < stroke.height < _AS_HIGH[1] * each.height
        and abs((stroke.top + stroke.bottom) / 2 - each.middle) < _IN_LINE * each.height
    ]
    return bool(near) and not any(stroke.x0 < each.centre < stroke.x1 for each in near)


def _is_crossed_out(found: list[Box], cell: Box) -> bool:
    """Does each line, or the frame that two of them are sides of, go through all of the cell?"""
    around = reduce(Box.joined, found)
    return all(_goes_through(each, cell) for each in found) or (
        len(found) == len(("left", "right"))
        and _goes_through(around, cell)
        and abs(found[0].height - found[1].height) < _EDGE
    )


def _goes_through(box: Box, cell: Box) -> bool:
    return box.x1 - box.x0 > _ACROSS * (cell.x1 - cell.x0) and box.height > _ACROSS * cell.height
