"""A residual → all smallest repairs of up to three cells, by peeling.

Complete: if some cells explain a residual and no fewer do, some failing relation holds just one of them (a test asks
this of every pair and triple of cells of every form). That relation tells the cell's change; the rest is a smaller
case.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product

import numpy as np

from govstats.diagnosis.system import Floats, Found, Mask, System

MOST_CELLS = 3
_PLENTY = 1e6

Repair = tuple[tuple[int, float], ...]
"""Cells (positions, ascending) and the figures they should hold."""


def smallest_repairs(
    system: System, residual: Floats, values: Floats, editable: Mask, limit: int = MOST_CELLS
) -> list[Repair]:
    """All repairs with the least number of cells, up to `limit`; empty if none is so small.

    Figures are not negative; only `editable` cells are changed.
    """
    search = _Search(system, values, editable)
    for cells in range(1, limit + 1):
        found = search.repairs(residual[None], cells)
        if found:
            return sorted(found)
    return []


@lru_cache(maxsize=8192)
def is_vouched(system: System, cell: int) -> bool:
    """Do relations that do not depend on each other ask for a cell's figure? Not if one or two other cells, put
    differently, come to the same whatever they hold."""
    others = np.arange(system.matrix.shape[1]) != cell
    plenty = np.full(len(others), _PLENTY)
    return not smallest_repairs(system, system.columns[cell], plenty, others, 2)


def repairs_apart(
    system: System, residual: Floats, values: Floats, editable: Mask, limit: int = MOST_CELLS
) -> list[list[Repair]] | None:
    """As `smallest_repairs`, for each component that fails apart; None if one of them needs more cells."""
    parts = []
    for component in system.components:
        part = np.where(component, residual, 0)
        if part.any():
            parts.append(smallest_repairs(system, part, values, editable, limit))
    return parts if all(parts) else None


def joined(parts: list[list[Repair]], most: int) -> list[Repair]:
    """One repair of each part together, in all ways, but no more than `most` of them."""
    ways = zip(product(*parts), range(most), strict=False)
    return [tuple(sorted(pair for repair in chosen for pair in repair)) for chosen, _ in ways]


class _Search:
    """Down the levels: peel one cell, then look for a repair of the rest."""

    def __init__(self, system: System, values: Floats, editable: Mask) -> None:
        self._system, self._values, self._editable = system, values, editable

    def repairs(self, residuals: Floats, cells: int) -> set[Repair]:
        if cells > 1 and not self._system.within_reach(residuals, cells)[0]:
            return set()
        return {repair for chain in self._chains(residuals, cells) if (repair := self._repair(chain))}

    def _chains(self, residuals: Floats, cells: int) -> list[list[tuple[int, float]]]:
        """Changes that, one after the other, leave no residual."""
        path: list[Found] = []
        while cells > 1:
            step = self._allowed(self._system.peel(residuals))
            left = self._system.after(residuals, step)
            if cells > 2:
                kept = self._system.within_reach(left, cells - 1)
                step, left = step.where(kept), left[kept]
            path.append(step)
            residuals, cells = left, cells - 1
        return [list(_back(path, *last)) for last in _entries(self._allowed(self._system.singles(residuals)))]

    def _allowed(self, found: Found) -> Found:
        return found.where(self._editable[found.cells] & (self._values[found.cells] + found.deltas >= 0))

    def _repair(self, chain: list[tuple[int, float]]) -> Repair | None:
        """The chain as a repair; None if it comes to the same cell twice: then fewer cells would do."""
        if len({cell for cell, _ in chain}) < len(chain):
            return None
        return tuple(sorted((cell, float(self._values[cell] + delta)) for cell, delta in chain))


def _entries(found: Found) -> list[tuple[int, int, float]]:
    return list(zip(found.rows.tolist(), found.cells.tolist(), found.deltas.tolist(), strict=True))


def _back(path: list[Found], row: int, cell: int, delta: float) -> list[tuple[int, float]]:
    """The changes that led to one, and that one."""
    chain = [(cell, delta)]
    for step in reversed(path):
        chain.append((int(step.cells[row]), float(step.deltas[row])))
        row = int(step.rows[row])
    return chain
