"""What the sheets of an audit's workbook share: names of sheets, styles, headers, links that stay inside, heights."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len

from govstats.display.excelcells import put
from govstats.display.marks import ABOUT, MAYBE, WRONG
from govstats.display.untrusted import harmless

FONT = "宋体"
LINE = 15
"""The height of a line of text in points."""
GREY = "FFEDEEF0"
LIST = "govstats list"

_MARKED = {
    WRONG: ("FFFDDCDA", "medium", "FFB01818"),
    MAYBE: ("FFFFF0C2", "mediumDashed", "FF8A5200"),
    ABOUT: ("FFDCE8FA", "medium", "FF1A4F8B"),
}
"""Kind of mark → fill, kind and colour of the border."""
_COLOURS = {"error": "FFA11212", "warning": "FF7A4600", "info": "FF1A4F8B", "clean": "FF17602F"}
_FORBIDDEN = re.compile(r"[\[\]:*?/\\'\x00-\x1f]+")
_LONGEST_NAME = 31
_MOST_LINES = 24

Value = str | int | float | None


def sheet_name(number: int, title: str) -> str:
    """`12 昭通市2021`: a name that every program takes (31 UTF-16 units), its own by its number."""
    name = _FORBIDDEN.sub("_", f"{number} {harmless(title)}")
    while len(name.encode("utf-16-le")) > 2 * _LONGEST_NAME:
        name = name[:-1]
    return name.strip()


def link(cell: Any, sheet: str, text: str) -> None:
    """A cell that leads to another sheet of the same workbook, and nowhere else."""
    from openpyxl.styles import Font
    from openpyxl.worksheet.hyperlink import Hyperlink

    put(cell, harmless(text))
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{sheet}'!A1")
    cell.font = Font(name=FONT, size=10, color="FF174EA6", underline="single")


def add_styles(book: Any) -> None:
    """The named styles of a workbook: `govstats …` with list, its severities, head, label, figure, odd, the marks."""
    from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Side

    def add(name: str, align: Alignment, side: Side, fill: str | None = None, **font: Any) -> None:
        filled = PatternFill("solid", fgColor=fill) if fill else PatternFill()
        frame = Border(side, side, side, side)
        book.add_named_style(NamedStyle(name, Font(name=FONT, size=10, **font), filled, frame, align))

    pale, black = Side(style="thin", color="FFBFBFBF"), Side(style="thin", color="FF000000")
    wrapped = Alignment(wrap_text=True, vertical="top")
    left, centre = (Alignment(at, "center", wrap_text=True) for at in ("left", "center"))
    add(LIST, wrapped, pale)
    for severity, colour in _COLOURS.items():
        add(f"govstats {severity}", wrapped, pale, bold=True, color=colour)
    add("govstats header", centre, pale, GREY, bold=True)
    add("govstats head", centre, black, GREY)
    add("govstats label", left, black)
    add("govstats figure", centre, black)
    add("govstats odd", centre, black, GREY, italic=True)
    for kind, (fill, style, colour) in _MARKED.items():
        add(f"govstats {kind}", centre, Side(style=style, color=colour), fill, bold=True)


def span(page: Any, top: int, left: int, bottom: int, right: int, style: str) -> Any:
    """The first cell of a block, all of one style, merged if it is more than one cell."""
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            page.cell(row, column).style = style
    first = page.cell(top, left)
    if (top, left) != (bottom, right):
        page.merged_cells.add(f"{first.coordinate}:{page.cell(bottom, right).coordinate}")
    return first


class Listing:
    """A sheet that is a list: a frozen header with filters, and a line for each thing."""

    def __init__(self, page: Any, columns: Mapping[str, tuple[str, int]]) -> None:
        from openpyxl.utils import get_column_letter

        self._page, self._columns = page, columns
        self._row = 1
        for at, (header, width) in enumerate(columns.values(), 1):
            cell = page.cell(1, at)
            put(cell, header)
            cell.style = "govstats header"
            page.column_dimensions[get_column_letter(at)].width = width
        page.row_dimensions[1].height = 2 * LINE
        page.freeze_panes = "A2"
        page.print_title_rows = "1:1"
        page.page_setup.orientation, page.page_setup.fitToHeight = "landscape", 0
        page.page_setup.paperSize = page.PAPERSIZE_A3
        page.sheet_properties.pageSetUpPr.fitToPage = True

    def add(
        self, values: Mapping[str, Value], styles: Mapping[str, str] | None = None, sheet: str | None = None
    ) -> None:
        """One line; `styles` names the styles of some of its cells, `sheet` is where its last cell leads."""
        self._row += 1
        for at, key in enumerate(self._columns, 1):
            cell, value = self._page.cell(self._row, at), values.get(key)
            cell.style = (styles or {}).get(key, LIST)
            put(cell, harmless(value) if isinstance(value, str) else value)
        if sheet:
            link(cell, sheet, str(value))
        self._page.row_dimensions[self._row].height = LINE * self._lines(values) + 3

    def end(self) -> None:
        """No more lines: what was listed can be filtered."""
        from openpyxl.utils import get_column_letter

        self._page.auto_filter.ref = f"A1:{get_column_letter(len(self._columns))}{self._row}"

    def _lines(self, values: Mapping[str, Value]) -> int:
        """How many lines the longest text of a line takes: not every program fits rows by itself."""
        needed = (
            lines(text, self._columns[key][1] - 1)
            for key, text in values.items()
            if isinstance(text, str) and key in self._columns
        )
        return min(max(needed, default=1), _MOST_LINES)


def lines(text: str, width: int) -> int:
    """How many lines a text takes in a column of so many characters."""
    return max(1, -(-cell_len(text) // max(width, 2)))


def shares(labels: Sequence[int], figures: int, across: int) -> list[int]:
    """How many columns of a sheet each column of a table takes, so that it is `across` wide.

    `labels`: how long the texts of each column of labels are; the longest of them gets what the figures leave.
    """
    each = min(max((across - 2 * len(labels)) // max(figures, 1), 1), 2 if labels else across)
    parts = [1] * len(labels) + [each] * figures
    left = across - sum(parts)
    if labels and left > 0:
        parts[max(range(len(labels)), key=labels.__getitem__)] += left
    return parts
