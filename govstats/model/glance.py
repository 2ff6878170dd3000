"""What a list of reports shows of one: whose, which year, where; kept beside its findings, so that no report is loaded
to be counted."""

from __future__ import annotations

from typing import NamedTuple, Self

from govstats.lang import Text
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.text.figures import State


class Glance(NamedTuple):
    """`region`: the names of the place, largest first; `idle`: the relations that hold only for want of figures;
    `is_unread`: nothing of it could be read, as of a scan."""

    agency: str | None
    year: int | None
    region: str | None
    title: Text
    idle: int
    is_unread: bool = False

    @classmethod
    def at(cls, report: Report) -> Self:
        """A glance at a report."""
        place = report.place
        names = dict.fromkeys(name for name in (place.province, place.city, place.county) if name) if place else {}
        idle = sum(map(_without_figures, report.tables.values()))
        is_unread = not report.tables and report.document.is_unread
        return cls(report.agency, report.year, "".join(names) or None, report.title, idle, is_unread)


def _without_figures(table: Table) -> int:
    """How many relations of a table hold only because all their cells are blanks or marks."""
    empty = table.has_state(State.BLANK, State.MARK)
    if not empty.any():
        return 0
    involved = table.form.matrix != 0
    return int((involved.any(axis=1) & ~involved[:, ~empty].any(axis=1)).sum())
