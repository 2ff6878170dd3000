"""The events of a sheet's part in an .xlsx → its flaws: cells that calamine would give as blanks, or as a false 0."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping

from govstats.readers.excel.sheet import Extent, Position, damaged
from govstats.readers.excel.xmlpart import PartEvents

_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?([1-9][0-9]{0,6})")


class Worksheet(PartEvents):
    """A sheet of an .xlsx: how far its cells reach, and those that hold an error or a formula without a value.

    Programs that write workbooks without calculating them leave 0 as the value of every formula, and ask for a
    calculation on opening (`uncalculated`): such a 0 is none.
    """

    def __init__(self, extent: Extent, uncalculated: bool) -> None:
        self.flaws: dict[Position, str] = {}
        self.shared: Counter[str] = Counter()
        """How many cells share a text, by its number."""
        extent.begin_sheet()
        self._extent = extent
        self._uncalculated = uncalculated
        self._row = self._column = -1
        self._kind = ""
        self._within = ""
        self._found: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "row":
            self._row = int(attributes["r"]) - 1 if "r" in attributes else self._row + 1
            self._column = -1
        elif name == "c":
            self._column += 1
            if "r" in attributes:
                self._row, self._column = _position(attributes["r"])
            self._kind, self._found = attributes.get("t", "n"), {}
        elif name in {"v", "f", "is"}:
            self._found[name] = ""
            self._within = name

    def end(self, name: str) -> None:
        if name == "c" and (self._found or self._kind != "n"):
            self._extent.take(self._row, self._column)
            value = self._found.get("v", "").strip()
            if self._kind == "s":
                self.shared[value] += 1
            flaw = self._flaw(value)
            if flaw:
                self.flaws[self._row, self._column] = flaw
        elif name == self._within:
            self._within = ""

    def data(self, text: str) -> None:
        if self._within and self._within != "is":
            self._found[self._within] += text

    def _flaw(self, value: str) -> str:
        if self._kind == "e":
            return value or "#VALUE!"
        if "f" in self._found and self._kind != "str" and "is" not in self._found:
            unknown = not value or (self._uncalculated and self._kind == "n" and float(value) == 0)
            return f"={self._found['f']}" if unknown else ""
        return ""


def _position(reference: str) -> Position:
    """`C5` → (4, 2)."""
    match = _REFERENCE.fullmatch(reference)
    if not match:
        raise damaged()
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]) - 1, column - 1
