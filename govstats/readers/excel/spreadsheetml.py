"""A workbook of Excel 2003 in one XML file (SpreadsheetML) → Sheets."""

from __future__ import annotations

from collections.abc import Mapping

from govstats.readers._office.marks import OBJECT
from govstats.readers.excel.looks import PLAIN, Look, is_white
from govstats.readers.excel.richtext import RichText
from govstats.readers.excel.sheet import (
    MAX_SHEETS,
    Extent,
    Merge,
    Seen,
    Sheet,
    damaged,
    number_text,
    too_large,
)
from govstats.readers.excel.xmlpart import PartEvents, checked, parse

_NAMED_FORMATS = {"Fixed": "0.00", "Standard": "#,##0.00", "Percent": "0.00%", "Currency": "#,##0.00"}
_RUNS = {"Sup": ("vertAlign", {"val": "superscript"}), "Sub": ("vertAlign", {"val": "subscript"}), "S": ("strike", {})}


def read(source: bytes) -> list[Sheet]:
    """The XML in UTF-8 → sheets. Raises ReadError if it is unsound."""
    book = _Book()
    parse(checked(source), book)
    for sheet, seen in zip(book.sheets, book.seen, strict=True):
        sheet.see(seen)
    return book.sheets


class _Book(PartEvents):
    """The whole file: styles, then sheets."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self.seen: list[Seen] = []
        self._styles: dict[str, Look] = {}
        self._style = ""
        self._extent = Extent()
        self._row = self._column = 0
        self._cell: Mapping[str, str] = {}
        self._rich: RichText | None = None
        self._kind = ""
        self._text = ""
        self._aside = ""

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if self._rich is not None:
            self._start_run(self._rich, name, attributes)
        elif name in {"Comment", "PhoneticText"}:
            self._aside = name
        elif self._aside:
            pass
        elif begin := getattr(self, f"_start_{name.lower()}", None):
            begin(attributes)
        self._text = ""

    def end(self, name: str) -> None:
        if name == self._aside:
            self._aside = ""
        elif name == "Data" and self._rich is not None:
            self._end_data(self._rich)
        elif self._rich is not None:
            self._rich.end("r")
        elif name == "Cell":
            self._column += _number(self._cell, "MergeAcross") + 1
        elif name == "Row":
            self._row += 1
        elif name == "Visible" and self.sheets:
            self.sheets[-1].hidden = self._text.strip() != "SheetVisible"

    def data(self, text: str) -> None:
        self._text += text
        if self._rich is not None:
            self._rich.start("t", {})
            self._rich.data(text)
            self._rich.end("t")

    def _start_style(self, attributes: Mapping[str, str]) -> None:
        self._style = attributes.get("ID", "")
        self._styles[self._style] = self._styles.get(attributes.get("Parent", ""), PLAIN)

    def _start_numberformat(self, attributes: Mapping[str, str]) -> None:
        pattern = attributes.get("Format", "")
        self._change(pattern=_NAMED_FORMATS.get(pattern, pattern))

    def _start_font(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("StrikeThrough") == "1":
            self._change(is_struck=True)
        if is_white(attributes.get("Color", "").lstrip("#")):
            self._change(is_unseen=True)

    def _start_interior(self, attributes: Mapping[str, str]) -> None:
        is_filled = attributes.get("Pattern", "None") != "None" and not is_white(
            attributes.get("Color", "").lstrip("#")
        )
        self._change(is_filled=is_filled)

    def _change(self, **changes: object) -> None:
        if self._style in self._styles:
            self._styles[self._style] = self._styles[self._style]._replace(**changes)  # type: ignore[arg-type]

    def _start_worksheet(self, attributes: Mapping[str, str]) -> None:
        if len(self.sheets) == MAX_SHEETS:
            raise too_large()
        self.sheets.append(Sheet(len(self.sheets) + 1, name=attributes.get("Name", "")))
        self.seen.append(Seen())
        self._extent.begin_sheet()
        self._row = self._column = 0

    def _start_column(self, attributes: Mapping[str, str]) -> None:
        self._column = _number(attributes, "Index", self._column + 1) - 1
        behind = self._column + 1 + min(_number(attributes, "Span"), 256)
        if attributes.get("Hidden") == "1" and self.seen:
            self.seen[-1].hidden_columns.update(range(self._column, behind))
        self._column = behind

    def _start_row(self, attributes: Mapping[str, str]) -> None:
        self._row, self._column = _number(attributes, "Index", self._row + 1) - 1, 0
        if attributes.get("Hidden") == "1" and self.seen:
            self.seen[-1].hidden_rows.add(self._row)

    def _start_cell(self, attributes: Mapping[str, str]) -> None:
        if not self.sheets:
            raise damaged()
        self._cell = attributes
        self._column = _number(attributes, "Index", self._column + 1) - 1
        width, height = _number(attributes, "MergeAcross"), _number(attributes, "MergeDown")
        if width or height:
            merge = Merge(self._row, self._column, self._row + height, self._column + width)
            self.sheets[-1].merges.append(merge)

    def _start_data(self, attributes: Mapping[str, str]) -> None:
        self._kind, self._rich = attributes.get("Type", "String"), RichText()

    def _start_run(self, rich: RichText, name: str, attributes: Mapping[str, str]) -> None:
        if name in _RUNS:
            rich.start(*_RUNS[name])
        elif name == "Font" and is_white(attributes.get("Color", "").lstrip("#")):
            rich.start("color", {"rgb": "FFFFFF"})

    def _end_data(self, rich: RichText) -> None:
        self._rich = None
        if not self.sheets:
            raise damaged()
        look = self._styles.get(self._cell.get("StyleID", "Default"), PLAIN)
        text = self._value(rich.text, look)
        if text:
            self._extent.take(self._row, self._column)
            self.sheets[-1].texts[self._row, self._column] = text

    def _value(self, text: str, look: Look) -> str:
        if self._kind != "Number":
            value = text.strip() if self._kind != "Boolean" else {"1": "TRUE", "0": "FALSE"}.get(text.strip(), text)
            return look.text(value) or value
        try:
            number = float(text)
        except ValueError:
            return text.strip() or OBJECT
        return look.number(number, number_text(number)) or number_text(number)


def _number(attributes: Mapping[str, str], name: str, default: int = 0) -> int:
    return max(0, int(attributes.get(name, default)))
