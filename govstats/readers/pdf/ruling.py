"""Strokes, frames and filled boxes → rulings, the pieces of one line merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from operator import itemgetter
from typing import NamedTuple

from govstats.readers.pdf.box import Box

THIN = 3.0
"""A box as thin as this is a drawn line; lines no further apart meet."""
NARROWEST = 4.0
"""Rulings no further apart are one border: a double line, or the two borders of cells with a gap between them."""
_SAME_LINE = 1.0


class Ruling(NamedTuple):
    """A line that is drawn: `at` which y (horizontal) or x (vertical), and from where to where."""

    horizontal: bool
    at: float
    start: float
    end: float


def of_stroke(points: Sequence[tuple[float, float]]) -> list[Ruling]:
    """A stroke from point to point → its rulings, where it runs along an axis."""
    rulings: list[Ruling] = []
    for (x0, y0), (x1, y1) in pairwise(points):
        if abs(y1 - y0) <= _SAME_LINE:
            rulings.append(Ruling(True, (y0 + y1) / 2, x0, x1) if x0 < x1 else Ruling(True, (y0 + y1) / 2, x1, x0))
        if abs(x1 - x0) <= _SAME_LINE:
            rulings.append(Ruling(False, (x0 + x1) / 2, y0, y1) if y0 < y1 else Ruling(False, (x0 + x1) / 2, y1, y0))
    return rulings


def of_frame(box: Box) -> Iterator[Ruling]:
    """A frame → its four sides."""
    yield from (Ruling(True, at, box.x0, box.x1) for at in (box.top, box.bottom))
    yield from (Ruling(False, at, box.top, box.bottom) for at in (box.x0, box.x1))


def without_frames(rulings: list[Ruling], pictures: Sequence[Box]) -> list[Ruling]:
    """The pieces of lines without the frames of small pictures, which office programs draw around them."""
    small = [each for each in pictures if max(each.x1 - each.x0, each.bottom - each.top) <= _SMALL]
    if not small or len(small) * len(rulings) > _MOST_ASKED:
        return rulings
    gone = {number for picture in small for number in _framing(rulings, picture)}
    return [each for number, each in enumerate(rulings) if number not in gone] if gone else rulings


_SMALL = 60.0
_HUGGING = 0.6
_MOST_ASKED = 1_000_000


def _framing(rulings: list[Ruling], picture: Box) -> list[int]:
    """The numbers of the pieces along the four sides of a picture; none if one lies on a line that goes on."""
    x0, top, x1, bottom = picture
    found, sides = [], set()
    for number, (horizontal, at, start, end) in enumerate(rulings):
        along, ends = ((top, bottom), (x0, x1)) if horizontal else ((x0, x1), (top, bottom))
        near = [side for side, line in enumerate(along) if abs(line - at) <= _HUGGING]
        if not near or end < ends[0] or ends[1] < start:
            continue
        if start < ends[0] - _HUGGING or ends[1] + _HUGGING < end:
            return []
        found.append(number)
        sides.add((horizontal, near[0]))
    return found if len(sides) == len(picture) else []


def of_fills(boxes: Sequence[Box]) -> Iterator[Ruling]:
    """Filled boxes → rulings: thin ones are lines (dots: part of one either way), two in each other are a frame.

    Other filled boxes are shading, which is often cut into strips that are no cells.
    """
    for x0, top, x1, bottom in boxes:
        if bottom - top <= THIN:
            yield Ruling(True, (top + bottom) / 2, x0, x1)
        if x1 - x0 <= THIN:
            yield Ruling(False, (x0 + x1) / 2, top, bottom)
    for one, other in pairwise(boxes):
        if is_around(one, other) and one != other:
            yield from of_frame(one)


def is_around(one: Box, other: Box) -> bool:
    """Are all sides of one close to those of the other?"""
    return (
        abs(one.x0 - other.x0) <= THIN
        and abs(one.top - other.top) <= THIN
        and abs(one.x1 - other.x1) <= THIN
        and abs(one.bottom - other.bottom) <= THIN
    )


def merged(rulings: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Pieces of one line (dashes, a piece for each cell) put together; what is shorter than a cell is dropped."""
    return borders(put_together(rulings))


def borders(lines: Iterable[Ruling]) -> tuple[Ruling, ...]:
    """Lines that are put together, without those that are shorter than a cell."""
    return tuple(each for each in lines if each.end - each.start > NARROWEST)


def put_together(rulings: Iterable[Ruling]) -> Iterator[Ruling]:
    """Pieces of one line put together, however short it is."""
    for cluster in _clusters(sorted(rulings)):
        horizontal, at, begin, stop = min(cluster, key=_BEGIN)
        for _, level, start, end in sorted(cluster, key=_BEGIN):
            if start > stop + THIN:
                yield Ruling(horizontal, at, begin, stop)
                at, begin, stop = level, start, end
            elif end > stop:
                stop = end
        yield Ruling(horizontal, at, begin, stop)


_BEGIN = itemgetter(2)


def _clusters(rulings: list[Ruling]) -> Iterator[list[Ruling]]:
    cluster: list[Ruling] = []
    for each in rulings:
        if cluster and (each.horizontal != cluster[0].horizontal or each.at - cluster[0].at > _SAME_LINE):
            yield cluster
            cluster = []
        cluster.append(each)
    if cluster:
        yield cluster


def outline(rulings: Iterable[Ruling]) -> Box:
    """The box around rulings, open sides included."""
    xs: list[float] = []
    ys: list[float] = []
    for each in rulings:
        (ys if each.horizontal else xs).append(each.at)
        (xs if each.horizontal else ys).extend((each.start, each.end))
    return Box(min(xs), min(ys), max(xs), max(ys))
