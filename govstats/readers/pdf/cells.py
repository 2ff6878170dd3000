"""A lattice → its merged cells in reading order, and whether each of them is a whole rectangle."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product
from typing import NamedTuple

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.lattice import Bools, Lattice


class Cell(NamedTuple):
    """A merged cell: its first and last row, its first and last column."""

    row: int
    last_row: int
    column: int
    last_column: int

    @property
    def down(self) -> slice:
        """Its rows."""
        return slice(self.row, self.last_row + 1)

    @property
    def across(self) -> slice:
        """Its columns."""
        return slice(self.column, self.last_column + 1)

    @property
    def places(self) -> tuple[range, range]:
        """The rows and the columns of the lattice that it covers."""
        return range(self.row, self.last_row + 1), range(self.column, self.last_column + 1)

    def without(self, rows: Sequence[bool], columns: Sequence[bool]) -> Cell | None:
        """The cell in a lattice of which only some rows and columns are kept; None if nothing of it is left."""
        row, column = sum(rows[: self.row]), sum(columns[: self.column])
        last_row, last_column = sum(rows[: self.last_row + 1]) - 1, sum(columns[: self.last_column + 1]) - 1
        return Cell(row, last_row, column, last_column) if last_row >= row and last_column >= column else None

    def box(self, lattice: Lattice) -> Box:
        """Where it lies."""
        xs, ys = lattice.xs, lattice.ys
        return Box(xs[self.column], ys[self.row], xs[self.last_column + 1], ys[self.last_row + 1])


def cells_of(lattice: Lattice) -> tuple[list[Cell], bool]:
    """The merged cells, in reading order; and whether their borders are drawn all around."""
    rows, columns = lattice.shape
    taken = [[False] * columns for _ in range(rows)]
    found = []
    for row, column in product(range(rows), range(columns)):
        if not taken[row][column]:
            cell = _grown(lattice, row, column, taken)
            across, marks = cell.across, [True] * (cell.last_column + 1 - column)
            for each in taken[cell.down]:
                each[across] = marks
            found.append(cell)
    return found, all(_is_closed(lattice, cell) for cell in found)


def _grown(lattice: Lattice, row: int, column: int, taken: Bools) -> Cell:
    """The cell that begins here, grown to the right, then down, as far as no border stops it."""
    rows, columns = lattice.shape
    right, below = lattice.right, lattice.below
    last = column
    while last + 1 < columns and not right[last + 1][row] and not taken[row][last + 1]:
        last += 1
    across = slice(column, last + 1)
    bottom = row
    while bottom + 1 < rows and not (
        any(below[bottom + 1][across])
        or any(side[bottom + 1] for side in right[column + 1 : last + 1])
        or any(taken[bottom + 1][across])
    ):
        bottom += 1
    return Cell(row, bottom, column, last)


def _is_closed(lattice: Lattice, cell: Cell) -> bool:
    rows, columns = lattice.shape
    down, across = cell.down, cell.across
    return (
        (cell.column == 0 or all(lattice.right[cell.column][down]))
        and (cell.last_column == columns - 1 or all(lattice.right[cell.last_column + 1][down]))
        and (cell.row == 0 or all(lattice.below[cell.row][across]))
        and (cell.last_row == rows - 1 or all(lattice.below[cell.last_row + 1][across]))
    )
