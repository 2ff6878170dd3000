"""Two filings of consecutive years → column by column, what was carried over and what it should be equal to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govstats.comparison.filing import Figures, Filing
from govstats.comparison.series import series_of
from govstats.figures import State
from govstats.forms import CellKey

_GAPS = (State.BLANK, State.MARK)


@dataclass(frozen=True, slots=True)
class Pair:
    """One column: this year's cell `cell`, last year's cell `old` that it should equal, and what they hold.

    `at`: the position of this year's cell in its table; `gap`: one is blank or a mark, and the other not 0.
    """

    cell: CellKey
    old: CellKey
    at: int
    now: float | None
    before: float | None
    gap: bool

    @property
    def differs(self) -> bool:
        """Are both there, and different?"""
        return None not in (self.now, self.before) and self.now != self.before


@dataclass(frozen=True, slots=True)
class Both:
    """Two reports of consecutive years, with the columns of what was carried over."""

    now: Filing
    before: Filing
    pairs: tuple[Pair, ...]

    @property
    def table(self) -> Figures:
        """This year's table."""
        return self.now.tables[self.pairs[0].cell.table]

    @property
    def old_table(self) -> Figures:
        """Last year's."""
        return self.before.tables[self.pairs[0].old.table]


def pairs_of(now: Filing, before: Filing) -> Iterator[Pair]:
    """The columns that both forms have; none if a form does not count what is carried over."""
    olds = series_of(before, "carried_out")
    for column, (cell, *_) in series_of(now, "carried_in").items():
        if column in olds:
            table, old = now.tables[cell.table], olds[column][0]
            at, past = table.form.position(*cell[1:]), before.tables[old.table]
            place = past.form.position(*old[1:])
            values = table.at(at), past.at(place)
            gap = (_is_gap(table, at) and bool(values[1])) or (_is_gap(past, place) and bool(values[0]))
            yield Pair(cell, old, at, *values, gap)


def _is_gap(figures: Figures, at: int) -> bool:
    return figures.at(at) is None and figures.states[at] in _GAPS
