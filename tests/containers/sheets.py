"""Story → .xlsx by openpyxl, and separated values."""

from __future__ import annotations

import csv
import datetime
import io
from collections.abc import Callable
from typing import Any, NamedTuple

import openpyxl
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.drawing.image import Image
from openpyxl.styles import Font

from tests.containers.word import picture
from tests.factory import Layout
from tests.marks import HIDDEN, PICTURE, PLAIN, RAISED, STRUCK, is_marked, runs
from tests.stories import Story, places, width_of


def as_number(text: str) -> object:
    """As somebody types it: figures become numbers, a blank an empty cell."""
    bare = text.replace(",", "")
    return int(bare) if bare.isascii() and bare.isdigit() else text or None


def as_text(text: str) -> object:
    """As a converter writes it: everything is text."""
    return text


_FONTS: dict[str, dict[str, object]] = {
    PLAIN: {},
    RAISED: {"vertAlign": "superscript"},
    STRUCK: {"strike": True},
    HIDDEN: {"color": "FFFFFFFF"},
}


def one_sheet(told: Story) -> bytes:
    """All in one sheet, figures as numbers, with formats as people leave them, and a date beside the title."""
    book = openpyxl.Workbook()
    sheet = book.active
    fill(sheet, told)
    date = sheet.cell(1, 12, datetime.date(2024, 1, 15))
    date.number_format = "yyyy年m月d日"
    return _saved(book)


def fill(sheet: Any, told: Story) -> None:
    """Write all blocks one below the other, figures as numbers."""
    row = 1
    for block in told:
        row = _add(sheet, block, row, as_number)


def scaled(told: Story) -> bytes:
    """One sheet whose figures are stored a thousand or ten thousand times as large as their formats show them."""
    book = openpyxl.Workbook()
    row = 1
    for block in told:
        row = _add(book.active, block, row, _as_scaled)
    return _saved(book)


def _as_scaled(text: str) -> object:
    """Whole figures in thousands of thousands, those with decimals with a point that the format draws."""
    value = as_number(text)
    if isinstance(value, int):
        return Scaled(value * 1000, "0," if value % 2 else "#,##0,")
    try:
        return Scaled(round(float(text) * 10_000), "0!.0000")
    except ValueError:
        return value


class Scaled(NamedTuple):
    """A number, and the format that shows another figure."""

    stored: int
    pattern: str


def sheet_per_table(told: Story) -> bytes:
    """A sheet for each table with the paragraph above it, figures as text, the title on the first sheet."""
    book = openpyxl.Workbook()
    sheet, row = book.active, 1
    for block, following in zip(told, [*told[1:], ""], strict=True):
        if isinstance(block, str) and not isinstance(following, str):
            sheet, row = book.create_sheet(), 1
        row = _add(sheet, block, row, as_text)
    return _saved(book)


def _add(sheet: Any, block: str | Layout, row: int, convert: Callable[[str], object]) -> int:
    """Write a block; the row after it."""
    if isinstance(block, str):
        sheet.cell(row, 1, block)
        return row + 1
    put(sheet, block, row, 1, convert)
    return row + len(block) + 1


def put(sheet: Any, layout: Layout, top: int, left: int, convert: Callable[[str], object] = as_number) -> int:
    """Write a layout with its merged cells; the row after it."""
    for row, slots in enumerate(places(layout), top):
        for column, slot in enumerate(slots, left):
            if slot.is_own:
                _put(sheet, row, column, convert(slot.text))
                _merge(sheet, row, column, slot.box.width, slot.box.height)
    return top + len(layout)


def _put(sheet: Any, row: int, column: int, value: object) -> None:
    if isinstance(value, str) and is_marked(value):
        _put_marked(sheet, row, column, value)
        return
    if isinstance(value, Scaled):
        sheet.cell(row, column, value.stored).number_format = value.pattern
        return
    cell = sheet.cell(row, column, value)
    if isinstance(value, int):
        cell.number_format = ("General", "#,##0", "0", "0_ ")[(row + column) % 4]


def _put_marked(sheet: Any, row: int, column: int, text: str) -> None:
    """A number whose cell is set apart, a text of several runs, or a picture over an empty cell."""
    first, *others = runs(text)
    if first.kind == PICTURE:
        sheet.add_image(Image(io.BytesIO(picture())), f"{openpyxl.utils.get_column_letter(column)}{row}")
    elif others:
        parts = (TextBlock(InlineFont(**_FONTS[run.kind]), run.text) for run in (first, *others))
        sheet.cell(row, column, CellRichText(*parts))
    else:
        sheet.cell(row, column, as_number(first.text)).font = Font(**_FONTS[first.kind])


def _merge(sheet: Any, row: int, column: int, width: int, height: int) -> None:
    if width > 1 or height > 1:
        sheet.merge_cells(start_row=row, start_column=column, end_row=row + height - 1, end_column=column + width - 1)


def _saved(book: Any) -> bytes:
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def separated(told: Story, charset: str, shape: str) -> bytes:
    """A sheet saved as text: what merged cells cover is empty, and rows are filled up to one width."""
    target = io.StringIO(newline="")
    writer = csv.writer(target, delimiter={"comma": ",", "tab": "\t", "semicolon": ";"}[shape])
    width = max(width_of(block) for block in told if not isinstance(block, str))
    for block in told:
        rows = [[block]] if isinstance(block, str) else [[slot.text for slot in row] for row in places(block)]
        writer.writerows([*row, *[""] * (width - len(row))] for row in rows)
    return target.getvalue().encode(charset, "replace")
