"""What no equation can tell but common sense can: documents in force, fees and the prose, who may make 规章."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govstats.catalog.rules import get_rule
from govstats.checks._feenotes import FEES, denied_notice, fee_notes
from govstats.diagnosis.examine import Examined
from govstats.model.finding import CellFinding, Finding
from govstats.model.forms import CellKey
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import column_name, figure_text, row_name, table_name

RULES = ("P401", "P402", "P403", "P405")

_STOCK = ("issued", "repealed", "in_force")
_UNPAID = CellKey("applications", "3.6.2", "total")
_RULES_ISSUED = [CellKey("disclosure", "20.1.rules", column) for column in ("issued", "made")]
"""本年制发件数, and 本年新制作数量 of the form of 2019."""
_RULES_IN_FORCE = CellKey("disclosure", "20.1.rules", "in_force")


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    for table in report.tables.values():
        for row in table.form.data_rows:
            if set(_STOCK) <= set(row.columns):
                yield from _in_force(table, row.code)
    yield from _fees(report)
    yield from _unpaid(report)
    yield from _wrong_body(report)


def _in_force(table: Table, row: str) -> Iterator[Finding]:
    """What was issued this year and not repealed is in force: the least that 现行有效 can be."""
    issued, repealed, in_force = (table.value(row, column) for column in _STOCK)
    if issued is None or repealed is None or in_force is None or in_force >= issued - repealed:
        return
    fields = {
        "table": table_name(table),
        "row": row_name(table.form, row),
        "issued": figure_text(issued),
        "repealed": figure_text(repealed),
        "in_force": figure_text(in_force),
        "least": figure_text(issued - repealed),
    }
    yield get_rule("P401").finding(fields, **_about(table, *((row, column) for column in _STOCK)))


def _fees(report: Report) -> Iterator[Finding]:
    """The fees of the table against what section 六 says of them; where it says both, nobody knows what it means."""
    found = _figure(report, FEES)
    if found is None:
        return
    table, amount = found
    notes = fee_notes(report.document, report.year)
    if not notes or len({note.charged for note in notes}) > 1 or notes[0].charged == (amount > 0):
        return
    fields = {"table": table_name(table), "row": row_name(table.form, FEES.row), "amount": figure_text(amount)}
    yield get_rule("P402").finding(
        {**fields, "sentence": notes[0].sentence},
        lesser=all(note.bare for note in notes),
        **_about(table, FEES[1:]),
    )


def _unpaid(report: Report) -> Iterator[Finding]:
    """Requests that ended because a fee notice was not paid, where section 六 says that none was sent."""
    found = _figure(report, _UNPAID)
    sentence = denied_notice(report.document, report.year) if found and found[1] > 0 else None
    if found is None or sentence is None:
        return
    table, ended = found
    fields = {"table": table_name(table), "row": row_name(table.form, _UNPAID.row), "ended": figure_text(ended)}
    yield get_rule("P405").finding({**fields, "sentence": sentence}, **_about(table, _UNPAID[1:]))


def _wrong_body(report: Report) -> Iterator[Finding]:
    cells = (*_RULES_ISSUED, _RULES_IN_FORCE)
    told = [(cell, found) for cell in cells if (found := _figure(report, cell)) and found[1] > 0]
    if not told:
        return
    from govstats.checks._bodies import cannot_make_rules, is_township  # hardly any report needs its many patterns

    only_in_force = told[0][0] == _RULES_IN_FORCE  # a bureau may list what others made, for it to apply
    if cannot_make_rules(report.agency, report.place) and (is_township(report.agency) or not only_in_force):
        cell, (table, count) = told[0]
        column = column_name(table.form, cell.column)
        fields = {"table": table_name(table), "column": column, "count": figure_text(count), "agency": report.agency}
        yield get_rule("P403").finding(fields, **_about(table, cell[1:]))


def _figure(report: Report, cell: CellKey) -> tuple[Table, float] | None:
    """A cell's table and figure, if the report has them."""
    table = report.tables.get(cell.table)
    value = table.value(cell.row, cell.column) if table and cell in table.form.index else None
    return (table, value) if table and value is not None else None


def _about(table: Table, *cells: tuple[str, str]) -> dict[str, Any]:
    return {
        "table": table.form.name,
        "cells": tuple(CellFinding(row, column, table.value(row, column), None) for row, column in cells),
        "place": table.source(*cells[-1]).place or table.place,
    }
