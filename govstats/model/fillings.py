"""Cells that hold no figure, judged together: is there one filling with which all relations hold, and what must it be?

Bounds decide nearly all of it; what they leave is asked of the relations as a network, which is exact; a form whose
relations are none, of integer programming. Blanks that share no relation, not even by way of other blanks, have nothing
to do with each other: each such part is judged apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from govstats.model.bounds import PASSES, TOLERANCE, Bounds, Floats, Indices, Mask, narrowed, widest
from govstats.model.exact import solution
from govstats.model.forms import TableForm
from govstats.model.network import Flow, network_of

_STACK = 2048
_LOOKS = 2
"""So often bounds are narrowed before a network is asked."""
_ASKED = 40
"""Of so many cells of a form that is no network the least and the greatest figure are asked for."""


class Judged(NamedTuple):
    """N × relations: those in a part that no filling saves; and those in a part of which it could not be decided."""

    hopeless: Mask
    undecided: Mask


def judge(form: TableForm, values: Floats, free: Mask) -> Judged:
    """N × cells figures (anything where free) and free cells → what can become of the relations that hold any."""
    shape = (len(values), len(form.relations))
    hopeless, undecided = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    passes = PASSES if network_of(form) is None else _LOOKS
    for first in range(0, len(values), _STACK):
        block = slice(first, first + _STACK)
        bounds = narrowed(form, *widest(form, values[block], free[block]), free[block], passes)
        off = _off(form, bounds.low, free[block])
        for row in np.flatnonzero((off | bounds.clashes).any(axis=1)).tolist():
            one = Bounds(bounds.low[row], bounds.high[row], bounds.clashes[row])
            for part in parts(form, free[first + row], off[row] | one.clashes):
                found = _possible(form, one, free[first + row], part)
                hopeless[first + row] |= part & (found is False)
                undecided[first + row] |= part & (found is None)
    return Judged(hopeless, undecided)


def _off(form: TableForm, figures: Floats, free: Mask) -> Mask:
    """Which relations with a free cell do not hold with these figures?"""
    involved = np.abs(form.matrix).T
    off: Mask = (np.abs(figures @ form.matrix.T) > TOLERANCE) & (free @ involved > 0)
    return off


def parts(form: TableForm, free: Mask, asked: Mask) -> Iterator[Mask]:
    """Relations in parts that share no free cell, even by way of others: those parts that hold one asked for."""
    held = np.abs(form.matrix[:, free])
    adjacent = held @ held.T > 0
    left = asked.copy()
    while left.any():
        first = int(left.argmax())
        part = adjacent[first]
        part[first] = True
        while not np.array_equal(wider := adjacent[part].any(axis=0) | part, part):
            part = wider
        yield part
        left &= ~part


def _possible(form: TableForm, bounds: Bounds, free: Mask, part: Mask) -> bool | None:
    """Is there a filling for this part? None: it could not be decided."""
    if bounds.clashes[part].any():
        return False
    if (flow := _flow(form, bounds, free, part)) is not None:
        return flow.balances(form.matrix @ bounds.low, part)
    return _solvable(form, bounds, free, part)


def _cells(form: TableForm, free: Mask, part: Mask) -> Indices:
    return np.flatnonzero(free & (form.matrix[part] != 0).any(axis=0))


def _flow(form: TableForm, bounds: Bounds, free: Mask, part: Mask) -> Flow | None:
    network = network_of(form)
    return network and Flow(network, bounds.low, bounds.high, _cells(form, free, part))


class Filling(NamedTuple):
    """What the free cells of one table hold if all relations are to hold: `must` maps those that have one figure in
    every filling to it; `low` and `high` bound the others. `decided`: whether there is a filling is known, and so is
    what must be."""

    must: dict[int, float]
    low: Floats
    high: Floats
    decided: bool = True


def filling(form: TableForm, values: Floats, free: Mask, used: Mask | None = None) -> Filling | None:
    """One table's figures and free cells → its Filling, for all relations or those `used`; None if there is none.

    The relations that are not used must share no free cell with the others. Relations without one are not looked at.
    """
    used = np.ones(len(form.relations), dtype=bool) if used is None else used
    free = free & form.matrix[used].any(axis=0)
    low, high = widest(form, values, free)
    found = narrowed(form, low[None], high[None], free[None])
    bounds = Bounds(found.low[0], found.high[0], found.clashes[0] & used)
    if bounds.clashes.any():
        return None
    must, decided = bounds.figures(tuple(np.flatnonzero(free).tolist())), True
    open_ = (np.abs(form.matrix) @ (free & ~bounds.settled) > 0) | _off(form, bounds.low[None], free[None])[0]
    for part in parts(form, free, open_ & used):
        more = _must(form, bounds, free, part)
        if more is None:
            return None
        must |= more[0]
        decided &= more[1]
    return Filling(must, bounds.low, bounds.high, decided)


def _must(form: TableForm, bounds: Bounds, free: Mask, part: Mask) -> tuple[dict[int, float], bool] | None:
    """The loose cells of a part that hold the same figure in every filling, and if all of them are known.

    None if there is no filling.
    """
    cells = [cell for cell in _cells(form, free, part).tolist() if not bounds.settled[cell]]
    if (flow := _flow(form, bounds, free, part)) is None:
        return _must_by_limits(form, bounds, free, part, cells)
    if not flow.balances(form.matrix @ bounds.low, part):
        return None
    different = flow.may_differ(cells)
    return {cell: float(np.round(flow.figures[cell], 6)) for cell in cells if cell not in different}, True


def _must_by_limits(
    form: TableForm, bounds: Bounds, free: Mask, part: Mask, cells: list[int]
) -> tuple[dict[int, float], bool] | None:
    """The same of a form that is no network: those whose least figure is their greatest."""
    possible = _solvable(form, bounds, free, part)
    if not possible:
        return None if possible is False else ({}, False)
    must = {}
    for cell in cells[:_ASKED]:
        limits = [_limit(form, bounds, free, part, cell, sign) for sign in (1.0, -1.0)]
        if limits[0] is not None and limits[0] == limits[1]:
            must[cell] = limits[0]
    return must, len(cells) <= _ASKED


def _solvable(form: TableForm, bounds: Bounds, free: Mask, part: Mask) -> bool | None:
    found = solution(*_program(form, bounds, free, part))
    return True if found.figures is not None else False if found.none else None


def _limit(form: TableForm, bounds: Bounds, free: Mask, part: Mask, cell: int, sign: float) -> float | None:
    """The least figure of a cell, or with the sign −1 the greatest; None if it was not found."""
    aim = sign * (_cells(form, free, part) == cell)
    found = solution(*_program(form, bounds, free, part), aim)
    return None if found.figures is None else float(np.round(found.figures[aim != 0][0], 6))


def _program(form: TableForm, bounds: Bounds, free: Mask, part: Mask) -> tuple[Floats, Floats, Floats, Floats, Mask]:
    """The cells of a part as unknowns: matrix, sums, least and greatest figures, which are whole."""
    cells, matrix = _cells(form, free, part), form.matrix[part]
    known = np.where(free, 0.0, bounds.low)
    whole = np.array([figure.number != "amount" for figure in form.figures])[cells]
    return matrix[:, cells], -(matrix @ known), bounds.low[cells], bounds.high[cells], whole
