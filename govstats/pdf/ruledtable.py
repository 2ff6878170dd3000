"""Ink of one table → the RuledTable: its rows, with covered positions that repeat the text of what covers them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govstats.document import GridRow, Span
from govstats.pdf.box import Box
from govstats.pdf.cells import Cell, cells_of
from govstats.pdf.celltext import cell_texts
from govstats.pdf.ink import Ink
from govstats.pdf.lattice import MAX_CELLS, Lattice
from govstats.pdf.ruling import outline


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A table: its ink and its outline. `rows` are what it says; `sound` if all cells are whole rectangles."""

    ink: Ink
    box: Box
    rows: tuple[GridRow, ...]
    sound: bool


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
    texts = cell_texts(places, ink.glyphs, lattice, cells)
    heights, widths = lattice.room(places)
    if sum(widths) < 2:
        return None
    kept = [(cell, text) for each, text in zip(cells, texts, strict=True) if (cell := each.without(heights, widths))]
    return RuledTable(ink, outline(ink.rulings), tuple(_rows(kept, sum(heights), sum(widths))), sound)


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
