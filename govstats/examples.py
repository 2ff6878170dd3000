"""An Example of a rule → the Report that it describes, so that examples can be run."""

from __future__ import annotations

from govstats.document import Document
from govstats.formats import get_table_form
from govstats.pipeline import parse
from govstats.report import Report
from govstats.rules import Example
from govstats.table import Table


def example_report(example: Example) -> Report:
    """The report of an example: its document read, or its one table made."""
    if example.document is not None:
        return parse("<example>", example.document.encode())
    form = get_table_form(example.format, example.table or "")
    table = Table.from_texts(form, example.figures or {})
    return Report("<example>", "", None, None, example.format, {form.name: table}, Document("text", "utf-8", ()))
