"""One table's outcomes → Causes: what, put right, explains the failing relations; else the relations themselves.

A failed sum accuses nobody. A cell is asserted only if nothing else explains the relations as simply.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from itertools import count

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis.cause import MOST_TIES, Cause, Edit
from govstats.diagnosis.exchanges import opposed
from govstats.diagnosis.explanation import Explanation
from govstats.diagnosis.ladder import Verdict, beside_slips, confirm, explain
from govstats.diagnosis.lines import Line
from govstats.diagnosis.proofs import beside_gaps
from govstats.diagnosis.repairs import Repair, joined, repairs_apart
from govstats.diagnosis.system import Mask
from govstats.diagnosis.ties import agreed, certain_cells, independent, likelihood, minimal, ranked
from govstats.diagnosis.trial import Trial
from govstats.diagnosis.unfilled import Fill, Filled, filled, improves
from govstats.model.exact import available
from govstats.model.fillings import parts
from govstats.model.outcomes import Outcome
from govstats.model.table import Table


def diagnose(table: Table, outcomes: NDArray[np.uint8], located: tuple[int, float] | None = None) -> list[Cause]:
    """The causes in one table, totals that were not filled first. An empty list if every relation passes.

    `located` is the one cell that explains all, where `localise` has found it already.
    """
    if not (outcomes != Outcome.PASS).any():
        return []
    start = Trial.of(table, outcomes)
    return _all_told(start, list(_Diagnosis(start).causes(located)))


def _all_told(start: Trial, causes: list[Cause]) -> list[Cause]:
    """Every relation that fails belongs to a cause: one that fails only together with others, to the cause of these;
    one that has nothing to do with any, to a cause of its own."""
    told = {relation for cause in causes for relation in cause.relations}
    besides: dict[int, list[int]] = {}
    alone: list[int] = []
    for relation in (each for each in start.failing.tolist() if each not in told):
        asked = np.isin(np.arange(len(start.outcomes)), relation)
        part = next(parts(start.form, ~start.readable, asked))
        near = (at for at, each in enumerate(causes) if part[list(each.relations)].any() or _mends(start, each, part))
        (alone if (at := next(near, None)) is None else besides.setdefault(at, [])).append(relation)
    last = max((cause.number for cause in causes), default=0)
    whole = [replace(cause, besides=tuple(besides.get(at, ()))) for at, cause in enumerate(causes)]
    return whole + [Cause("relation", n, (relation,), {}, unique=False) for n, relation in enumerate(alone, last + 1)]


def _mends(start: Trial, cause: Cause, relations: Mask) -> bool:
    """Does a cause change a cell of these relations, or may it?"""
    changed = {*cause.expected, *(cause.edit.changes if cause.edit else ()), *(c for tie in cause.ties for c, _ in tie)}
    return bool(start.form.matrix[relations][:, sorted(changed)].any())


_SHORT = 2


class _Diagnosis:
    """Causes are numbered as they are told."""

    def __init__(self, start: Trial) -> None:
        self.start = start
        self.numbers = count(1)

    def causes(self, located: tuple[int, float] | None) -> Iterator[Cause]:
        verdict = confirm(self.start, located) if located else explain(self.start)
        if verdict is None or not verdict.explanations:
            yield from self._unexplained(given_up=verdict is not None)
            return
        verdict = beside_gaps(self.start, verdict)
        repaired = verdict.best.applied(self.start)
        blank = _left_blank(repaired)
        final = blank[-1].trial if blank and verdict.unique else repaired
        yield from self._explained(verdict, final)
        yield from self._blank_lines(repaired, blank, verdict)
        yield from self._relations(repaired)

    def _explained(self, verdict: Verdict, final: Trial) -> Iterator[Cause]:
        """`final` is the table with all lines filled: it has the figure of a cell that stands in two of them."""
        trial = self.start
        for fill in verdict.best.fills:
            yield self._not_filled(trial, _finally(fill, final), verdict)
            trial = fill.applied(trial)
        if edit := verdict.best.edit:
            yield self._edit(trial, edit, verdict)
            trial = trial.holding(edit.changes)
        if verdict.best.cells:
            yield from self._cells(trial, verdict)

    def _blank_lines(self, trial: Trial, ways: list[Filled], verdict: Verdict) -> Iterator[Cause]:
        """Total lines that are blank besides. If it is not certain what else is wrong, by their parts as printed."""
        for way in ways:
            fill = _finally(way.fills[0], ways[-1].trial)
            if not verdict.unique:
                printed = (
                    each.fills[0] for each in filled(self.start) if each.fills and each.fills[0].line == fill.line
                )
                fill = next(printed, fill)
            yield self._not_filled(trial, fill, Verdict((Explanation((fill,)),), verdict.unique, verdict.certain))
            trial = way.trial

    def _not_filled(self, trial: Trial, fill: Fill, verdict: Verdict | None) -> Cause:
        """A total line. Where no second relation vouches for its cells, their parts may be wrong instead."""
        cells, figures = list(fill.line), fill.figures
        after = fill.applied(trial)
        mended = (trial.outcomes == Outcome.FAIL) & (after.outcomes != Outcome.FAIL)
        closed = mended | ((trial.outcomes != Outcome.PASS) & (after.outcomes == Outcome.PASS))
        closed = np.flatnonzero(closed & (self.start.outcomes != Outcome.PASS))
        relations = sorted(closed.tolist(), key=lambda r: not trial.form.relations[r].is_sum)
        confirmed = bool((np.count_nonzero(trial.form.matrix[:, cells], axis=0) > 1).all())
        ties = self._ties_of_fill(fill, verdict, confirmed)
        counted = verdict is not None and verdict.counted
        return Cause(
            "not-filled",
            next(self.numbers),
            tuple(relations),
            figures,
            unique=counted and self._is_sure(verdict, fill) and len(ties) == 1,
            blank=fill.blank,
            n_ties=len(ties) if counted else None,
            ties=tuple(ties[:MOST_TIES]) if len(ties) > 1 else (),
            certain=certain_cells(ties) if counted else (),
            untold=fill.unknown,
        )

    def _is_sure(self, verdict: Verdict | None, fill: Fill) -> bool:
        """Is a total line surely that? One or two totals at 0 are no line yet."""
        return verdict is not None and verdict.certain and len(fill.line) > _SHORT

    def _ties_of_fill(self, fill: Fill, verdict: Verdict | None, confirmed: bool) -> list[Repair]:
        """The fill first, then what contests it: other explanations, or single cells where each total stands alone."""
        own = Explanation((fill,)).repair(self.start)
        rivals = [each.repair(self.start) for each in verdict.explanations] if verdict else []
        if not confirmed and (parts := _single_cells(self.start)):
            rivals += ranked(self.start, joined(parts, 10 * MOST_TIES))
        contested = [each for each in rivals if not set(own) <= set(each) and not set(each) <= set(own)]
        kept = minimal([own, *contested])
        return [own, *(each for each in dict.fromkeys(contested) if each in kept)]

    def _edit(self, trial: Trial, edit: Edit, verdict: Verdict) -> Cause:
        if verdict.best.cells:
            verdict = replace(verdict, explanations=_without_cells(verdict, self.start))
        return self._told("edit", trial, verdict, _first(self.start, verdict), edit.repair)

    def _cells(self, trial: Trial, verdict: Verdict) -> Iterator[Cause]:
        """Independent parts apart, each with its own ties; all together if something else may have happened."""
        best = verdict.best
        alike = [each.cells for each in verdict.explanations if (each.fills, each.edit) == (best.fills, best.edit)]
        apart = independent(trial, alike) if verdict.counted else [alike]
        slips = len(alike) < len(verdict.explanations)
        if (len(apart) == 1 and not verdict.counted) or (slips and (len(apart) == 1 or not best.edit)):
            yield self._told("cells", trial, verdict, _first(self.start, verdict), best.cells)
            return
        for number, part in enumerate(apart):
            others = [each for at, each in enumerate(apart) if at != number]
            own = self._part(trial, verdict, part, others)
            yield self._told(
                "cells", trial, own, ranked(trial, (each.repair(trial) for each in own.explanations)), None
            )

    def _part(self, trial: Trial, verdict: Verdict, part: list[Repair], others: list[list[Repair]]) -> Verdict:
        """One of some independent parts: its repairs; of several doubtful ones also the slips that explain it alone."""
        alone = Verdict(tuple(Explanation(cells=each) for each in part), verdict.counted, verdict.certain)
        if not others or alone.unique:
            return alone
        put_right = {cell: figure for repairs in others for cell, figure in repairs[0]}
        found = beside_slips(trial.holding(put_right), part)
        return replace(found, counted=found.counted and verdict.counted, certain=False)

    def _told(self, kind: str, trial: Trial, verdict: Verdict, ties: list[Repair], own: Repair | None) -> Cause:
        unique = verdict.counted and verdict.certain and len(ties) == 1
        changed = own if own is not None else tuple({pair for tie in ties for pair in tie})
        common = agreed(ties) if verdict.counted else {}
        return Cause(
            kind,
            next(self.numbers),
            self._evidence(trial, [cell for cell, _ in changed]),
            common if own is None else {cell: figure for cell, figure in own if common.get(cell) == figure},
            unique=unique,
            edit=verdict.best.edit if kind == "edit" else None,
            n_ties=len(ties) if verdict.counted else None,
            ties=() if unique else tuple(ties[:MOST_TIES]),
            slips=() if unique else tuple(_slip_of(verdict, self.start, tie) for tie in ties[:MOST_TIES]),
            certain=certain_cells(ties) if verdict.counted else (),
            between=() if unique else self.between,
        )

    @cached_property
    def between(self) -> tuple[Line, ...]:
        """Two lines of which any number of rows may be exchanged, where all that is off fails."""
        fails = (self.start.outcomes == Outcome.PASS) | (self.start.outcomes == Outcome.FAIL)
        return (opposed(self.start) or ()) if fails.all() and self.start.n_failing else ()

    def _evidence(self, trial: Trial, cells: list[int]) -> tuple[int, ...]:
        """The relations of these cells that fail by themselves; or else with the blanks of all, or are undecided."""
        touched: Mask = (trial.form.matrix[:, cells] != 0).any(axis=1)
        open_ = np.flatnonzero(self.start.outcomes != Outcome.PASS)
        for relations in (trial.apart.failing, trial.joint.failing, self.start.joint.failing, open_):
            mine = np.intersect1d(relations[touched[relations]], open_)
            if mine.size:
                return tuple(mine.tolist())
        return tuple(self.start.failing.tolist())

    def _unexplained(self, given_up: bool) -> Iterator[Cause]:
        """Two lines exchanged in rows that nobody can tell; or total lines that were not filled, if that helps, and the
        rest as relations, both sides of each."""
        trial = self.start
        if self.between:
            failing = tuple(trial.failing.tolist())
            yield Cause("relation", next(self.numbers), failing, {}, unique=False, between=self.between)
            return
        while better := _one_more(trial):
            best = min(better, key=lambda way: way.trial.n_open)
            yield self._not_filled(trial, best.fills[0], None)
            trial = best.trial
        out_of_reach = not available() and bool(trial.residual.any())
        yield from self._relations(trial, out_of_reach, given_up)

    def _relations(self, trial: Trial, out_of_reach: bool = False, given_up: bool = False) -> Iterator[Cause]:
        """Failing relations that nothing explains, those that are stated alike together."""
        families: dict[int, list[int]] = {}
        for relation in trial.failing.tolist():
            families.setdefault(trial.form.relations[relation].family, []).append(relation)
        for relations in families.values():
            cause = Cause("relation", next(self.numbers), tuple(relations), {}, unique=False)
            yield replace(cause, out_of_reach=out_of_reach, given_up=given_up)


def _finally(fill: Fill, final: Trial) -> Fill:
    """The fill with the figures of the table in which all lines are filled."""
    return replace(fill, figures={cell: float(final.values[cell]) for cell in fill.figures})


def _left_blank(trial: Trial) -> list[Filled]:
    """Total lines that are blank besides, each with the table after it and those before it."""
    found: list[Filled] = []
    while ways := [way for way in _one_more(trial) if way.fills[0].blank]:
        found.append(min(ways, key=lambda way: way.trial.n_open))
        trial = found[-1].trial
    return found


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
    """All repairs, the likeliest first."""
    repairs = {each.repair(start): each for each in reversed(verdict.explanations)}
    return sorted(repairs, key=lambda repair: likelihood(start, repairs[repair], repairs[repair] is verdict.best))


def _slip_of(verdict: Verdict, start: Trial, repair: Repair) -> Edit | None:
    """The slip that a repair undoes, if it is one alone."""
    alone = (each for each in verdict.explanations if each.edit and not each.cells and not each.fills)
    return next((each.edit for each in alone if each.repair(start) == repair), None)
