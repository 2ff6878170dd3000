"""A residual → the smallest repair of any number of cells, by integer programming. By scipy, as `model.exact`.

Each cell's change is a variable, bounded by the size of the residual where a binary variable says that it is changed;
the binaries are minimised. A second run forbids the first answer and may not be worse: if there is none, that was
unique. Neither branches: what is not decided without is given up, and said so.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np

from govstats.diagnosis.repairs import Repair
from govstats.diagnosis.system import TOLERANCE, Floats, Indices, Mask, System
from govstats.model.exact import available, silence

_NODES = 1
"""Nodes that are searched before giving up: a bound that is the same on every machine. Half of a search is at the root,
and of 48 tables with four to eight wrong cells just one needs more."""
_OPTIMAL, _INFEASIBLE = 0, 2


class Solved(NamedTuple):
    """The smallest repair, and if it is not the only one so small, another.

    `decided`: if it is one alone, there is surely no other; if none, none at all."""

    repairs: tuple[Repair, ...]
    decided: bool = True


class _Optimum(NamedTuple):
    repair: Repair | None
    decided: bool


def solve(system: System, residual: Floats, values: Floats, editable: Mask, most: int) -> Solved:
    """The smallest repairs of at most so many cells.

    Figures are whole and not negative; a table with broken ones is not repaired, nor is any without scipy.
    """
    if most < 1 or not available() or (values != np.round(values)).any():
        return Solved(())
    cells = np.flatnonzero(editable & system.matrix.any(axis=0))
    first = _optimum(system, residual, values, cells, most)
    if first.repair is None:
        return Solved((), first.decided)
    changed = frozenset(cell for cell, _ in first.repair)
    second = _optimum(system, residual, values, cells, len(first.repair), changed)
    found = (first.repair,) if second.repair is None else (first.repair, second.repair)
    return Solved(found, first.decided and second.decided)


def _optimum(
    system: System, residual: Floats, values: Floats, cells: Indices, most: int, but: frozenset[int] = frozenset()
) -> _Optimum:
    """The smallest repair of at most so many cells, and not of just these."""
    from scipy.optimize import Bounds, LinearConstraint, milp
    from scipy.sparse import csr_array, diags_array, eye_array, hstack

    n, size = len(cells), float(np.abs(residual).sum())
    rises, falls = np.full(n, size), np.minimum(values[cells], size)
    matrix = hstack([csr_array(system.matrix[:, cells]), csr_array((len(residual), n))])
    constraints: list[Any] = [
        LinearConstraint(matrix, -residual, -residual),
        LinearConstraint(hstack([eye_array(n), -diags_array(rises)]), -np.inf, 0),
        LinearConstraint(hstack([eye_array(n), diags_array(falls)]), 0, np.inf),
        LinearConstraint(np.append(np.zeros(n), np.ones(n))[None], 0, most),
        _one_each(system.matrix[:, cells] != 0, residual != 0),
    ]
    if but:
        chosen = np.isin(cells, sorted(but)).astype(float)
        constraints.append(LinearConstraint(np.append(np.zeros(n), chosen)[None], 0, len(but) - 1))
    with silence():
        found = milp(
            np.append(np.zeros(n), np.ones(n)),
            integrality=np.append(np.zeros(n), np.ones(n)),
            bounds=Bounds(np.append(-falls, np.zeros(n)), np.append(rises, np.ones(n))),
            constraints=constraints,
            options={"node_limit": _NODES},
        )
    if found.x is None:
        return _Optimum(None, found.status == _INFEASIBLE)
    deltas = np.round(found.x[:n])
    repair = tuple((int(cell), float(values[cell] + d)) for cell, d in zip(cells, deltas, strict=True) if d)
    exact = _holds(system, residual, values, repair)
    return _Optimum(repair if exact else None, exact and found.status == _OPTIMAL)


def _one_each(involved: Mask, failing: Mask) -> Any:
    """What is true of every repair, to make proofs short: some cell of each relation that fails is changed."""
    from scipy.optimize import LinearConstraint
    from scipy.sparse import csr_array

    rows = involved[failing].astype(np.float64)
    return LinearConstraint(csr_array(np.hstack([np.zeros_like(rows), rows])), 1, np.inf)


def _holds(system: System, residual: Floats, values: Floats, repair: Repair) -> bool:
    """The solver works within a tolerance; a repair must be exact."""
    changes = np.zeros(len(values))
    for cell, figure in repair:
        changes[cell] = figure - values[cell]
    return bool((np.abs(residual + changes @ system.columns) < TOLERANCE).all())
