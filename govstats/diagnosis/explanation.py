"""Explanation: everything that would make all relations of a table hold, and how much has to be assumed for it."""

from __future__ import annotations

from dataclasses import dataclass

from govstats.diagnosis.cause import Edit
from govstats.diagnosis.gaps import freed
from govstats.diagnosis.repairs import Repair
from govstats.diagnosis.trial import Trial
from govstats.diagnosis.unfilled import Fill

_SPARE = 2
"""An edit must explain so many relations more than it takes figures from them: one could hold by chance."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Total lines filled, one edit undone, cells put right: any of them, in this order."""

    fills: tuple[Fill, ...] = ()
    edit: Edit | None = None
    cells: Repair = ()

    @property
    def cost(self) -> int:
        """How much it assumes: a cell is a place and a figure; a line that was left out, and an edit, are each one
        thing and the figures that the relations have to give."""
        return self.free + len(self.fills) + (2 if self.edit else 0) + len(self.cells)

    @property
    def things(self) -> int:
        """How many things went wrong: a cell, a line that was left out, and a slip of the hand are one each."""
        slip = 0 if self.edit is None else len(self.edit.changes) if self.edit.kind == "line" else 1
        return len(self.fills) + slip + len(self.cells)

    @property
    def free(self) -> int:
        """How many figures are taken from the relations, not from print."""
        return sum(fill.filled for fill in self.fills) + (self.edit.free if self.edit else 0) + len(self.cells)

    def repair(self, start: Trial) -> Repair:
        """All that it changes in the table as printed, a filled blank included."""
        figures: dict[int, float] = {}
        for fill in self.fills:
            figures |= fill.figures
        if self.edit:
            figures |= self.edit.changes
        figures |= dict(self.cells)
        return tuple(sorted((cell, figure) for cell, figure in figures.items() if figure != start.values[cell]))

    def applied(self, start: Trial) -> Trial:
        """The table with all of it, and blank where no figure of a line follows."""
        trial = start.holding(dict(self.repair(start)))
        unknown = tuple(cell for fill in self.fills for cell in fill.unknown)
        return freed(trial, unknown) if unknown else trial

    def claims(self, start: Trial) -> bool:
        """Does it explain enough to be told? An edit that takes most figures from the relations could fit anything."""
        return self.edit is None or start.joint.n_failing >= self.edit.free + _SPARE + 2 * len(self.cells)
