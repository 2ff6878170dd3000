"""R701: a parent's report compiles its units', so each of its cells is the sum of theirs.

A unit without a report, a table or a figure adds something unknown, but nothing negative: then only a sum that is above
the parent's figure is wrong for sure.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from govstats.catalog.rules import get_rule
from govstats.comparison.filing import Filing, TableFigures
from govstats.lang import Text
from govstats.model.finding import CellFinding, Evidence, Finding
from govstats.model.forms import TableForm
from govstats.model.pictured import only_compared
from govstats.model.wording import NOTHING, cell_name, figure_text, listed, parted
from govstats.text.figures import State

_NOT_ADDED = ("previous_items", "change")
"""Kinds of items, not counts: two units may have the same."""
_ROUNDED = 0.01
"""Amounts may be rounded by each unit (万元)."""
_TELLING = 10.0


@dataclass(slots=True)
class Sum:
    """The units' figures of one table of the parent, and where each unit has them (-1: nowhere); `unproved`: the
    parent's cells of which a figure was recognised in a picture and is not proved."""

    parent: TableFigures
    places: list[NDArray[np.int64]] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    values: list[NDArray[np.float64]] = field(default_factory=list)
    unproved: set[int] = field(default_factory=set)
    without: list[str] = field(default_factory=list)

    def add(self, name: str, unit: TableFigures | None) -> None:
        """One more unit; without the table it is one of those that are missing."""
        if unit is None:
            self.without.append(name)
            return
        self.names.append(name)
        places = _places(self.parent.form, unit.form)
        self.places.append(places)
        values = np.full(len(places), np.nan)
        values[places >= 0] = unit.values[places[places >= 0]]
        self.values.append(values)
        if unit.unproved:
            self.unproved |= {at for at, place in enumerate(places.tolist()) if place in unit.unproved}

    @property
    def total(self) -> NDArray[np.float64]:
        """The sum of what is known, cell by cell."""
        total: NDArray[np.float64] = np.nansum(self.values, axis=0)
        return total

    @property
    def slack(self) -> NDArray[np.float64]:
        """By how much a cell may be off: amounts are rounded by each unit."""
        return _slack(self.parent.form, len(self.values))

    def wrong(self, missing: bool) -> list[int]:
        """The cells that no unknown figure could save."""
        open_ = np.isnan(self.values).any(axis=0) | (missing or bool(self.without))
        known = np.isin(self.parent.states, (State.NUMBER, State.ZERO)) & _added(self.parent.form)
        apart = self.total - np.nan_to_num(self.parent.values)
        off = np.where(open_, apart, np.abs(apart)) > self.slack
        return [int(at) for at in np.flatnonzero(known & off)]


@lru_cache(maxsize=64)
def _places(parent: TableForm, unit: TableForm) -> NDArray[np.int64]:
    """Where the parent's cells stand in the unit's form; -1 where that has none."""
    return np.array([unit.index.get(cell, -1) for cell in parent.cells], dtype=np.int64)


@lru_cache(maxsize=16)
def _added(form: TableForm) -> NDArray[np.bool_]:
    """The cells that a parent adds up."""
    pairs = zip(form.cells, form.figures, strict=True)
    return np.array([cell.column not in _NOT_ADDED and not figure.units for cell, figure in pairs])


def _slack(form: TableForm, units: int) -> NDArray[np.float64]:
    amounts = np.array([figure.number == "amount" for figure in form.figures])
    return np.where(amounts, _ROUNDED * (units + 1), 0.0)


def sums_of(parent: Filing, units: Iterable[tuple[str, Filing]]) -> dict[str, Sum]:
    """The parent's tables, each with the figures of its units (names and filings of those that filed)."""
    sums = {name: Sum(figures, unproved={*figures.unproved}) for name, figures in parent.tables.items()}
    for name, unit in units:
        for table, sum_ in sums.items():
            sum_.add(name, unit.tables.get(table))
    return sums


def roll_up_finding(sum_: Sum, wrong: list[int], missing: list[str]) -> Finding:
    """The cells of a table that are not the sum of the units'. `missing`: the names of units that did not file."""
    form, total = sum_.parent.form, sum_.total
    without = [*missing, *sum_.without]
    fields = {
        "table": Text(f"“{form.title.zh}”表", f"“{form.title.en}”"),
        "n": len(wrong),
        "units": len(sum_.values),
        "figures": parted(_difference(sum_, at, total[at]) for at in wrong),
        "missing": _missing(without),
        "clue": NOTHING if without else _clue(sum_, total),
    }
    found = get_rule("R701").finding(
        fields,
        table=form.name,
        cells=tuple(CellFinding(*form.cells[at][1:], sum_.parent.at(at), None) for at in wrong),
        evidence=tuple(_evidence(sum_, at, float(total[at])) for at in wrong),
    )
    return only_compared(found) if sum_.unproved.intersection(wrong) else found


def _evidence(sum_: Sum, at: int, total: float) -> Evidence:
    _, row, column = sum_.parent.form.cells[at]
    return Evidence("R701", row, "units = parent", total, float(sum_.parent.values[at]), (), ((row, column),))


def _difference(sum_: Sum, at: int, total: float) -> Text:
    name, held = cell_name(sum_.parent.form, at), float(sum_.parent.values[at])
    total = round(float(total), 6)
    apart = figure_text(round(abs(total - held), 6))
    more = total > held
    return Text(
        f"{name.zh}各单位合计 {figure_text(total)}，本报告 {figure_text(held)}，{'少' if more else '多'} {apart}",
        f"{name.en}: the units make {figure_text(total)}, this report has {figure_text(held)}, "
        f"{apart} {'less' if more else 'more'}",
    )


def _missing(names: list[str]) -> Text:
    if not names:
        return NOTHING
    told = listed(Text(f"“{name}”", f"“{name}”") for name in names)
    return Text(
        f"另有 {len(names)} 个单位没有可用的报告（{told.zh}），它们的数只会使合计更大。",
        f" {len(names)} unit(s) without a report to use ({told.en}) would only make the sums larger.",
    )


def _clue(sum_: Sum, total: NDArray[np.float64]) -> Text:
    """The unit whose figures are just what all cells of the table are off by: left out, or counted twice."""
    added = _added(sum_.parent.form)
    apart = np.where(added, total - np.nan_to_num(sum_.parent.values), 0.0)
    for way, zh, en in ((1, "漏加了", "left out"), (-1, "重复加了", "counted twice")):
        fits = [
            name
            for name, values in zip(sum_.names, sum_.values, strict=True)
            if np.allclose(np.where(added, np.nan_to_num(values), 0.0), way * apart, atol=_ROUNDED, rtol=0)
        ]
        if len(fits) == 1 and np.abs(apart).max() >= _TELLING:
            return Text(
                f"各格的差额正好是“{fits[0]}”的数，可能{zh}这个单位。",
                f" All cells are off by the figures of “{fits[0]}”: perhaps it was {en}.",
            )
    return NOTHING


def unverified(names: list[str]) -> Finding:
    """The hint that a parent's sums could not be verified for want of these units."""
    told = listed(Text(f"“{name}”", f"“{name}”") for name in names)
    rule = get_rule("R701")
    message = Text(
        f"汇总没有核对：{len(names)} 个单位没有可用的报告或表（{told.zh}）；其余单位的合计没有超过本报告的数。",
        f"The sums were not verified: {len(names)} unit(s) have no report or table to use ({told.en}); those of the "
        "others are not above this report's figures.",
    )
    return Finding(rule.code, rule.name, rule.lesser or "info", message, rule.hint.text())
