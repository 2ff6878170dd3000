"""Which rules are looked at in which part of a report: what a test of it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache

from govstats.catalog.formats import known_formats
from govstats.catalog.rules import known_rules
from govstats.checks import known_checks
from govstats.lang import Text
from govstats.model.audits import Audited

GROUPS = {
    "D": Text("文件与结构", "document and structure"),
    "C": Text("单元格", "cells"),
    "B": Text("收办平衡", "balance"),
    "T": Text("合计", "totals"),
    "P": Text("合理性", "plausibility"),
    "N": Text("正文数据", "figures in the prose"),
    "Y": Text("跨年", "over the years"),
    "R": Text("上下级", "parents and units"),
}
"""The first letter of a rule's code says which group it is of."""

WHOLE = "report"
"""The part that is no table."""

_OF_TABLES = ("D003", "D004", "D005", "D006", "D007", "C")
_OF_FORMS = ("B", "T")


def parts(entry: Audited) -> list[str]:
    """The parts of a report: itself, then its tables, then tables that a finding says it lacks."""
    found = (finding.table for finding in (*entry.findings, *entry.suppressed) if finding.table)
    return list(dict.fromkeys([WHOLE, *entry.report.tables, *found]))


def rules_of(entry: Audited, part: str) -> list[str]:
    """The codes looked at in a part, sorted: those that apply to it, and those that found something there."""
    found = {f.rule for f in (*entry.findings, *entry.suppressed) if (f.table or WHOLE) == part}
    return sorted(found | set(_applied(entry, part)))


def _applied(entry: Audited, part: str) -> Iterator[str]:
    if part == WHOLE:
        elsewhere = {f.rule for f in (*entry.findings, *entry.suppressed) if f.table}
        yield from (c for c in _checked() if c not in elsewhere and not c.startswith((*_OF_TABLES, *_OF_FORMS)))
    elif part in entry.report.tables:
        form = entry.report.tables[part].form
        stated = {relation.rule for relation in form.relations}
        yield from (code for code in _checked() if code.startswith(_OF_TABLES))
        yield from stated
        yield from _of_no_form() if stated else ()


@cache
def _checked() -> tuple[str, ...]:
    """Codes of rules that a report alone is checked by."""
    applied = {code for check in known_checks() for code in check.RULES}
    return tuple(code for code in known_rules() if code in applied)


@cache
def _of_no_form() -> tuple[str, ...]:
    """Codes of rules on sums that no form states by themselves: T304."""
    stated = {r.rule for form in known_formats().values() for table in form.tables.values() for r in table.relations}
    return tuple(code for code in _checked() if code.startswith(_OF_FORMS) and code not in stated)


def group_of(codes: Iterable[str]) -> list[str]:
    """The groups of some codes, in the order of `GROUPS`."""
    letters = {code[0] for code in codes}
    return [letter for letter in GROUPS if letter in letters]
