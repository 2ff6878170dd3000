"""Cells that hold no figure, judged together: is there one filling with which all relations hold, and what must it be?

Bounds decide nearly all of it; what they leave is filled cell by cell, and what cannot be filled so is asked of an
exact solver. Blanks that share no relation, not even by way of other blanks, have nothing to do with each other: each
such part is judged apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from govstats.model.bounds import TOLERANCE, Bounds, Floats, Indices, Mask, narrowed, widest
from govstats.model.exact import Solution, solution
from govstats.model.forms import TableForm

_STACK = 2048
_STEPS = 120
"""So many cells are set one after the other in the search for a filling."""
_WAYS = 4
"""So many fillings are made to see which blanks may differ."""
_PASSES = 4
_AT, _FAR = 1e-6, 1e5


class Judged(NamedTuple):
    """N × relations: those in a part that no filling saves; and those in a part of which it could not be decided."""

    hopeless: Mask
    undecided: Mask


def judge(form: TableForm, values: Floats, free: Mask) -> Judged:
    """N × cells figures (anything where free) and free cells → what can become of the relations that hold any."""
    shape = (len(values), len(form.relations))
    hopeless, undecided = np.zeros(shape, dtype=bool), np.zeros(shape, dtype=bool)
    for first in range(0, len(values), _STACK):
        block = slice(first, first + _STACK)
        bounds = narrowed(form, *widest(form, values[block], free[block]), free[block])
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
    held = np.abs(form.matrix) * free
    adjacent = (held @ held.T > 0) | np.eye(len(held), dtype=bool)
    left = asked.copy()
    while left.any():
        part = adjacent[int(left.argmax())]
        while (wider := adjacent[part].any(axis=0)).sum() > part.sum():
            part = wider
        yield part
        left &= ~part


def _possible(form: TableForm, bounds: Bounds, free: Mask, part: Mask) -> bool | None:
    """Is there a filling for this part? None: it could not be decided."""
    if bounds.clashes[part].any():
        return False
    if _filled(form, bounds.low, bounds.high, free, part) is not None:
        return True
    found = _solved(form, bounds.low, bounds.high, free, part)
    return True if found.figures is not None else False if found.none else None


def _cells(form: TableForm, free: Mask, part: Mask) -> Indices:
    return np.flatnonzero(free & (form.matrix[part] != 0).any(axis=0))


def _solved(form: TableForm, low: Floats, high: Floats, free: Mask, part: Mask) -> Solution:
    cells, matrix = _cells(form, free, part), form.matrix[part]
    known = np.where(free, 0.0, low)
    whole = np.array([figure.number != "amount" for figure in form.figures])[cells]
    return solution(matrix[:, cells], -(matrix @ known), low[cells], high[cells], whole)


def _filled(form: TableForm, low: Floats, high: Floats, free: Mask, part: Mask, turn: int = 0) -> Floats | None:
    """A filling of this part, made cell by cell, each as high as it is asked for; None if that led nowhere."""
    matrix = form.matrix[part]
    for _ in range(_STEPS):
        sums = matrix @ low
        off = np.flatnonzero(np.abs(sums) > TOLERANCE)
        if not off.size:
            return low
        relation = int(off[turn % len(off)])
        wanted = matrix[relation] * -np.sign(sums[relation]) > 0
        open_ = np.flatnonzero(wanted & free & (high - low > TOLERANCE))
        if not open_.size:
            return None
        cell = int(open_[-1 if turn % 2 else 0])
        figure = min(float(high[cell]), float(low[cell]) + abs(float(sums[relation])))
        tried = _with(form, low, high, free, cell, figure, figure)
        if tried.clashes[part].any():
            tried = _with(form, low, high, free, cell, float(low[cell]), figure - 1)
            if tried.clashes[part].any():
                return None
        low, high = tried.low, tried.high
    return None


def _with(form: TableForm, low: Floats, high: Floats, free: Mask, cell: int, least: float, most: float) -> Bounds:
    """The bounds with one cell between narrower ones."""
    low, high = low.copy(), high.copy()
    low[cell], high[cell] = least, most
    found = narrowed(form, low[None], high[None], free[None], _PASSES)
    return Bounds(found.low[0], found.high[0], found.clashes[0])


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

    Relations that hold no free cell are not looked at.
    """
    form = form if used is None or used.all() else form.with_relations(tuple(np.flatnonzero(used).tolist()))
    low, high = widest(form, values, free)
    found = narrowed(form, low[None], high[None], free[None])
    bounds = Bounds(found.low[0], found.high[0], found.clashes[0])
    if bounds.clashes.any():
        return None
    must, decided = _settled(form, bounds, free, np.ones(len(form.relations), dtype=bool)), True
    loose = free & ~bounds.settled & form.matrix.any(axis=0)
    for part in parts(form, free, (np.abs(form.matrix) @ loose > 0) | _off(form, bounds.low[None], free[None])[0]):
        more = _must(form, bounds, free, part)
        if more is None:
            return None
        must |= more[0]
        decided &= more[1]
    return Filling(must, bounds.low, bounds.high, decided)


