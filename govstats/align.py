"""Region → Table: every figure to its cell by labels and group context, or to no cell at all.

A row whose figures cannot be placed without a guess is *lost*: its cells are UNREADABLE and rule D007 says so.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from govstats.document import GridRow, Place, Span
from govstats.figures import ABSENT, UNREADABLE, Figure, figure
from govstats.forms import CellKey, Column, TableForm
from govstats.header import Order, header_order, narrower
from govstats.locate import Region
from govstats.rowmatch import RowMatcher
from govstats.table import Repeat, Table
from govstats.text import has_han
from govstats.vocabulary import vocabulary, words_of


@dataclass(frozen=True, slots=True)
class _Line:
    """A row with figures: the row codes it fills (several where rows stand side by side), the positions
    after its label, and for each figure its cell (None: a column the form does not have). `narrow` is the order
    under a header that lacks columns of the form."""

    table: int
    row: GridRow
    codes: tuple[str, ...]
    label: str
    tail: tuple[int, ...]
    order: tuple[CellKey | None, ...] | None
    narrow: tuple[CellKey | None, ...] | None = None

    def place(self, column: int = -1) -> Place:
        return Place(self.table, self.row.line, column + 1)


@dataclass(slots=True)
class _Draft:
    """A Table in the making."""

    form: TableForm
    figures: dict[CellKey, Figure] = field(default_factory=dict)
    raws: dict[CellKey, str] = field(default_factory=dict)
    places: dict[CellKey, Place] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    lost: list[str] = field(default_factory=list)
    repeats: list[Repeat] = field(default_factory=list)
    unexpected: list[tuple[str, Place]] = field(default_factory=list)


def align(regions: list[Region]) -> Table:
    """The regions of one table (the first is the table, further ones are copies of it) → Table."""
    form = regions[0].form
    draft = _Draft(form)
    for region in regions:
        lines = _narrowed(list(_lines(region, draft)), form)
        offset = _Offsets(lines)
        for line in lines:
            _fill(draft, line, offset.of(line))
    cells = form.cells
    figures = [draft.figures.get(cell, ABSENT) for cell in cells]
    return Table(
        form=form,
        place=regions[0].place,
        values=np.array([each.value for each in figures], dtype=np.float64),
        states=np.array([each.state for each in figures], dtype=np.uint8),
        raws=tuple(draft.raws.get(cell) for cell in cells),
        places=tuple(draft.places.get(cell) for cell in cells),
        labels=draft.labels,
        lost=tuple(dict.fromkeys(draft.lost)),
        repeats=tuple(draft.repeats),
        unexpected=tuple(draft.unexpected),
    )


def _lines(region: Region, draft: _Draft) -> Iterator[_Line]:
    """The rows that carry figures, in order; header rows on the way fix the order of their columns."""
    form, known = region.form, vocabulary(region.form)
    matcher = RowMatcher(form)
    header: list[GridRow] = []
    header_open = True
    for table, row in region.rows:
        at, tail = _split(row, form)
        names = {words_of(row.texts[position]) for position in range(len(row.texts)) if position != at}
        if any(known.heads(name) for name in names) or (form.side_by_side and at >= 0 and not _has_figure(row, tail)):
            header = [*header, row] if header_open else [row]
            header_open = True
            continue
        labels = [row.texts[position] for position in range(at + 1) if row.span(position) is not Span.FROM_LEFT]
        if form.side_by_side and not any(known.rows.get(words_of(text)) for text in labels):
            if tail and _has_figure(row, tail):
                header_open = False
                yield _side_by_side(table, row, tail, header, form)
            continue
        code = matcher.match([text for text in labels if has_han(text)])
        header_open = header_open and code is None
        if code is None or form.rows[code].heading:
            if _has_figure(row, tail):
                draft.unexpected.append((row.texts[at] if at >= 0 else "", Place(table, row.line)))
            continue
        columns = form.rows[code].columns
        order, narrow = (
            _addresses(form.name, code, keys)
            for keys in (header_order(header, form, columns), narrower(header, form, columns))
        )
        yield _Line(table, row, (code,), row.texts[at], tail, order, narrow)


def _addresses(table: str, code: str, keys: Order | None) -> tuple[CellKey | None, ...] | None:
    return None if keys is None else tuple(None if key is None else CellKey(table, code, key) for key in keys)


def _narrowed(lines: list[_Line], form: TableForm) -> list[_Line]:
    """The lines in the narrow order, if all lines of the same columns have just as many cells; else as they are.

    One row that is short by a figure proves nothing; a whole table that is, under a header that agrees, does.
    """

    def columns(line: _Line) -> tuple[str, ...]:
        return form.rows[line.codes[0]].columns

    wide = {columns(line) for line in lines if line.narrow is None or len(line.tail) != len(line.narrow)}
    return [line if columns(line) in wide else replace(line, order=line.narrow) for line in lines]


def _split(row: GridRow, form: TableForm) -> tuple[int, tuple[int, ...]]:
    """Where the last label stands (−1: none), and the positions of the cells after it, merged ones once.

    The last label is the last cell whose words the form knows as a row; without one, the last cell of
    words before the first figure.
    """
    known = vocabulary(form)
    last = -1
    figures_began = False
    for position, text in enumerate(row.texts):
        words = words_of(text)
        if words and (words in known.rows or not figures_began):
            last = position
        figures_began |= bool(text.strip()) and not words
    return last, tuple(
        position for position in range(last + 1, len(row.texts)) if row.span(position) is not Span.FROM_LEFT
    )


def _has_figure(row: GridRow, tail: tuple[int, ...]) -> bool:
    return any(row.texts[position].strip() and not words_of(row.texts[position]) for position in tail)


def _side_by_side(table: int, row: GridRow, tail: tuple[int, ...], header: list[GridRow], form: TableForm) -> _Line:
    """One line of figures for all rows of the form, in the order in which the header names the rows."""
    codes = tuple(each.code for each in form.data_rows)
    named = [
        code
        for head in header
        for position, text in enumerate(head.texts)
        if head.span(position) is Span.OWN
        for code in vocabulary(form).rows.get(words_of(text), ())
    ]
    in_order = sorted(named, key=codes.index) == named
    cells = tuple(CellKey(form.name, code, key) for code in codes for key in form.rows[code].columns)
    return _Line(table, row, codes, "", tail, cells if in_order else None)


class _Offsets:
    """Where the figures begin after a label: merged cells may have left empty cells before or behind them.

    A row with blanks may be ambiguous; then the rows of the same table that are not decide, if they agree.
    """

    def __init__(self, lines: list[_Line]) -> None:
        sure = [(line, found[0]) for line in lines if len(found := _candidates(line)) == 1]
        self._columns = {line.tail[offset] for line, offset in sure if len(line.tail) > len(line.order or ())}
        self._offsets = {offset for line, offset in sure if len(line.tail) > len(line.order or ())}

    def of(self, line: _Line) -> int | None:
        """How many empty cells to skip; None if that would be a guess."""
        candidates = _candidates(line)
        if len(candidates) <= 1 or _all_blank(line):
            return candidates[0] if candidates else None
        if len(self._offsets) == 1:
            agreed = [offset for offset in candidates if offset in self._offsets]
        else:
            agreed = [offset for offset in candidates if {line.tail[offset]} == self._columns]
        return agreed[0] if len(agreed) == 1 else None


def _candidates(line: _Line) -> list[int]:
    """The offsets at which the figures may begin: nothing but empty cells may be left over on either side.

    With a column that the form does not have, only a row of exactly that width will do.
    """
    if line.order is None:
        return []
    width = len(line.order)
    texts = [line.row.texts[position].strip() for position in line.tail]
    if None in line.order and len(texts) != width:
        return []
    return [offset for offset in range(len(texts) - width + 1) if not any((*texts[:offset], *texts[offset + width :]))]


def _all_blank(line: _Line) -> bool:
    return not any(line.row.texts[position].strip() for position in line.tail)


def _fill(draft: _Draft, line: _Line, offset: int | None) -> None:
    """Put a line's figures into the draft; a second line for the same row only if it says something else."""
    cells = _cells_of(line, draft.form)
    figures: dict[CellKey, tuple[Figure, str, Place]] = {}
    if offset is None or line.order is None:
        text = " | ".join(line.row.texts[position] for position in line.tail).strip(" |")
        figures = {cell: (UNREADABLE, text, line.place()) for cell in cells}
    else:
        positions = line.tail[offset : offset + len(line.order)]
        for cell, position in zip(line.order, positions, strict=True):
            if cell is not None:
                merged = line.row.span(position) is Span.FROM_ABOVE
                text = line.row.texts[position]
                read = UNREADABLE if merged else _read(text, draft.form.columns[cell.column])
                figures[cell] = (read, text, line.place(position))
    if any(code in draft.labels for code in line.codes):
        _compare(draft, line, figures)
        return
    for code in line.codes:
        draft.labels[code] = line.label
        if offset is None:
            draft.lost.append(code)
    for cell, (value, raw, place) in figures.items():
        draft.figures[cell], draft.raws[cell], draft.places[cell] = value, raw, place


