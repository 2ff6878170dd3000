"""Example of a rule → what to show of it: the rows that matter as small tables, and what the rule says of them."""

from __future__ import annotations

from dataclasses import dataclass

from govstats.catalog.rules import Example, ExampleReport
from govstats.display.books.examples import example_compared, example_report
from govstats.display.excerpt import Excerpt, ExcerptCell
from govstats.lang import Text
from govstats.model.finding import CellFinding, Finding
from govstats.model.table import Table
from govstats.model.wording import figure_text, short

_BLANK = Text("（空）", "(blank)")
_LINES = 12
_MORE = Text("……（共 {n} 行）", "… ({n} lines)")


@dataclass(frozen=True, slots=True)
class ExampleView:
    """`table` (named `title`) with the rows that are not all 0, or the `lines` of a document; `message`: the finding.

    `context` are the agency and the sentences that matter.
    """

    title: Text | None
    table: Excerpt | None
    lines: tuple[str, ...]
    context: tuple[str, ...]
    message: Text | None


def example_views(code: str, example: Example, lang: str | None = None) -> tuple[ExampleView, ...]:
    """The reports of an example of the rule `code`, drawn up in `lang`; what is said of none stands under the last."""
    told: dict[int, list[Finding]] = {}
    for each in example_compared(example):
        if each.finding and each.finding.rule == code:
            told.setdefault(len(example.reports) - 1 if each.number is None else each.number, []).append(each.finding)
    reports = example.reports or (example,)
    return tuple(_view(each, told.get(number, []), bool(example.reports), lang) for number, each in enumerate(reports))


def _view(example: ExampleReport, found: list[Finding], dated: bool, lang: str | None) -> ExampleView:
    """`dated`: one of several, so that its year matters."""
    message = found[0].message if found else None
    if example.document is not None:
        return ExampleView(None, None, _shortened(example.document, lang), (), message)
    (table,) = example_report(example).tables.values()
    who = f"{example.agency or ''} {example.year or ''}".strip() if dated else example.agency or ""
    context = tuple(each for each in (who, *example.prose) if each)
    return ExampleView(table.form.title, _excerpt(table, example, found, lang), (), context, message)


def _shortened(document: str, lang: str | None) -> tuple[str, ...]:
    lines = document.rstrip().splitlines()
    if len(lines) <= _LINES:
        return tuple(lines)
    return (*lines[: _LINES - 1], _MORE.format(n=len(lines)).of(lang))


def _excerpt(table: Table, example: ExampleReport, found: list[Finding], lang: str | None) -> Excerpt | None:
    """The rows that the example gives, and those with accused cells; the columns that these rows have."""
    accused = {(cell.row, cell.column): cell for finding in found for cell in finding.accused}
    shown = {*(example.figures or {}), *(row for row, _ in accused)}
    rows = [row for row in table.form.data_rows if row.code in shown]
    columns = [key for key in table.form.columns if any(key in row.columns for row in rows)]
    if not rows:
        return None
    return Excerpt(
        tuple(table.form.columns[key].label.of(lang) for key in columns),
        tuple(
            (
                Text(short(row.label.zh), row.label.en).of(lang),
                tuple(_cell(table, accused, row.code, key, lang) for key in columns),
            )
            for row in rows
        ),
    )


def _cell(
    table: Table, accused: dict[tuple[str, str], CellFinding], row: str, key: str, lang: str | None
) -> ExcerptCell:
    if key not in table.form.rows[row].columns:
        return ExcerptCell("")
    text = table.source(row, key).raw or _BLANK.of(lang)
    claim = accused.get((row, key))
    return ExcerptCell(text, True, figure_text(claim.expected)) if claim else ExcerptCell(text)
