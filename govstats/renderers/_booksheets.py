"""A workbook while it is written: its sheets in order, styles by name, lists, links that stay inside, heights of rows.

Rows and columns are counted from 0, as XlsxWriter does.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any

from rich.cells import cell_len

from govstats.display.marks import ABOUT, MAYBE, WRONG
from govstats.display.untrusted import FORMULA, clean, harmless

LINE = 15
"""The height of a line of text in points."""
LIST, HEADER, LINK, PLAIN = "list", "header", "link", "plain"

_SIZED = {"font_name": "宋体", "font_size": 10}
_PALE, _BLACK = {"border": 1, "border_color": "#BFBFBF"}, {"border": 1, "border_color": "#000000"}
_WRAPPED = {**_SIZED, "text_wrap": True, "valign": "top"}
_CENTRED = {**_SIZED, "text_wrap": True, "valign": "vcenter", "align": "center"}
_LISTED = {**_WRAPPED, **_PALE}
_GREY = {"bg_color": "#EDEEF0"}
_MEDIUM, _MEDIUM_DASHED = 2, 8
_STYLES: dict[str, dict[str, Any]] = {
    PLAIN: {},
    LIST: _LISTED,
    LINK: {**_LISTED, "font_color": "#174EA6", "underline": 1},
    "error": {**_LISTED, "bold": True, "font_color": "#A11212"},
    "warning": {**_LISTED, "bold": True, "font_color": "#7A4600"},
    "info": {**_LISTED, "bold": True, "font_color": "#1A4F8B"},
    "clean": {**_LISTED, "bold": True, "font_color": "#17602F"},
    HEADER: {**_CENTRED, **_PALE, **_GREY, "bold": True},
    "head": {**_CENTRED, **_BLACK, **_GREY},
    "label": {**_CENTRED, **_BLACK, "align": "left"},
    "figure": {**_CENTRED, **_BLACK},
    "odd": {**_CENTRED, **_BLACK, **_GREY, "italic": True},
    WRONG: {**_CENTRED, "border": _MEDIUM, "border_color": "#B01818", "bg_color": "#FDDCDA", "bold": True},
    MAYBE: {**_CENTRED, "border": _MEDIUM_DASHED, "border_color": "#8A5200", "bg_color": "#FFF0C2", "bold": True},
    ABOUT: {**_CENTRED, "border": _MEDIUM, "border_color": "#1A4F8B", "bg_color": "#DCE8FA", "bold": True},
    "back": {**_SIZED, "font_color": "#174EA6", "underline": 1},
    "title": {**_WRAPPED, "font_size": 14, "bold": True},
    "heading": {**_WRAPPED, "font_size": 12, "bold": True},
    "strong": {**_WRAPPED, "bold": True},
    "text": _WRAPPED,
    "small": {**_WRAPPED, "font_size": 9},
}
"""Name of a style → what XlsxWriter calls it."""
_NO_TIME = datetime(1980, 1, 1)
"""When every workbook was made, the first day that a zip can name: equal audits are equal files."""
_EDGE = 5 / 7
"""What XlsxWriter adds to the width of a column for its margins, in characters."""
_A3 = 8
_POINTS, _PIXELS = 72, 96
"""To the inch, as XlsxWriter takes pictures that say nothing else."""
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


class Book:
    """A workbook in memory; its sheets stand in the order in which they are asked for."""

    def __init__(self, author: str) -> None:
        from xlsxwriter import Workbook

        self._bytes = BytesIO()
        self._book = Workbook(self._bytes, {"in_memory": True})
        self._book.set_properties({"author": author, "created": _NO_TIME})
        self._styles: dict[tuple[str, bool], Any] = {}

    def sheet(self, name: str) -> Sheet:
        """One more sheet."""
        return Sheet(self, self._book.add_worksheet(name))

    def style(self, name: str, is_quoted: bool = False) -> Any:
        """A style by its name; with `is_quoted`, a cell stays text when a person edits it."""
        style = self._styles.get((name, is_quoted))
        if style is None:
            quoted = {"quote_prefix": True} if is_quoted else {}
            style = self._styles[name, is_quoted] = self._book.add_format({**_STYLES[name], **quoted})
        return style

    def content(self) -> bytes:
        """The bytes of the file; nothing can be written any longer."""
        self._book.close()
        return self._bytes.getvalue()


class Sheet:
    """A sheet: cells hold figures or text, never a formula, and lead nowhere outside the workbook."""

    def __init__(self, book: Book, page: Any) -> None:
        self._book, self._page = book, page

    def put(self, row: int, column: int, value: Value, style: str) -> None:
        """One cell. Text is made harmless; what looks like a formula is text, and stays it."""
        if value is None or value == "":
            self._page.write_blank(row, column, None, self._book.style(style))
        elif isinstance(value, str):
            text = clean(harmless(value))
            self._page.write_string(row, column, text, self._book.style(style, text.startswith(FORMULA)))
        else:
            self._page.write_number(row, column, value, self._book.style(style))

    def span(self, row: int, column: int, to: tuple[int, int], value: Value, style: str) -> None:
        """A block of one style whose last cell is `to`, merged if it is more than one cell."""
        if (row, column) != to:
            self._page.merge_range(row, column, *to, "", self._book.style(style))
        self.put(row, column, value, style)

    def link(self, row: int, column: int, sheet: str, text: str, style: str = LINK) -> None:
        """A cell that leads to another sheet of the same workbook, and nowhere else."""
        self._page.write_url(row, column, f"internal:'{sheet}'!A1", self._book.style(style), clean(harmless(text)))

    def note(self, row: int, column: int, text: str, width: int, height: int) -> None:
        """A comment on a cell; its size in pixels."""
        how = {"width": width, "height": height, "font_name": _SIZED["font_name"], "font_size": 9}
        self._page.write_comment(row, column, text, {"author": "govstats", **how})

    def picture(self, row: int, column: int, png: bytes, points: float) -> None:
        """A picture at a cell, so many points high."""
        height = int.from_bytes(png[20:24], "big") * _POINTS / _PIXELS
        scale = {"x_scale": points / height, "y_scale": points / height}
        self._page.insert_image(row, column, "crop.png", {"image_data": BytesIO(png), "object_position": 2, **scale})

    def height(self, row: int, points: float) -> None:
        """How high a row is."""
        self._page.set_row(row, points)

    def widths(self, *characters: float) -> None:
        """How wide the columns are, from the first on."""
        for at, width in enumerate(characters):
            self._page.set_column(at, at, width - _EDGE)

    def print_across(self, paper: int | None = None) -> None:
        """Printed in landscape, one page wide."""
        self._page.set_landscape()
        self._page.fit_to_pages(1, 0)
        if paper:
            self._page.set_paper(paper)

    def keep_first_row(self) -> None:
        """The first row stays in view, and stands on every printed page."""
        self._page.freeze_panes(1, 0)
        self._page.repeat_rows(0)

    def filter(self, rows: int, columns: int) -> None:
        """The first row filters what stands below it."""
        self._page.autofilter(0, 0, rows - 1, columns - 1)


class Listing:
    """A sheet that is a list: a frozen header with filters, and a line for each thing."""

    def __init__(self, page: Sheet, columns: Mapping[str, tuple[str, int]]) -> None:
        self._page, self._columns = page, columns
        self._row = 0
        page.widths(*(width for _, width in columns.values()))
        for at, (header, _) in enumerate(columns.values()):
            page.put(0, at, header, HEADER)
        page.height(0, 2 * LINE)
        page.keep_first_row()
        page.print_across(_A3)

    def add(
        self, values: Mapping[str, Value], styles: Mapping[str, str] | None = None, sheet: str | None = None
    ) -> None:
        """One line; `styles` names the styles of some of its cells, `sheet` is where its last cell leads."""
        self._row += 1
        for at, key in enumerate(self._columns):
            self._page.put(self._row, at, values.get(key), (styles or {}).get(key, LIST))
        if sheet:
            self._page.link(self._row, at, sheet, str(values[key]))
        self._page.height(self._row, LINE * self._lines(values) + 3)

    def end(self) -> None:
        """No more lines: what was listed can be filtered."""
        self._page.filter(self._row + 1, len(self._columns))

    def _lines(self, values: Mapping[str, Value]) -> int:
        """How many lines the longest text of a line takes: not every program fits rows by itself."""
        needed = (
            lines(text, self._columns[key][1] - 1)
            for key, text in values.items()
            if isinstance(text, str) and key in self._columns
        )
        return min(max(needed, default=1), _MOST_LINES)


def style_of(standing: str) -> str:
    """The style of how a document stands."""
    return standing if standing in {"error", "warning", "info", "clean"} else "warning"


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
