"""Blank or marked cells that open relations ask a figure of → the only figure that makes them hold."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.cause import Cause
from govstats.diagnosis.gaps import bounds, freed, gaps
from govstats.diagnosis.trial import EMPTY, Trial
from govstats.model.outcomes import Outcome
from govstats.model.table import Table


def derive(table: Table, outcomes: NDArray[np.uint8], causes: Sequence[Cause] = ()) -> dict[int, float]:
    """Cell (position) → figure, as far as each follows once the repairs that are certain are made.

    Relations that a cause without a certain repair is about say nothing. Every relation of a cell must ask for a
    figure: where one holds with the blank as 0, another cell may be what is wrong.
    """
    if not _may_ask(table, outcomes, causes):
        return {}
    untold: list[int] = []
    trial, accused = Trial.of(table, outcomes), np.zeros(len(outcomes), dtype=bool)
    for cause in causes:
        if cause.unique:
            trial = trial.holding(cause.expected)
            untold += cause.untold
        else:
            accused[list(cause.relations)] = True
    trial = freed(trial, tuple(untold)) if untold else trial
    accused |= trial.form.matrix[:, untold].any(axis=1)
    found = bounds(trial, gaps(trial), ~accused & (trial.outcomes != Outcome.FAIL))
    if found is None:
        return {}
    asks = (trial.outcomes == Outcome.UNVERIFIABLE) & ~accused
    involved = trial.form.matrix != 0
    asked = involved.any(axis=0) & ~involved[~asks].any(axis=0) & np.isin(table.states, EMPTY)
    cells = np.flatnonzero(asked & np.isin(trial.states, EMPTY)).tolist()
    return {cell: figure for cell, figure in found.figures(tuple(cells)).items() if figure > 0}


def _may_ask(table: Table, outcomes: NDArray[np.uint8], causes: Sequence[Cause]) -> bool:
    """Are there blanks or marks at all, and relations that they leave open, as printed or once something is mended?"""
    there = table.has_state(*EMPTY).any()
    return bool(there and (causes or (outcomes == Outcome.UNVERIFIABLE).any()))
