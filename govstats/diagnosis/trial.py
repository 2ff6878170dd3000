"""A table under repair: what it holds, what of it must come out right, and what is left if cells hold other figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.system import Floats, Mask, System, system_of
from govstats.model.fillings import parts
from govstats.model.forms import TableForm
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.table import Table
from govstats.text.figures import State

READABLE = (State.NUMBER, State.ZERO)
EMPTY = (State.BLANK, State.MARK)
LOST = (State.UNREADABLE, State.ABSENT)


def among(states: NDArray[np.uint8], kinds: tuple[State, ...]) -> Mask:
    """Which of the states are one of these? (`numpy.isin` takes twenty times as long for so few.)"""
    found: Mask = _table(kinds)[states]
    return found


@cache
def _table(kinds: tuple[State, ...]) -> Mask:
    table = np.zeros(256, dtype=bool)
    table[list(kinds)] = True
    return table


@dataclass(frozen=True, eq=False)
class Trial:
    """One table's figures (0 where none is read), states, and the outcomes of its relations: with all blanks judged
    `together`, or each relation by itself."""

    form: TableForm
    values: Floats
    states: NDArray[np.uint8]
    outcomes: NDArray[np.uint8]
    together: bool = True

    @classmethod
    def of(cls, table: Table, outcomes: NDArray[np.uint8]) -> Trial:
        """The table as printed."""
        return cls(table.form, np.nan_to_num(table.values), table.states, outcomes)

    def holding(self, changes: Mapping[int, float]) -> Trial:
        """The table if these cells held these figures."""
        cells, figures = list(changes), np.array(list(changes.values()))
        values, states = self.values.copy(), self.states.copy()
        values[cells], states[cells] = figures, np.where(figures == 0, State.ZERO, State.NUMBER)
        return self.with_figures(values, states)

    def with_figures(self, values: Floats, states: NDArray[np.uint8]) -> Trial:
        """The table with these figures and states throughout."""
        outcomes = evaluate(self.form, values[None], states[None], together=self.together)[0]
        return Trial(self.form, values, states, outcomes, self.together)

    def changes_to(self, table: Floats) -> dict[int, float]:
        """The cells that hold something else in another table, with its figures."""
        return {int(cell): float(table[cell]) for cell in np.flatnonzero(table != self.values)}

    @cached_property
    def apart(self) -> Trial:
        """The same with each relation judged by itself."""
        return replace(self, together=False).with_figures(self.values, self.states)

    @cached_property
    def joint(self) -> Trial:
        """The same with all blanks judged together."""
        return self if self.together else replace(self, together=True).with_figures(self.values, self.states)

    @cached_property
    def decided(self) -> Mask:
        """Relations that pass or fail by figures that were all read; only they speak for or against a repair."""
        judged = (self.outcomes == Outcome.PASS) | (self.outcomes == Outcome.FAIL)
        lost = among(self.states, LOST)
        decided: Mask = judged & ~self.form.matrix[:, lost].any(axis=1)
        return decided

    @cached_property
    def system(self) -> System:
        """The decided relations."""
        return system_of(self.form, self.decided)

    @cached_property
    def residual(self) -> Floats:
        """What the decided relations come to."""
        residual: Floats = self.system.residuals(self.values[None])[0]
        return residual

    @cached_property
    def editable(self) -> Mask:
        """Cells whose figure a repair may question: those that were read, and the blanks of relations that no filling
        saves. Any other blank is derived, never repaired."""
        return self.readable | self.hopeless_blanks

    @cached_property
    def readable(self) -> Mask:
        """Cells of which a figure was read."""
        readable: Mask = among(self.states, READABLE)
        return readable

    @cached_property
    def hopeless_blanks(self) -> Mask:
        """Blanks and marks in failing relations, or that share blanks with them by way of others."""
        free, failing = ~self.readable, self.outcomes == Outcome.FAIL
        blanks: Mask = np.zeros(len(self.states), dtype=bool)
        if (self.form.matrix[failing][:, free] != 0).any():
            for part in parts(self.form, free, failing):
                blanks |= (self.form.matrix[part] != 0).any(axis=0)
        return blanks & among(self.states, EMPTY)

    @property
    def failing(self) -> NDArray[np.intp]:
        """The relations that fail."""
        return np.flatnonzero(self.outcomes == Outcome.FAIL)

    @property
    def n_failing(self) -> int:
        """How many relations fail."""
        return int((self.outcomes == Outcome.FAIL).sum())

    @property
    def n_open(self) -> int:
        """How many relations fail or are undecided for a blank."""
        return self.n_failing + int((self.outcomes == Outcome.UNVERIFIABLE).sum())
