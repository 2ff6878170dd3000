"""Tables and reports from figures, without a document."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from govstats.audits import Audit
from govstats.document import Document
from govstats.finding import Finding
from govstats.report import Report
from govstats.table import Table
from tests.factory import FORMAT


def table_of(name: str, vector: NDArray[Any]) -> Table:
    """A table of national-2021 from figures in the form's cell order."""
    form = FORMAT.tables[name]
    rows: dict[str, list[object]] = {}
    for cell, value in zip(form.cells, np.asarray(vector, dtype=float), strict=True):
        rows.setdefault(cell.row, []).append(int(value) if value.is_integer() else value)
    return Table.from_texts(form, rows)


def faults(audit: Audit) -> list[Finding]:
    """The findings on stored documents, but not those of plausibility (disclosures were drawn at large) nor D010.

    They end with the heading of section 五.
    """
    return [finding for finding in audit.findings if not finding.rule.startswith("P") and finding.rule != "D010"]


def report_of(**tables: Table) -> Report:
    """A report with these tables only."""
    return Report("made", "0" * 64, "某局", 2023, "national-2021", tables, Document("text", "utf-8", ()))
