"""A table under repair: what it holds, what of it must come out right, and what is left if cells hold other figures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.system import Floats, Mask, System, system_of
from govstats.model.forms import TableForm
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.table import Table
from govstats.text.figures import State

READABLE = (State.NUMBER, State.ZERO)
EMPTY = (State.BLANK, State.MARK)
LOST = (State.UNREADABLE, State.ABSENT)


@dataclass(frozen=True, eq=False)
class Trial:
    """One table's figures (0 where none is read), states, and the outcomes of its relations."""

    form: TableForm
    values: Floats
    states: NDArray[np.uint8]
    outcomes: NDArray[np.uint8]

    @classmethod
    def of(cls, table: Table, outcomes: NDArray[np.uint8]) -> Trial:
        """The table as printed."""
        return cls(table.form, np.nan_to_num(table.values), table.states, outcomes)

    def holding(self, changes: Mapping[int, float]) -> Trial:
        """The table if these cells held these figures."""
        cells, figures = list(changes), np.array(list(changes.values()))
        values, states = self.values.copy(), self.states.copy()
        values[cells], states[cells] = figures, np.where(figures == 0, State.ZERO, State.NUMBER)
        return Trial(self.form, values, states, evaluate(self.form, values[None], states[None])[0])

    @cached_property
    def decided(self) -> Mask:
        """Relations that pass or fail by figures that were all read; only they speak for or against a repair."""
        judged = (self.outcomes == Outcome.PASS) | (self.outcomes == Outcome.FAIL)
        lost = np.isin(self.states, LOST)
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
        """Cells whose figure a repair may question. A blank is derived, never repaired."""
        readable: Mask = np.isin(self.states, READABLE)
        return readable

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
