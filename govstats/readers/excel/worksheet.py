"""The events of a sheet's part in an .xlsx → its flaws: cells that calamine would give as blanks, as a false 0, or as
another figure than the sheet shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from math import isfinite

from govstats.readers.excel.looks import PLAIN, Look
from govstats.readers.excel.richtext import RichText, SharedTexts
from govstats.readers.excel.sheet import MAX_COLUMNS, Extent, Position, damaged, number_text
from govstats.readers.excel.xmlpart import PartEvents

_OFF = {"0", "false"}
_NOTHING: set[str] = set()
_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


class Worksheet(PartEvents):
    """A sheet of an .xlsx: how far its cells reach, and those that hold an error or a formula without a value.

    Programs that write workbooks without calculating them leave 0 as the value of every formula, and ask for a
    calculation on opening (`uncalculated`): such a 0 is none.
    """

    def __init__(self, extent: Extent, uncalculated: bool, looks: Mapping[str, Look], texts: SharedTexts) -> None:
        self.flaws: dict[Position, str] = {}
        self.hidden_rows: set[int] = set()
        self.hidden_columns: set[int] = set()
        self.shared: Counter[str] = Counter()
        """How many cells share a text, by its number."""
        extent.begin_sheet()
        self._extent = extent
        self._uncalculated = uncalculated
        self._looks, self._texts = looks, texts
        self._is_plain = not looks and not texts.texts
        self._whole = {style for style, look in looks.items() if look.shows_whole()}
        self._cell: Mapping[str, str] = {}
        self._rich: RichText | None = None
        self._row = self._column = -1
        self._kind = ""
        self._within = ""
        self._found: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
            if _is_hidden(attributes, "ht"):
                self.hidden_rows.add(self._row)
        elif name == "c":
            self._column += 1
            if "r" in attributes:
                self._row, self._column = _position(attributes["r"])
            self._kind, self._found = attributes.get("t", "n"), {}
            self._cell, self._rich = attributes, None
        elif name in {"v", "f", "is"}:
            self._found[name] = ""
            self._within = name
            self._rich = RichText() if name == "is" else None
        elif self._rich is not None:
            self._rich.start(name, attributes)
        elif name == "col" and _is_hidden(attributes, "width"):
            first, last = int(attributes.get("min", 0)), int(attributes.get("max", 0))
            self.hidden_columns.update(range(first - 1, min(last, MAX_COLUMNS)))

    def end(self, name: str) -> None:
        if name == "c" and (self._found or self._kind != "n"):
            self._extent.take(self._row, self._column)
            value = self._found.get("v", "").strip()
            if self._kind == "s":
                self.shared[value] += 1
            flaw = self._flaw(value) or (None if self._is_plain and self._rich is None else self._shown(value))
            if flaw is not None:
                self.flaws[self._row, self._column] = flaw
        elif name == self._within:
            self._within = ""
        elif self._rich is not None:
            self._rich.end(name)

    def data(self, text: str) -> None:
        if self._within and self._within != "is":
            self._found[self._within] += text
        elif self._rich is not None:
            self._rich.data(text)

    def _flaw(self, value: str) -> str:
        if self._kind == "e":
            return value or "#VALUE!"
        if "f" in self._found and self._kind != "str" and "is" not in self._found:
            unknown = not value or (self._uncalculated and self._kind == "n" and float(value) == 0)
            return f"={self._found['f']}" if unknown else ""
        return ""

    def _shown(self, value: str) -> str | None:
        """What the sheet shows, None where that is what is stored."""
        style = self._cell.get("s", "0")
        look = self._looks.get(style, PLAIN)
        if self._kind == "n":
            if style in self._whole and value.isdigit():
                return None
            return (_number_shown(look, value) if value and look is not PLAIN else "") or None
        if self._kind == "s":
            text, kinds = self._texts.texts.get(value, ""), self._texts.kinds.get(value, _NOTHING)
        elif self._rich is not None:
            text, kinds = self._rich.text, self._rich.kinds
        else:
            text, kinds = value if self._kind == "str" else "", _NOTHING
        if kinds and not (look.is_filled and kinds == {"unseen"}):
            return text
        return (look.text(text) if look is not PLAIN else "") or None


def _is_hidden(attributes: Mapping[str, str], size: str) -> bool:
    """Is a row or a column not shown? One without any height or width is not, either."""
    if "hidden" in attributes and attributes["hidden"] not in _OFF:
        return True
    return size in attributes and not attributes[size].strip("0.")


def _number_shown(look: Look, value: str) -> str:
    """A number as its look shows it; what is no number is left to calamine."""
    try:
        number = float(value)
    except ValueError:
        return ""
    return look.number(number, number_text(number)) if isfinite(number) else ""


@lru_cache(maxsize=8192)
def _position(reference: str) -> Position:
    """`C5` → (4, 2)."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise damaged()
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
