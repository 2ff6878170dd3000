"""Relations of a form → System: which cell, changed by how much, would leave a given residual. All over stacks.

A *residual* is what the relations of one table come to (left minus right; 0 where a relation holds); a stack of
N tables has N × relations residuals. A cell's *signature* is the set of relations that it stands in.
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.model.forms import TableForm

Floats = NDArray[np.float64]
Indices = NDArray[np.intp]
Mask = NDArray[np.bool_]

_MIX = np.random.default_rng(0).integers(1, 1000, 512).astype(np.float64)
TOLERANCE = 1e-6
"""Counts are exact; amounts are added up in floats."""


class Found(NamedTuple):
    """Changes found in a stack, an entry each: the row of the stack, the cell (position), the change of its figure."""

    rows: Indices
    cells: Indices
    deltas: Floats

    def where(self, kept: Mask) -> Found:
        """Those that are kept."""
        return Found(self.rows[kept], self.cells[kept], self.deltas[kept])


class System:
    """A relations × cells matrix of +1 and −1 with what a search asks of it. `families` has a number per relation."""

    def __init__(self, matrix: Floats, families: NDArray[np.int64]) -> None:
        self.matrix = matrix
        self.columns: Floats = np.ascontiguousarray(matrix.T)
        self._families = families
        self._weights = _weights(len(matrix))
        members: dict[int, list[int]] = {}
        involved = matrix != 0
        for cell in np.flatnonzero(involved.any(axis=0)):
            members.setdefault(int(involved[:, cell] @ self._weights), []).append(int(cell))
        self._keys = np.array(sorted(members), dtype=np.int64)
        self._members = _padded([members[int(key)] for key in self._keys])
        self._lead = involved.argmax(axis=0) if len(matrix) else np.zeros(matrix.shape[1], dtype=np.intp)
        self._counts = involved.sum(axis=1)
        self._starts = np.cumsum(self._counts) - self._counts
        self._cells = np.nonzero(involved)[1]

    @cached_property
    def components(self) -> tuple[Mask, ...]:
        """Relations in groups that share no cells, even by way of others: a boolean per relation each."""
        adjacent = np.abs(self.matrix) @ np.abs(self.matrix).T > 0
        groups: list[Mask] = []
        left = np.ones(len(self.matrix), dtype=bool)
        while left.any():
            group = adjacent[int(left.argmax())]
            while (wider := adjacent[group].any(axis=0)).sum() > group.sum():
                group = wider
            groups.append(group)
            left &= ~group
        return tuple(groups)

    @cached_property
    def _family_limits(self) -> tuple[Floats, Floats]:
        """Relations × families, and in how many relations of each family a cell stands at most."""
        of_family = (self._families[:, None] == np.unique(self._families)).astype(float)
        return of_family, ((self.columns != 0) @ of_family).max(axis=0, initial=0)

    @cached_property
    def mixed(self) -> Floats:
        """What each cell counts in a mix of all relations: 0 in all where the mix is, but for a chance."""
        mixed: Floats = self.columns @ _MIX[: len(self.matrix)]
        return mixed

    def residuals(self, values: Floats) -> Floats:
        """N × cells figures → N × relations residuals; what is 0 but for rounding is 0."""
        residuals: Floats = values @ self.columns
        residuals[np.abs(residuals) < TOLERANCE] = 0
        return residuals

    def within_reach(self, residuals: Floats, cells: int) -> Mask:
        """Which rows of the stack could be put right by so many cells, going by the number of failing relations."""
        of_family, most = self._family_limits
        within: Mask = ((residuals != 0) @ of_family <= cells * most).all(axis=1)
        return within

    def singles(self, residuals: Floats) -> Found:
        """Each row's cells of which one, changed by the delta, makes all relations hold."""
        if not len(self._keys):
            nothing = np.zeros(0, dtype=np.intp)
            return Found(nothing, nothing, np.zeros(0))
        signatures = (residuals != 0) @ self._weights
        at = np.searchsorted(self._keys, signatures)
        at[at == len(self._keys)] = 0
        rows = np.flatnonzero(self._keys[at] == signatures)
        members = self._members[at[rows]]
        turn, slot = np.nonzero(members >= 0)
        rows, cells = rows[turn], members[turn, slot]
        lead = self._lead[cells]
        deltas = -residuals[rows, lead] / self.matrix[lead, cells]
        left = residuals[rows] + self.columns[cells] * deltas[:, None]
        return Found(rows, cells, deltas).where((np.abs(left) < TOLERANCE).all(axis=1))

    def peel(self, residuals: Floats) -> Found:
        """Each row's cells with the change that makes one of its failing relations hold."""
        rows, relations = np.nonzero(residuals)
        counts = self._counts[relations]
        before = np.repeat(np.cumsum(counts) - counts, counts)
        rows, relations = np.repeat(rows, counts), np.repeat(relations, counts)
        cells = self._cells[self._starts[relations] + np.arange(len(relations)) - before]
        return Found(rows, cells, -residuals[rows, relations] / self.matrix[relations, cells])

    def after(self, residuals: Floats, found: Found) -> Floats:
        """The residuals that are left after each change."""
        left: Floats = residuals[found.rows] + self.columns[found.cells] * found.deltas[:, None]
        left[np.abs(left) < TOLERANCE] = 0
        return left


def system_of(form: TableForm, kept: Mask | None = None) -> System:
    """The System of a form, or of those of its relations that are kept."""
    return _system(form, None if kept is None or kept.all() else kept.tobytes())


@lru_cache(maxsize=128)
def _system(form: TableForm, kept: bytes | None) -> System:
    families = np.array([relation.family for relation in form.relations], dtype=np.int64)
    if kept is None:
        return System(form.matrix, families)
    mask = np.frombuffer(kept, dtype=bool)
    return System(form.matrix[mask], families[mask])


def _weights(relations: int) -> NDArray[np.int64]:
    """Numbers whose sums tell sets of relations apart: powers of two, or by chance where there are too many."""
    if relations <= 62:
        return np.int64(1) << np.arange(relations, dtype=np.int64)
    return np.random.default_rng(0).integers(1, 2**62, relations)


def _padded(lists: list[list[int]]) -> Indices:
    """Lists as the rows of one array, filled up with −1."""
    made = np.full((len(lists), max(map(len, lists), default=0)), -1, dtype=np.intp)
    for row, each in zip(made, lists, strict=True):
        row[: len(each)] = each
    return made
