"""How cells of several columns and rows make a table → which cell stands at each of its positions."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from govstats.model.document import Span
from govstats.readers.html.traps import MOST_CELLS, MOST_COVERED, too_many_cells, too_much_merged

_MAX_WIDTH = 128
_LARGE = 4_000
"""Positions. A larger table is hardly met again, and too large to be remembered."""
SINGLE = (1, 1)

Size = tuple[int, int]
"""How many columns and rows a cell takes."""
Cells = tuple[int, tuple[tuple[int, Size], ...]]
"""A row as it is written: how many cells it has, and the sizes of those that take more than one place, by number."""
Covered = dict[int, tuple[int, int]]
"""Column → in how many rows a cell from above covers it yet, and that cell's number."""


class Line(NamedTuple):
    """A row as it is shown: the number of the cell at each position, counted through the table, and whether it is the
    cell's own (empty: all are)."""

    cells: tuple[int, ...]
    spans: tuple[Span, ...]

    def without(self, columns: frozenset[int]) -> Line:
        """The same without some columns."""
        kept = [at for at in range(len(self.cells)) if at not in columns]
        spans = tuple([self.spans[at] for at in kept]) if self.spans else ()
        return Line(tuple([self.cells[at] for at in kept]), spans)


def lines(rows: tuple[Cells, ...]) -> tuple[Line, ...]:
    """The rows with merged cells expanded. Tables of one form are built alike: it is worked out once.

    Raises ReadError if there are too many positions.
    """
    size = sum([count + sum([width * height for _, (width, height) in sizes]) for count, sizes in rows])
    return _remembered(rows) if size <= _LARGE else tuple(_lines(rows))


@lru_cache(maxsize=256)
def _remembered(rows: tuple[Cells, ...]) -> tuple[Line, ...]:
    return tuple(_lines(rows))


def _lines(rows: tuple[Cells, ...]) -> Iterator[Line]:
    covered: Covered = {}
    first = positions = 0
    for count, sizes in rows:
        cells = range(first, first + count)
        first += count
        if covered or sizes:
            line, covered = _expanded(cells, dict(sizes), covered)
        else:
            line = Line(tuple(cells[:_MAX_WIDTH]), ())
        yield line
        positions += len(line.cells)
        if positions > MOST_CELLS:
            raise too_many_cells()
        if positions - first > MOST_COVERED:
            raise too_much_merged(MOST_COVERED)


def _expanded(cells: range, sizes: dict[int, Size], covered: Covered) -> tuple[Line, Covered]:
    """A row that merged cells (`sizes`, by number) reach into or begin in; and what the next row finds covered."""
    there: list[int] = []
    spans: list[Span] = []
    below: Covered = {}
    own = Span.OWN

    def fill_from_above() -> None:
        while (above := covered.pop(len(there), None)) is not None:
            height, cell = above
            if height > 1:
                below[len(there)] = (height - 1, cell)
            there.append(cell)
            spans.append(Span.FROM_ABOVE)

    last = max(sizes, default=-1)
    for at, cell in enumerate(cells):
        if covered:
            fill_from_above()
        if at > last and not covered:
            there += cells[at : at + _MAX_WIDTH - len(there)]
            spans += [own] * (len(there) - len(spans))
            break
        width, height = sizes.get(at, SINGLE)
        for offset in range(min(width, _MAX_WIDTH - len(there))):
            if height > 1:
                below[len(there)] = (height - 1, cell)
            there.append(cell)
            spans.append(Span.FROM_LEFT if offset else own)
    fill_from_above()
    return Line(tuple(there), tuple(spans)), below
