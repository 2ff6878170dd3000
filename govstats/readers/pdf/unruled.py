"""Lines of a page outside ruled tables → tables without (or with only level) ruling, as rows of labels and figures.

Which column a figure belongs to is not decided here: a row gives its labels, then its figures in the order of reading,
and who reads it must know by their number whether they can be placed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import reduce
from itertools import pairwise

from govstats.model.document import GridRow
from govstats.readers.pdf.box import Box, Glyph
from govstats.readers.pdf.looseline import OPENING, LooseLine

_FEWEST_ROWS, _FEWEST_FIGURES = 3, 5
"""Fewer rows are a table only if they have more figures than prose has apart."""
_MOST_BETWEEN = 5
"""So many lines without figures may stand between two rows of one table: labels and headers that are wrapped."""
_CLOSE = 0.45
"""Lines of one cell are no further apart, in heights."""
_PAGES_APART, _SAME = 1.0, 2.0
"""How far, in heights, a page is put below another: no cell goes on over its end. How far columns may be off."""
_FIRST = {"digit": re.compile(r"1[.．、]"), "bracket": re.compile(r"[（(]一[)）]")}


@dataclass(slots=True)
class _Cell:
    """Words that stand together, a line or several."""

    box: Box
    texts: list[str]
    rows: set[int] = field(default_factory=set)

    @property
    def text(self) -> str:
        return "".join(self.texts)


@dataclass(frozen=True, slots=True)
class UnruledTable:
    """A table without ruling: where it stands, its rows, and the lines that these were made of."""

    box: Box
    rows: tuple[GridRow, ...]
    lines: list[LooseLine]


def unruled_tables(lines: list[list[Glyph]], goes_on: bool) -> tuple[list[UnruledTable], list[list[Glyph]]]:
    """The tables without ruling among lines, and the other lines. `goes_on`: one may go on from the page before."""
    cut = [LooseLine(line) for line in lines]
    regions = list(_regions(cut, goes_on))
    tables = [_table(cut[first : last + 1]) for first, last in regions]
    inside = {at for first, last in regions for at in range(first, last + 1)}
    return tables, [line for at, line in enumerate(lines) if at not in inside]


def joined(upper: UnruledTable, lower: UnruledTable) -> UnruledTable | None:
    """Two pieces, the last of a page and the first of the next, as one table if they have the same columns."""
    if not _have_same_columns(upper.lines, lower.lines):
        return None
    drop = upper.box.bottom + _PAGES_APART * max(line.height for line in lower.lines) - lower.box.top
    return _table([*upper.lines, *(line.lowered(drop) for line in lower.lines)])


def _have_same_columns(upper: list[LooseLine], lower: list[LooseLine]) -> bool:
    """Does each figure below stand in one column of those above, or begin where some above do?"""
    rows, below = ([line for line in lines if line.is_row] for lines in (upper, lower))
    columns = _columns([line.values for line in rows])
    if columns:
        return all(len(_homes(box, columns)) == 1 for line in below for box, _ in line.values)
    starts = [start for line in rows for start in line.starts]
    return all(any(abs(each - start) < _SAME for start in starts) for line in below for each in line.starts)


def _regions(lines: list[LooseLine], goes_on: bool) -> Iterator[tuple[int, int]]:
    """The first and last line of each table."""
    open_rows: list[int] = []
    for at, line in enumerate(lines):
        if line.is_row and open_rows and (at - open_rows[-1] > _MOST_BETWEEN + 1 or _parts(lines, open_rows[-1], at)):
            yield from _region(lines, open_rows, goes_on)
            open_rows = []
        if line.is_row:
            open_rows.append(at)
    yield from _region(lines, open_rows, goes_on)


def _parts(lines: list[LooseLine], first: int, last: int) -> bool:
    return any(line.is_prose for line in lines[first + 1 : last])


def _region(lines: list[LooseLine], rows: list[int], goes_on: bool) -> Iterator[tuple[int, int]]:
    if not rows:
        return
    is_rest = goes_on and rows[0] <= _MOST_BETWEEN and not _parts(lines, -1, rows[0])
    if len(rows) < _FEWEST_ROWS and len(lines[rows[0]].figures) < _FEWEST_FIGURES and not is_rest:
        return
    first, last = rows[0], rows[-1]
    while first and not lines[first - 1].is_prose and rows[0] - first < _MOST_BETWEEN + 3:
        first -= 1
    while last + 1 < len(lines) and not lines[last + 1].is_prose and _is_beside(lines[last + 1], lines[last]):
        last += 1
    yield first, last


def _is_beside(line: LooseLine, above: LooseLine) -> bool:
    """The rest of a label, close below."""
    size = line.pieces[0][0].bottom - line.pieces[0][0].top
    return line.pieces[0][0].top - max(box.bottom for box, _ in above.pieces) < _CLOSE * size


def _table(lines: list[LooseLine]) -> UnruledTable:
    counted = Counter(round(start) for line in lines if line.is_row for start in line.starts)
    lines = [line.recut([start for start, count in counted.items() if count > 1]) for line in lines]
    if columns := _columns([line.values for line in lines if line.is_row]):
        lines = [line.with_edge(columns[0][0]) for line in lines]
    cells = _cells(lines)
    box = reduce(Box.joined, (box for line in lines for box, _ in line.pieces))
    rows = tuple(GridRow(n, texts, (), True) for n, texts in enumerate(_rows(lines, cells), 1))
    return UnruledTable(box, rows, lines)


def _cells(lines: list[LooseLine]) -> list[_Cell]:
    """Words of several lines that are one cell: close below each other, and none begins another cell or row."""
    cells: list[_Cell] = []
    for number, line in enumerate(lines):
        labels = line.labels
        for box, text in labels:
            # The name of a group may stand beside several rows, that of a row only beside its own.
            own = {number} if line.is_row and box is labels[-1][0] else set()
            above = next((cell for cell in reversed(cells) if _continues(cell, box, text, own)), None)
            if above is None:
                cells.append(_Cell(box, [text], set(own)))
            else:
                above.box = above.box.joined(box)
                above.texts.append(text)
                above.rows |= own
    return cells


def _continues(cell: _Cell, box: Box, text: str, own: set[int]) -> bool:
    size = box.bottom - box.top
    across = min(cell.box.x1, box.x1) - max(cell.box.x0, box.x0)
    return (
        across > 0.5 * min(cell.box.x1 - cell.box.x0, box.x1 - box.x0)
        and -0.6 * size < box.top - cell.box.bottom < _CLOSE * size
        and not (own and cell.rows)
        and not OPENING.match(text)
    )


def _rows(lines: list[LooseLine], cells: list[_Cell]) -> Iterator[tuple[str, ...]]:
    """Rows of figures, each behind its labels; words that are no row's label in the order in which they stand."""
    numbered = [(number, line) for number, line in enumerate(lines) if line.is_row]
    rows = [_middle(line.figures) for _, line in numbered]
    columns = _columns([line.values for _, line in numbered])
    heads = {number: columns or _heads(lines, number) for number, _ in numbered}
    homes: dict[int, list[_Cell]] = {}
    free: list[tuple[float, _Cell]] = []
    for cell in cells:
        at = _row_of(cell, rows, [line for _, line in numbered])
        if at is None:
            free.append((cell.box.top, cell))
        else:
            homes.setdefault(at, []).append(cell)
    _raise_groups(homes, len(rows))
    free.sort(key=lambda each: each[0])
    for at, (number, line) in enumerate(numbered):
        above = [cell for top, cell in free if top < rows[at]]
        free = free[len(above) :]
        if above:
            yield tuple(cell.text for cell in sorted(above, key=lambda cell: (round(cell.box.x0 / 6), cell.box.top)))
        labels = sorted(homes.get(at, []), key=lambda cell: cell.box.x0)
        yield (*(cell.text for cell in labels), *_placed(line.values, heads[number]))
    if free:
        yield tuple(cell.text for _, cell in free)


