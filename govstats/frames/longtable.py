"""Reports → all their cells, one a row. A column is an entry of LONG_TABLE: its name, type, and what stands in it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import pandas as pd

from govstats.model.report import Report
from govstats.model.table import Table
from govstats.text.figures import State


class LongColumn(NamedTuple):
    """A column: what it holds of the cell at a position of a report's table (None: nothing), as pandas stores it; how
    wide a sheet shows it."""

    name: str
    of: Callable[[Report, Table, int], Any]
    dtype: str = "object"
    width: int = 11


LONG_TABLE = (
    LongColumn("path", lambda report, table, at: report.path, width=28),
    LongColumn("agency", lambda report, table, at: report.agency, width=20),
    LongColumn("year", lambda report, table, at: report.year, "Int64"),
    LongColumn("format", lambda report, table, at: table.form.format, width=14),
    LongColumn("table", lambda report, table, at: table.form.name, width=13),
    LongColumn("row", lambda report, table, at: table.form.cells[at].row, width=15),
    LongColumn("column", lambda report, table, at: table.form.cells[at].column, width=15),
    LongColumn("value", lambda report, table, at: table.figures[at], "Float64"),
    LongColumn("unit", lambda report, table, at: table.unit(at)),
    LongColumn("state", lambda report, table, at: State(int(table.states[at])).name.lower()),
    LongColumn("recognised", lambda report, table, at: at in table.recognised, "bool"),
    LongColumn("raw", lambda report, table, at: table.raws[at]),
    LongColumn("where", lambda report, table, at: str(table.places[at]) if table.places[at] else None, width=24),
    LongColumn("code", lambda report, table, at: report.place.code if report.place else None),
    LongColumn("province", lambda report, table, at: report.place.province if report.place else None),
    LongColumn("city", lambda report, table, at: report.place.city if report.place else None),
    LongColumn("county", lambda report, table, at: report.place.county if report.place else None),
    LongColumn("level", lambda report, table, at: report.place.level if report.place else None),
    LongColumn("body", lambda report, table, at: report.body),
)
LONG_COLUMNS = tuple(column.name for column in LONG_TABLE)


def long_frame(reports: Iterable[Report]) -> pd.DataFrame:
    """All cells of many reports, one a row: who, which cell, value (Float64), unit, state, raw text, place.

    A value is in the unit beside it, as printed, never converted; `unit` is missing where neither cell nor form has it.
    """
    types = {column.name: column.dtype for column in LONG_TABLE if column.dtype != "object"}
    return pd.DataFrame(long_rows(reports), columns=list(LONG_COLUMNS)).astype(types)


def long_rows(reports: Iterable[Report]) -> Iterator[tuple[Any, ...]]:
    """The rows of `long_frame`, in the order of LONG_TABLE; None where nothing is."""
    for report in reports:
        for table in report.tables.values():
            for at in range(len(table.form.cells)):
                yield tuple([column.of(report, table, at) for column in LONG_TABLE])
