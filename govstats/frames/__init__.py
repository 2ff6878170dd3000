"""Tables, reports and audits → pandas DataFrames, made on demand at the edge."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from govstats.model.audits import Audit, Audited, Unread
from govstats.model.finding import Finding
from govstats.model.forms import amounts
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.text.figures import State


def frame(table: Table, report: Report | None = None) -> pd.DataFrame:
    """One table as a DataFrame: row codes × column keys, Int64 (amounts Float64), `<NA>` where no figure is.

    `attrs["govstats"]` remembers format and table for `df.gov`, which state the cells have that hold no figure, what is
    printed in those that cannot be read, and the units of amounts that are not the form's.
    """
    form = table.form
    codes = [row.code for row in form.data_rows]
    at = {code: position for position, code in enumerate(codes)}
    data = {}
    for key in form.columns:
        values = np.full(len(codes), np.nan)
        for cell, value in zip(form.cells, table.values, strict=True):
            if cell.column == key:
                values[at[cell.row]] = value
        data[key] = _nullable(values, "Float64" if form.has_fractions(key) else "Int64")
    made = pd.DataFrame(data, index=pd.Index(codes, name="row"))
    made.attrs["govstats"] = {"format": form.format, "table": form.name, "states": _states(table)}
    made.attrs["govstats"] |= {"raws": _unreadable(table), "units": _units(table)}
    if report is not None:
        made.attrs["govstats"] |= {"agency": report.agency, "year": report.year, "path": report.path}
    return made


def _states(table: Table) -> dict[str, str]:
    """`3.7/total` → `blank`: of the cells without a figure, as text, so that a frame can be stored with its attrs."""
    named = zip(table.form.cells, table.states, strict=True)
    return {
        f"{cell.row}/{cell.column}": State(int(state)).name.lower()
        for cell, state in named
        if state not in (State.NUMBER, State.ZERO)
    }


def _unreadable(table: Table) -> dict[str, str]:
    """`3.7/total` → `1***`: what is printed where no figure can be read."""
    named = zip(table.form.cells, table.states, table.raws, strict=True)
    return {f"{cell.row}/{cell.column}": raw for cell, state, raw in named if state == State.UNREADABLE and raw}


def _units(table: Table) -> dict[str, str]:
    """`20.8.fees/amount` → 元: the units that are printed and not the form's."""
    named = ((table.form.cells[at], table.unit(at), table.form.figures[at]) for at in amounts(table.form))
    return {f"{cell.row}/{cell.column}": unit for cell, unit, figure in named if unit and not figure.takes(unit)}


def _nullable(values: np.ndarray[Any, np.dtype[np.float64]], dtype: str) -> Any:
    missing = np.isnan(values)
    filled = np.where(missing, 0, values)
    if dtype == "Float64":
        return pd.arrays.FloatingArray(filled, missing)
    return pd.arrays.IntegerArray(filled.astype(np.int64), missing)


def claims_frame(report: Report) -> pd.DataFrame:
    """What the prose states, one claim a row; `holds` is <NA> where nobody can say."""
    rows = [
        (
            claim.text,
            claim.kind,
            claim.holds,
            claim.severity,
            claim.rule,
            claim.values,
            str(claim.arithmetic) if claim.arithmetic else None,
            str(claim.place) if claim.place else None,
        )
        for claim in report.stated
    ]
    names = ["text", "kind", "holds", "severity", "rule", "values", "arithmetic", "where"]
    return pd.DataFrame(rows, columns=names).astype({"holds": "boolean"})


def findings_frame(audit: Audit, *, cells: bool = False) -> pd.DataFrame:
    """One finding a row. `row`, `column`, `actual`, `expected` are those of its first accused cell.

    With `cells`, one of its cells a row, with `accused`; a finding without cells has one row. A document that could not
    be read is a row with `rule` <NA> and its error as the message.
    """
    rows = [row for entry in audit.entries for row in _rows(entry, cells)]
    names = [*_COLUMNS, "accused"] if cells else _COLUMNS
    made = pd.DataFrame(rows, columns=names).astype(_TYPES)
    return made.astype({"accused": "boolean"}) if cells else made


_TYPES = {"year": "Int64", "actual": "Float64", "expected": "Float64", "left": "Float64", "right": "Float64"}


_COLUMNS = [
    "path", "agency", "year", "format", "rule", "name", "severity", "table", "row", "column", "actual", "expected",
    "n_cells", "relation", "left", "right", "message", "hint", "cause", "unique", "where",
]  # fmt: skip


def _rows(entry: Audited | Unread, by_cell: bool) -> list[dict[str, Any]]:
    if isinstance(entry, Unread):
        return [{"path": entry.path, "message": entry.error.text()}]
    report = entry.report
    who = {"path": report.path, "agency": report.agency, "year": report.year, "format": report.format}
    return [{**who, **row} for finding in entry.findings for row in _rows_of(finding, by_cell)]


def _rows_of(finding: Finding, by_cell: bool) -> list[dict[str, Any]]:
    told = finding.to_dict()
    same = {name: told[name] for name in _COLUMNS if name in told} | {"n_cells": len(finding.cells)}
    cells = finding.cells if by_cell else (*finding.accused, *finding.cells)[:1]
    return [{**same, **cell._asdict(), "accused": cell.accused} for cell in cells] or [same]
