"""A finding on figures that were recognised in a picture → the same, as far as a picture can accuse: a warning."""

from __future__ import annotations

from govstats.model.finding import Finding
from govstats.model.pictured import asking_to_compare, rests_on_picture
from govstats.model.report import Report

_INFO = "info"


def as_far_as_seen(report: Report, finding: Finding) -> Finding:
    """The finding; an error or a warning about recognised figures is a warning that asks for a comparison."""
    table = report.tables.get(finding.table or "")
    if table is None or finding.severity == _INFO or not rests_on_picture(finding, table):
        return finding
    return asking_to_compare(finding)
