"""The part of a sheet of an .xlsx → cells that show a small chart, or a bar or an icon in place of their figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from govstats.readers._office.marks import OBJECT
from govstats.readers.excel.sheet import LaidOver, Merge, Position
from govstats.readers.excel.xmlpart import PartEvents, parse

_MARKS = (b"sparkline", b'showValue="')
_WITHOUT_FIGURE = {"dataBar", "iconSet"}
_OFF = {"0", "false"}
_RANGE = re.compile(r"(?:[^!]*!)?\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6})(?::\$?([A-Z]{1,3})\$?([1-9][0-9]{0,6}))?")
_MOST = 1_000


def painted(part: bytes) -> tuple[list[LaidOver], list[Merge]]:
    """What lies over cells, and the ranges in which figures are not shown."""
    found = _Painted()
    if any(mark in part for mark in _MARKS):
        parse(part, found)
    return found.charts, found.unshown


class _Painted(PartEvents):
    def __init__(self) -> None:
        self.charts: list[LaidOver] = []
        self.unshown: list[Merge] = []
        self._ranges = ""
        self._place: str | None = None
        self._is_chart = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "conditionalFormatting":
            self._ranges = attributes.get("sqref", "")
        elif name in _WITHOUT_FIGURE and attributes.get("showValue", "1") in _OFF:
            self.unshown += _ranges(self._ranges)
        elif name == "sparkline":
            self._is_chart = True
        elif name == "sqref" and self._is_chart:
            self._place = ""

    def data(self, text: str) -> None:
        if self._place is not None:
            self._place += text

    def end(self, name: str) -> None:
        if name == "sqref" and self._place is not None:
            self.charts += [(((each.top, each.left),), OBJECT) for each in _ranges(self._place)]
            self._place = None
        elif name == "sparkline":
            self._is_chart = False


def _ranges(text: str) -> Iterator[Merge]:
    """`A1:B2 C3` → its ranges."""
    for each in text.split()[:_MOST]:
        if match := _RANGE.fullmatch(each):
            top, left = _position(match[1], match[2])
            bottom, right = _position(match[3] or match[1], match[4] or match[2])
            yield Merge(top, left, bottom, right)


def _position(letters: str, number: str) -> Position:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(number) - 1, column - 1
