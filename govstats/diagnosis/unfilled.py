"""Total lines that were not filled in: 0 or blank throughout, while their parts are not (昭通 2021)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from govstats.diagnosis.gaps import empty_lines, freed, gaps, line_figures
from govstats.diagnosis.lines import Derivation, Line, derivations, parts_of, total_lines
from govstats.diagnosis.trial import EMPTY, LOST, Trial, among
from govstats.model.outcomes import Outcome
from govstats.text.figures import State


@dataclass(frozen=True, slots=True)
class Fill:
    """A total line with what each of its cells (positions) should hold. `blank`: it is blank, not 0.

    `unknown`: the cells of which, for blanks among the parts, no figure follows; they are then left out of `figures`.
    """

    line: Line
    figures: dict[int, float]
    blank: bool
    unknown: Line = ()

    @property
    def filled(self) -> int:
        """How many figures are not 0."""
        return sum(figure > 0 for figure in self.figures.values())

    def applied(self, trial: Trial) -> Trial:
        """The table with the line filled, and blank where no figure follows."""
        filled = trial.holding(self.figures)
        return freed(filled, self.unknown) if self.unknown else filled


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
            for fill in _fills(start, way.trial, line):
                further = Filled((*way.fills, fill), way.trial.holding(fill.figures))
                if further.trial.values.tobytes() not in seen:
                    seen.add(further.trial.values.tobytes())
                    ways.append(further)
    return ways


def open_fills(start: Trial) -> list[tuple[Fill, ...]]:
    """One or more unfilled total lines that, taken for unknown, leave no relation failing though parts are blank."""
    if not gaps(start).any():
        return []
    lines = [line for line in empty_lines(start) if _has_parts(start, line)]
    for size in range(1, len(lines) + 1):
        found = [fills for chosen in combinations(lines, size) if (fills := _open(start, chosen))]
        if found:
            return found
    return []


def _open(start: Trial, lines: tuple[Line, ...]) -> tuple[Fill, ...]:
    """The lines filled as far as it follows; none if that is nothing, or explains nothing."""
    figures = line_figures(start, lines)
    if not figures or not any(figures.values()):
        return ()
    fills = []
    for line in lines:
        own = {cell: figures[cell] for cell in line if cell in figures}
        unknown = tuple(cell for cell in line if cell not in figures)
        fills.append(Fill(line, own, _blank(start, line, own), unknown))
    return tuple(fills) if all(each.filled for each in fills) else ()


def _blank(start: Trial, line: Line, figures: dict[int, float]) -> bool:
    """Is the line blank as printed, where it should hold figures? The corner may be as the other line is."""
    crossing = {cell for other in total_lines(start.form) if other != line for cell in other}
    wanted = [cell for cell in line if figures.get(cell, 1) > 0]
    own = [cell for cell in wanted if cell not in crossing] or wanted
    return bool(among(start.states[own], EMPTY).all())


def _fills(start: Trial, trial: Trial, line: Line) -> Iterator[Fill]:
    cells = list(line)
    states = trial.states[cells]
    if not among(states, (*EMPTY, State.ZERO)).all() or not _has_parts(trial, line):
        return
    for derivation in derivations(trial.form, line):
        figures = _derived(trial, derivation, cells)
        if figures is not None:
            yield Fill(line, figures, _blank(start, line, figures))


def _has_parts(trial: Trial, line: Line) -> bool:
    """Is there a figure to be added up? Else nothing says that a line was left out."""
    return bool(trial.values[list(parts_of(trial.form, line))].any())


def _derived(trial: Trial, derivation: Derivation, cells: list[int]) -> dict[int, float] | None:
    """What each cell must be by its own relation; None if that is nothing, impossible, or rests on a lost figure."""
    matrix = trial.form.matrix[list(derivation)]
    others = matrix.copy()
    others[:, cells] = 0
    if (among(trial.states, LOST) & others.any(axis=0)).any():
        return None
    derived = -(others @ trial.values) / matrix[np.arange(len(cells)), cells] + 0.0
    if (derived < 0).any() or not derived.any():
        return None
    return dict(zip(cells, derived.tolist(), strict=True))


def improves(before: Trial, after: Trial) -> bool:
    """Are fewer relations open, and none that passed?"""
    broken = (before.outcomes == Outcome.PASS) & (after.outcomes != Outcome.PASS)
    return after.n_open < before.n_open and not broken.any()
