"""Card → a sheet: the tables of one report in their official layout, marked cells with a note, findings below."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import accumulate

from govstats.catalog.layout import FIGURE, LABEL, Layout, Placed, layout, placed, width
from govstats.catalog.rules import get_rule
from govstats.display.cards import Card, FindingCard
from govstats.display.marks import Mark, Marked, all_marks
from govstats.display.untrusted import harmless
from govstats.lang import Text
from govstats.model.finding import Finding, number
from govstats.model.table import Table
from govstats.model.wording import printed
from govstats.renderers._booksheets import LINE, Sheet, lines, shares
from govstats.text.figures import State

_ACROSS = 15
"""Columns of a sheet: as many as the widest official table has."""
_WIDE = 9.5
_LONGEST_NOTE = 400
_NOTE_WIDTH = 360
_A4 = 9
_CROP, _BESIDE_CROP = 24.0, 3
"""Points: how high a piece of a picture is shown, and the column that says how it was read."""
_BACK = Text("← 回到“{sheet}”", "← back to “{sheet}”")
_OTHER = Text("其他问题", "Other findings")
_TO_DO = Text("{severity} {rule} {title}：{message} 怎么改：{hint}", "{severity} {rule} {title}: {message} Do: {hint}")


def fill(page: Sheet, card: Card, back: str) -> None:
    """Fill a new sheet; `back` is the sheet to return to."""
    _Tables(page, card).fill(back)


def cell_value(text: str) -> str | int | float:
    """A figure, if just these characters are one; else the text, without what cannot be shown."""
    try:
        read = number(float(text))
    except (ValueError, OverflowError):
        return harmless(text)
    return read if read is not None and str(read) == text else harmless(text)


class _Tables:
    """A sheet while it is filled from above; `_row` is the next one."""

    def __init__(self, page: Sheet, card: Card) -> None:
        self._page, self._card, self._row = page, card, 0

    def fill(self, back: str) -> None:
        page, card = self._page, self._card
        page.widths(*[_WIDE] * _ACROSS)
        self._text(card.title, "title", 14)
        self._text(card.path, "small", 9)
        self._text(card.verdict, "strong")
        page.link(self._row, 0, back, _BACK.format(sheet=back).of(card.lang), "back")
        self._row += 1
        for table in card.entry.report.tables.values():
            self._table(table)
            self._findings(each for each in card.findings if each.finding.table == table.form.name)
        others = [each for each in card.findings if each.finding.table not in card.entry.report.tables]
        if others:
            self._row += 1
            self._text(_OTHER.of(card.lang), "heading", 12)
            self._findings(others)
        page.print_across(_A4)

    def _text(self, text: str, style: str = "text", size: int = 10) -> None:
        """A line across the whole sheet, in letters of so many points."""
        self._page.span(self._row, 0, (self._row, _ACROSS - 1), text, style)
        needed = lines(text, int(_WIDE * _ACROSS * 10 / size) - 2)
        self._page.height(self._row, needed * (LINE * size / 10) + 3)
        self._row += 1

    def _findings(self, findings: Iterable[FindingCard]) -> None:
        for each in findings:
            fields = {"severity": each.severity_name, "rule": each.rule, "title": each.title, "message": each.message}
            self._text(_TO_DO.format(**fields, hint=each.hint).of(self._card.lang))
            for crop in each.crops:
                self._page.picture(self._row, 0, crop.png, _CROP)
                self._page.span(self._row, _BESIDE_CROP, (self._row, _ACROSS - 1), crop.told, "text")
                self._page.height(self._row, _CROP + 4)
                self._row += 1

    def _table(self, table: Table) -> None:
        form = table.form
        boxes = layout(form)
        self._row += 1
        self._text(form.title.of(self._card.lang), "heading", 12)
        starts = [0, *accumulate(_shares(boxes))]
        marked = all_marks(self._card.entry.findings, form.name)
        for each in placed(boxes):
            self._box(table, each, starts, marked)
        self._heights(boxes, starts)
        self._row += len(boxes)

    def _box(self, table: Table, at: Placed, starts: list[int], marked: Marked) -> None:
        box = at.box
        top, left = self._row + at.row, starts[at.column]
        last = top + box.height - 1, starts[at.column + box.width] - 1
        if box.cell is None:
            self._page.span(top, left, last, box.text or None, box.kind)
            return
        found = marked.get(table.form.cells[box.cell][1:])
        style = found[0].kind if found else _style(table, box.cell)
        self._page.span(top, left, last, cell_value(printed(table, box.cell, self._card.lang)), style)
        if found:
            told = "\n".join(_reasons(*found, lang=self._card.lang))
            self._page.note(top, left, told, _NOTE_WIDTH, min(22 * lines(told, 46) + 40, 420))

    def _heights(self, boxes: Layout, starts: list[int]) -> None:
        """Rows as high as their longest label needs: no program fits merged cells by itself."""
        heights: dict[int, int] = {}
        for each in placed(boxes):
            if each.box.height == 1 and each.box.text:
                room = int((starts[each.column + each.box.width] - starts[each.column]) * _WIDE) - 1
                height = LINE * lines(each.box.text, room) + 4
                heights[each.row] = max(heights.get(each.row, 0), height)
        for row, height in heights.items():
            self._page.height(self._row + row, height)


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


def _style(table: Table, cell: int) -> str:
    """The style of a cell without a mark: `odd` for one without a figure."""
    return FIGURE if table.states[cell] in (State.NUMBER, State.ZERO) else "odd"


def _reasons(mark: Mark, behind: tuple[Finding, ...], lang: str) -> Iterator[str]:
    """The lines of a marked cell's comment: what it should hold, and why."""
    if mark.proposal:
        yield f"{mark.sign} {mark.proposal.of(lang)}"
    for finding in behind:
        message = harmless(finding.message.of(lang))
        cut = message if len(message) <= _LONGEST_NOTE else f"{message[:_LONGEST_NOTE]}…"
        yield f"{finding.rule} {get_rule(finding.rule).title.text().of(lang)}: {cut}"
