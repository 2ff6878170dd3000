"""Which side of a failed equality over two years is wrong: what each table's own relations say. Mostly nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from govstats.catalog.series import TOTAL
from govstats.comparison.filing import TableFigures
from govstats.comparison.pairs import Both, Pair
from govstats.comparison.series import series_of
from govstats.model.forms import CellKey
from govstats.model.outcomes import Outcome, evaluate

_SMALL = 10


def wrong_side(both: Both, off: Sequence[Pair]) -> str | None:
    """`now` or `before`: the only one whose relations fail and hold with the other's figures; None: nobody knows."""
    form = both.old_table.form
    ours = _mends(both.table, {pair.at: pair.before or 0.0 for pair in off})
    theirs = _mends(both.old_table, {form.position(*pair.old[1:]): pair.now or 0.0 for pair in off})
    return None if ours == theirs else "now" if ours else "before"


def _mends(table: TableFigures, repair: dict[int, float]) -> bool:
    """Does it make failing relations hold, and leave none failing that it touches?"""
    values = table.values.copy()
    values[list(repair)] = list(repair.values())
    was, now = _fails(table, table.values), _fails(table, values)
    touched = np.array([bool(repair.keys() & {*each.left, *each.right}) for each in table.form.relations])
    return bool((was & touched).any() and not (now & touched).any())


def _fails(table: TableFigures, values: NDArray[np.float64]) -> NDArray[np.bool_]:
    found: NDArray[np.bool_] = evaluate(table.form, values[None], table.states[None])[0] == Outcome.FAIL
    return found


def mends(table: TableFigures, repair: dict[int, float], failing: Iterable[tuple[str, str]]) -> bool:
    """Do the relations that fail (rule and line) hold with other figures, and none fail that held?"""
    values = table.values.copy()
    values[list(repair)] = list(repair.values())
    now, was = _fails(table, values), _fails(table, table.values)
    wanted = set(failing)
    mine = np.array([(each.rule, each.line) in wanted for each in table.form.relations])
    return not (now & mine).any() and not (now & ~was).any()


def newly_fails(table: TableFigures, repair: dict[int, float]) -> bool:
    """Does a relation fail with other figures that holds with those printed?"""
    values = table.values.copy()
    values[list(repair)] = list(repair.values())
    return bool((_fails(table, values) & ~_fails(table, table.values)).any())


def swapped(both: Both, off: Sequence[Pair]) -> list[CellKey]:
    """The cells of 新收 that hold what was carried over, if it is so in every column that differs, and if the table
    is no worse when both rows are put right there; else none."""
    table = both.table
    new = series_of(both.now, "new")
    cells = [new[pair.cell.column][0] for pair in off if pair.cell.column in new]
    places = [table.form.position(*cell[1:]) for cell in cells]
    if len(cells) < len(off) or any(table.at(at) != pair.before for at, pair in zip(places, off, strict=True)):
        return []
    values = table.values.copy()
    values[places], values[[pair.at for pair in off]] = table.values[[pair.at for pair in off]], table.values[places]
    return [] if (_fails(table, values) & ~_fails(table, table.values)).any() else cells


def is_sure(off: Sequence[Pair]) -> bool:
    """Small figures agree by chance: one of two digits, or several kinds of applicants, do not."""
    kinds = [pair for pair in off if pair.cell.column != TOTAL and pair.before]
    return len(kinds) > 1 or any((pair.before or 0) >= _SMALL for pair in off)
