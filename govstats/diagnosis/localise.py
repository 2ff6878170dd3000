"""A stack of tables of one form → for each the one cell that, put right, makes all its relations hold, if it is one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.lines import total_lines
from govstats.diagnosis.system import Floats, system_of
from govstats.model.forms import TableForm
from govstats.text.figures import State


def localise(form: TableForm, values: Floats, states: NDArray[np.uint8]) -> dict[int, tuple[int, float]]:
    """N × cells values and states → number of the table: (cell, the figure that it should hold).

    Left out: tables in which no cell or more than one would do, those with gaps, and those with a total line that is
    0 throughout, for which there are better words.
    """
    if not form.relations:
        return {}
    readable = ((states == State.NUMBER) | (states == State.ZERO)).all(axis=1)
    plain = readable & ~np.any([~values[:, list(line)].any(axis=1) for line in total_lines(form)], axis=0)
    numbers = np.flatnonzero(plain)
    system = system_of(form)
    found = system.singles(system.residuals(values[numbers]))
    figures = values[numbers[found.rows], found.cells] + found.deltas
    found, figures = found.where(figures >= 0), figures[figures >= 0]
    alone = np.bincount(found.rows, minlength=len(numbers))[found.rows] == 1
    cells = zip(found.cells[alone].tolist(), figures[alone].tolist(), strict=True)
    return dict(zip(numbers[found.rows[alone]].tolist(), cells, strict=True))
