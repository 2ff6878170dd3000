"""A trial → Edits: two lines in each other's place in some of their cells only, which need not be neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import numpy as np

from govstats.diagnosis.cause import Edit
from govstats.diagnosis.lines import sequences
from govstats.diagnosis.system import TOLERANCE, Floats, Indices, Mask, system_of
from govstats.diagnosis.trial import Trial
from govstats.model.forms import TableForm

_FEW = 3
"""Columns are tried in so many rows: of more, too many would fit by chance."""


def partly_swapped(trial: Trial) -> Iterator[Edit]:
    """Two lines exchanged just where the lines across do not add up; or, if those do, two columns in a few rows."""
    system = system_of(trial.form)
    failing = system.residuals(trial.values[None])[0] != 0
    for axis, ones, others in _pairs(trial.form):
        figures = trial.values[others] - trial.values[ones]
        sums = figures * (system.mixed[ones] - system.mixed[others])
        held = trial.form.matrix[failing] != 0
        across = (held[:, ones] & held[:, others]).any(axis=0)
        several = (across.sum(axis=1) > 1) & ~across.all(axis=1) & (across & (figures != 0)).any(axis=1)
        for pair in np.flatnonzero(several & _closes(trial, (across * sums).sum(axis=1))):
            yield from _exchanged(trial, axis, ones[pair, across[pair]], others[pair, across[pair]])
        if axis == "column" and not across.any():
            for pair in np.flatnonzero(_reaches(held, ones, others, figures != 0)):
                for rows in _few(trial, sums[pair], figures[pair] != 0):
                    yield from _exchanged(trial, axis, ones[pair, rows], others[pair, rows])


def _closes(trial: Trial, sums: Floats) -> Mask:
    """Do these changes of a mix of all relations leave nothing of it?"""
    closes: Mask = np.abs(trial.values @ system_of(trial.form).mixed + sums) < TOLERANCE * len(trial.values)
    return closes


def _reaches(held: Mask, ones: Indices, others: Indices, telling: Mask) -> Mask:
    """Which pairs of lines have cells that differ in every failing relation?"""
    reached: Mask = np.logical_and.reduce(((held[:, ones] | held[:, others]) & telling).any(axis=2), axis=0)
    return reached


def _few(trial: Trial, sums: Floats, telling: Mask) -> list[list[int]]:
    """The sets of the fewest rows, but more than one, that would do; none if one alone does."""
    rows = np.flatnonzero(telling)
    if _closes(trial, sums[rows]).any():
        return []
    for many in range(2, min(_FEW, len(rows)) + 1):
        sets = np.array(list(combinations(rows.tolist(), many)), dtype=np.intp)
        if (found := sets[_closes(trial, sums[sets].sum(axis=1))]).size:
            return [list(each) for each in found.tolist()]
    return []


def _exchanged(trial: Trial, axis: str, first: Indices, second: Indices) -> Iterator[Edit]:
    table = trial.values.copy()
    table[first], table[second] = trial.values[second], trial.values[first]
    if not system_of(trial.form).residuals(table[None]).any():
        lines = tuple(first.tolist()), tuple(second.tolist())
        yield Edit("swapped", axis, lines, trial.changes_to(table), 0)


@lru_cache(maxsize=64)
def _pairs(form: TableForm) -> tuple[tuple[str, Indices, Indices], ...]:
    """All pairs of rows, and of columns, with more than two cells: pairs × cells each."""
    wide = [each for each in sequences(form) if each.axis != "cell" and len(each.lines) > 1 and len(each.lines[0]) > 2]
    pairs = [(each.axis, np.array(list(combinations(each.lines, 2)), dtype=np.intp)) for each in wide]
    return tuple((axis, both[:, 0], both[:, 1]) for axis, both in pairs)
