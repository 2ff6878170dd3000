"""Copy → an Excel workbook: a sheet for each table, ready to print, changed cells coloured and with a comment."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from govstats.catalog.layout import HEAD, LABEL, Placed, placed, weights, width
from govstats.correction.copy import CopiedCell, CopiedTable, Copy
from govstats.display.excelcells import put
from govstats.lang import Text
from govstats.sources.own import MAKER

SUFFIX = ".xlsx"

_FONT = "宋体"
_THIN = Side(style="thin", color="FF000000")
_BORDER = Border(_THIN, _THIN, _THIN, _THIN)
_CHANGED = PatternFill("solid", fgColor="FFFFF2CC")
_UNREAD = PatternFill("solid", fgColor="FFE7E6E6")
_CHARACTERS = 100
"""The width of a page, in the characters that Excel measures columns by."""
_HEADING_ROWS = 3
_LINE = 15
_LONGEST_NAME = 31
_NOTES = Text("改动说明", "Changes")


def write(copy: Copy) -> bytes:
    book = Workbook()
    book.properties.creator, book.properties.subject = MAKER, copy.source
    book.remove(book.active)
    for table in copy.tables:
        _table(book.create_sheet(table.form.title.zh[:_LONGEST_NAME]), copy, table)
    _notes(book.create_sheet(str(_NOTES)), copy)
    written = BytesIO()
    book.save(written)
    return written.getvalue()


def _table(page: Any, copy: Copy, table: CopiedTable) -> None:
    boxes = table.boxes
    across = width(boxes)
    for at, weight in enumerate(weights(table.form), 1):
        page.column_dimensions[get_column_letter(at)].width = _CHARACTERS * weight
    for at, (text, size, bold) in enumerate(
        [(copy.title, 16, True), (copy.remark, 9, False), (table.heading, 12, True)], 1
    ):
        put(page.cell(at, 1), text)
        page.merge_cells(start_row=at, end_row=at, start_column=1, end_column=across)
        page.cell(at, 1).font = Font(name=_FONT, size=size, bold=bold)
        page.cell(at, 1).alignment = Alignment("left" if at == _HEADING_ROWS else "center", "center", wrap_text=True)
        page.row_dimensions[at].height = 2 * _LINE
    for each in placed(boxes):
        _box(page, table, each)
    _heights(page, table)
    page.page_setup.paperSize, page.page_setup.fitToHeight = page.PAPERSIZE_A4, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.print_options.horizontalCentered = True


def _box(page: Any, table: CopiedTable, at: Placed) -> None:
    box = at.box
    row, column = at.row + _HEADING_ROWS + 1, at.column + 1
    cell = page.cell(row, column)
    if box.cell is None:
        put(cell, box.text or None)
    else:
        _figure(cell, table.cells[box.cell])
    for down in range(box.height):
        for right in range(box.width):
            page.cell(row + down, column + right).border = _BORDER
    cell.font = Font(name=_FONT, size=10, bold=bool(cell.comment))
    cell.alignment = Alignment("left" if box.kind == LABEL else "center", "center", wrap_text=True)
    if box.width > 1 or box.height > 1:
        page.merge_cells(
            start_row=row, end_row=row + box.height - 1, start_column=column, end_column=column + box.width - 1
        )


def _figure(cell: Any, copied: CopiedCell) -> None:
    put(cell, copied.value if copied.text else None)
    if copied.note:
        cell.fill = _CHANGED if copied.changed else _UNREAD
        cell.comment = Comment(copied.note, "govstats", width=320, height=90)


def _heights(page: Any, table: CopiedTable) -> None:
    """Rows as high as their longest label needs: Excel does not fit merged cells by itself."""
    parts = [_CHARACTERS * weight for weight in weights(table.form)]
    lines: dict[int, int] = {}
    for each in placed(table.boxes):
        if each.box.height == 1:
            room = sum(parts[each.column : each.column + each.box.width]) - 1
            needed = -(-2 * len(each.box.text) // max(int(room), 2)) if each.box.kind in {HEAD, LABEL} else 1
            lines[each.row] = max(lines.get(each.row, 1), needed)
    for row, count in lines.items():
        page.row_dimensions[row + _HEADING_ROWS + 1].height = _LINE * count + 6


def _notes(page: Any, copy: Copy) -> None:
    page.column_dimensions["A"].width = _CHARACTERS
    lines = [line for table in copy.tables if table.notes for line in (table.heading, *table.notes)]
    for at, line in enumerate([copy.remark, *lines], 1):
        put(page.cell(at, 1), line)
        page.cell(at, 1).alignment = Alignment(wrap_text=True, vertical="top")
        page.cell(at, 1).font = Font(name=_FONT, size=10)
