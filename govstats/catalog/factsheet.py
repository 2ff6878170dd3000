"""TableForm → its fact sheet: how many relations, their rank, what they can detect, locate and derive.

Seen as a code, a table is valid iff matrix · cells = 0. The *minimum distance* is the smallest number
of cells that can be changed together without breaking any relation.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from govstats.model.forms import CellKey, TableForm

_SEARCHED = 5


@dataclass(frozen=True, slots=True)
class FactSheet:
    """Facts about one table's relations. `distance` is None if it is larger than what was searched (5)."""

    cells: int
    relations: int
    rank: int
    distance: int | None
    free_cells: tuple[CellKey, ...]

    @property
    def detects(self) -> int | None:
        """Any so many wrong cells break at least one relation."""
        return None if self.distance is None else self.distance - 1

    @property
    def locates(self) -> int | None:
        """Any so many wrong cells can be found again without a tie."""
        return None if self.distance is None else (self.distance - 1) // 2

    @property
    def derives(self) -> int | None:
        """Any so many blanks can be derived from the rest."""
        return self.detects


def fact_sheet(form: TableForm) -> FactSheet:
    """The facts of a table, computed from its matrix. A table without relations has distance 1: nothing is checked."""
    matrix = form.matrix
    return FactSheet(
        cells=len(form.cells),
        relations=len(form.relations),
        rank=int(np.linalg.matrix_rank(matrix)) if form.relations else 0,
        distance=minimum_distance(matrix, _SEARCHED),
        free_cells=form.free_cells,
    )


def minimum_distance(matrix: NDArray[np.float64], limit: int) -> int | None:
    """The least number of linearly dependent columns, or None if it is above `limit`. Exact for small integers."""
    if matrix.shape[0] == 0:
        return 1 if matrix.shape[1] else None
    return next((size for size in range(1, limit + 1) if _has_dependent(matrix, size)), None)


def _has_dependent(matrix: NDArray[np.float64], size: int) -> bool:
    """Are there `size` dependent columns? Chooses the first, eliminates it from the later ones, and asks again."""
    if size == 1:
        return bool(np.any(matrix.any(axis=0) == 0))
    if size == 2:
        return _has_parallel(matrix)
    return any(
        _has_dependent(_eliminate(matrix[:, first:]), size - 1)
        for first in range(matrix.shape[1] - size + 1)
        if matrix[:, first].any()
    )


def _eliminate(matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The columns after the first, modulo the first."""
    pivot = int(np.flatnonzero(matrix[:, 0])[0])
    factors = matrix[pivot, 1:] / matrix[pivot, 0]
    return np.round(np.delete(matrix[:, 1:] - np.outer(matrix[:, 0], factors), pivot, axis=0), 9)


def _has_parallel(matrix: NDArray[np.float64]) -> bool:
    """Is one column a multiple of another (or zero)?"""
    nonzero = matrix != 0
    if np.any(nonzero.any(axis=0) == 0):
        return True
    leading = matrix[nonzero.argmax(axis=0), np.arange(matrix.shape[1])]
    scaled = np.round(matrix / leading, 9) + 0.0
    different, columns = np.unique(scaled, axis=1).T, matrix.T
    return len(different) < len(columns)
