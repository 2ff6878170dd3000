"""A trial with gaps → what its relations still prove: bounds of cells that may hold anything, and rival explanations.

A blank, a mark and an unreadable cell are free: any figure that is not negative may belong there. Zeros are commonly
printed as blanks, so a sum that comes out right with a blank as 0 proves less than one of figures that were all read.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from govstats.diagnosis.lines import Line, total_lines
from govstats.diagnosis.system import Mask
from govstats.diagnosis.trial import EMPTY, LOST, Trial, among
from govstats.model.bounds import TOLERANCE, Bounds, narrowed, widest
from govstats.model.outcomes import Outcome
from govstats.text.figures import State

_SEARCHED = 500
"""So many sets of cells are tried; where that is not enough, a rival is taken for granted."""


def gaps(trial: Trial) -> Mask:
    """The cells in relations of which no figure is known."""
    involved = trial.form.matrix.any(axis=0)
    unknown: Mask = among(trial.states, EMPTY + LOST) & involved
    return unknown


def bounds(trial: Trial, free: Mask) -> Bounds | None:
    """What the relations leave to the free cells; None if they contradict each other, as far as bounds can tell."""
    printed = np.abs(trial.values @ trial.form.matrix.T) > TOLERANCE
    if printed[~(trial.form.matrix[:, free] != 0).any(axis=1)].any():
        return None
    low, high = widest(trial.form, trial.values, free)
    found = narrowed(trial.form, low[None], high[None], free[None])
    return None if found.clashes.any() else Bounds(found.low[0], found.high[0], found.clashes[0])


def freed(trial: Trial, cells: Line) -> Trial:
    """The table as if these cells were blank."""
    values, states = trial.values.copy(), trial.states.copy()
    values[list(cells)], states[list(cells)] = 0.0, State.BLANK
    return trial.with_figures(values, states)


def empty_lines(trial: Trial) -> list[Line]:
    """Total lines that hold no figure but 0."""
    nothing = among(trial.states, (*EMPTY, State.ZERO))
    return [line for line in total_lines(trial.form) if nothing[list(line)].all()]


def contested(trial: Trial, claimed: frozenset[int], size: int) -> bool:
    """With the gaps free, do so many other cells, or lines that were not filled, explain the table as well?

    What holds all that is claimed is no rival.
    """
    for tried, (chosen, after) in enumerate(_choices(trial, size, set())):
        if tried >= _SEARCHED:
            return True
        if claimed <= set(chosen) or (after.outcomes == Outcome.FAIL).any():
            continue
        if bounds(after, gaps(after)) is not None:
            return True
    return False


def _choices(trial: Trial, size: int, seen: set[frozenset[int]], chosen: Line = ()) -> Iterator[tuple[Line, Trial]]:
    """Sets of so many printed cells or empty lines, each once, and the table with them free. Each unit is of a relation
    that fails by itself; or else of any that fails only together with others, as nobody can say which is to blame."""
    if frozenset(chosen) in seen:
        return
    seen.add(frozenset(chosen))
    after = freed(trial, chosen) if chosen else trial
    if not after.n_failing or not size:
        yield chosen, after  # one that explains nothing is counted too
        return
    alone = after.apart.failing[:1]
    asked = alone if alone.size else after.failing
    members = np.flatnonzero(trial.form.matrix[asked].any(axis=0)).tolist()
    lines = [line for line in empty_lines(trial) if set(line) & set(members)]
    cells = [(cell,) for cell in members if trial.readable[cell]]
    for unit in (*lines, *cells):
        if not set(unit) <= set(chosen):
            yield from _choices(trial, size - 1, seen, (*chosen, *unit))


def line_figures(trial: Trial, lines: tuple[Line, ...]) -> dict[int, float] | None:
    """What these lines, taken for unknown, must hold, as far as it follows; None if even so a relation fails.

    A blank in a relation that is still open may hold any figure, all others count as 0; if that is a contradiction,
    every blank may hold any figure.
    """
    cells = tuple(cell for line in lines for cell in line)
    after = freed(trial, cells)
    if (after.outcomes == Outcome.FAIL).any():
        return None
    unknown, own = gaps(after), np.isin(np.arange(len(after.values)), cells)
    asked = (after.outcomes != Outcome.PASS) & ~after.form.matrix[:, own].any(axis=1)
    suspect = unknown & after.form.matrix[asked].any(axis=0)
    lost = among(after.states, LOST)
    for free in (suspect | own | lost, unknown):
        found = bounds(after, free)
        if found:
            return found.figures(cells)
    return None
