"""Entries → the sheet of proposals as bytes: .xlsx, .csv or .md. What could not be read is listed apart, at the end."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from io import BytesIO, StringIO
from math import ceil

from rich.cells import cell_len

from govstats.correction.proposals import COLUMNS, Proposal, Value, proposals, unread
from govstats.display.untrusted import csv_safe, markdown_safe
from govstats.lang import Text
from govstats.model.audits import Entry, Unread
from govstats.model.standings import FILES_NOT_READ
from govstats.model.tally import Tally, summarise
from govstats.sources.own import MAKER

_TITLE = Text("建议表", "Proposals")
_EXPLAINED = Text(
    "“唯一”可以照改；“几种可能之一”须查台账选定；“无法判断”须人工核对。原文件没有改动。",
    "“the only one” can be taken over; “one of n” needs the register; the source files were not changed.",
)
_LINE, _MOST_LINES = 15, 27
"""The height of a line in points, and how many a row may be high: no program draws more than 409 points."""
_FILLED = 0.85
"""So much of a line holds text: lines end between words, and letters differ in width."""
_WIDTHS = {
    "file": 20, "agency": 16, "year": 6, "table": 16, "code": 10, "row": 20, "column": 9, "printed": 8, "proposed": 8,
    "certainty": 14, "reason": 44, "others": 28, "sides": 24, "rule": 12, "severity": 6, "place": 12, "hint": 26,
}  # fmt: skip


@dataclass(slots=True)
class Sheet:
    """The lines of the sheet, and of the documents that could not be read, while entries stream by."""

    lines: list[Proposal] = field(default_factory=list)
    unread: list[Proposal] = field(default_factory=list)
    tally: Tally = field(default_factory=Tally)

    def add(self, entry: Entry) -> None:
        """Take up what there is to say of one more document."""
        self.tally.add(entry)
        if isinstance(entry, Unread):
            self.unread.append(unread(entry))
        else:
            self.lines += proposals(entry)


def csv_sheet(sheet: Sheet) -> bytes:
    """All lines under one header, those not read at the end; with the mark by which Excel knows UTF-8."""
    written = StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerow([str(header) for header in COLUMNS.values()])
    for line in (*sheet.lines, *sheet.unread):
        writer.writerow([_csv(line.values.get(key)) for key in COLUMNS])
    return written.getvalue().encode("utf-8-sig")


def _csv(value: Value) -> str | int | float:
    return csv_safe(value) if isinstance(value, str) else "" if value is None else value


def markdown_sheet(sheet: Sheet) -> bytes:
    """A heading, the counts, a table of the lines, a list of what could not be read."""
    parts = [f"# {_TITLE}", "", str(summarise(sheet.tally)), str(_EXPLAINED), ""]
    if sheet.lines:
        parts += [_row(map(str, COLUMNS.values())), _row("---" for _ in COLUMNS)]
        parts += [_row(_markdown(line.values.get(key)) for key in COLUMNS) for line in sheet.lines]
    if sheet.unread:
        parts += ["", f"## {FILES_NOT_READ}", ""]
        parts += [f"- {_markdown(line.values['file'])}: {_markdown(line.values['reason'])}" for line in sheet.unread]
    return ("\n".join(parts).rstrip("\n") + "\n").encode()


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _markdown(value: Value) -> str:
    return "" if value is None else markdown_safe(str(value))


def excel_sheet(sheet: Sheet) -> bytes:
    """A sheet of the lines (filter, frozen header, decided figures in colour), and one of what could not be read."""
    from openpyxl import Workbook

    book = Workbook()
    book.properties.creator = MAKER
    _fill(book.active, str(_TITLE), list(COLUMNS), sheet.lines, [str(summarise(sheet.tally)), str(_EXPLAINED)])
    if sheet.unread:
        _fill(book.create_sheet(), str(FILES_NOT_READ), ["file", "reason"], sheet.unread, [])
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _fill(page, title: str, keys: list[str], lines: list[Proposal], notes: list[str]) -> None:  # type: ignore[no-untyped-def]
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
    from openpyxl.utils import get_column_letter

    from govstats.display.excelcells import put

    thin = Side(style="thin", color="FFBFBFBF")
    page.title = title
    for at, note in enumerate(notes, 1):
        put(page.cell(at, 1), note)
    top = len(notes) + 1
    widths = {key: _width(key, lines) for key in keys}
    for column, key in enumerate(keys, 1):
        head = page.cell(top, column)
        put(head, str(COLUMNS[key]))
        head.font, head.fill = Font(bold=True), PatternFill("solid", fgColor="FFE7E6E6")
        head.border = Border(thin, thin, thin, thin)
        page.column_dimensions[get_column_letter(column)].width = widths[key]
    for at, line in enumerate(lines, top + 1):
        for column, key in enumerate(keys, 1):
            cell = page.cell(at, column)
            put(cell, line.values.get(key))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.border = Border(thin, thin, thin, thin)
            if key == "proposed" and line.decided:
                cell.fill, cell.font = PatternFill("solid", fgColor="FFFFF2CC"), Font(bold=True)
        page.row_dimensions[at].height = _LINE * max(
            _lines(line.values.get(key), width) for key, width in widths.items()
        )
    page.freeze_panes = page.cell(top + 1, 1)
    page.auto_filter.ref = f"A{top}:{get_column_letter(len(keys))}{top + len(lines)}"
    page.print_title_rows = f"{top}:{top}"
    page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
    page.page_setup.paperSize = page.PAPERSIZE_A3
    page.sheet_properties.pageSetUpPr.fitToPage = True


def _width(key: str, lines: list[Proposal]) -> int:
    """How wide a column is: wider than usual where a text would take more lines than a row may have."""
    longest = max((cell_len(str(line.values.get(key) or "")) for line in lines), default=0)
    return max(_WIDTHS[key], ceil(longest / _MOST_LINES / _FILLED))


def _lines(value: Value, width: int) -> int:
    """How many lines a value takes in a column so wide: not every program fits rows by itself."""
    parts = str("" if value is None else value).split("\n")
    return sum(max(1, ceil(cell_len(part) / width / _FILLED)) for part in parts)


SHEETS: dict[str, Callable[[Sheet], bytes]] = {".xlsx": excel_sheet, ".csv": csv_sheet, ".md": markdown_sheet}
"""The ending of the file → who writes it."""
