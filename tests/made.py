"""Tables and reports from figures, without a document."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from govstats.model.audits import Audit
from govstats.model.document import Document
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.table import Table
from tests.factory import FORMAT


def table_of(name: str, vector: NDArray[Any]) -> Table:
    """A table of national-2021 from figures in the form's cell order."""
    form = FORMAT.tables[name]
    rows: dict[str, list[object]] = {}
    for cell, value in zip(form.cells, np.asarray(vector, dtype=float), strict=True):
        rows.setdefault(cell.row, []).append(int(value) if value.is_integer() else value)
    return Table.from_texts(form, rows)


def faults(audit: Audit) -> list[Finding]:
    """The findings on stored documents that their tables' figures make.

    Their disclosures were drawn at large (P), their prose speaks of other figures (N), and they end with the heading
    of section 五 (D010); their section 一 is short (D015).
    """
    return [each for each in audit.findings if each.rule[0] not in "PN" and each.rule not in {"D010", "D015"}]


def report_of(**tables: Table) -> Report:
    """A report with these tables only."""
    return Report("made", "0" * 64, "某局", 2023, "national-2021", tables, Document("text", "utf-8", ()))
