"""A trial → Edits: two lines in each other's place in some of their cells only, which need not be neighbours."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import combinations

import numpy as np

from govstats.diagnosis.cause import Edit
from govstats.diagnosis.lines import Line, sequences
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


def opposed(trial: Trial) -> tuple[Line, Line] | None:
    """The two lines that alone fail, each of their relations by as much the one way as the other's the other way: their
    figures may stand in each other's place in any number of rows. None if it is not so, or just one row differs."""
    off: dict[tuple[str, str], dict[int, float]] = {}
    sums = trial.values @ trial.form.matrix.T
    for number in np.flatnonzero(np.abs(sums) > TOLERANCE).tolist():
        relation = trial.form.relations[number]
        off.setdefault((relation.each, relation.line), {})[relation.family] = float(sums[number])
    if len(off) != 2 or len({each for each, _ in off}) > 1:
        return None
    one, other = off.values()
    if one.keys() != other.keys() or any(one[key] != -other[key] for key in one):
        return None
    return _of_one_shape(trial, *off)


def _of_one_shape(trial: Trial, one: tuple[str, str], other: tuple[str, str]) -> tuple[Line, Line] | None:
    """The cells of two lines that stand beside each other; None if not more than one pair of them differs."""
    each, across = ("column", "row") if one[0] == "column" else ("row", "column")
    lines = [
        {getattr(cell, across): at for at, cell in enumerate(trial.form.cells) if getattr(cell, each) == name}
        for _, name in (one, other)
    ]
    shared = [name for name in lines[0] if name in lines[1]]
    first, second = (tuple(line[name] for name in shared) for line in lines)
    differ = np.count_nonzero(trial.values[list(first)] != trial.values[list(second)])
    return (first, second) if differ > 1 else None


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
