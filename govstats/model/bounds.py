"""A stack of tables of one form → what their relations leave to cells that hold no figure: the least and the greatest.

Propagation: a relation whose other cells lie between bounds bounds each of its cells, over and over. It is sound and
cheap; what it cannot see, `fillings` decides.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.model.forms import TableForm

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]

UNBOUNDED = 2.0**40
TOLERANCE = 1e-3
"""Bounds are sums with `UNBOUNDED` among them: exact to 2**-12."""
PASSES = 25


class Links(NamedTuple):
    """A form's relations from the side of the cells: `above` and `below` say where, in the sums of all relations, stand
    those that bound a cell (cells × the most relations of one)."""

    plus: Floats
    minus: Floats
    above: Indices
    below: Indices


@lru_cache(maxsize=64)
def links_of(form: TableForm) -> Links:
    """The links of a form."""
    matrix = form.matrix
    number = len(matrix)
    most = int((matrix != 0).sum(axis=0).max(initial=1))
    above = np.full((most, len(form.cells)), 2 * number, dtype=np.intp)
    below = above.copy()
    for cell in range(len(form.cells)):
        for slot, relation in enumerate(np.flatnonzero(matrix[:, cell])):
            left = matrix[relation, cell] > 0
            above[slot, cell] = relation if left else number + relation
            below[slot, cell] = number + relation if left else relation
    columns = np.ascontiguousarray(matrix.T)
    return Links(columns.clip(min=0), (-columns).clip(min=0), above, below)


class Bounds(NamedTuple):
    """The least and the greatest figure (N × cells, or the cells of one table); and the relations (N × relations, or
    those of one) that contradict each other."""

    low: Floats
    high: Floats
    clashes: Mask

    @property
    def settled(self) -> Mask:
        """The cells that can hold but one figure."""
        settled: Mask = self.high - self.low < TOLERANCE
        return settled

    def figures(self, cells: tuple[int, ...]) -> dict[int, float]:
        """Those of the cells of one table that are settled, with their figures."""
        return {cell: float(np.round(self.low[cell], 6)) for cell in cells if self.settled[cell]}


def widest(form: TableForm, values: Floats, free: Mask) -> tuple[Floats, Floats]:
    """Known cells as they are; free ones from 0 (a change: from anything) to anything."""
    return np.where(free, lowest(form), values), np.where(free, UNBOUNDED, values)


@lru_cache(maxsize=64)
def lowest(form: TableForm) -> Floats:
    """The least that each cell may hold: 0, but for changes."""
    return np.array([-UNBOUNDED if figure.number == "change" else 0.0 for figure in form.figures])


def narrowed(form: TableForm, low: Floats, high: Floats, free: Mask, passes: int = PASSES) -> Bounds:
    """The bounds that the relations leave (N × cells each). Cells that are not free stay as they are."""
    plus, minus, above, below = links_of(form)
    at = np.flatnonzero(free.any(axis=0))
    low, high, open_ = low.copy(), high.copy(), free[:, at]
    clashes = np.zeros((len(low), plus.shape[1]), dtype=bool)
    at_above, at_below = above[:, at], below[:, at]
    nothing = np.full((len(low), 1), -2 * UNBOUNDED)
    for _ in range(passes):
        least, most = low @ plus - high @ minus, high @ plus - low @ minus
        ahead = np.concatenate([least, -most, nothing], axis=1)
        now_low, now_high = low[:, at], high[:, at]
        lower, upper = now_low, now_high
        for over, under in zip(at_above, at_below, strict=True):
            upper = np.minimum(upper, now_low - ahead[:, over])
            lower = np.maximum(lower, now_high + ahead[:, under])
        broken = open_ & (lower > upper + TOLERANCE)
        if broken.any():
            held = np.zeros(low.shape)
            held[:, at] = broken
            clashes |= held @ (plus + minus) > 0
        moved = open_ & ~broken
        lower, upper = np.where(moved, lower, now_low), np.where(moved, np.maximum(lower, upper), now_high)
        if (lower == now_low).all() and (upper == now_high).all():
            break
        low[:, at], high[:, at] = lower, upper
    return Bounds(low, high, clashes)
