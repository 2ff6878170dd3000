"""Cause: what one thing, put right, explains failing relations of a table; or that nobody can say."""

from __future__ import annotations

from dataclasses import dataclass

from govstats.diagnosis.edit import Edit
from govstats.diagnosis.repairs import Repair

MOST_TIES = 20
"""So many equally good repairs are kept, the most likely first; all are counted."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One root cause in one table. Cells and relations are positions in the form.

    `kind`: `not-filled` (a whole total line is 0 or blank), `edit` (a slip that moved, joined or scaled figures, told
    by `edit`), `cells` (one or more wrong cells), `relation` (nothing is accused). `relations` are the failing ones
    that it explains. `expected` maps cells to the figures they should hold: all of a unique repair, of a line of
    totals, or those that all ties agree on. `unique`: nothing else explains it as simply. If not, `n_ties` counts
    the repairs that do (None: not counted), `ties` holds the most likely ones, `certain` the cells that all of
    them change. `blank`: the line is blank, not 0. `number` tells the causes of a table apart. `out_of_reach`: more
    cells are wrong than can be searched for without the extra `repair`. `untold`: cells of a line that was not
    filled of which no figure follows, as parts are blank.
    """

    kind: str
    number: int
    relations: tuple[int, ...]
    expected: dict[int, float]
    unique: bool
    blank: bool = False
    edit: Edit | None = None
    n_ties: int | None = None
    ties: tuple[Repair, ...] = ()
    certain: tuple[int, ...] = ()
    out_of_reach: bool = False
    untold: tuple[int, ...] = ()
