"""Card → a sheet: the tables of one report in their official layout, marked cells with a note, findings below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any

from govstats.catalog.layout import FIGURE, LABEL, Box, Layout, Placed, layout, placed, width
from govstats.catalog.rules import get_rule
from govstats.display.cards import Card, FindingCard
from govstats.display.excelcells import put
from govstats.display.marks import Mark, Marked, all_marks
from govstats.display.untrusted import harmless
from govstats.lang import Text
from govstats.model.finding import Finding, number
from govstats.model.table import Table
from govstats.model.wording import printed
from govstats.renderers._booksheets import FONT, LINE, lines, link, shares, span
from govstats.text.figures import State

_ACROSS = 15
"""Columns of a sheet: as many as the widest official table has."""
_WIDE = 9.5
_LONGEST_NOTE = 400
_BACK = Text("← 回到“{sheet}”", "← back to “{sheet}”")
_OTHER = Text("其他问题", "Other findings")
_TO_DO = Text("{severity} {rule} {title}：{message} 怎么改：{hint}", "{severity} {rule} {title}: {message} Do: {hint}")


def fill(page: Any, card: Card, back: str) -> None:
    """Fill a new sheet; `back` is the sheet to return to."""
    _Sheet(page, card).fill(back)


def cell_value(text: str) -> str | int | float:
    """A figure, if just these characters are one; else the text, without what cannot be shown."""
    try:
        read = number(float(text))
    except (ValueError, OverflowError):
        return harmless(text)
    return read if read is not None and str(read) == text else harmless(text)


class _Sheet:
    """A sheet while it is filled from above."""

    def __init__(self, page: Any, card: Card) -> None:
        self._page, self._card, self._row = page, card, 0

    def fill(self, back: str) -> None:
        from openpyxl.utils import get_column_letter

        page, card = self._page, self._card
        for at in range(1, _ACROSS + 1):
            page.column_dimensions[get_column_letter(at)].width = _WIDE
        self._text(card.title, size=14, bold=True)
        self._text(card.path, size=9)
        self._text(card.verdict, bold=True)
        self._row += 1
        link(page.cell(self._row, 1), back, _BACK.format(sheet=back).of(card.lang))
        for table in card.entry.report.tables.values():
            self._table(table)
            self._findings(each for each in card.findings if each.finding.table == table.form.name)
        others = [each for each in card.findings if each.finding.table not in card.entry.report.tables]
        if others:
            self._row += 1
            self._text(_OTHER.of(card.lang), size=12, bold=True)
            self._findings(others)
        page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
        page.page_setup.paperSize = page.PAPERSIZE_A4
        page.sheet_properties.pageSetUpPr.fitToPage = True

    def _text(self, text: str, size: int = 10, *, bold: bool = False) -> None:
        """A line across the whole sheet."""
        from openpyxl.styles import Alignment, Font

        self._row += 1
        cell = self._page.cell(self._row, 1)
        put(cell, harmless(text))
        cell.font = Font(name=FONT, size=size, bold=bold)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        self._page.merged_cells.add(f"{cell.coordinate}:{self._page.cell(self._row, _ACROSS).coordinate}")
        needed = lines(text, int(_WIDE * _ACROSS * 10 / size) - 2)
        self._page.row_dimensions[self._row].height = needed * (LINE * size / 10) + 3

    def _findings(self, findings: Iterable[FindingCard]) -> None:
        for each in findings:
            fields = {"severity": each.severity_name, "rule": each.rule, "title": each.title, "message": each.message}
            self._text(_TO_DO.format(**fields, hint=each.hint).of(self._card.lang))

    def _table(self, table: Table) -> None:
        form = table.form
        boxes = layout(form)
        self._row += 1
        self._text(form.title.of(self._card.lang), size=12, bold=True)
        starts = [0, *accumulate(_shares(boxes))]
        marked = all_marks(self._card.entry.findings, form.name)
        for each in placed(boxes):
            self._box(table, each, starts, marked)
        self._heights(boxes, starts)
        self._row += len(boxes)

    def _box(self, table: Table, at: Placed, starts: list[int], marked: Marked) -> None:
        box = at.box
        top, left = self._row + at.row + 1, starts[at.column] + 1
        found = marked.get(table.form.cells[box.cell][1:]) if box.cell is not None else None
        style = found[0].kind if found else _style(table, box)
        right = starts[at.column + box.width]
        cell = span(self._page, top, left, top + box.height - 1, right, f"govstats {style}")
        if box.cell is None:
            put(cell, box.text or None)
            return
        put(cell, cell_value(printed(table, box.cell, self._card.lang)))
        if found:
            cell.comment = _note(*found, lang=self._card.lang)

    def _heights(self, boxes: Layout, starts: list[int]) -> None:
        """Rows as high as their longest label needs: no program fits merged cells by itself."""
        for each in placed(boxes):
            if each.box.height == 1 and each.box.text:
                room = int((starts[each.column + each.box.width] - starts[each.column]) * _WIDE) - 1
                height = LINE * lines(each.box.text, room) + 4
                row = self._page.row_dimensions[self._row + each.row + 1]
                row.height = max(row.height or 0, height)


def _shares(boxes: Layout) -> list[int]:
    """How many columns of the sheet each column of the table takes."""
    across = width(boxes)
    longest = [0] * across
    heads: set[int] = set(range(across))
    for each in placed(boxes):
        if each.box.kind == FIGURE:
            heads.discard(each.column)
        elif each.box.kind == LABEL and each.box.width == 1 and each.box.height == 1:
            longest[each.column] = max(longest[each.column], len(each.box.text))
    labels = next((at for at in range(across) if at not in heads), across)
    return shares(longest[:labels], across - labels, _ACROSS)


def _style(table: Table, box: Box) -> str:
    """The style of a box without a mark: that of its kind, and `odd` for a cell without a figure."""
    if box.cell is None:
        return box.kind
    return FIGURE if table.states[box.cell] in (State.NUMBER, State.ZERO) else "odd"


def _note(mark: Mark, behind: tuple[Finding, ...], *, lang: str) -> Any:
    """The comment of a marked cell: what it should hold, and why."""
    from openpyxl.comments import Comment

    told = "\n".join(_reasons(mark, behind, lang))
    wanted = 22 * lines(told, 46) + 40
    return Comment(told, "govstats", width=360, height=min(wanted, 420))


def _reasons(mark: Mark, behind: tuple[Finding, ...], lang: str) -> Iterator[str]:
    if mark.proposal:
        yield f"{mark.sign} {mark.proposal.of(lang)}"
    for finding in behind:
        message = harmless(finding.message.of(lang))
        cut = message if len(message) <= _LONGEST_NOTE else f"{message[:_LONGEST_NOTE]}…"
        yield f"{finding.rule} {get_rule(finding.rule).title.text().of(lang)}: {cut}"
