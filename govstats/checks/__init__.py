"""Examined → Findings. A check is a module here with RULES and `check(examined)`; drop one in to add a kind of rule."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Protocol, cast

from govstats.catalog.dropins import member, names_in
from govstats.checks._pictures import as_far_as_seen
from govstats.diagnosis.examine import Examined
from govstats.model.finding import SEVERITIES, Finding
from govstats.model.report import Report


class Check(Protocol):
    """What a module in this folder offers."""

    RULES: tuple[str, ...]
    """The codes of the rules that it applies; each has a file in schemas/rules/."""

    def check(self, examined: Examined) -> Iterator[Finding]:
        """The findings of one report. Wrong data never raises."""


@cache
def known_checks() -> tuple[Check, ...]:
    """All checks, by name."""
    return tuple(cast(Check, member(__name__, name)) for name in names_in(__path__))


def findings(examined: Examined) -> list[Finding]:
    """All findings of one report, in order."""
    report = examined.report
    found = [finding for check in known_checks() for finding in check.check(examined)]
    return in_order(report, [as_far_as_seen(report, finding) for finding in found])


def in_order(report: Report, findings: list[Finding]) -> list[Finding]:
    """Errors first, then by table as the report has them, then by code."""
    order = {name: position for position, name in enumerate(report.tables)}
    return sorted(findings, key=lambda f: (SEVERITIES.index(f.severity), order.get(f.table or "", -1), f.rule))
