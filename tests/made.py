"""Tables and reports from figures, without a document; and the reports that the examples of rules describe."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from govstats.document import Document
from govstats.formats import get_table_form
from govstats.pipeline import parse
from govstats.report import Report
from govstats.rules import Example
from govstats.table import Table
from tests.factory import FORMAT


def table_of(name: str, vector: NDArray[Any]) -> Table:
    """A table of national-2021 from figures in the form's cell order."""
    form = FORMAT.tables[name]
    rows: dict[str, list[object]] = {}
    for cell, value in zip(form.cells, np.asarray(vector, dtype=float), strict=True):
        rows.setdefault(cell.row, []).append(int(value) if value.is_integer() else value)
    return Table.from_texts(form, rows)


def report_of(**tables: Table) -> Report:
    """A report with these tables only."""
    return Report("made", "0" * 64, "某局", 2023, "national-2021", tables, Document("text", "utf-8", ()))


def example_report(example: Example) -> Report:
    """The report of an example: its document read, or its one table made."""
    if example.document is not None:
        return parse("<example>", example.document.encode())
    form = get_table_form(example.format, example.table or "")
    table = Table.from_texts(form, example.figures or {})
    return Report("<example>", "", None, None, example.format, {form.name: table}, Document("text", "utf-8", ()))
