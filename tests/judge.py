"""What was read against what was printed: exact, honestly not readable, wrong; and is every loss told by a finding?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

import numpy as np

import govstats
from govstats.model.audits import Audited
from tests.factory import FORMAT, Forms

Truth = Mapping[str, list[float | None]]
"""Table → what each cell holds, in the form's cell order; None where no figure is printed."""

WRONG, INVENTED = "wrong", "invented zero"


def count(report: govstats.Report, truth: Truth, forms: Forms = FORMAT.tables) -> Counter[str]:
    """How many cells are `exact`, `unreadable` (printed but not read), `gap` (nothing printed, nothing read), wrong."""
    counts: Counter[str] = Counter()
    for name, expected in truth.items():
        table = report.tables.get(name)
        found = dict(zip(table.form.cells, map(float, table.values), strict=True)) if table else {}
        for cell, holds in zip(forms[name].cells, expected, strict=True):
            read = found.get(cell, np.nan)
            if np.isnan(read):
                counts["gap" if holds is None else "unreadable"] += 1
            elif read == holds:
                counts["exact"] += 1
            else:
                counts[INVENTED if read == 0 else WRONG] += 1
    return counts


def untold(audited: Audited, forms: Forms = FORMAT.tables) -> list[tuple[str, str, str]]:
    """Cells without a figure (table, row, column) that no finding speaks of."""
    told = {
        (finding.table, cell.row, cell.column)
        for finding in audited.findings
        if finding.rule[0] in "DC" or finding.rule == "T304"
        for cell in finding.cells
    }
    if any(finding.rule in {"D001", "D012"} for finding in audited.findings):
        return []
    whole = {finding.table for finding in audited.findings if finding.rule == "D007" and not finding.cells}
    without = {finding.table for finding in audited.findings if finding.rule == "D002"} | whole
    return [cell for cell in _empty(audited.report, forms) if cell not in told and cell[0] not in without]


def _empty(report: govstats.Report, forms: Forms) -> Iterator[tuple[str, str, str]]:
    for name, form in forms.items():
        table = report.tables.get(name)
        for position, cell in enumerate(table.form.cells if table else form.cells):
            if table is None or np.isnan(table.values[position]):
                yield name, cell.row, cell.column
