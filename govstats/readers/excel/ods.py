"""The archive of an .ods → Sheets, straight from its content.xml: calamine would lose merged cells and truth values."""

from __future__ import annotations

import re
from collections.abc import Mapping

from govstats.readers._office.marks import STRUCK
from govstats.readers._office.story import GAP
from govstats.readers.excel.axis import Axis
from govstats.readers.excel.looks import PLAIN, Look
from govstats.readers.excel.numberformat import is_same
from govstats.readers.excel.odsshapes import SHAPES, Shape
from govstats.readers.excel.odsstyles import STYLE_PARTS, OdsStyles
from govstats.readers.excel.sheet import (
    MAX_COLUMNS,
    MAX_ROWS,
    MAX_SHEETS,
    Extent,
    LaidOver,
    Merge,
    Position,
    Seen,
    Sheet,
    between,
    encrypted,
    number_text,
    too_large,
)
from govstats.readers.excel.xmlpart import PartEvents, Parts, parse

_CELLS = {"table-cell", "covered-table-cell"}
_DRESSES = re.compile(
    rb'line-through-(?:style|type)="(?!none)|text-position="(?!0)|fo:color="#[Ff].[Ff].[Ff]|display="(?:none|false)"'
)
"""Could a style set anything apart, or hide it?"""
_STYLE = re.compile(rb"<(?:style:style|number:\w+-style) ")
_NAME = re.compile(rb'style:name=("[^"]*")')
_ABOVE_ZERO = re.compile(r"[1-9]")
_MINUS = re.compile(r"[-(（−－–▲△负减]")
_OF_ROW = -1
_USUAL_ROW, _USUAL_COLUMN = 0.4516, 2.258
"""Centimetres of a row and a column without a style."""
_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}


def read(parts: Parts) -> list[Sheet]:
    """The parts of an .ods → sheets. Raises ReadError if it is encrypted, or a part is unsound."""
    if b"encryption-data" in (parts.read("META-INF/manifest.xml") or b""):
        raise encrypted()
    return read_content(parts.read("content.xml") or b"", parts.read("styles.xml") or b"")


def read_content(part: bytes, styles: bytes = b"") -> list[Sheet]:
    """content.xml and styles.xml, or a whole .fods → sheets."""
    content = _ContentPart()
    if _DRESSES.search(styles) and _is_dressed(part, styles):
        parse(styles, content.styles, STYLE_PARTS)
    parse(part, content)
    return content.shown()


def _is_dressed(part: bytes, styles: bytes) -> bool:
    """Does a sheet use a style that sets apart or hides? Every workbook defines some that it does not use."""
    for style in _STYLE.split(styles)[1:]:
        if _DRESSES.search(style):
            name = _NAME.search(style)
            if not name or name[1] in part or b"parent-style-name=" + name[1] in styles:
                return True
    return False


