"""Forms that nobody filled in: no figure at all, or none in any relation. An all-clear would say nothing there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from govstats.catalog.formats import get_format
from govstats.catalog.rules import get_rule
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import listed, table_name
from govstats.text.figures import State

RULES = ("D013",)

_NO_FIGURE = Text("没有填一个数", "no figure is filled in")
_BLANK = Text("中有勾稽关系的格都是空白", "all cells that stand in a relation are blank")


def check(examined: Examined) -> Iterator[Finding]:
    tables = list(examined.report.tables.values())
    related = [table for table in tables if table.form.relations]
    if not tables or _lacks(examined.report):
        return
    if all(_is_empty(table, State.BLANK, State.MARK) for table in tables):
        yield _finding(tables, _NO_FIGURE)
    elif related and all(_is_empty_in_relations(table) for table in related):
        yield _finding(related, _BLANK)


def _lacks(report: Report) -> bool:
    """Is a table with relations missing? Then that is told (D002)."""
    forms = get_format(report.format).tables if report.format else {}
    return any(form.relations and name not in report.tables for name, form in forms.items())


def _is_empty_in_relations(table: Table) -> bool:
    """Is every cell that stands in a relation blank, or not there, and not all of them missing?"""
    states = table.states[table.form.matrix.any(axis=0)]
    return bool((states == State.BLANK).any() and np.isin(states, (State.BLANK, State.ABSENT)).all())


def _is_empty(table: Table, *empty: State) -> bool:
    """Is every cell one of these, or not there, and not all of them missing?"""
    return bool(table.has_state(*empty).any() and table.has_state(*empty, State.ABSENT).all())


def _finding(tables: list[Table], nothing: Text) -> Finding:
    fields = {"tables": listed(table_name(table) for table in tables), "nothing": nothing}
    names = tuple(table.form.name for table in tables)
    alone = tables[0].form.name if len(tables) == 1 else None
    return get_rule("D013").finding(fields, table=alone, quotes=names, place=tables[0].place)
