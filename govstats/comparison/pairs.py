"""Two filings of consecutive years → column by column, what was carried over and what it should be equal to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from govstats.comparison.filing import Filing, TableFigures
from govstats.comparison.series import Forms, series_in
from govstats.model.forms import CellKey
from govstats.text.figures import State

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
    def table(self) -> TableFigures:
        """This year's table."""
        return self.now.tables[self.pairs[0].cell.table]

    @property
    def old_table(self) -> TableFigures:
        """Last year's."""
        return self.before.tables[self.pairs[0].old.table]

    def is_unproved(self, pair: Pair) -> bool:
        """Was one of the two figures recognised in a picture, and is it not proved?"""
        old = self.old_table
        return pair.at in self.table.unproved or old.form.position(*pair.old[1:]) in old.unproved


def pairs_of(now: Filing, before: Filing) -> Iterator[Pair]:
    """The columns that both forms have; none if a form does not count what is carried over."""
    for cell, old, at, place in _columns(now.forms, before.forms):
        table, past = now.tables[cell.table], before.tables[old.table]
        values = table.at(at), past.at(place)
        gap = (_is_gap(table, at) and bool(values[1])) or (_is_gap(past, place) and bool(values[0]))
        yield Pair(cell, old, at, *values, gap)


@lru_cache(maxsize=256)
def _columns(now: Forms, before: Forms) -> tuple[tuple[CellKey, CellKey, int, int], ...]:
    """Column by column, this year's cell and last year's, and where they stand in their tables."""
    olds = series_in(before, "carried_out")
    found = [(cells[0], olds[key][0]) for key, cells in series_in(now, "carried_in").items() if key in olds]
    return tuple((cell, old, _position(now, cell), _position(before, old)) for cell, old in found)


def _position(forms: Forms, cell: CellKey) -> int:
    return next(form.position(*cell[1:]) for form in forms if form.name == cell.table)


def _is_gap(figures: TableFigures, at: int) -> bool:
    return figures.at(at) is None and figures.states[at] in _GAPS
