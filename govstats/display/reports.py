"""A report's tables in words: what was read and where, with everything that is not a plain figure marked."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text as Styled

from govstats.display.drawing import draw, figures
from govstats.display.excerpt import printed, row_label
from govstats.display.look import Look
from govstats.figures import State
from govstats.forms import Row
from govstats.lang import Text
from govstats.report import Report
from govstats.table import Table

_NOTHING = Text("没有认出附表。", "No appendix table was recognised.")
_MISSING = Text("（缺行）", "(row missing)")


def report_text(report: Report, look: Look | None = None) -> str:
    """The report as text, no verdict."""
    look = look or Look()
    parts: list[object] = [Styled(report.path, "bold"), f"  {report.title.of(look.lang)} · {report.format or '—'}"]
    if not report.tables:
        parts.append(f"  {_NOTHING.of(look.lang)}")
    for table in report.tables.values():
        form = table.form
        title = f"  {form.title.of(look.lang)} · {form.format}/{form.name} · {table.place.text.of(look.lang)}"
        parts += ["", Styled(title, "bold"), _figures(table, look)]
    return draw(look, *parts, "")


def _figures(table: Table, look: Look) -> RenderableType:
    """The table under the form's columns; cells that are no plain figures are marked."""
    headers = [column.label.of(look.lang) for column in table.form.columns.values()]
    return figures(look, headers, (_row(table, row, look.lang) for row in table.form.data_rows))


def _row(table: Table, row: Row, lang: str | None) -> tuple[Styled, list[Styled]]:
    if row.code not in table.labels:
        return Styled(f"{row.label.of(lang)}{_MISSING.of(lang)}", "yellow"), []
    return Styled(row_label(table, row.code, lang)), [
        _cell(table, table.form.position(row.code, key), lang) if key in row.columns else Styled("")
        for key in table.form.columns
    ]


def _cell(table: Table, position: int, lang: str | None) -> Styled:
    text = printed(table, position, lang)
    if table.states[position] in (State.NUMBER, State.ZERO):
        return Styled(text)
    marked = f"?{text}" if table.states[position] == State.UNREADABLE else text
    return Styled(marked, "yellow")
