"""Which form a table follows, against the one that was in force in the report's year."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from govstats.examine import Examined
from govstats.finding import Finding
from govstats.formats import Format, form_in_force, get_format
from govstats.lang import Text
from govstats.report import Report
from govstats.rules import get_rule
from govstats.table import Table
from govstats.wording import table_name

RULES = ("D006",)


def check(examined: Examined) -> Iterator[Finding]:
    report = examined.report
    now = form_in_force(report.year) if report.year else None
    if now is None:
        return
    outdated = [table for table in report.tables.values() if _is_outdated(table, report.year or 0, now)]
    for table in outdated:
        cause = "f1" if len(outdated) > 1 else None
        fields = _fields(report, table, now)
        yield get_rule("D006").finding(fields, table=table.form.name, cause=cause, place=table.place)


def _is_outdated(table: Table, year: int, now: Format) -> bool:
    """Had its form ended before the year, and does the form of that year print this table in another way?"""
    until = get_format(table.form.format).until
    if until is None or until >= year:
        return False
    same = now.tables.get(table.form.name)
    return same is None or not table.form.prints_like(same)


def _fields(report: Report, table: Table, now: Format) -> dict[str, Any]:
    old = get_format(table.form.format)
    return {
        "table": table_name(table),
        "old": Text(f"{old.name}（{old.basis}）", f"{old.name} ({old.basis})"),
        "until": old.until,
        "now": Text(f"{now.name}（{now.basis}）", f"{now.name} ({now.basis})"),
        "year": report.year,
        "reason": _reason(report.reasons.get(table.form.name)),
    }


def _reason(reason: Text | None) -> Text:
    return Text(f"{reason.zh}。", f" {reason.en[:1].upper()}{reason.en[1:]}.") if reason else Text("", "")