def _settled(form: TableForm, bounds: Bounds, free: Mask, part: Mask) -> dict[int, float]:
    cells = [cell for cell in _cells(form, free, part).tolist() if bounds.high[cell] - bounds.low[cell] < TOLERANCE]
    return {cell: float(np.round(bounds.low[cell], 6)) for cell in cells}


def _must(form: TableForm, bounds: Bounds, free: Mask, part: Mask) -> tuple[dict[int, float], bool] | None:
    """The loose cells of a part that hold the same figure in every filling, and if all of them are known.

    None if there is no filling.
    """
    low, high, cells = bounds.low, bounds.high, _cells(form, free, part)
    fillings = [each for turn in range(_WAYS) if (each := _filled(form, low, high, free, part, turn)) is not None]
    if not fillings:
        found = _solved(form, low, high, free, part)
        if found.figures is None:
            return None if found.none else ({}, False)
        fillings = [low.copy()]
        fillings[0][cells] = found.figures
    middle = np.mean(fillings, axis=0)
    matrix, loose = form.matrix[part][:, cells], (high - low)[cells] > TOLERANCE
    rising, falling = loose & (middle - low < _AT)[cells], loose & (high - middle < _AT)[cells]
    moving = _moving(matrix, loose & ~rising & ~falling)
    if (loose & ~moving).any() and (rising | falling).any():
        turned = _turned(matrix, loose, rising, falling)
        if turned is None:
            return {}, False
        moving = _moving(matrix, (loose & ~rising & ~falling) | turned)
    told = cells[loose & ~moving].tolist()
    return {cell: float(np.round(fillings[0][cell], 6)) for cell in told}, True


def _moving(matrix: Floats, within: Mask) -> Mask:
    """Which of the cells that may both rise and fall can do so without any relation noticing?"""
    moving = np.zeros(len(within), dtype=bool)
    if within.any():
        *_, sizes, ways = np.linalg.svd(matrix[:, within])
        rank = int((sizes > _AT).sum())
        moving[within] = (np.abs(ways[rank:]) > _AT).any(axis=0)
    return moving


def _turned(matrix: Floats, loose: Mask, rising: Mask, falling: Mask) -> Mask | None:
    """Which of the cells at one of their bounds can leave it? None: it could not be decided.

    Each of them moves by what counts, up to 1, and by what does not: so that all that can leave do so together.
    """
    edge = rising | falling
    low = np.where(loose & ~rising, -_FAR, 0.0)
    high = np.where(loose & ~falling, _FAR, 0.0)
    counted = np.where(rising[edge], -1.0, 1.0)
    found = solution(
        np.hstack([matrix, matrix[:, edge]]),
        np.zeros(len(matrix)),
        np.append(low, np.minimum(-counted, 0.0) * (counted > 0)),
        np.append(high, np.maximum(-counted, 0.0)),
        np.zeros(len(low) + len(counted), dtype=bool),
        np.append(np.zeros(len(low)), counted),
    )
    if found.figures is None:
        return None
    turned = edge.copy()
    turned[edge] = np.abs(found.figures[len(low) :]) > _AT
    return turned
