"""Paragraphs and tables of a Word file → blocks of a Document: prose by lines, tables as grids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from govstats.model.document import Grid
from govstats.readers._body import Body
from govstats.readers._lines import tidied
from govstats.readers._office.marks import of_prose
from govstats.readers.doc.errors import unreadable
from govstats.readers.doc.lattice import grid_rows
from govstats.readers.doc.table import Item, WordTable

_MAX_CELLS = 200_000


@dataclass(slots=True)
class Blocks:
    """Items in reading order → paragraphs and grids. All tables count; those of one column are prose."""

    _body: Body = field(default_factory=Body)
    _lines: list[str] = field(default_factory=list)
    _table: int = 0
    _cells: int = 0

    def of(self, items: Sequence[Item]) -> Body:
        """The whole text. Raises ReadError if its tables have too many cells."""
        self._walk(items)
        self._prose()
        return self._body

    def _walk(self, items: Sequence[Item]) -> None:
        for item in items:
            if isinstance(item, WordTable):
                self._add_table(item)
            else:
                self._lines += tidied(of_prose(item), "\f")

    def _prose(self) -> None:
        self._body.add_lines(self._lines)
        self._lines = []

    def _add_table(self, table: WordTable, is_inner: bool = False) -> None:
        """A grid, and then the tables inside of it, whose text it also shows: it may be layout, or they may be."""
        self._table += 1
        if max((len(row.cells) for row in table.rows), default=0) < 2:
            for row in table.rows:
                for cell in row.cells:
                    self._walk([item for item in cell if isinstance(item, WordTable)] if is_inner else cell)
            return
        self._prose()
        self._body.add(self._grid(table))
        for inner in _inner(table):
            self._add_table(inner, is_inner=True)

    def _grid(self, table: WordTable) -> Grid:
        rows = tuple(grid_rows(table))
        self._cells += sum(len(row.texts) for row in rows)
        if self._cells > _MAX_CELLS:
            raise unreadable("表格的格数太多", "its tables have too many cells")
        return Grid(self._table, rows)


def _inner(table: WordTable) -> Iterator[WordTable]:
    return (item for row in table.rows for cell in row.cells for item in cell if isinstance(item, WordTable))