class _ContentPart(PartEvents):
    """content.xml of an .ods → sheets. Repeated cells are written out if they hold anything, else only counted."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.styles = OdsStyles()
        self._seen: list[Seen] = []
        self._path: list[str] = []
        self._open = False
        self._extent = Extent()
        self._row = self._column = 0
        self._repeat = 1
        self._texts: dict[int, str] = {}
        self._defaults: dict[int, str] = {}
        """Styles of cells that name none, by their columns, and that of the row."""
        self._cell: Mapping[str, str] = {}
        self._lines: list[str] = []
        self._in_line = 0
        self._spans: list[Look] = []
        self._shape: Shape | None = None
        self._on_page: list[Shape] = []
        """Shapes whose place is told by where they lie on the sheet."""
        self._rows, self._columns = Axis(_USUAL_ROW), Axis(_USUAL_COLUMN)
        self._captions: dict[str, str] = {}
        """What controls show, by their names."""

    def shown(self) -> list[Sheet]:
        """The sheets, without what is hidden in them."""
        for sheet, seen in zip(self.sheets, self._seen, strict=True):
            sheet.see(seen)
        return self.sheets

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in _CELLS:
            self._cell, self._lines = attributes, []
        elif self._shape is not None or name in SHAPES:
            self._begin_in_shape(name, attributes)
        elif self._in_line:
            self._in_line += 1
            self._begin_within(name, attributes)
        elif name == "p" and self._path[-1] in _CELLS:
            self._in_line = 1
            self._lines.append("")
        elif name in {"table-row", "table-column"}:
            self._begin_line(name, attributes)
        elif name in STYLE_PARTS:
            self.styles.start(name, attributes)
        elif name == "table":
            self._begin_sheet(attributes)
        elif "id" in attributes and "forms" in self._path:
            self._captions[attributes["id"]] = _caption(attributes)
        self._path.append(name)

    def end(self, name: str) -> None:
        self._path.pop()
        if self._shape is not None:
            self._end_in_shape()
        elif self._in_line:
            self._in_line -= 1
            self._end_span()
        elif name in _CELLS and self._open:
            self._end_cell(covered=name != "table-cell")
        elif name == "table-row" and self._open:
            self._end_row()
        elif name == "table" and self._open:
            self._end_sheet()

    def data(self, text: str) -> None:
        if self._shape is not None:
            if "p" in self._path[self._shape.depth :]:
                self._shape.lines[-1] += text
        elif self._in_line and not any(span.is_unseen for span in self._spans):
            self._lines[-1] += text

    def _begin_within(self, name: str, attributes: Mapping[str, str]) -> None:
        """Within a line: white space, and what is set apart, which stands apart."""
        if name in _SPACES:
            self._lines[-1] += _SPACES[name] * min(_count(attributes, "c"), MAX_COLUMNS)
        look = self.styles.looks.get(attributes.get("style-name", ""), PLAIN) if name == "span" else PLAIN
        self._spans.append(look)
        if look is not PLAIN:
            self._lines[-1] += GAP

    def _end_span(self) -> None:
        if self._spans and self._in_line:
            look = self._spans.pop()
            if look is not PLAIN:
                self._lines[-1] += STRUCK + GAP if look.is_struck else GAP

    def _begin_in_shape(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._shape is None:
            self._shape = Shape(len(self._path), name, attributes, self.styles.inked)
            if name == "control":
                self._shape.lines.append(self._captions.get(attributes.get("control", ""), ""))
        elif name == "p":
            self._shape.lines.append("")
        else:
            self._shape.take(name, attributes)

    def _end_in_shape(self) -> None:
        shape = self._shape
        if shape is None or shape.depth < len(self._path):
            return
        self._shape = None
        if not self._open:
            return
        if _CELLS.isdisjoint(self._path):
            self._on_page.append(shape)
        else:
            self._lay_over(shape, (self._row, self._column), shape.over((self._row, self._column)))

    def _end_sheet(self) -> None:
        self._open = False
        for shape in self._on_page:
            first, last = ((self._rows.at(at[0]), self._columns.at(at[1])) for at in (shape.corner, shape.end))
            over = shape.over(first)
            cells = between(first, last) if over else ()
            self._lay_over(shape, first, (cells, over[1]) if over and cells else None)

    def _lay_over(self, shape: Shape, first: Position, over: LaidOver | None) -> None:
        if over:
            self._seen[-1].laid_over.append(over)
        elif shape.is_picture:
            self._seen[-1].pictures.add(first[0])

    def _begin_line(self, name: str, attributes: Mapping[str, str]) -> None:
        """A row, or columns; those that are collapsed or filtered are not shown."""
        size = self.styles.sizes.get(attributes.get("style-name", ""))
        is_hidden = attributes.get("visibility", "visible") != "visible" or size == 0
        style = attributes.get("default-cell-style-name", "")
        if name == "table-column":
            behind = self._column + min(_count(attributes, "number-columns-repeated"), MAX_COLUMNS)
            if style in self.styles.looks:
                self._defaults.update(dict.fromkeys(range(self._column, min(behind, MAX_COLUMNS)), style))
            if is_hidden and self._open:
                self._seen[-1].hidden_columns.update(range(self._column, min(behind, MAX_COLUMNS)))
            self._columns.add(behind - self._column, size)
            self._column = behind
            return
        self._column, self._repeat, self._texts = 0, _count(attributes, "number-rows-repeated"), {}
        self._rows.add(min(self._repeat, MAX_ROWS), 0 if is_hidden else size)
        if self._defaults or style:
            self._defaults[_OF_ROW] = style
        if is_hidden and self._open:
            self._seen[-1].hidden_rows.update(range(self._row, self._row + min(self._repeat, MAX_ROWS)))

    def _begin_sheet(self, attributes: Mapping[str, str]) -> None:
        if self._open or len(self.sheets) == MAX_SHEETS:
            raise too_large()
        self._open, self._row, self._column = True, 0, 0
        self._defaults, self._on_page = {}, []
        self._rows, self._columns = Axis(_USUAL_ROW), Axis(_USUAL_COLUMN)
        self._extent.begin_sheet()
        hidden = attributes.get("style-name") in self.styles.hidden
        self.sheets.append(Sheet(len(self.sheets) + 1, hidden, name=attributes.get("name", "")))
        self._seen.append(Seen())

    def _end_cell(self, covered: bool) -> None:
        cell = self._cell
        repeat = _count(cell, "number-columns-repeated")
        text = "" if covered else self._dressed(self._value())
        if text:
            self._extent.take(self._row, self._column + repeat - 1, repeat)
            self._texts.update(dict.fromkeys(range(self._column, self._column + repeat), text))
        width, height = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if width > 1 or height > 1:
            merge = Merge(self._row, self._column, self._row + height - 1, self._column + width - 1)
            self.sheets[-1].merges.append(merge)
        self._column += repeat

    def _end_row(self) -> None:
        if self._texts:
            self._extent.take(self._row + self._repeat - 1, 0, len(self._texts) * (self._repeat - 1))
            texts = self.sheets[-1].texts
            for row in range(self._row, self._row + self._repeat):
                texts.update({(row, column): text for column, text in self._texts.items()})
        self._row += self._repeat

    def _dressed(self, text: str) -> str:
        style = self._cell.get("style-name", "")
        if not style and self._defaults:
            style = self._defaults.get(_OF_ROW, "") or self._defaults.get(self._column, "")
        look = self.styles.looks.get(style, PLAIN)
        return text if look is PLAIN else look.text(text) or text

    def _value(self) -> str:
        shown = "\n".join(self._lines)
        kind = self._cell.get("value-type", "")
        if self._cell.get("calc-value-type") == "error":
            return shown or "#VALUE!"
        # LibreOffice stores the value of a formula such as TRUE() as the number 1.
        if kind in {"float", "percentage", "currency"} and shown not in {"TRUE", "FALSE"} and "value" in self._cell:
            value = float(self._cell["value"])
            stored = number_text(value)
            return stored if shown == stored or not self._lines else _as_shown(value, shown, stored)
        if kind == "string" and shown:
            return shown
        name = {"date": "date-value", "time": "time-value", "string": "string-value"}.get(kind, "")
        text = self._cell.get("boolean-value", "").upper() or shown or self._cell.get(name, "")
        if kind in {"date", "time"}:
            text = self._cell.get(name, text)
        return text or ("=" + self._cell["formula"] if "formula" in self._cell and kind != "string" else "")


def _as_shown(value: float, shown: str, stored: str) -> str:
    """A figure whose cell shows more than the stored digits: a unit, another figure, no minus, or nothing."""
    if not value:
        return f"{shown} [{stored}]" if _ABOVE_ZERO.search(shown) else stored
    if not is_same(value, shown):
        return shown if shown.strip() else f"{stored} [;;;]"
    return f"{shown} [{stored}]" if value < 0 and not _MINUS.search(shown) else stored


def _caption(attributes: Mapping[str, str]) -> str:
    """What a control shows: what was entered, or its label."""
    return next((attributes[name] for name in ("current-value", "value", "label") if attributes.get(name)), "")


def _count(attributes: Mapping[str, str], name: str) -> int:
    return max(1, int(attributes[name])) if name in attributes else 1
