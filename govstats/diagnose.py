"""One table's outcomes → Causes: what one thing, put right, explains the failing relations.

A failed sum accuses nobody. A cell is named only where a second relation agrees; otherwise both sides are shown.
The ladder: a total line that was not filled in; one wrong cell; what is left, a finding for each kind of relation.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from govstats.evaluate import Outcome, evaluate
from govstats.figures import State
from govstats.forms import Relation, TableForm
from govstats.table import Table

Vector = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cause:
    """One root cause in one table.

    `kind`: `not-filled` (a whole total line is 0 or blank), `cell` (one cell), `relation` (no cell is accused).
    `relations` are the failing ones that it explains (positions in the form); `expected` maps cells (positions)
    to the figures they should hold. `unique`: no other single change explains it. `blank`: the line is blank,
    not 0. `number` is shared by causes that hang together.
    """

    kind: str
    number: int
    relations: tuple[int, ...]
    expected: dict[int, float]
    unique: bool
    blank: bool = False


def diagnose(table: Table, outcomes: NDArray[np.uint8]) -> list[Cause]:
    """The causes in one table, totals that were not filled first. An empty list if every relation passes."""
    if not (outcomes != Outcome.PASS).any():
        return []
    return list(_Diagnosis(table, outcomes).causes())


class _Diagnosis:
    """One table under repair: `values` and `states` take up each repair, so that the next rung sees the rest."""

    def __init__(self, table: Table, outcomes: NDArray[np.uint8]) -> None:
        self.form = table.form
        self.values = table.values.copy()
        self.states = table.states.copy()
        self.outcomes = outcomes

    def causes(self) -> Iterator[Cause]:
        number = 0
        for line in _total_lines(self.form):
            cause = self._not_filled(line, number + 1)
            if cause:
                number += 1
                yield cause
        failing = np.flatnonzero(self.outcomes == Outcome.FAIL)
        unexplained: list[int] = []
        for group in _connected(self.form, failing):
            repairs = list(self._single_cells(group))
            if len(repairs) == 1:
                number += 1
                yield Cause("cell", number, tuple(group), dict(repairs), unique=True)
            else:
                unexplained += group
        for relations in _families(self.form, sorted(unexplained)):
            number += 1
            yield Cause("relation", number, relations, {}, unique=False)

    def _not_filled(self, line: _Line, number: int) -> Cause | None:
        """A total line that is 0 or blank throughout, and that its parts can fill so that more relations hold."""
        cells = list(line.cells)
        states = self.states[cells]
        empty = np.isin(states, (State.BLANK, State.MARK))
        if not (empty | (states == State.ZERO)).all():
            return None
        fills = [fill for derive in line.derivations if (fill := self._derived(derive, cells)) is not None]
        if not fills:
            return None
        touched = np.flatnonzero(self.form.matrix[:, cells].any(axis=1))
        before = self.outcomes
        trials = [self._with(cells, fill) for fill in fills]
        fill, after = min(zip(fills, trials, strict=True), key=lambda pair: _open(pair[1]))
        if _open(after) >= _open(before):
            return None
        explained = [int(r) for r in touched if before[r] != Outcome.PASS and after[r] == Outcome.PASS]
        explained.sort(key=lambda r: not self.form.relations[r].is_sum)
        confirmed = all(np.count_nonzero(self.form.matrix[:, cell]) > 1 for cell in cells)
        self.values[cells], self.states[cells] = fill, np.where(fill == 0, State.ZERO, State.NUMBER)
        self.outcomes = after
        return Cause(
            kind="not-filled",
            number=number,
            relations=tuple(explained),
            expected=dict(zip(cells, map(float, fill), strict=True)),
            unique=confirmed and bool((after[touched] == Outcome.PASS).all()),
            blank=bool(empty[fill > 0].all()),
        )

    def _derived(self, relations: tuple[int, ...], cells: list[int]) -> Vector | None:
        """What each cell of the line must be by its own relation; None if that is nothing, or impossible."""
        matrix = self.form.matrix[list(relations)]
        others = matrix.copy()
        others[:, cells] = 0
        if (np.isin(self.states, (State.UNREADABLE, State.ABSENT)) & others.any(axis=0)).any():
            return None
        derived = -(others @ np.nan_to_num(self.values)) / matrix[np.arange(len(cells)), cells] + 0.0
        return derived if (derived >= 0).all() and derived.any() else None

    def _with(self, cells: list[int], fill: Vector) -> NDArray[np.uint8]:
        """The outcomes if these cells held these figures."""
        values, states = self.values.copy(), self.states.copy()
        values[cells], states[cells] = fill, np.where(fill == 0, State.ZERO, State.NUMBER)
        trial: NDArray[np.uint8] = evaluate(self.form, values[None], states[None])[0]
        return trial

    def _single_cells(self, failing: list[int]) -> Iterator[tuple[int, float]]:
        """Every cell and figure that alone would make all failing relations hold and break none."""
        matrix = self.form.matrix
        residuals = matrix @ np.nan_to_num(self.values)
        passing = self.outcomes == Outcome.PASS
        readable = np.isin(self.states, (State.NUMBER, State.ZERO))
        in_all = matrix[failing].all(axis=0) & ~matrix[passing].any(axis=0) & readable
        for cell in np.flatnonzero(in_all):
            changes = -residuals[failing] / matrix[failing, cell]
            repaired = float(self.values[cell] + changes[0])
            if np.allclose(changes, changes[0]) and repaired >= 0:
                yield int(cell), repaired


@dataclass(frozen=True, slots=True)
class _Line:
    """A total row or column: its cells, and the families of relations that each give every cell of it."""

    cells: tuple[int, ...]
    derivations: tuple[tuple[int, ...], ...]


def _total_lines(form: TableForm) -> list[_Line]:
    """The lines of totals that the form states: what stands alone on the right of a family of sums."""
    families = [
        [(position, relation) for position, relation in numbered]
        for _, numbered in groupby(enumerate(form.relations), key=lambda pair: pair[1].family)
    ]
    return [
        _Line(cells, tuple(found for family in families if (found := _one_each(family, cells))))
        for family in families
        if all(relation.is_sum for _, relation in family)
        for cells in [tuple(relation.right[0] for _, relation in family)]
    ]


def _one_each(family: list[tuple[int, Relation]], cells: tuple[int, ...]) -> tuple[int, ...]:
    """For each cell the relation of this family that holds it and no other cell of the line; () if there is none."""
    found: list[int] = []
    for cell in cells:
        holding = [(position, {*relation.left, *relation.right}) for position, relation in family]
        alone = [position for position, members in holding if members & set(cells) == {cell}]
        if len(alone) != 1:
            return ()
        found.append(alone[0])
    return tuple(found)


def _families(form: TableForm, relations: list[int]) -> list[tuple[int, ...]]:
    """Relations that are stated alike, for several lines, together."""
    families: dict[int, list[int]] = {}
    for relation in relations:
        families.setdefault(form.relations[relation].family, []).append(relation)
    return [tuple(family) for family in families.values()]


def _connected(form: TableForm, failing: NDArray[np.intp]) -> list[list[int]]:
    """Failing relations in groups that share cells."""
    groups: list[tuple[set[int], list[int]]] = []
    for relation in map(int, failing):
        cells = {*form.relations[relation].left, *form.relations[relation].right}
        members = [relation]
        apart = []
        for group_cells, group in groups:
            if group_cells & cells:
                cells, members = cells | group_cells, group + members
            else:
                apart.append((group_cells, group))
        groups = [*apart, (cells, members)]
    return [sorted(group) for _, group in groups]


def _open(outcomes: NDArray[np.uint8]) -> int:
    return int(np.isin(outcomes, (Outcome.FAIL, Outcome.UNVERIFIABLE)).sum())


def derive(table: Table, outcomes: NDArray[np.uint8]) -> dict[int, float]:
    """Blank or marked cells that an open relation asks a figure of: cell → the only figure that makes it hold."""
    form = table.form
    values = np.nan_to_num(table.values)
    unknown = np.isin(table.states, (State.BLANK, State.MARK))
    derived: dict[int, float] = {}
    waiting = [int(relation) for relation in np.flatnonzero(outcomes == Outcome.UNVERIFIABLE)]
    while waiting:
        solvable = [r for r in waiting if np.count_nonzero(form.matrix[r][unknown]) == 1]
        if not solvable:
            break
        relation = solvable[0]
        waiting.remove(relation)
        row = form.matrix[relation]
        cell = int(np.flatnonzero(unknown & (row != 0))[0])
        value = float(-(row @ values) / row[cell])
        if value > 0:
            derived[cell] = values[cell] = value
            unknown[cell] = False
    return derived
