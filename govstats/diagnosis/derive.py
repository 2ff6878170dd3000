"""Blank or marked cells that an open relation asks a figure of → the only figure that makes it hold."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.trial import EMPTY
from govstats.evaluate import Outcome
from govstats.table import Table


def derive(table: Table, outcomes: NDArray[np.uint8]) -> dict[int, float]:
    """Cell (position) → figure, as far as each follows from the figures that are printed and those already derived."""
    form = table.form
    values = np.nan_to_num(table.values)
    unknown = np.isin(table.states, EMPTY)
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
