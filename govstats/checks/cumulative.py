"""Figures of this year against those since the beginning, in forms that print both: no relation, but a bound."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.catalog.rules import get_rule
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.finding import CellFinding, Finding
from govstats.model.table import Table
from govstats.model.wording import figure_text, listed, row_name, table_name

RULES = ("P404",)


def check(examined: Examined) -> Iterator[Finding]:
    for table in examined.report.tables.values():
        for part, whole in table.form.within:
            yield from _above(table, part, whole)


def _above(table: Table, part: str, whole: str) -> Iterator[Finding]:
    """One finding for all rows in which the part is more than the whole."""
    codes = [row.code for row in table.form.data_rows if {part, whole} <= set(row.columns)]
    above = [
        (code, less, more)
        for code in codes
        if (more := table.value(code, part)) is not None
        and (less := table.value(code, whole)) is not None
        and more > less
    ]
    if not above:
        return
    told = (
        Text(
            f"{name.zh} {figure_text(more)} > {figure_text(less)}",
            f"{name.en} {figure_text(more)} > {figure_text(less)}",
        )
        for code, less, more in above
        for name in [row_name(table.form, code)]
    )
    columns = table.form.columns
    fields = {
        "table": table_name(table),
        "n": len(above),
        "part": columns[part].label,
        "whole": columns[whole].label,
        "rows": listed(told),
    }
    cells = tuple(CellFinding(code, key, table.value(code, key), None) for code, *_ in above for key in (part, whole))
    place = table.source(above[0][0], part).place or table.place
    yield get_rule("P404").finding(fields, table=table.form.name, cells=cells, place=place)
