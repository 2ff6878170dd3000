"""Edit: one slip of copying or typing that moved, split or scaled figures, with what they would be without it."""

from __future__ import annotations

from dataclasses import dataclass

from govstats.diagnosis.lines import Line


@dataclass(frozen=True, slots=True)
class Edit:
    """What may have happened. Lines are tuples of cells (positions).

    `kind` and `lines`: `shifted` (the first and the last line that were moved on by one; `forward`: down or to the
    right), `swapped` (the two), `split` (the cell that a figure belongs in and the next one, which took its end),
    `factor` (the line; `factor` is what its figures must be multiplied with), `rest-factor` (all but this total line),
    `copied` (the line, and the one that it repeats), `line` (a line whose figures are wrong throughout).
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
