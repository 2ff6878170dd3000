"""Report: one annual report as read. Who, which year, which form, its tables; no verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from govstats.errors import UsageError, near_or
from govstats.lang import Text
from govstats.model.claim import Claim, Growth
from govstats.model.document import Document
from govstats.model.finding import number
from govstats.model.forms import CellKey
from govstats.model.places import Place
from govstats.model.table import Source, Table
from govstats.model.views import view

if TYPE_CHECKING:
    import pandas as pd


class Period(NamedTuple):
    """The days that a report is for, both included."""

    start: date
    end: date

    @property
    def year(self) -> int | None:
        """The year that it lies in; None if it reaches over a turn of the year."""
        return self.start.year if self.start.year == self.end.year else None

    @property
    def is_whole_year(self) -> bool:
        """From 1 January to 31 December of one year."""
        return self == (date(self.start.year, 1, 1), date(self.start.year, 12, 31))


class Named(NamedTuple):
    """A year that a part of the document names; `line` is the number of the paragraph, 0 for meta data."""

    part: Text
    year: int
    line: int


_PUBLIC = (
    "agency", "amount", "applications", "body", "claims", "disclosure", "form_cited", "format", "harmonised",
    "indicators", "litigation", "path", "period", "place", "published", "reasons", "source", "table", "tables",
    "to_dict", "to_frame", "year",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Report:
    """One 政府信息公开工作年度报告.

    `agency` and `year` are None where the document does not say them; `format` is None without a known table. A table
    may follow another form than the report: `tables[name].form.format`; `reasons` says by what each was known.
    Tables are DataFrames on demand: rows are the codes of the form, columns its keys, figures in the unit of
    their column (件, 万元), `<NA>` where no figure could be read.

    `period`: the days that the figures are said to be for; `form_cited`: the 文号 of the form that the report names
    (国办公开办函〔2021〕30号); `published`: the day printed as such, else the day of the signature. `several`: the page
    strings several reports together, so that no agency and year is asserted. `years_named`: the year that each part of
    the document (title, introduction, reporting period, body) names.

    `stated`: what the prose states in figures, each with its verdict, in the order of the text; `growth`: the growth
    rates that it states against the year before, which only that year's report can judge.

    `place`: the division where the agency sits, from its name, else from what else the document or its folder says;
    `body`: what the agency is (government, office, department …); None where nothing tells. `called`: the part of a
    name (市财政局) that is all the document gives; `beside`: other names and addresses in it, which tell the place.
    `sheet`: where a workbook holds several reports, the name of this one's sheet.
    """

    path: str
    sha256: str
    agency: str | None
    year: int | None
    format: str | None
    tables: dict[str, Table]
    document: Document = field(repr=False)
    reasons: Mapping[str, Text] = field(default_factory=dict, repr=False)
    period: Period | None = None
    form_cited: str | None = None
    published: date | None = None
    several: bool = False
    years_named: tuple[Named, ...] = field(default=(), repr=False)
    stated: tuple[Claim, ...] = field(default=(), repr=False)
    growth: tuple[Growth, ...] = field(default=(), repr=False)
    place: Place | None = None
    body: str | None = None
    called: str | None = None
    beside: tuple[str, ...] = field(default=(), repr=False)
    sheet: str = field(default="", repr=False)

    def __dir__(self) -> list[str]:
        """What analysts use; the rest serves the audit."""
        return [*_PUBLIC]

    @cached_property
    def disclosure(self) -> pd.DataFrame:
        """主动公开政府信息情况 as a DataFrame. Raises UsageError if the report has no such table."""
        return self.table("disclosure")

    @cached_property
    def applications(self) -> pd.DataFrame:
        """收到和处理政府信息公开申请情况 as a DataFrame (件). Raises UsageError if the report has no such table."""
        return self.table("applications")

    @cached_property
    def litigation(self) -> pd.DataFrame:
        """政府信息公开行政复议、行政诉讼情况 as a DataFrame (件). Raises UsageError if the report has no such table."""
        return self.table("litigation")

    def table(self, name: str) -> pd.DataFrame:
        """A table as a DataFrame: row codes × column keys, Int64 (amounts Float64), `<NA>` where not readable.

        Raises UsageError if the report has no such table.

            >>> report = govstats.read(govstats.samples()[2])
            >>> report.table("litigation").loc["review", "total"].item()
            0
        """
        frame: pd.DataFrame = view("frame")(self._table(name), self)
        return frame

    @cached_property
    def claims(self) -> pd.DataFrame:
        """`stated`, a claim a row: text, kind, holds (`<NA>` unknown), severity, rule, values, arithmetic, where."""
        frame: pd.DataFrame = view("claims_frame")(self)
        return frame

    def to_frame(self) -> pd.DataFrame:
        """All cells of all tables, one a row: agency, year, format, which cell, value, unit, state, raw, where."""
        frame: pd.DataFrame = view("long_frame")([self])
        return frame

    def source(self, cell: str | tuple[str, str, str]) -> Source:
        """How a cell was printed: raw text, state, place in the document.

        `cell` is `"applications/3.7/total"` or a tuple. Raises UsageError for a cell or table that is not there.

            >>> source = govstats.read(govstats.samples()[2]).source("applications/3.7/total")
            >>> source.raw, source.state.name
            ('0', 'ZERO')
        """
        table, row, column = CellKey.parse(cell) if isinstance(cell, str) else cell
        return self._table(table).source(row, column)

    def amount(self, cell: str | tuple[str, str, str], unit: str = "万元") -> float | None:
        """A cell's amount of money in 元, 万元 or 亿元; None where no figure is. Frames hold it as printed.

        `cell` as for `source`. Raises UsageError for a cell that holds no money, and for an amount that is printed
        without its unit in a form that leaves the unit open: nobody can convert it.
        """
        table, row, column = CellKey.parse(cell) if isinstance(cell, str) else cell
        read = self._table(table)
        position = read.form.position(row, column)
        value, printed = read.value(row, column), read.unit(position)
        if read.form.figures[position].number != "amount" or unit not in UNITS:
            raise UsageError(
                Text(f"{row}/{column} 不能换算成“{unit}”。", f"{row}/{column} cannot be told in “{unit}”."),
                Text(f"金额可以换算成 {'、'.join(UNITS)}。", f"Amounts can be told in {', '.join(UNITS)}."),
            )
        if value is None or not value:
            return value
        if printed is None:
            raise UsageError(
                Text(
                    f"{row}/{column} 印作 {value:g}，没有写单位，无法换算。",
                    f"{row}/{column} is printed as {value:g} without a unit and cannot be converted.",
                )
            )
        return converted(value, printed, unit)

    def harmonised(self, *, derived: bool = False) -> pd.DataFrame:
        """What can be compared across forms: one row a series (件), `<NA>` where the forms count different things.

        Columns: `unit`, `total`, and the kinds of applicants where the form has them, all Int64. Which cells make
        which series, and what is not comparable and why: `schemas/harmonised.yaml`, docs/harmonised.md.

        With `derived`, a blank counts as the figure that the relations leave to it, where that is the only one; the
        column `derived` names the columns (with spaces between) whose figure rests on one.
        """
        frame: pd.DataFrame = view("harmonised_frame")(self, derived=derived)
        return frame

    def indicators(self) -> pd.DataFrame:
        """The ratios of schemas/indicators.yaml, by key: value, numerator, n, low, high (95 %), small, reason.

        A value is `<NA>` where the reason says why: not_counted, incomplete, zero, inconsistent. `small`: n is too
        small to rank by. What each is, and groups of reports: docs/indicators.md, `govstats.indicators`.
        """
        frame: pd.DataFrame = view("indicators_frame")(self)
        return frame

    def _table(self, name: str) -> Table:
        try:
            return self.tables[name]
        except KeyError:
            there = "、".join(self.tables) or "无"
            raise UsageError(
                Text(f"{self.path} 中没有读到“{name}”表。", f"No table “{name}” was read in {self.path}."),
                near_or(
                    name, self.tables, Text(f"读到的表：{there}。", f"Tables read: {', '.join(self.tables) or 'none'}.")
                ),
            ) from None

    def without_document(self) -> Report:
        """The same without the text that it was read from and the years named in it: for keeping many."""
        return replace(self, document=Document(self.document.kind, self.document.charset, ()), years_named=())

    def found_at(self, path: str) -> Report:
        """The same, read at another path; its folder may tell where the agency sits."""
        sits = view("seat")(self.agency, self.beside, path, self.year)
        return replace(self, path=path, place=sits.place, body=sits.body)

    @property
    def whereabouts(self) -> dict[str, str | None]:
        """Where its agency sits and what it is, as columns: code, province, city, county, level, body."""
        place = self.place
        found = {
            name: getattr(place, name) if place else None for name in ("code", "province", "city", "county", "level")
        }
        return found | {"body": self.body}

    @property
    def title(self) -> Text:
        """Agency and year in one line, with 未知 for what the document does not say."""
        if self.several:
            return Text("多份报告连在一起", "several reports in one page")
        year_zh, year_en = (f"{self.year} 年", str(self.year)) if self.year else ("年度未知", "year unknown")
        return Text(f"{self.agency or '机关未知'} {year_zh}", f"{self.agency or 'agency unknown'} {year_en}")

    def to_dict(self, lang: str | None = None) -> dict[str, Any]:
        """The object that `show --format json` prints (CONTRACT §5); cells without a figure are None.

        `forms` says which form each table follows, `reasons` by what it was known, in `lang`; `recognised`, where some
        were, which cells were read from a picture.
        """
        return {
            "path": self.path,
            "sha256": self.sha256,
            "agency": self.agency,
            "year": self.year,
            "format": self.format,
            "forms": {name: table.form.format for name, table in self.tables.items()},
            "reasons": {name: reason.of(lang) for name, reason in self.reasons.items()},
            "tables": {name: _figures(table) for name, table in self.tables.items()},
            **self._recognised,
            "place": self.place.to_dict() if self.place else None,
            "body": self.body,
            "claims": [claim.to_dict() for claim in self.stated],
        }

    @property
    def _recognised(self) -> dict[str, list[dict[str, str]]]:
        """The cells that were read from pictures, if there are any."""
        cells = [table.form.cells[at]._asdict() for table in self.tables.values() for at in table.recognised]
        return {"recognised": cells} if cells else {}

    def __str__(self) -> str:
        return str(view("report_text")(self))

    def __repr__(self) -> str:
        return f"<Report {self.title} · {self.format} · {', '.join(self.tables) or '—'}>"

    def _repr_html_(self) -> str:
        return str(view("report_html")(self))


def _figures(table: Table) -> dict[str, dict[str, int | float | None]]:
    figures: dict[str, dict[str, int | float | None]] = {}
    for cell, value in zip(table.form.cells, table.values, strict=True):
        figures.setdefault(cell.row, {})[cell.column] = number(float(value))
    return figures


_YUAN = {
    "元": Decimal(1),
    "千元": Decimal(1_000),
    "万元": Decimal(10_000),
    "百万元": Decimal(1_000_000),
    "亿元": Decimal(100_000_000),
}
UNITS = tuple(_YUAN)


def converted(value: float, unit: str, to: str) -> float:
    """`value` in `unit` → in `to`; both are among UNITS. As exact as the decimals of `value`."""
    return float(Decimal(str(value)) * _YUAN[unit] / _YUAN[to])
