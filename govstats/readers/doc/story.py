"""Paragraphs with their marks → paragraphs and tables (2.4.3, 2.4.4)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from govstats.readers.doc.errors import DamagedWordError
from govstats.readers.doc.paragraph import WordParagraph
from govstats.readers.doc.table import Item, Merge, WordRow, WordTable

_MAX_CELLS = 200_000
_MAX_DEPTH = 16
_CELL_MARK = "\x07"


@dataclass(slots=True)
class _Level:
    """A table in the making: its rows, the cells of the row that is open, what stands in the cell that is open."""

    rows: list[WordRow] = field(default_factory=list)
    cells: list[tuple[Item, ...]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


@dataclass(slots=True)
class Story:
    """One text while its paragraphs arrive. A table that ends within a row is damage."""

    _items: list[Item] = field(default_factory=list)
    _levels: list[_Level] = field(default_factory=list)
    _count: int = 0

    def of(self, paragraphs: Iterable[WordParagraph]) -> list[Item]:
        """All of them."""
        for paragraph in paragraphs:
            self._enter(_depth(paragraph))
            if self._levels:
                self._take(paragraph, self._levels[-1])
            else:
                self._items += [paragraph.text, *paragraph.boxes]
        self._enter(0)
        return self._items

    def _enter(self, depth: int) -> None:
        while len(self._levels) > depth:
            level = self._levels.pop()
            if level.cells or level.items:
                raise DamagedWordError("a table ends within a row")
            (self._levels[-1].items if self._levels else self._items).append(WordTable(tuple(level.rows)))
        while len(self._levels) < depth:
            self._levels.append(_Level())

    def _take(self, paragraph: WordParagraph, level: _Level) -> None:
        outer = paragraph.mark == _CELL_MARK
        if (outer and paragraph.row_end) or (not outer and paragraph.inner_row_end and len(self._levels) > 1):
            _end_row(paragraph, level)
            return
        level.items += [paragraph.text, *paragraph.boxes]
        if outer or (paragraph.inner_cell_end and len(self._levels) > 1):
            self._end_cell(level)

    def _end_cell(self, level: _Level) -> None:
        level.cells.append(tuple(level.items))
        level.items = []
        self._count += 1
        if self._count > _MAX_CELLS:
            raise DamagedWordError(f"more than {_MAX_CELLS} cells")


def _depth(paragraph: WordParagraph) -> int:
    """sprmPItap tells the depth; without it, sprmPFInTable says 1."""
    depth = max(paragraph.depth, int(paragraph.in_table)) if paragraph.in_table or paragraph.depth > 0 else 0
    if depth > _MAX_DEPTH:
        raise DamagedWordError(f"tables nested {depth} deep")
    if paragraph.mark == _CELL_MARK and depth != 1:
        raise DamagedWordError("a cell mark stands outside of a table")
    return depth


def _end_row(paragraph: WordParagraph, level: _Level) -> None:
    if level.items or paragraph.text.strip():
        raise DamagedWordError("a row ends within a cell")
    if not paragraph.deleted or any(item != "" for cell in level.cells for item in cell):
        columns = paragraph.columns
        merges = tuple(map(Merge, columns.horizontal, columns.vertical))
        level.rows.append(WordRow(tuple(level.cells), tuple(columns.edges), merges))
    level.cells = []
