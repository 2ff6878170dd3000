"""Which form a table follows, against the one that was in force in the report's year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govstats.catalog.formats import Format, get_format, successor
from govstats.catalog.rules import get_rule
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import table_name

RULES = ("D006",)


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    outdated = [(table, now) for table in report.tables.values() if (now := _replacement(table, report.year))]
    for table, now in outdated:
        cause = "f1" if len(outdated) > 1 else None
        fields = _fields(report, table, now)
        yield get_rule("D006").finding(fields, table=table.form.name, cause=cause, place=table.place)


def _replacement(table: Table, year: int | None) -> Format | None:
    """The format that the table should follow; None if its own is in force, or not known, or the newer one prints it
    alike."""
    if table.rivals:
        return None
    now = successor(table.form.format, year) if year else None
    same = now.tables.get(table.form.name) if now else None
    return None if same and table.form.prints_like(same) else now


def _fields(report: Report, table: Table, now: Format) -> dict[str, Any]:
    old = get_format(table.form.format)
    return {
        "table": table_name(table),
        "old": Text(f"{old.name}（{old.basis}）", f"{old.name} ({old.cited})"),
        "now": Text(f"{now.name}（{now.basis}）", f"{now.name} ({now.cited})"),
        "year": report.year,
        "reason": _reason(report.reasons.get(table.form.name)),
    }


def _reason(reason: Text | None) -> Text:
    return Text(f"{reason.zh}。", f" {reason.en[:1].upper()}{reason.en[1:]}.") if reason else Text("", "")
