"""The lines of a page, and the pieces they were drawn in → its lines without what is drawn inside cells, and strokes.

A border meets others, or bounds a row or a column. A stroke, as of a drawn 1, stands in one cell: it touches no line of
the grid, or it is the only one at its place, and what it would part is blank. The upper and lower side of a frame in a
cell come near to its sides, and touch neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.readers.pdf.box import Box, Glyph, WeakGlyph
from govstats.readers.pdf.ruling import NARROWEST, THIN, Ruling, put_together

_TOUCHING = 0.8
"""What ends no further from a line touches it, in points."""
_SAME = 1.0
_HIGHEST = 60.0
"""Digits are no higher."""
_MOST = 2
"""So many strokes of a figure may stand in a cell from border to border."""

_Marks = NDArray[np.bool_]


class _Stroke(NamedTuple):
    """A line of which a drawn figure may have been taken for a border, and the strokes that it is made of."""

    line: Ruling
    parts: tuple[Ruling, ...]


def without_strokes(
    lines: Sequence[Ruling], pieces: Sequence[Ruling], glyphs: Sequence[Glyph]
) -> tuple[list[Ruling], list[Box]]:
    """The lines that are borders or level, and the boxes of the strokes that are neither."""
    upright = [each for each in lines if not each.horizontal and each.end - each.start > NARROWEST]
    level = [each for each in lines if each.horizontal and each.end - each.start > NARROWEST]
    if len(upright) < len(("left", "stroke", "right")) or len(level) < len(("above", "below")):
        return list(lines), []
    ups, levels = (np.array([each[1:] for each in some]) for some in (upright, level))
    framing = {level[number] for number in _inset(levels, ups)}
    lines = [each for each in lines if each not in framing] if framing else list(lines)
    free, spanning = _doubtful(ups, levels)
    if not (free or spanning):
        return lines, []
    doubted = {upright[number] for number in (*free, *spanning)}
    borders = [each for each in upright if each not in doubted]
    found = [stroke for number in free if (stroke := _free(upright[number], pieces, level, borders, glyphs))]
    alone = [upright[number] for number in spanning if _is_between_blanks(upright[number], borders, glyphs)]
    if len(alone) <= _MOST:
        found += [_Stroke(each, (each,)) for each in alone]
    gone = {each.line for each in found}
    boxes = [Box(part.at, part.start, part.at, part.end) for each in found for part in each.parts]
    return [each for each in lines if each not in gone], boxes


def _doubtful(upright: NDArray[np.float64], level: NDArray[np.float64]) -> tuple[list[int], list[int]]:
    """The numbers of the lines that end at no line of the grid, and of those that go no further than to the next,
    with no other line at their place. What is shorter than a stroke is no grid: figures are higher than wide."""
    at, start, end = (upright[:, side, None] for side in range(3))
    length = end - start
    near = (level[:, 1] - THIN <= at) & (at <= level[:, 2] + THIN) & (level[:, 2] - level[:, 1] > length)
    beyond = (level[:, 1] < at - THIN) & (at + THIN < level[:, 2])
    low = length[:, 0] <= _HIGHEST
    ends = [near & (abs(level[:, 0] - side) <= _TOUCHING) for side in (start, end)]
    ends_nowhere = ~(ends[0] | ends[1]).any(axis=1)
    within = near & (start - THIN <= level[:, 0]) & (level[:, 0] <= end + THIN)
    at_ends = within & ((abs(level[:, 0] - start) <= THIN) | (abs(level[:, 0] - end) <= THIN))
    one_step = (at_ends & beyond).any(axis=1) & ~(at_ends & ~beyond).any(axis=1) & ~(within & ~at_ends).any(axis=1)
    alone = (abs(at - at.T) <= _SAME).sum(axis=1) == 1
    meets = within.any(axis=1)
    return (
        [int(number) for number in np.flatnonzero(ends_nowhere & meets)],
        [int(number) for number in np.flatnonzero(low & one_step & alone & ~ends_nowhere)],
    )


def _inset(level: NDArray[np.float64], upright: NDArray[np.float64]) -> list[int]:
    """The numbers of level lines that lie in one cell and touch neither of its sides, though they come near to both;
    none where half of all do: such is that table's manner."""
    high = upright[upright[:, 2] - upright[:, 1] > _HIGHEST]
    if not len(high):
        return []
    y, start, end = (level[:, side, None] for side in range(3))
    beside = (high[:, 1] - THIN <= y) & (y <= high[:, 2] + THIN)
    left, right = start - high[:, 0], high[:, 0] - end
    near = [(beside & (gap > _TOUCHING) & (gap <= THIN)).any(axis=1) for gap in (left, right)]
    inset = near[0] & near[1] & ~(beside & (left <= _TOUCHING) & (right <= _TOUCHING)).any(axis=1)
    return [int(number) for number in np.flatnonzero(inset)] if 2 * inset.sum() < len(level) else []


def _free(
    line: Ruling, pieces: Sequence[Ruling], level: Sequence[Ruling], borders: Sequence[Ruling], glyphs: Sequence[Glyph]
) -> _Stroke | None:
    """The strokes of a line that ends at no line of the grid; None if it is a border all the same."""
    crossed = sorted(
        each.at
        for each in level
        if each.start - THIN <= line.at <= each.end + THIN
        and line.start < each.at < line.end
        and each.end - each.start > _HIGHEST
    )
    parts = tuple(_parts(line, pieces, crossed))
    for part in parts:
        if part.end - part.start > _HIGHEST or any(abs(y - end) <= _TOUCHING for y in crossed for end in part[2:]):
            return None
        if (sides := _sides(part, borders)) is None or all(_holds(each, glyphs) for each in sides):
            return None
    return _Stroke(line, parts)


def _parts(line: Ruling, pieces: Sequence[Ruling], crossed: Sequence[float]) -> Iterator[Ruling]:
    """The strokes that were put together to a line, one between two lines of the grid each."""
    own = [
        each
        for each in pieces
        if not each.horizontal and abs(each.at - line.at) <= _SAME and line.start <= each.start and each.end <= line.end
    ]
    for above, below in zip((line.start, *crossed), (*crossed, line.end), strict=True):
        yield from put_together(each for each in own if above <= (each.start + each.end) / 2 < below + _SAME)


def _is_between_blanks(line: Ruling, borders: Sequence[Ruling], glyphs: Sequence[Glyph]) -> bool:
    """Does nothing stand on either side, and do the next borders go on beyond it?"""
    sides = _sides(line, borders)
    return sides is not None and not any(_holds(each, glyphs) for each in sides)


def _sides(line: Ruling, borders: Sequence[Ruling]) -> tuple[Box, Box] | None:
    """What lies between a line and the next border on either side; None where there is none, or it is no longer."""
    length = line.end - line.start
    beside = [
        each.at
        for each in borders
        if each.start <= line.start + THIN and line.end - THIN <= each.end and each.end - each.start > length + THIN
    ]
    left = max((at for at in beside if at < line.at - NARROWEST), default=None)
    right = min((at for at in beside if at > line.at + NARROWEST), default=None)
    if left is None or right is None:
        return None
    return Box(left, line.start, line.at, line.end), Box(line.at, line.start, right, line.end)


def _holds(box: Box, glyphs: Sequence[Glyph]) -> bool:
    """Does any text stand in it?"""
    return any(not (isinstance(each, WeakGlyph) or each.text.isspace()) for each in box.held(glyphs))
