"""Blank or marked cells that open relations ask a figure of → the only figure that makes them hold.

For data, on request: the same figures in the blanks themselves, marked as derived.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.cause import Cause
from govstats.diagnosis.gaps import freed, gaps
from govstats.diagnosis.trial import EMPTY, Trial, among
from govstats.model.fillings import filling, parts
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.report import Report
from govstats.model.table import Table


class Derived(NamedTuple):
    """Cell (position) → figure. `decided`: whether there is a filling, and what it must be, is known."""

    figures: dict[int, float]
    decided: bool = True


def with_derived(report: Report) -> Report:
    """The report with figures in those blanks that have one in every filling, as printed: no repair is made.

    Nothing is derived from a relation that fails, nor from those that share blanks with it.
    """
    return replace(report, tables={name: _with_derived(table) for name, table in report.tables.items()})


def _with_derived(table: Table) -> Table:
    if not table.has_state(*EMPTY).any():
        return table
    outcomes = evaluate(table.form, table.values[None], table.states[None])[0]
    figures = derive(table, outcomes, zeros=True).figures
    values = table.values.copy()
    values[list(figures)] = list(figures.values())
    return replace(table, values=values, derived=tuple(figures))


def derive(table: Table, outcomes: NDArray[np.uint8], causes: Sequence[Cause] = (), *, zeros: bool = False) -> Derived:
    """The blanks that have one figure, and that not 0, in every filling, once the repairs that are certain are made.

    With `zeros` those too that must be 0.

    Relations that a cause without a certain repair is about say nothing, nor do those that share blanks with them.
    """
    if not zeros and not _may_ask(table, outcomes, causes):
        return Derived({})
    untold: list[int] = []
    trial, accused = Trial.of(table, outcomes), np.zeros(len(outcomes), dtype=bool)
    for cause in causes:
        if cause.unique:
            trial = trial.holding(cause.expected)
            untold += cause.untold
        else:
            accused[list(cause.relations)] = True
    trial = freed(trial, tuple(untold)) if untold else trial
    accused |= trial.outcomes == Outcome.FAIL
    free = gaps(trial)
    for part in parts(trial.form, free, accused):
        accused |= part
    found = filling(trial.form, trial.values, free, ~accused)
    if found is None:
        return Derived({})
    blank = among(table.states, EMPTY) & among(trial.states, EMPTY)
    return Derived(
        {cell: figure for cell, figure in sorted(found.must.items()) if (figure or zeros) and blank[cell]},
        found.decided,
    )


def _may_ask(table: Table, outcomes: NDArray[np.uint8], causes: Sequence[Cause]) -> bool:
    """Are there blanks or marks at all, and relations that they leave open, as printed or once something is mended?"""
    there = table.has_state(*EMPTY).any()
    return bool(there and (causes or (outcomes == Outcome.UNVERIFIABLE).any()))
