"""Y603: a figure far outside the agency's own history, as a slip by a factor of ten leaves it.

Robust, in logarithms: the level is the median of the last years, the spread the median of the steps between years, so
that neither an odd year nor a steady trend raises an alarm. Small counts move freely.
"""

from __future__ import annotations

import math
from collections.abc import Container, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from govstats.catalog.rules import get_rule
from govstats.catalog.series import TOTAL, harmonised
from govstats.comparison.filing import Filing
from govstats.comparison.series import Forms, series_in, series_of
from govstats.lang import Text, joined
from govstats.model.finding import CellFinding, Finding
from govstats.model.forms import CellKey
from govstats.model.pictured import asking_to_compare
from govstats.model.wording import figure_text, parted

WATCHED = (
    "new",
    "reviews",
    "lawsuits",
    "decisions.licences",
    "decisions.penalties",
    "decisions.coercion",
)
"""The series that are watched (schemas/harmonised.yaml): totals that no equation inside one report can check."""
_LEAST = 3
_LAST = 3
_OFFSET = 10.0
_SMALLEST_CHANGE = 50.0
_FACTOR = math.log(4.3)
_SPREADS = 2.5
_STEP = 0.954
"""The median step between two draws of a normal of spread 1."""


Totals = dict[str, float]
"""Watched series → its total."""


class Jump(NamedTuple):
    """A series that jumped: its cells, this year's figure, and the years before (oldest first)."""

    series: str
    cells: tuple[CellKey, ...]
    value: float
    history: tuple[float, ...]
    years: tuple[int, ...]


def is_jump(value: float, history: Sequence[float]) -> bool:
    """Is a figure out of line with those of earlier years (oldest first, at least three)?"""
    if len(history) < _LEAST:
        return False
    logs = [math.log(max(each, 0.0) + _OFFSET) for each in history]
    level = median(logs[-_LAST:])
    spread = median(abs(one - other) for one, other in pairwise(logs)) / _STEP
    apart = abs(math.log(max(value, 0.0) + _OFFSET) - level)
    far = apart > max(_FACTOR, _SPREADS * spread)
    return far and abs(value + _OFFSET - math.exp(level)) >= _SMALLEST_CHANGE


def jumps(
    now: Filing, past: Mapping[int, Totals], explained: Container[tuple[str, str, str]] = ()
) -> Iterator[Finding]:
    """At most one finding, of all watched series that jumped. `past`: the totals of the years before, oldest first.

    `explained`: cells (table, row, column) that another finding proposes a figure for; their series is left out.
    """
    found = [jump for jump in _jumps(now, past) if not any(cell in explained for cell in jump.cells)]
    if found:
        named = {each.key: Text(each.zh, each.en) for each in harmonised().series}
        cells = [cell for jump in found for cell in jump.cells]
        tables = {cell.table for cell in cells}
        finding = get_rule("Y603").finding(
            {"figures": parted(_jump_text(jump, named[jump.series]) for jump in found)},
            table=cells[0].table if len(tables) == 1 else None,
            cells=tuple(
                CellFinding(cell.row, cell.column, now.tables[cell.table].value(*cell[1:]), None) for cell in cells
            ),
        )
        yield asking_to_compare(finding) if any(map(now.is_unproved, cells)) else finding


def _jumps(now: Filing, past: Mapping[int, Totals]) -> Iterator[Jump]:
    if len(past) < _LEAST:
        return
    for key, value in totals(now).items():
        since = _since(key, now.year or 0)
        known = {year: each[key] for year, each in past.items() if key in each and year >= since}
        history = tuple(known.values())
        if is_jump(value, history):
            yield Jump(key, series_of(now, key)[TOTAL], value, history, tuple(known))


@cache
def _since(key: str, year: int) -> int:
    """The first year whose figures of a series can be compared with those of this one."""
    return max((each.since for each in harmonised().breaks_of(key) if each.since <= year), default=0)


def totals(filing: Filing) -> Totals:
    """The watched series of a filing; one with a cell that holds no figure is left out."""
    found: Totals = {}
    for key, places in _watched(filing.forms):
        values = [filing.tables[table].at(at) for table, at in places]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            found[key] = sum(known)
    return found


@lru_cache(maxsize=256)
def _watched(forms: Forms) -> tuple[tuple[str, tuple[tuple[str, int], ...]], ...]:
    """The watched series that these forms have: each with the table and the position of its cells."""
    at = {form.name: form.position for form in forms}
    series = {key: series_in(forms, key).get(TOTAL, ()) for key in WATCHED}
    return tuple(
        (key, tuple((cell.table, at[cell.table](*cell[1:])) for cell in cells))
        for key, cells in series.items()
        if cells
    )


def _jump_text(jump: Jump, name: Text) -> Text:
    past = joined(map(figure_text, jump.history))
    first, last = jump.years[0], jump.years[-1]
    value = figure_text(jump.value)
    return Text(
        f"{name.zh} {value}（{first}–{last} 年：{past.zh}）",
        f"{name.en} {value} ({first}–{last}: {past.en})",
    )
