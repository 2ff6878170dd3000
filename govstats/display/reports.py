"""A report's tables in words: what was read and where, with everything that is not a plain figure marked."""

from __future__ import annotations

from rich.table import Table as Grid
from rich.text import Text as Styled

from govstats.display.drawing import draw
from govstats.display.excerpt import printed, row_label
from govstats.figures import State
from govstats.lang import Text
from govstats.renderers import Look
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
        parts += ["", Styled(title, "bold"), _grid(table, look.lang)]
    return draw(look, *parts, "")


def _grid(table: Table, lang: str | None) -> Grid:
    """The table under the form's columns; cells that are no plain figures are marked."""
    grid = Grid(box=None, padding=(0, 1), show_edge=False, pad_edge=False)
    grid.add_column("", overflow="fold", min_width=10)
    for column in table.form.columns.values():
        grid.add_column(column.label.of(lang), justify="right", overflow="fold", header_style="dim")
    for row in table.form.data_rows:
        if row.code not in table.labels:
            grid.add_row(f"{row.label.of(lang)}{_MISSING.of(lang)}")
            continue
        cells = (
            _cell(table, table.form.position(row.code, key), lang) if key in row.columns else ""
            for key in table.form.columns
        )
        grid.add_row(row_label(table, row.code, lang), *cells)
    return grid


def _cell(table: Table, position: int, lang: str | None) -> Styled:
    text = printed(table, position, lang)
    if table.states[position] in (State.NUMBER, State.ZERO):
        return Styled(text)
    marked = f"?{text}" if table.states[position] == State.UNREADABLE else text
    return Styled(marked, "yellow")