def _read(text: str, column: Column) -> Figure:
    """A figure of this column; a broken count, or a unit that is not the column's, is not one."""
    read = figure(text)
    if column.number == "count":
        fits = "元" not in read.unit and (math.isnan(read.value) or read.value == int(read.value))
    else:
        fits = read.unit in {"", column.unit}
    return read if fits else UNREADABLE


def _cells_of(line: _Line, form: TableForm) -> list[CellKey]:
    return [CellKey(form.name, code, key) for code in line.codes for key in form.rows[code].columns]


def _compare(draft: _Draft, line: _Line, figures: dict[CellKey, tuple[Figure, str, Place]]) -> None:
    """The same row again: equal figures are a copy; where they differ nobody knows which is right."""
    differing = [cell for cell, (value, _, _) in figures.items() if not _same(draft.figures.get(cell, ABSENT), value)]
    for code in dict.fromkeys(cell.row for cell in differing):
        row_cells = [cell for cell in figures if cell.row == code]
        first = tuple(draft.raws.get(cell, "") for cell in row_cells)
        draft.repeats.append(Repeat(code, first, tuple(figures[cell][1] for cell in row_cells), line.place()))
    for cell in differing:
        draft.figures[cell] = UNREADABLE


def _same(one: Figure, other: Figure) -> bool:
    return one.state == other.state and (one.value == other.value or math.isnan(one.value))
