"""Which rules are looked at in which part of a report: what a test of it is made of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.catalog.formats import known_formats
from govstats.catalog.rules import About, group_of, groups, known_rules
from govstats.checks import known_checks
from govstats.model.audits import Audited

WHOLE = "report"
"""The part that is no table."""


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
        yield from (code for code in _checked("report", "prose") if code not in elsewhere)
    elif part in entry.report.tables:
        form = entry.report.tables[part].form
        stated = {relation.rule for relation in form.relations}
        yield from _checked("table", "cell")
        yield from stated
        yield from _of_no_form() if stated else ()


def _checked(*about: About) -> tuple[str, ...]:
    """Codes of rules that a report alone is checked by, and that look at these things."""
    applied = {code for check in known_checks() for code in check.RULES}
    return tuple(code for code, rule in known_rules().items() if code in applied and rule.about in about)


def _of_no_form() -> tuple[str, ...]:
    """Codes of rules on relations that no form states by themselves: T304."""
    stated = {r.rule for form in known_formats().values() for table in form.tables.values() for r in table.relations}
    return tuple(code for code in _checked("relation") if code not in stated)


def groups_of(codes: Iterable[str]) -> list[str]:
    """The groups of some codes, in the order of `groups`."""
    found = {group_of(code) for code in codes}
    known = [group for group in groups() if group in found]
    return known + sorted(found - set(known))
