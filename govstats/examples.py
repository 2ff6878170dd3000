"""Example of a rule → the Report that it describes: its document read, or its one table made."""

from __future__ import annotations

from govstats.document import Document, Paragraph
from govstats.formats import get_table_form
from govstats.pipeline import parse
from govstats.report import Report
from govstats.rules import Example
from govstats.table import Table


def example_report(example: Example) -> Report:
    """The report of an example. Raises UsageError if it names a format or table that does not exist."""
    if example.document is not None:
        return parse("<example>", example.document.encode())
    form = get_table_form(example.format, example.table or "")
    table = Table.from_texts(form, example.figures or {})
    prose = tuple(Paragraph(text, line) for line, text in enumerate(example.prose, 1))
    document = Document("text", "utf-8", prose)
    return Report("<example>", "", example.agency, example.year, example.format, {form.name: table}, document)
