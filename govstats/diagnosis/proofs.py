"""A verdict beside cells of which no figure is known → the same, or one that claims nothing: what blanks may hold."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from govstats.diagnosis.explanation import Explanation
from govstats.diagnosis.gaps import bounds, contested, gaps
from govstats.diagnosis.ladder import Verdict
from govstats.diagnosis.system import Mask
from govstats.diagnosis.trial import LOST, Trial, among
from govstats.model.outcomes import Outcome


def beside_gaps(start: Trial, verdict: Verdict) -> Verdict:
    """With figures missing, nothing that they could explain is certain."""
    unknown = gaps(start)
    if not verdict.unique or not unknown.any():
        return verdict
    best = verdict.best
    claimed = frozenset(cell for cell, _ in best.repair(start) if not unknown[cell])
    lines = sum(not unknown[list(fill.line)].all() for fill in best.fills)
    size = lines + sum(not unknown[cell] for cell, _ in best.cells) + bool(best.edit)
    if _blanks_are_zero(start, best):
        size -= 1
    invented = best.edit is not None and best.edit.kind == "line"
    rival = invented or (bool(claimed) and size > 0 and contested(start, claimed, size))
    return replace(verdict, counted=False) if rival or not _proved(start, best) else verdict


def _blanks_are_zero(start: Trial, best: Explanation) -> bool:
    """Do cells alone, all of them printed, make every relation hold with the blanks as 0? Then a rival must do with
    fewer printed cells: to fill blanks besides is no simpler."""
    printed = all(start.readable[cell] for cell, _ in best.cells)
    return bool(best.cells) and not best.fills and not best.edit and printed and not best.applied(start).n_open


def _proved(start: Trial, best: Explanation) -> bool:
    """Does nothing stay open with it; or do the relations leave no other figure, whatever the open ones hold?

    Where a relation stays open, a blank of it holds a figure, or one of its figures is wrong: of these only those are
    relied on that the other relations ask for as well.
    """
    after = best.applied(start)
    if (after.outcomes == Outcome.PASS).all():
        return True
    claimed = dict(best.repair(start))
    untold = [cell for fill in best.fills for cell in fill.unknown]
    holds_untold = after.form.matrix[:, untold].any(axis=1)
    doubtful = after.form.matrix[(after.outcomes == Outcome.UNVERIFIABLE) & ~holds_untold].any(axis=0)
    free = (doubtful & ~start.readable) | among(start.states, LOST)
    free[[*claimed, *untold]] = True
    for cell in np.flatnonzero(doubtful & ~free):
        free[cell] = not _vouched(start, int(cell), free)
    found = bounds(start, free)
    return found is not None and found.figures(tuple(claimed)) == claimed


def _vouched(start: Trial, cell: int, free: Mask) -> bool:
    """Do the relations leave a cell no other figure than the one printed?"""
    questioned = free.copy()
    questioned[cell] = True
    found = bounds(start, questioned)
    return found is not None and bool(found.settled[cell])
