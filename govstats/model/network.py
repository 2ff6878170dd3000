"""Relations as a network: each is a node, each cell an arc between the two that hold it, its figure what flows there.

Where figures for free cells are sought, flows tell whether there are any, and whether a cell could hold another; whole
bounds give whole flows. Crossed tables with one row of subtotals are such networks: of the relations that are left out
each follows from others.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from govstats.model.bounds import TOLERANCE, Floats, Indices, Mask
from govstats.model.forms import TableForm

_EXACT = 1e-9


class Arc(NamedTuple):
    """A cell seen from one of its nodes: the node at its other end, and if more flows there as its figure rises."""

    cell: int
    other: int
    rising: bool


class Network(NamedTuple):
    """`signs`: what a rising cell counts in a node (0: a relation that is left out). `spare`: left out × relations,
    weights by which all come to nothing. `ends`: cell → the node that it flows from, and to. `arcs`: of each node; the
    last one stands for all that is outside."""

    signs: Floats
    spare: Floats
    ends: tuple[tuple[int, int], ...]
    arcs: tuple[tuple[Arc, ...], ...]


@lru_cache(maxsize=64)
def network_of(form: TableForm) -> Network | None:
    """The relations of a form as a network; None if they are none."""
    kept, spare = _without_spare(form.matrix)
    signs = _signs(form.matrix, kept)
    if signs is None:
        return None
    outside = len(signs)
    ends, arcs = [], [list[Arc]() for _ in range(outside + 1)]
    for cell, column in enumerate((signs[:, None] * form.matrix).T):
        source = next(iter(np.flatnonzero(column < 0).tolist()), outside)
        goal = next(iter(np.flatnonzero(column > 0).tolist()), outside)
        ends.append((source, goal))
        if source != goal:
            arcs[source].append(Arc(cell, goal, True))
            arcs[goal].append(Arc(cell, source, False))
    return Network(signs, spare, tuple(ends), tuple(tuple(each) for each in arcs))


def _without_spare(matrix: Floats) -> tuple[Mask, Floats]:
    """The relations that are kept, so that no cell stands in more than two, where leaving out what follows from the
    others can help; and for each left out the weights by which it does."""
    kept, spare = np.ones(len(matrix), dtype=bool), []
    for relation in np.argsort(-((matrix != 0) * ((matrix != 0).sum(axis=0) > 2)).sum(axis=1), kind="stable").tolist():
        crowded = (matrix[kept] != 0).sum(axis=0) > 2
        if not kept[relation] or not (matrix[relation] != 0)[crowded].any():
            continue
        others = kept & (np.arange(len(matrix)) != relation)
        weights = np.round(np.linalg.lstsq(matrix[others].T, matrix[relation], rcond=None)[0])
        if np.array_equal(weights @ matrix[others], matrix[relation]):
            kept[relation] = False
            spare.append(np.where(kept, 0.0, 0.0))
            spare[-1][others], spare[-1][relation] = weights, -1.0
    return kept, np.array(spare).reshape(-1, len(matrix))


def _signs(matrix: Floats, kept: Mask) -> Floats | None:
    """A sign for each kept relation, so that a cell of two counts in one as much as it is taken from the other."""
    involved = (matrix != 0) & kept[:, None]
    if (involved.sum(axis=0) > 2).any() or (np.abs(matrix) > 1).any():
        return None
    signs = np.zeros(len(matrix))
    for start in np.flatnonzero(kept).tolist():
        if not signs[start]:
            signs[start] = 1.0
            _spread(matrix, involved, signs, start)
    both = (signs[:, None] * matrix)[:, involved.sum(axis=0) == 2]
    return None if both.sum(axis=0).any() else signs


def _spread(matrix: Floats, involved: Mask, signs: Floats, start: int) -> None:
    reached = [start]
    for relation in reached:  # grows while it is walked
        for cell in np.flatnonzero(involved[relation]).tolist():
            for other in np.flatnonzero(involved[:, cell] & (signs == 0)).tolist():
                signs[other] = -signs[relation] * matrix[relation, cell] * matrix[other, cell]
                reached.append(other)


class Flow:
    """Figures for the free cells of a part of the relations, sought from the least ones on: each relation that is off
    sends what it has too much to one that has too little."""

    def __init__(self, network: Network, low: Floats, high: Floats, cells: Indices) -> None:
        self._network = network
        self.figures = low.copy()
        self._up = [0.0] * len(low)
        self._down = [0.0] * len(low)
        for cell in cells.tolist():
            self._up[cell] = float(high[cell] - low[cell])

    def balances(self, sums: Floats, part: Mask) -> bool:
        """Are there figures with which the relations of the part hold, that come to these sums with the least ones?"""
        network = self._network
        own = np.where(part, sums, 0.0)
        if (np.abs(network.spare @ own) > TOLERANCE).any():
            return False
        excess = (network.signs * own).tolist()
        excess.append(-sum(excess))
        for node in [each for each, much in enumerate(excess) if much > TOLERANCE]:
            while excess[node] > TOLERANCE:
                path = self._path(node, excess)
                if not path:
                    return False
                end = path[-1].other
                much = min(excess[node], -excess[end], *(self._room(arc) for arc in path))
                self._send(path, much)
                excess[node] -= much
                excess[end] += much
        return True

    def may_differ(self, cells: Sequence[int]) -> set[int]:
        """Which of the cells could hold another figure? Those that lie on a circle with room throughout."""
        found: set[int] = set()
        for cell in cells:
            if cell not in found:
                found |= self._circle(cell)
        return found

    def _circle(self, cell: int) -> set[int]:
        source, goal = self._network.ends[cell]
        for room, start, end in ((self._up, goal, source), (self._down, source, goal)):
            if room[cell] > TOLERANCE:
                wanted = [0.0] * len(self._network.arcs)
                wanted[end] = -1.0
                if path := self._path(start, wanted, but=cell):
                    return {cell, *(arc.cell for arc in path)}
        return set()

    def _room(self, arc: Arc) -> float:
        return (self._up if arc.rising else self._down)[arc.cell]

    def _path(self, start: int, excess: list[float], but: int = -1) -> list[Arc]:
        """The fewest arcs with room that lead to a node that lacks something."""
        arcs, up, down = self._network.arcs, self._up, self._down
        came: dict[int, tuple[int, Arc] | None] = {start: None}
        reached = [start]
        for node in reached:  # grows while it is walked
            for arc in arcs[node]:
                cell, other, rising = arc
                if other in came or (up if rising else down)[cell] <= _EXACT or cell == but:
                    continue
                came[other] = node, arc
                if excess[other] < -_EXACT:
                    return _walked(came, other)
                reached.append(other)
        return []

    def _send(self, path: list[Arc], much: float) -> None:
        for arc in path:
            rise = much if arc.rising else -much
            self.figures[arc.cell] += rise
            self._up[arc.cell] -= rise
            self._down[arc.cell] += rise


def _walked(came: dict[int, tuple[int, Arc] | None], node: int) -> list[Arc]:
    path: list[Arc] = []
    while step := came[node]:
        node, arc = step
        path.append(arc)
    return path[::-1]
