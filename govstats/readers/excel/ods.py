"""The archive of an .ods → Sheets, straight from its content.xml: calamine would lose merged cells and truth values."""

from __future__ import annotations

from collections.abc import Mapping

from govstats.readers.excel.sheet import (
    MAX_COLUMNS,
    MAX_SHEETS,
    Extent,
    Merge,
    Sheet,
    encrypted,
    number_text,
    too_large,
)
from govstats.readers.excel.xmlpart import PartEvents, Parts, parse

_CELLS = {"table-cell", "covered-table-cell"}
_SPACES = {"s": " ", "tab": "\t", "line-break": "\n"}


def read(parts: Parts) -> list[Sheet]:
    """The parts of an .ods → sheets. Raises ReadError if it is encrypted, or a part is unsound."""
    if b"encryption-data" in (parts.read("META-INF/manifest.xml") or b""):
        raise encrypted()
    return read_content(parts.read("content.xml") or b"")


def read_content(part: bytes) -> list[Sheet]:
    """content.xml, or a whole .fods → sheets."""
    content = _ContentPart()
    parse(part, content)
    return content.sheets


class _ContentPart(PartEvents):
    """content.xml of an .ods → sheets. Repeated cells are written out if they hold anything, else only counted."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._hidden: set[str] = set()
        self._style = ""
        self._path: list[str] = []
        self._open = False
        self._extent = Extent()
        self._row = self._column = 0
        self._repeat = 1
        self._texts: dict[int, str] = {}
        self._cell: Mapping[str, str] = {}
        self._lines: list[str] = []
        self._in_line = 0

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name in {"style", "table-properties"}:
            self._note_style(name, attributes)
        elif name == "table":
            self._begin_sheet(attributes)
        elif name == "table-row":
            self._column, self._repeat, self._texts = 0, _count(attributes, "number-rows-repeated"), {}
        elif name in _CELLS:
            self._cell, self._lines = attributes, []
        elif self._in_line:
            self._in_line += 1
            self._lines[-1] += _SPACES.get(name, "") * min(_count(attributes, "c"), MAX_COLUMNS)
        elif name == "p" and self._path[-1] in _CELLS:
            self._in_line = 1
            self._lines.append("")
        self._path.append(name)

    def end(self, name: str) -> None:
        self._path.pop()
        if self._in_line:
            self._in_line -= 1
        elif name in _CELLS and self._open:
            self._end_cell(covered=name != "table-cell")
        elif name == "table-row" and self._open:
            self._end_row()
        elif name == "table":
            self._open = False

    def data(self, text: str) -> None:
        if self._in_line:
            self._lines[-1] += text

    def _note_style(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "style":
            self._style = attributes.get("name", "")
        elif attributes.get("display") == "false":
            self._hidden.add(self._style)

    def _begin_sheet(self, attributes: Mapping[str, str]) -> None:
        if self._open or len(self.sheets) == MAX_SHEETS:
            raise too_large()
        self._open, self._row = True, 0
        self._extent.begin_sheet()
        self.sheets.append(Sheet(len(self.sheets) + 1, attributes.get("style-name") in self._hidden))

    def _end_cell(self, covered: bool) -> None:
        repeat = _count(self._cell, "number-columns-repeated")
        text = "" if covered else self._value()
        if text:
            self._extent.take(self._row, self._column + repeat - 1, repeat)
            self._texts.update(dict.fromkeys(range(self._column, self._column + repeat), text))
        width, height = (_count(self._cell, f"number-{each}-spanned") for each in ("columns", "rows"))
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

    def _value(self) -> str:
        shown = "\n".join(self._lines)
        kind = self._cell.get("value-type", "")
        if self._cell.get("calc-value-type") == "error":
            return shown or "#VALUE!"
        # LibreOffice stores the value of a formula such as TRUE() as the number 1.
        if kind in {"float", "percentage", "currency"} and shown not in {"TRUE", "FALSE"} and "value" in self._cell:
            return number_text(float(self._cell["value"]))
        stored = {"date": "date-value", "time": "time-value", "string": "string-value"}.get(kind, "")
        text = self._cell.get("boolean-value", "").upper() or shown or self._cell.get(stored, "")
        if kind in {"date", "time"}:
            text = self._cell.get(stored, text)
        return text or ("=" + self._cell["formula"] if "formula" in self._cell and kind != "string" else "")


def _count(attributes: Mapping[str, str], name: str) -> int:
    return max(1, int(attributes.get(name, 1)))
