"""One table's outcomes → Causes: what, put right, explains the failing relations; else the relations themselves.

A failed sum accuses nobody. A cell is asserted only if nothing else explains the relations as simply.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis import milp
from govstats.diagnosis.cause import MOST_TIES, Cause
from govstats.diagnosis.edit import Edit
from govstats.diagnosis.explanation import Explanation
from govstats.diagnosis.ladder import Verdict, explain
from govstats.diagnosis.repairs import Repair, joined, repairs_apart
from govstats.diagnosis.system import Mask
from govstats.diagnosis.ties import agreed, certain_cells, independent, ranked
from govstats.diagnosis.trial import Trial
from govstats.diagnosis.unfilled import Fill, Filled, filled, improves
from govstats.evaluate import Outcome
from govstats.table import Table


def diagnose(table: Table, outcomes: NDArray[np.uint8], located: tuple[int, float] | None = None) -> list[Cause]:
    """The causes in one table, totals that were not filled first. An empty list if every relation passes.

    `located` is the one cell that explains all, where `localise` has found it already.
    """
    if not (outcomes != Outcome.PASS).any():
        return []
    return list(_Diagnosis(Trial.of(table, outcomes)).causes(located))


class _Diagnosis:
    """Causes are numbered as they are told."""

    def __init__(self, start: Trial) -> None:
        self.start = start
        self.numbers = count(1)

    def causes(self, located: tuple[int, float] | None) -> Iterator[Cause]:
        verdict = Verdict((Explanation(cells=(located,)),)) if located else explain(self.start)
        if verdict is None:
            yield from self._unexplained()
            return
        yield from self._explained(verdict)
        repaired = self.start.holding(dict(verdict.best.repair(self.start)))
        yield from self._left_blank(repaired, verdict)
        yield from self._relations(repaired, False)

    def _explained(self, verdict: Verdict) -> Iterator[Cause]:
        trial = self.start
        for fill in verdict.best.fills:
            yield self._not_filled(trial, fill, verdict)
            trial = trial.holding(fill.figures)
        if edit := verdict.best.edit:
            yield self._edit(trial, edit, verdict)
            trial = trial.holding(edit.changes)
        if verdict.best.cells:
            yield from self._cells(trial, verdict)

    def _left_blank(self, trial: Trial, verdict: Verdict) -> Iterator[Cause]:
        """Total lines that are blank besides. If it is not certain what else is wrong, by their parts as printed."""
        while ways := [way for way in _one_more(trial) if way.fills[0].blank]:
            way = min(ways, key=lambda way: way.trial.n_open)
            (fill,) = way.fills
            if not verdict.unique:
                printed = (
                    each.fills[0] for each in filled(self.start) if each.fills and each.fills[0].line == fill.line
                )
                fill = next(printed, fill)
            yield self._not_filled(trial, fill, Verdict((Explanation((fill,)),), verdict.unique))
            trial = way.trial

    def _not_filled(self, trial: Trial, fill: Fill, verdict: Verdict | None) -> Cause:
        """A total line. Where no second relation vouches for its cells, their parts may be wrong instead."""
        cells, figures = list(fill.line), fill.figures
        after = trial.holding(figures)
        closed = np.flatnonzero((trial.outcomes != Outcome.PASS) & (after.outcomes == Outcome.PASS))
        relations = sorted(closed.tolist(), key=lambda r: not trial.form.relations[r].is_sum)
        confirmed = bool((np.count_nonzero(trial.form.matrix[:, cells], axis=0) > 1).all())
        ties = self._ties_of_fill(fill, verdict, confirmed)
        counted = verdict is not None and verdict.counted
        return Cause(
            "not-filled",
            next(self.numbers),
            tuple(relations),
            figures,
            unique=counted and len(ties) == 1,
            blank=fill.blank,
            n_ties=len(ties) if counted else None,
            ties=tuple(ties[:MOST_TIES]) if len(ties) > 1 else (),
            certain=certain_cells(ties) if counted else (),
        )

    def _ties_of_fill(self, fill: Fill, verdict: Verdict | None, confirmed: bool) -> list[Repair]:
        """The fill first, then what contests it: other explanations, or single cells where each total stands alone."""
        own = Explanation((fill,)).repair(self.start)
        rivals = [each.repair(self.start) for each in verdict.explanations] if verdict else []
        if not confirmed and (parts := _single_cells(self.start)):
            rivals += ranked(self.start, joined(parts, 10 * MOST_TIES))
        contested = [each for each in rivals if not set(own) <= set(each)]
        return [own, *dict.fromkeys(contested)]

    def _edit(self, trial: Trial, edit: Edit, verdict: Verdict) -> Cause:
        if verdict.best.cells:
            verdict = Verdict(_without_cells(verdict, self.start), verdict.counted)
        return self._told("edit", trial, verdict, _first(self.start, verdict), edit.repair)

    def _cells(self, trial: Trial, verdict: Verdict) -> Iterator[Cause]:
        """Independent parts apart, each with its own ties; all together if something else may have happened."""
        best = verdict.best
        alike = [each.cells for each in verdict.explanations if (each.fills, each.edit) == (best.fills, best.edit)]
        if len(alike) < len(verdict.explanations) or not verdict.counted:
            yield self._told("cells", trial, verdict, _first(self.start, verdict), best.cells)
            return
        for part in independent(trial, alike):
            yield self._told("cells", trial, verdict, ranked(trial, part), None)

    def _told(self, kind: str, trial: Trial, verdict: Verdict, ties: list[Repair], own: Repair | None) -> Cause:
        unique = verdict.counted and len(ties) == 1
        changed = own if own is not None else tuple({pair for tie in ties for pair in tie})
        touched: Mask = np.abs(trial.form.matrix[:, [cell for cell, _ in changed]]).sum(axis=1) > 0
        common = agreed(ties) if verdict.counted else {}
        return Cause(
            kind,
            next(self.numbers),
            tuple(int(relation) for relation in trial.failing if touched[relation]),
            common if own is None else {cell: figure for cell, figure in own if common.get(cell) == figure},
            unique=unique,
            edit=verdict.best.edit if kind == "edit" else None,
            n_ties=len(ties) if verdict.counted else None,
            ties=() if unique else tuple(ties[:MOST_TIES]),
            certain=certain_cells(ties) if verdict.counted else (),
        )

    def _unexplained(self) -> Iterator[Cause]:
        """Total lines that were not filled, if that helps; the rest as relations, both sides of each."""
        trial = self.start
        while better := _one_more(trial):
            best = min(better, key=lambda way: way.trial.n_open)
            yield self._not_filled(trial, best.fills[0], None)
            trial = best.trial
        out_of_reach = not milp.available() and bool(trial.residual.any())
        yield from self._relations(trial, out_of_reach)

    def _relations(self, trial: Trial, out_of_reach: bool) -> Iterator[Cause]:
        """Failing relations that nothing explains, those that are stated alike together."""
        families: dict[int, list[int]] = {}
        for relation in trial.failing.tolist():
            families.setdefault(trial.form.relations[relation].family, []).append(relation)
        for relations in families.values():
            yield Cause("relation", next(self.numbers), tuple(relations), {}, unique=False, out_of_reach=out_of_reach)


def _one_more(trial: Trial) -> list[Filled]:
    """The ways of filling one total line that leave fewer relations open."""
    return [way for way in filled(trial) if len(way.fills) == 1 and improves(trial, way.trial)]


def _single_cells(start: Trial) -> list[list[Repair]] | None:
    return repairs_apart(start.system, start.residual, start.values, start.editable, 1)


def _without_cells(verdict: Verdict, start: Trial) -> tuple[Explanation, ...]:
    """What speaks of the edit alone, apart from cells that are wrong besides."""
    alone = [Explanation(edit=each.edit) if each.edit else each for each in verdict.explanations]
    return tuple({each.repair(start): each for each in reversed(alone)}.values())[::-1]


def _first(start: Trial, verdict: Verdict) -> list[Repair]:
    """All repairs, the best explanation's first."""
    best, *others = (each.repair(start) for each in verdict.explanations)
    return [best, *ranked(start, others)]
