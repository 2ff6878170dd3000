"""Example of a rule → the Reports that it describes (a document read, or one table made), and what is found in them."""

from __future__ import annotations

from dataclasses import replace

from govstats import checks
from govstats.catalog.formats import get_table_form
from govstats.catalog.rules import Example, ExampleReport
from govstats.comparison import Compared, InMemory, Roster, Unit, compare
from govstats.diagnosis.examine import examine
from govstats.identity import identify
from govstats.model.document import PICTURED, Document, Paragraph
from govstats.model.finding import Finding
from govstats.model.recognised import Look
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.pipeline import assembled, parse
from govstats.proving import settled


def example_findings(example: Example) -> list[Finding]:
    """What is found: in its one report, or by comparing its reports."""
    return [compared.finding for compared in example_compared(example) if compared.finding]


def example_compared(example: Example) -> list[Compared]:
    """The same, with the number of the report that each finding is about."""
    reports = example_reports(example)
    if example.reports:
        units = tuple(Unit(name, parent or None) for name, parent in example.units.items())
        return list(compare(InMemory(reports), Roster(units).checked() if units else None))
    return [Compared(0, finding) for finding in checks.findings(examine(reports)[0])]


def example_reports(example: Example) -> list[Report]:
    """The reports of an example, each named after its agency and year."""
    return [example_report(each) for each in example.reports or (example,)]


def example_report(example: ExampleReport) -> Report:
    """One report of an example. Raises UsageError if it names a format or table that does not exist."""
    if example.document is not None:
        report = parse("<example>", example.document.encode())
        meta = {PICTURED: example.pictured} if example.pictured else {}
        return replace(report, document=replace(report.document, meta={**report.document.meta, **meta}))
    form = get_table_form(example.format, example.table or "")
    table = Table.from_texts(form, example.figures or {})
    if example.recognised:
        table = settled(table, {at: Look.sure(text) for at, text in enumerate(table.raws) if text})
    prose = tuple(Paragraph(text, line) for line, text in enumerate(example.prose, 1))
    document = Document("text", "utf-8", prose)
    path = f"{example.agency}{example.year}" if example.agency and example.year else "<example>"
    told = identify(document)
    who = told._replace(agency=example.agency or told.agency, year=example.year or told.year)
    return assembled(path, document, {form.name: table}, example.format, who)
