"""Paragraphs and tables of a Word file → blocks of a Document: prose by lines, tables as grids."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from govstats.model.document import Grid, Paragraph
from govstats.readers._lines import blocks_of_lines, tidied
from govstats.readers._office.marks import without_objects
from govstats.readers.doc.errors import unreadable
from govstats.readers.doc.lattice import grid_rows
from govstats.readers.doc.table import Item, WordTable

_MAX_CELLS = 200_000

Found: TypeAlias = Iterator[Paragraph | Grid]


@dataclass(slots=True)
class Blocks:
    """Items in reading order → paragraphs and grids. All tables count; those of one column are prose."""

    _lines: list[str] = field(default_factory=list)
    _line: int = 0
    _table: int = 0
    _cells: int = 0

    def of(self, items: Sequence[Item]) -> Found:
        """The blocks of the whole text. Raises ReadError if its tables have too many cells."""
        yield from self._walk(items)
        yield from self._prose()

    def _walk(self, items: Sequence[Item]) -> Found:
        for item in items:
            if isinstance(item, WordTable):
                yield from self._of_table(item)
            else:
                self._lines += tidied(without_objects(item), "\f")

    def _prose(self) -> Found:
        yield from blocks_of_lines(self._lines, start=self._line + 1)
        self._line += len(self._lines)
        self._lines = []

    def _of_table(self, table: WordTable) -> Found:
        """A grid, and then the tables inside of it, whose text it also shows: it may be layout, or they may be."""
        self._table += 1
        if max((len(row.cells) for row in table.rows), default=0) < 2:
            for row in table.rows:
                for cell in row.cells:
                    yield from self._walk(cell)
            return
        yield from self._prose()
        yield self._grid(table)
        for inner in _inner(table):
            yield from (block for block in self._of_table(inner) if isinstance(block, Grid))
            self._lines = []

    def _grid(self, table: WordTable) -> Grid:
        rows = tuple(grid_rows(table))
        self._cells += sum(len(row.texts) for row in rows)
        if self._cells > _MAX_CELLS:
            raise unreadable("表格的格数太多", "its tables have too many cells")
        return Grid(self._table, rows)


def _inner(table: WordTable) -> Iterator[WordTable]:
    return (item for row in table.rows for cell in row.cells for item in cell if isinstance(item, WordTable))
