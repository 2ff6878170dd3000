"""Entries by agency, year, rule or place: to which groups one counts, and what reports of one group add up to."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from govstats.lang import Text
from govstats.model.audits import Audited, Unfiled
from govstats.model.finding import SEVERITIES, Finding
from govstats.model.standings import CLEAN, ERROR, UNREAD, WARNING

Severities = tuple[int, int, int]
"""How many findings: errors, warnings, infos."""


@dataclass(slots=True)
class Group:
    """What reports of one agency, year, rule or place add up to."""

    reports: int = 0
    findings: Counter[str] = field(default_factory=Counter)

    unread: int = 0

    @property
    def severities(self) -> Severities:
        """How many errors, warnings, infos."""
        errors, warnings, infos = (self.findings[severity] for severity in SEVERITIES)
        return errors, warnings, infos

    @property
    def standing(self) -> str:
        """How all of them stand together: the gravest."""
        if self.unread == self.reports:
            return UNREAD
        return next((severity for severity in (ERROR, WARNING) if self.findings[severity]), CLEAN)

    @property
    def brief(self) -> str:
        """Errors and warnings of a cell of a table: `2/1`, `✓` without any, `?` where nothing was read."""
        errors, warnings, _ = self.severities
        return {UNREAD: "?", CLEAN: "✓"}.get(self.standing, f"{errors}/{warnings}")

    def add(self, findings: Iterable[Finding], entry: Audited, is_report: bool = True) -> None:
        """One more report, of which these findings count here; or findings of an agency that has not filed."""
        self.reports += is_report
        self.unread += entry.standing == UNREAD and not isinstance(entry, Unfiled)
        self.findings.update(finding.severity for finding in findings)


def _agency(entry: Audited) -> Mapping[str | None, Iterable[Finding]]:
    return {entry.glance.agency: entry.findings}


def _year(entry: Audited) -> Mapping[str | None, Iterable[Finding]]:
    return {year_of(entry): entry.findings}


def _rule(entry: Audited) -> Mapping[str | None, Iterable[Finding]]:
    by_code: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in entry.findings:
        by_code[finding.rule].append(finding)
    return by_code


def _place(entry: Audited) -> Mapping[str | None, Iterable[Finding]]:
    return {entry.glance.region: entry.findings}


def year_of(entry: Audited) -> str | None:
    """The year of a report, as its group is called."""
    return str(entry.glance.year) if entry.glance.year else None


WAYS = {"agency": _agency, "year": _year, "rule": _rule, "place": _place}
"""What reports are counted by → the groups to which one counts, each with the findings that count there."""
WAY_NAMES = {
    "agency": Text("机关", "agency"),
    "year": Text("年度", "year"),
    "rule": Text("规则", "rule"),
    "place": Text("地区", "place"),
}
