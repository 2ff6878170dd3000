"""What the cells of a table may show, and its relations → the readings for which picture and relations speak together.

By integer programming: one reading for each cell, at the cost of what speaks against it; a relation that does not hold
costs as well, since an agency errs, too. By scipy, as `diagnosis.milp`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.model.exact import available, silence
from govstats.model.forms import TableForm
from govstats.proving.candidates import Candidate, Candidates
from govstats.text.figures import State

TOLERANCE = 1e-6
_TAKEN = 4.6
"""ln 100: a reading that is so many times less probable than the first is taken where all relations ask for it."""
_APART = 4.6
"""What all others must be behind the chosen readings, together."""
_WITHIN = 12.0
"""Readings further behind the first are not thought of: the picture is clear."""
_BROKEN = 9.0
"""What a relation costs that does not hold."""
_NODES = 50


@dataclass(frozen=True, slots=True)
class Choice:
    """Readings that are taken instead of the most probable ones; `open`: cells of which no reading is beyond doubt."""

    taken: Mapping[int, Candidate] = field(default_factory=dict)
    open: frozenset[int] = frozenset()


class _Move(NamedTuple):
    """Another reading of a cell: what it changes, and what speaks against it more than against the first."""

    cell: int
    candidate: Candidate
    change: float
    cost: float


def choose(
    form: TableForm,
    values: NDArray[np.float64],
    states: NDArray[np.uint8],
    options: Mapping[int, Candidates],
) -> Choice:
    """The readings of one table, given its most probable ones."""
    known = (states == State.NUMBER) | (states == State.ZERO)
    lost = (states == State.UNREADABLE) | (states == State.ABSENT)
    figures = np.where(known, values, 0.0)
    usable = ~((form.matrix != 0) & lost).any(axis=1)
    matrix = form.matrix[usable]
    residual = matrix @ figures
    moves = _moves(options, matrix)
    if not moves:
        return Choice()
    if not available():
        return Choice(open=frozenset(move.cell for move in moves if not options[move.cell].clear))
    first = _cheapest(matrix, residual, moves)
    if first is None:
        return Choice(open=frozenset(move.cell for move in moves))
    chosen, cost = first
    second = _cheapest(matrix, residual, moves, but=chosen)
    rivals = second[0] if second is not None and second[1] - cost < _APART else None
    contested = (
        {move.cell for move in (*chosen, *(rivals or ())) if (move in chosen) != (move in rivals)}
        if rivals is not None
        else set()
    )
    held = np.abs(residual + sum((matrix[:, move.cell] * move.change for move in chosen), np.zeros(len(residual))))
    for move in chosen:
        whole = held[matrix[:, move.cell] != 0].max(initial=0) < TOLERANCE
        if move.cost > _TAKEN or not whole:
            contested.add(move.cell)
    taken = {move.cell: move.candidate for move in chosen if move.cell not in contested}
    return Choice(taken, frozenset(contested))


def _moves(options: Mapping[int, Candidates], matrix: NDArray[np.float64]) -> list[_Move]:
    return [
        _Move(at, other, _value(other) - _value(each.best), other.against - each.best.against)
        for at, each in options.items()
        if each.best is not None and matrix[:, at].any()
        for other in each.each[1:]
        if other.against - each.best.against < _WITHIN and _value(other) != _value(each.best)
    ]


def _value(candidate: Candidate) -> float:
    """What a reading counts: a mark is 0."""
    figure = candidate.figure
    return figure.value if figure.state in (State.NUMBER, State.ZERO) else 0.0


def _cheapest(
    matrix: NDArray[np.float64], residual: NDArray[np.float64], moves: list[_Move], but: list[_Move] | None = None
) -> tuple[list[_Move], float] | None:
    """The moves of the least cost, and the cost; or of the least but for those. None if it cannot be decided."""
    from scipy.optimize import Bounds, LinearConstraint, milp

    relations, n = len(residual), len(moves)
    changes = np.column_stack([matrix[:, move.cell] * move.change for move in moves])
    bound = np.abs(residual) + np.abs(changes).sum(axis=1) + 1
    broken = np.diag(bound)
    constraints: list[Any] = [
        LinearConstraint(np.hstack([changes, -broken]), -np.inf, -residual + TOLERANCE / 2),
        LinearConstraint(np.hstack([changes, broken]), -residual - TOLERANCE / 2, np.inf),
    ]
    cells = sorted({move.cell for move in moves})
    once = np.array([[move.cell == cell for move in moves] for cell in cells], dtype=float)
    constraints.append(LinearConstraint(np.hstack([once, np.zeros((len(cells), relations))]), 0, 1))
    if but is not None:
        sign = np.array([-1.0 if move in but else 1.0 for move in moves])
        constraints.append(LinearConstraint(np.append(sign, np.zeros(relations))[None], 1 - len(but), np.inf))
    with silence():
        found = milp(
            np.append([move.cost for move in moves], np.full(relations, _BROKEN)),
            integrality=np.ones(n + relations),
            bounds=Bounds(0, 1),
            constraints=constraints,
            options={"node_limit": _NODES},
        )
    if found.x is None or found.status != 0:
        return None
    picked = [move for move, x in zip(moves, found.x, strict=False) if x > 0.5]
    return picked, float(found.fun)
