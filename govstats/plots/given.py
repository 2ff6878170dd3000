"""What analysts hand over (a report, a table's DataFrame, many reports, a panel) → the figures that plots draw."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import pandas as pd

from govstats.errors import UsageError
from govstats.frames.tables import coded, figure_at
from govstats.lang import Text
from govstats.model.audits import Audit
from govstats.model.forms import CellKey, TableForm
from govstats.model.report import Report


class Given(NamedTuple):
    """One table: its form, its figures under codes and keys, and whose it is."""

    form: TableForm
    frame: pd.DataFrame
    whose: Text

    def titled(self, title: object) -> str:
        """A title with whose table it is."""
        return f"{self.whose} · {title}" if str(self.whose) else str(title)

    def value(self, row: str, column: str) -> float | None:
        """A cell's figure; None where there is none."""
        return figure_at(self.frame, row, column)

    def total(self, rows: Iterable[str], column: str) -> float | None:
        """The sum of some rows; None where one of them holds no figure."""
        values = [self.value(row, column) for row in rows]
        return None if None in values or not values else sum(value for value in values if value is not None)


def given(data: Report | pd.DataFrame, table: str | None = None) -> Given:
    """A report, or the DataFrame of one table. Raises UsageError if it is not the table asked for."""
    if isinstance(data, Report):
        data = data.table(table or next(iter(data.tables), "applications"))
    form: TableForm = data.gov.form
    if table and form.name != table:
        raise UsageError(
            Text(f"这种图要“{table}”表，给的是“{form.name}”表。", f"This plot needs “{table}”, not “{form.name}”."),
            Text(f"请给 report.{table}，或整份报告。", f"Give it report.{table}, or the report."),
        )
    about: dict[str, Any] = data.attrs.get("govstats", {})
    agency, year = about.get("agency") or "", about.get("year")
    whose = Text(f"{agency} {year} 年".strip(), f"{agency} {year}".strip()) if year else Text(agency, agency)
    return Given(form, coded(data, form), whose)


LONG = ["path", "agency", "year", "format", "what", "column", "value"]
"""The columns of `long`."""


def long(data: Any, what: str) -> pd.DataFrame:
    """Reports, an Audit, or a panel's table → one figure a row (columns LONG), of a series or of cells.

    `what` is a series (`new`), a cell (`applications/1/total`), or cells of several rows (`applications/3.3.*/total`).
    `<NA>` where no figure is. Raises UsageError for a DataFrame that has no such figures.
    """
    if isinstance(data, Report):
        data = [data]
    if isinstance(data, Audit):
        data = data.reports
    frame = data if isinstance(data, pd.DataFrame) else _of_reports(list(data), what)
    named = {"agency", "year", "value", *(("table", "row", "column") if "/" in what else ("series", "column"))}
    if missing := named - set(frame.columns):
        raise UsageError(
            Text(f"“{what}”要用有 {'、'.join(sorted(missing))} 列的表。", f"“{what}” needs the columns {missing}."),
            Text(
                "格（如 applications/1/total）取自 govstats.panel；序列（如 new）取自 panels.tables 的 series 表。",
                "Cells are in govstats.panel, series in the table `series` of govstats.panels.tables.",
            ),
        )
    return _of_cell(frame, what) if "/" in what else _series(frame, what)


def _of_reports(reports: list[Report], what: str) -> pd.DataFrame:
    from govstats.frames.longtable import long_frame

    if "/" in what:
        return long_frame(reports)
    rows = [
        (each.path, each.agency, each.year, key, column, figures[column])
        for each in reports
        for key, figures in each.harmonised().iterrows()
        for column in figures.index
        if key == what and column != "unit"
    ]
    return pd.DataFrame(rows, columns=["path", "agency", "year", "series", "column", "value"])


def _of_cell(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    table, row, column = CellKey.parse(what)
    there = frame["table"].eq(table) & frame["column"].eq(column)
    there &= frame["row"].str.startswith(row[:-1]) if row.endswith("*") else frame["row"].eq(row)
    found = frame[there.astype(bool)]
    return _arranged(found.assign(what=found["row"].astype(str)))


def _series(frame: pd.DataFrame, what: str) -> pd.DataFrame:
    from govstats.catalog.series import harmonised

    known = [series.key for series in harmonised().series]
    if what not in known:
        raise UsageError(
            Text(f"没有序列“{what}”。", f"There is no series “{what}”."),
            Text(f"有：{'、'.join(known)}；或给一格，如 applications/1/total。", f"There are {', '.join(known)}."),
        )
    return _arranged(frame[frame["series"].eq(what)].assign(what=what))


def _arranged(frame: pd.DataFrame) -> pd.DataFrame:
    made = frame.reindex(columns=LONG)
    texts = {name: made[name].astype(object).where(made[name].notna(), None) for name in LONG[:2] + LONG[3:6]}
    return made.assign(**texts, year=made["year"].astype("Int64"), value=made["value"].astype("Float64"))


class Settled(NamedTuple):
    """One figure for each agency, year and cell; `contradicted` are those with several documents that disagree."""

    frame: pd.DataFrame
    contradicted: list[str]


def settled(frame: pd.DataFrame) -> Settled:
    """Documents told twice count once; where two disagree there is no figure. Of unknown agency or year each counts."""
    who = frame["agency"].notna() & frame["year"].notna()
    keys = ["agency", "year", "what", "column"]
    grouped = frame[who].groupby(keys, sort=False, dropna=False)["value"]
    values, counts = grouped.first(), grouped.nunique()
    values[counts > 1] = pd.NA
    names = [f"{agency} {year}" for agency, year, *_ in counts[counts > 1].index]
    made = values.reset_index()
    formats = frame[who].groupby(keys, sort=False, dropna=False)["format"].first().to_numpy()
    return Settled(
        pd.concat([made.assign(format=formats), frame[~who][[*keys, "value", "format"]]], ignore_index=True)
        if (~who).any()
        else made.assign(format=formats),
        list(dict.fromkeys(names)),
    )
