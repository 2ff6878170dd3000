"""Total lines that were not filled in: 0 or blank throughout, while their parts are not (昭通 2021)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from govstats.diagnosis.lines import Derivation, Line, derivations, total_lines
from govstats.diagnosis.trial import EMPTY, LOST, Trial
from govstats.evaluate import Outcome
from govstats.figures import State


@dataclass(frozen=True, slots=True)
class Fill:
    """A total line with what each of its cells (positions) should hold. `blank`: it is blank, not 0."""

    line: Line
    figures: dict[int, float]
    blank: bool

    @property
    def filled(self) -> int:
        """How many figures are not 0."""
        return sum(figure > 0 for figure in self.figures.values())


@dataclass(frozen=True, eq=False)
class Filled:
    """A table after some fills (none, one or more)."""

    fills: tuple[Fill, ...]
    trial: Trial


def filled(start: Trial) -> list[Filled]:
    """The table as it is, and after all ways of filling its unfilled total lines, the fewest lines first."""
    ways = [Filled((), start)]
    seen = {start.values.tobytes()}
    for way in ways:  # grows while it is walked: each way is filled further
        done = {fill.line for fill in way.fills}
        for line in (line for line in total_lines(start.form) if line not in done):
            for fill in _fills(way.trial, line):
                further = Filled((*way.fills, fill), way.trial.holding(fill.figures))
                if further.trial.values.tobytes() not in seen:
                    seen.add(further.trial.values.tobytes())
                    ways.append(further)
    return ways


def _fills(trial: Trial, line: Line) -> Iterator[Fill]:
    cells = list(line)
    states = trial.states[cells]
    empty = np.isin(states, EMPTY)
    if not (empty | (states == State.ZERO)).all():
        return
    for derivation in derivations(trial.form, line):
        figures = _derived(trial, derivation, cells)
        if figures is not None:
            blank = bool(empty[np.array(list(figures.values())) > 0].all())
            yield Fill(line, figures, blank)


def _derived(trial: Trial, derivation: Derivation, cells: list[int]) -> dict[int, float] | None:
    """What each cell must be by its own relation; None if that is nothing, impossible, or rests on a lost figure."""
    matrix = trial.form.matrix[list(derivation)]
    others = matrix.copy()
    others[:, cells] = 0
    if (np.isin(trial.states, LOST) & others.any(axis=0)).any():
        return None
    derived = -(others @ trial.values) / matrix[np.arange(len(cells)), cells] + 0.0
    if (derived < 0).any() or not derived.any():
        return None
    return dict(zip(cells, derived.tolist(), strict=True))


def improves(before: Trial, after: Trial) -> bool:
    """Are fewer relations open, and none that passed?"""
    broken = (before.outcomes == Outcome.PASS) & (after.outcomes != Outcome.PASS)
    return after.n_open < before.n_open and not broken.any()
