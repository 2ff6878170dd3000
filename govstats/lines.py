"""Region → Lines: the rows that carry figures, each with its row code, and the cells that its figures belong to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from govstats.document import GridRow, Place, Span
from govstats.forms import CellKey, TableForm
from govstats.header import Header, Order
from govstats.locate import Region
from govstats.rowmatch import RowMatcher
from govstats.text import has_han
from govstats.vocabulary import vocabulary, words_of

Cells = tuple[CellKey | None, ...]
"""The cell of each figure, left to right; None stands for a column that the form does not have."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row with figures. `codes` are the rows of the form that it fills (several where rows stand side by side).

    `tail` are the positions after its label, merged ones once. `order` says which cell each figure belongs to, None
    if the header contradicts every order; `narrow` is the order under a header that lacks columns of the form.
    """

    table: int
    row: GridRow
    codes: tuple[str, ...]
    label: str
    tail: tuple[int, ...]
    order: Cells | None
    narrow: Cells | None = None

    def place(self, column: int = -1) -> Place:
        """Where the row, or one of its cells, was printed."""
        return Place(self.table, self.row.line, column + 1)

    @property
    def texts(self) -> list[str]:
        """What is printed after the label."""
        return [self.row.texts[position].strip() for position in self.tail]


@dataclass(frozen=True, slots=True)
class Unknown:
    """A row with figures whose label the form does not have."""

    label: str
    place: Place


def read_lines(region: Region) -> tuple[list[Line], list[Unknown]]:
    """The rows of a region that carry figures, and those that no row of the form accounts for."""
    found = list(_Walk(region).lines())
    lines = [each for each in found if isinstance(each, Line)]
    return _narrowed(lines, region.form), [each for each in found if isinstance(each, Unknown)]


class _Walk:
    """Down the rows of a region: header rows on the way fix the order of the columns of the rows below."""

    def __init__(self, region: Region) -> None:
        self._form = region.form
        self._rows = region.rows
        self._known = vocabulary(region.form)
        self._matcher = RowMatcher(region.form)
        self._header = Header((), region.form)
        self._header_open = True

    def lines(self) -> Iterator[Line | Unknown]:
        for table, row in self._rows:
            at, tail = self._split(row)
            if self._is_header(row, at, tail):
                above = self._header.rows if self._header_open else ()
                self._header, self._header_open = Header((*above, row), self._form), True
                continue
            line = self._line(table, row, at, tail)
            if line is not None:
                self._header_open = self._header_open and isinstance(line, Unknown)
                yield line

    def _split(self, row: GridRow) -> tuple[int, tuple[int, ...]]:
        """Where the last label stands (−1: none), and the positions of the cells after it, merged ones once.

        The last label is the last cell whose words the form knows as a row; without one, the last cell of words
        before the first figure.
        """
        last = -1
        figures_began = False
        own = [position for position in range(len(row.texts)) if row.span(position) is not Span.FROM_LEFT]
        for position in own:
            words = words_of(row.texts[position])
            if words and (words in self._known.rows or not figures_began):
                last = position
            figures_began |= not words and bool(row.texts[position].strip())
        return last, tuple(position for position in own if position > last)

    def _is_header(self, row: GridRow, at: int, tail: tuple[int, ...]) -> bool:
        """Does it name columns (besides its last label, which may also be a row's: 总计), or rows side by side?"""
        if self._form.side_by_side and at >= 0 and not _has_figure(row, tail):
            return True
        return any(
            self._known.heads(words_of(text))
            for position, text in enumerate(row.texts)
            if position != at and row.span(position) is not Span.FROM_LEFT
        )

    def _line(self, table: int, row: GridRow, at: int, tail: tuple[int, ...]) -> Line | Unknown | None:
        labels = [row.texts[p] for p in range(at + 1) if row.span(p) is not Span.FROM_LEFT and has_han(row.texts[p])]
        if self._form.side_by_side and not any(words_of(text) in self._known.rows for text in labels):
            return self._side_by_side(table, row, tail) if _has_figure(row, tail) else None
        code = self._matcher.match(labels)
        if code is None or self._form.rows[code].heading:
            label = row.texts[at] if at >= 0 else ""
            return Unknown(label, Place(table, row.line)) if _has_figure(row, tail) else None
        columns = self._form.rows[code].columns
        order, narrow = self._header.order(columns), self._header.narrower(columns)
        return Line(table, row, (code,), row.texts[at], tail, self._cells(code, order), self._cells(code, narrow))

    def _cells(self, code: str, keys: Order | None) -> Cells | None:
        if keys is None:
            return None
        return tuple(None if key is None else CellKey(self._form.name, code, key) for key in keys)

    def _side_by_side(self, table: int, row: GridRow, tail: tuple[int, ...]) -> Line:
        """One line of figures for all rows of the form, in the order in which the header names the rows."""
        codes = tuple(each.code for each in self._form.data_rows)
        named = [
            code
            for head in self._header.rows
            for position, text in enumerate(head.texts)
            if head.span(position) is Span.OWN
            for code in self._known.rows.get(words_of(text), ())
        ]
        cells = tuple(CellKey(self._form.name, code, key) for code in codes for key in self._form.rows[code].columns)
        in_order = sorted(named, key=codes.index) == named
        return Line(table, row, codes, "", tail, cells if in_order else None)


def _has_figure(row: GridRow, tail: tuple[int, ...]) -> bool:
    return any(row.texts[position].strip() and not words_of(row.texts[position]) for position in tail)


def _narrowed(lines: list[Line], form: TableForm) -> list[Line]:
    """The lines in the narrow order, if all lines of the same columns have just as many cells; else as they are.

    One row that is short by a figure proves nothing; a whole table that is, under a header that agrees, does.
    """

    def columns(line: Line) -> tuple[str, ...]:
        return form.rows[line.codes[0]].columns

    wide = {columns(line) for line in lines if line.narrow is None or len(line.tail) != len(line.narrow)}
    return [line if columns(line) in wide else replace(line, order=line.narrow) for line in lines]
