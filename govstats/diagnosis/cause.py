"""Cause: what one thing, put right, explains failing relations of a table; or that nobody can say."""

from __future__ import annotations

from dataclasses import dataclass

from govstats.diagnosis.lines import Line
from govstats.diagnosis.repairs import Repair


@dataclass(frozen=True, slots=True)
class Edit:
    """What may have happened. Lines are tuples of cells (positions).

    `kind` and `lines`: `shifted` (the first and the last line that were moved on by one; `forward`: down or to the
    right), `swapped` (the two), `split` (the cell that a figure belongs in and the next one, which took its end),
    `factor` (the line; `factor` is what its figures must be multiplied with), `rest-factor` (all but this total line),
    `copied` (the line, and the one that it repeats), `line` (a line whose figures are wrong throughout),
    `carried` (a cell that is wrong, and every total above it worked out with it).
    `axis`: `row`, `column`, or `cell` for cells within a printed row. `changes` maps cells to the figures they should
    hold. `free` counts figures that it takes from the relations, not from print (in the cells `lost`, or the changed
    ones of a `line`): so much less is proved by them.
    """

    kind: str
    axis: str
    lines: tuple[Line, ...]
    changes: dict[int, float]
    free: int
    forward: bool = True
    factor: float = 1
    lost: Line = ()

    @property
    def repair(self) -> tuple[tuple[int, float], ...]:
        """The changes as a repair: cells ascending, with their figures."""
        return tuple(sorted(self.changes.items()))


MOST_TIES = 20
"""So many equally good repairs are kept, the most likely first; all are counted."""


@dataclass(frozen=True, slots=True)
class Cause:
    """One root cause in one table. Cells and relations are positions in the form.

    `kind`: `not-filled` (a whole total line is 0 or blank), `edit` (a slip that moved, joined or scaled figures, told
    by `edit`), `cells` (one or more wrong cells), `relation` (nothing is accused). `relations` are the failing ones
    that it explains. `expected` maps cells to the figures they should hold: all of a unique repair, of a line of
    totals, or those that all ties agree on. `unique`: nothing else explains it as simply. If not, `n_ties` counts
    the repairs that do (None: not counted), `ties` holds the most likely ones, `slips` for each the slip that it
    undoes, if it is one, and `certain` the cells that all of them change. `blank`: the line is blank, not 0. `number`
    tells the causes of a table apart. `out_of_reach`: more cells are wrong than can be searched for without scipy;
    `given_up`: or than a bounded search with it could decide. `besides` are relations that fail too, but only as the
    blanks that they share with others cannot serve all. `untold`: cells of a line that was not filled of which no
    figure follows, as parts are blank. `between`: two lines whose figures may stand in each other's place in some
    rows, of which the table cannot tell which.
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
    slips: tuple[Edit | None, ...] = ()
    certain: tuple[int, ...] = ()
    out_of_reach: bool = False
    given_up: bool = False
    untold: tuple[int, ...] = ()
    besides: tuple[int, ...] = ()
    between: tuple[Line, ...] = ()
