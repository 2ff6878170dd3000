"""The bytes of a workbook that was found sane → Sheets, by python-calamine.

It lays a sheet out from its first to its last cell, and aborts the process where that is too large; and it gives errors
and formulas as blanks. So the modules of the formats look the bytes through before.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO

from govstats.readers.excel.sheet import Merge, Seen, Sheet, text_of


def read(data: bytes, seen: Mapping[int, Seen]) -> list[Sheet]:
    """Looked-through bytes → sheets. `seen` (by sheet from 0): what was found of them."""
    from python_calamine import SheetTypeEnum, SheetVisibleEnum, load_workbook

    sheets = []
    workbook = load_workbook(BytesIO(data))
    for index, about in enumerate(workbook.sheets_metadata):
        if about.typ is SheetTypeEnum.WorkSheet:
            found = workbook.get_sheet_by_index(index)
            values = found.to_python(skip_empty_area=False)
            texts = {
                (row, column): text
                for row, cells in enumerate(values)
                for column, value in enumerate(cells)
                if (text := text_of(value))
            }
            merges = [Merge(*start, *end) for start, end in found.merged_cell_ranges or ()]
            hidden = about.visible is not SheetVisibleEnum.Visible
            sheet = Sheet(index + 1, hidden, texts, merges, about.name)
            sheet.see(seen.get(index, Seen()))
            sheets.append(sheet)
    return sheets
