"""Ink of one table → the RuledTable: its rows, with covered positions that repeat the text of what covers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import product

from govstats.model.document import GridRow, Span
from govstats.model.recognised import Look
from govstats.readers.pdf.box import Box, Places, SeenGlyph
from govstats.readers.pdf.cells import Cell, cells_of
from govstats.readers.pdf.celltext import cell_texts
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.lattice import MAX_CELLS, Lattice
from govstats.readers.pdf.ruling import outline


@dataclass(frozen=True)
class RuledTable:
    """A table: its ink, its outline, its merged cells, what lies where; `sound` if all cells are whole rectangles."""

    ink: Ink
    box: Box
    lattice: Lattice
    cells: list[Cell]
    places: Places
    kept: tuple[list[bool], list[bool]]
    """Which rows and which columns of the lattice are such, and no gaps between borders."""
    sound: bool

    @property
    def height(self) -> int:
        """How many rows it has."""
        return sum(self.kept[0])

    @cached_property
    def rows(self) -> tuple[GridRow, ...]:
        """What it says. Not asked of a table that turns out to be a piece of another."""
        texts = cell_texts(self.places, self.ink, self.lattice, self.cells)
        pairs = zip(self.cells, texts, strict=True)
        kept = [(cell, text) for each, text in pairs if (cell := each.without(*self.kept))]
        return tuple(_rows(kept, self.height, sum(self.kept[1])))

    def looks(self) -> Iterator[tuple[int, int, Look]]:
        """The row and column (from 0) of each figure that was recognised in a picture, and what was seen of it."""
        seen = {place: each.look for each, place in self.places.items() if isinstance(each, SeenGlyph) and each.look}
        for cell in self.cells if seen else ():
            look = next((seen[place] for place in product(*cell.places) if place in seen), None)
            kept = cell.without(*self.kept)
            if look is not None and kept is not None:
                yield kept.row, kept.column, look


def build(ink: Ink) -> RuledTable | None:
    """The rulings and glyphs of one table → the table; None if it has a single column, or is beyond all bounds."""
    lattice = Lattice(ink.rulings)
    rows, columns = lattice.shape
    if columns < 2 or rows < 1 or rows * columns > MAX_CELLS:
        return None
    cells, sound = cells_of(lattice)
    if len(cells) < 2:
        return None
    places = lattice.places(ink.glyphs)
    kept = lattice.room(places)
    if sum(kept[1]) < 2:
        return None
    return RuledTable(ink, outline(ink.rulings), lattice, cells, places, kept, sound)


def _rows(cells: list[tuple[Cell, str]], rows: int, columns: int) -> Iterator[GridRow]:
    """Cells → rows, in which a covered position repeats the text and says what covers it."""
    grid = [[""] * columns for _ in range(rows)]
    spans = [[Span.OWN] * columns for _ in range(rows)]
    for cell, text in cells:
        for row in range(cell.row, cell.last_row + 1):
            for column in range(cell.column, cell.last_column + 1):
                grid[row][column] = text
                spans[row][column] = _span(cell, row, column)
    for number in range(rows):
        yield GridRow(number + 1, tuple(grid[number]), tuple(spans[number]))


def _span(cell: Cell, row: int, column: int) -> Span:
    if row > cell.row:
        return Span.FROM_ABOVE
    return Span.FROM_LEFT if column > cell.column else Span.OWN
