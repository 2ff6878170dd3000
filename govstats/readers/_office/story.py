"""Story: what is met on a walk through a tree (paragraphs, tables, rows, cells) → blocks of a Document."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

from govstats.model.document import Grid, GridRow, Span
from govstats.readers._body import Body
from govstats.readers._lines import tidied
from govstats.readers._office.errors import broken_table, nested_too_deep, too_many_cells
from govstats.readers._office.marks import FLOATING, LARGE, of_prose, with_objects

_MAX_WIDTH = 128


@dataclass(slots=True)
class Row:
    """One row while its cells arrive: texts, and what covers each position. Cells past the bound are cut off."""

    texts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    reach: int = 0
    """How far to the right the last cell says that it goes."""

    def add(self, text: str, width: int, first: Span = Span.OWN, rest: Span = Span.FROM_LEFT) -> None:
        """A cell over `width` positions."""
        for offset in range(min(width, _MAX_WIDTH - len(self.texts))):
            self.texts.append(text)
            self.spans.append(rest if offset else first)


BREAK = "\f"
"""Stands between the paragraphs and lines of one cell: two figures in it must not become one number."""
GAP = " "
"""Stands where text of another kind (a note mark, a raised or struck digit) meets a figure: it is no part of it."""

_MAX_CELLS = 200_000
_MAX_NESTED = 50

Item: TypeAlias = str | Grid


@dataclass(slots=True)
class _Table:
    """A table while its rows arrive. `items` is all that stands in it, in order, should it be mere layout."""

    number: int
    rows: list[GridRow] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class Story:
    """Paragraphs and tables as a walk meets them → blocks. A table that holds a table of data is layout: prose."""

    def __init__(self) -> None:
        self._body: list[Item] = []
        self._containers = [self._body]
        self._paragraphs: list[list[str]] = []
        self._tables: list[_Table] = []
        self._open: list[str] = []
        self._numbered = 0
        self._cells = 0

    def open_paragraph(self) -> None:
        """Paragraphs may stand in paragraphs: in text boxes."""
        self._paragraphs.append([])

    def close_paragraph(self) -> None:
        """Its text goes to the cell, or the body, that it stands in."""
        self._containers[-1].append("".join(self._paragraphs.pop()))

    def text(self, piece: str) -> None:
        """Text of the open paragraph; outside of all paragraphs a line of its own, so that nothing is lost."""
        if self._paragraphs:
            self._paragraphs[-1].append(piece)
        elif piece.strip():
            self._containers[-1].append(piece)

    def open_table(self) -> None:
        """A table of the body, or inside a cell. Raises ReadError if it stands between cells, or too deep."""
        if self._open and self._open[-1] != "cell":
            raise broken_table()
        if len(self._tables) == _MAX_NESTED:
            raise nested_too_deep(_MAX_NESTED)
        self._open.append("table")
        self._numbered += 1
        self._tables.append(_Table(self._numbered))

    def open_row(self) -> None:
        """Raises ReadError outside of a table."""
        self._nest("row", "table")

    def open_cell(self) -> None:
        """Raises ReadError outside of a row."""
        self._nest("cell", "row")
        self._containers.append([])

    def _nest(self, inner: str, outer: str) -> None:
        if not self._open or self._open[-1] != outer:
            raise broken_table()
        self._open.append(inner)

    def close_cell(self) -> str:
        """The text of the cell."""
        self._open.pop()
        items = self._containers.pop()
        self._tables[-1].items += items
        text = BREAK.join([item for item in items if isinstance(item, str)]).strip()
        return with_objects(text) if FLOATING in text or LARGE in text else text

    def close_row(self, row: Row | None, times: int = 1) -> None:
        """The row as laid out, None if it does not count. Raises ReadError if the document has too many cells."""
        self._open.pop()
        if row is None:
            return
        # An empty row counts too: rows without end would also take hours.
        self._cells += max(1, len(row.texts)) * times
        if self._cells > _MAX_CELLS:
            raise too_many_cells(_MAX_CELLS)
        rows = self._tables[-1].rows
        for _ in range(times):
            rows.append(GridRow(len(rows) + 1, tuple(row.texts), tuple(row.spans)))

    def close_table(self) -> None:
        """A Grid; or prose, if it has a single column, or is the layout around other tables."""
        self._open.pop()
        table = self._tables.pop()
        is_layout = any(isinstance(item, Grid) for item in table.items)
        if is_layout or max((len(row.texts) for row in table.rows), default=0) < 2:
            self._containers[-1] += table.items
        else:
            self._containers[-1].append(Grid(table.number, tuple(table.rows)))

    def told(self) -> Body:
        """All that was met, in order. Lines of prose with `|` are tables as text."""
        body = Body()
        lines: list[str] = []
        for item in self._body:
            if isinstance(item, str):
                lines += tidied(of_prose(item), BREAK)
                continue
            body.add_lines(lines)
            lines = []
            body.add(item)
        body.add_lines(lines)
        return body
