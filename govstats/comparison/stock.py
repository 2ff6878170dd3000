"""Y602: what was in force last year, with what was issued and without what was repealed, is in force this year."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from govstats.catalog.rules import get_rule
from govstats.comparison.filing import Filing, TableFigures
from govstats.lang import Text
from govstats.model.finding import CellFinding, Evidence, Finding
from govstats.model.forms import TableForm
from govstats.model.pictured import only_compared
from govstats.model.wording import figure_text, parted, row_name

_TABLE = "disclosure"
_COLUMNS = ("issued", "repealed", "in_force")


class Flow(NamedTuple):
    """One row: last year's stock, this year's flows, and the stock that this year says."""

    row: str
    before: float
    issued: float
    repealed: float
    in_force: float

    @property
    def due(self) -> float:
        """What should be in force."""
        return self.before + self.issued - self.repealed


def flows_off(now: Filing, before: Filing) -> list[Flow]:
    """The rows that do not follow. A row with a cell that holds no figure is not judged."""
    new, old = now.tables.get(_TABLE), before.tables.get(_TABLE)
    if new is None or old is None:
        return []
    return [flow for flow in _flows(new, old) if flow.due != flow.in_force]


def stock_rows(now: Filing, before: Filing) -> tuple[tuple[str, int, tuple[int, ...]], ...]:
    """The rows that are judged: their table, where last year's stock stands, where this year's figures do."""
    new, old = now.tables.get(_TABLE), before.tables.get(_TABLE)
    if new is None or old is None:
        return ()
    return tuple((_TABLE, past, places) for _, past, places in _rows(new.form, old.form))


def stock_finding(now: Filing, before: Filing, wrong: Sequence[Flow]) -> Finding:
    """One finding, of all rows that do not follow; if a figure of them was recognised and is not proved, it asks for a
    comparison with the picture."""
    finding = _stock_finding(now, before, wrong)
    return only_compared(finding) if is_unproved(now, before, wrong) else finding


def is_unproved(now: Filing, before: Filing, flows: Sequence[Flow]) -> bool:
    """Was a figure of these rows recognised in a picture, and is it not proved?"""
    new, old = now.tables[_TABLE], before.tables[_TABLE]
    rows = {flow.row for flow in flows}
    return any(
        past in old.unproved or not new.unproved.isdisjoint(places)
        for row, past, places in _rows(new.form, old.form)
        if row in rows
    )


def _stock_finding(now: Filing, before: Filing, wrong: Sequence[Flow]) -> Finding:
    fields = {"year": before.year, "other": before.path, "rows": stock_text(now, wrong)}
    return get_rule("Y602").finding(
        fields,
        table=_TABLE,
        cells=tuple(CellFinding(flow.row, key, getattr(flow, key), None) for flow in wrong for key in _COLUMNS),
        evidence=tuple(_evidence(flow, now.year or 0) for flow in wrong),
        other=before.path,
    )


def stock_text(now: Filing, wrong: Sequence[Flow]) -> Text:
    """What does not follow, row by row."""
    return parted(_line(now.tables[_TABLE], flow) for flow in wrong)


def _flows(new: TableFigures, old: TableFigures) -> Iterator[Flow]:
    for row, before, places in _rows(new.form, old.form):
        values = [old.at(before), *(new.at(place) for place in places)]
        known = [value for value in values if value is not None]
        if len(known) == len(values):
            yield Flow(row, *known)


@lru_cache(maxsize=64)
def _rows(new: TableForm, old: TableForm) -> tuple[tuple[str, int, tuple[int, ...]], ...]:
    """The rows that both forms have a stock of, where last year's stands, and where this year's figures do."""
    return tuple(
        (row.code, old.position(row.code, "in_force"), tuple(new.position(row.code, key) for key in _COLUMNS))
        for row in new.data_rows
        if set(_COLUMNS) <= set(row.columns) and row.code in old.rows and "in_force" in old.rows[row.code].columns
    )


def _evidence(flow: Flow, year: int) -> Evidence:
    text = f"{year - 1}:in_force + issued - repealed = {year}:in_force"
    return Evidence("Y602", flow.row, text, flow.due, flow.in_force, (), ((flow.row, "in_force"),))


def _line(table: TableFigures, flow: Flow) -> Text:
    name = row_name(table.form, flow.row)
    before, issued, repealed, in_force, due = map(
        figure_text, (flow.before, flow.issued, flow.repealed, flow.in_force, flow.due)
    )
    apart = figure_text(abs(flow.due - flow.in_force))
    return Text(
        f"{name.zh}上年现行有效 {before} + 本年制发 {issued} - 本年废止 {repealed} = {due}，"
        f"本年现行有效写的是 {in_force}，相差 {apart}",
        f"{name.en}: {before} in force last year + {issued} issued - {repealed} repealed = {due}, "
        f"{in_force} in force this year, {apart} apart",
    )