def _columns(rows: list[list[tuple[Box, str]]]) -> list[tuple[float, float]]:
    """From where to where each column of figures reaches, in the rows that have most; none if that is not certain."""
    most = max(map(len, rows))
    whole = [row for row in rows if len(row) == most]
    columns = [(min(box.x0 for box, _ in each), max(box.x1 for box, _ in each)) for each in zip(*whole, strict=True)]
    apart = all(left[1] < right[0] for left, right in pairwise(columns))
    return columns if apart and len(whole) >= _FEWEST_ROWS else []


def _heads(lines: list[LooseLine], number: int) -> list[tuple[float, float]]:
    """From where to where each word reaches in the header above a row of many figures, behind its labels."""
    row = lines[number]
    if len(row.values) < _FEWEST_FIGURES:
        return []
    header = next((line for line in reversed(lines[:number]) if not line.is_row), None)
    edge = max((box.x1 for box, _ in row.labels), default=-math.inf)
    return [(box.x0, box.x1) for box, _ in (header.heads() if header else ()) if box.x0 >= edge]


def _placed(values: list[tuple[Box, str]], columns: list[tuple[float, float]]) -> list[str]:
    """The values, with a blank in each column that has none, if each lies in one column."""
    texts = [text for _, text in values]
    if len(values) >= len(columns):
        return texts
    homes = [_homes(box, columns) for box, _ in values]
    if any(len(each) != 1 for each in homes) or len({each[0] for each in homes}) < len(values):
        return texts
    placed = dict(zip([each[0] for each in homes], texts, strict=True))
    return [placed.get(at, "") for at in range(len(columns))]


def _homes(box: Box, columns: list[tuple[float, float]]) -> list[int]:
    """The columns that it reaches into."""
    return [at for at, (x0, x1) in enumerate(columns) if box.x0 < x1 and x0 < box.x1]


def _middle(pieces: list[tuple[Box, str]]) -> float:
    return sum(box.top + box.bottom for box, _ in pieces) / (2 * len(pieces))


def _row_of(cell: _Cell, rows: list[float], lines: list[LooseLine]) -> int | None:
    """The row whose figures stand beside the cell, to its right; the nearest, where it reaches over several."""
    middle = (cell.box.top + cell.box.bottom) / 2
    beside = [
        at
        for at, row in enumerate(rows)
        if cell.box.top <= row <= cell.box.bottom and cell.box.x0 < lines[at].figures[0][0].x0
    ]
    return min(beside, key=lambda at: abs(rows[at] - middle), default=None)


def _raise_groups(homes: dict[int, list[_Cell]], count: int) -> None:
    """A group's name stands half way down its rows: it is put before the first of them, where their ordinals begin."""
    for at in range(count):
        labels = sorted(homes.get(at, []), key=lambda cell: cell.box.x0)
        for cell, behind in pairwise(labels):
            if not OPENING.match(behind.text):
                continue
            kind = "digit" if behind.text[:1].isdigit() else "bracket"
            first = at
            while first and not any(_FIRST[kind].match(each.text) for each in homes.get(first, [])):
                first -= 1
            if first < at and any(_FIRST[kind].match(each.text) for each in homes.get(first, [])):
                homes[at].remove(cell)
                homes.setdefault(first, []).append(cell)
