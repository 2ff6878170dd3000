"""Rows, or columns, from a sheet's beginning, each with its size → the one that a place on the sheet lies in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping

from govstats.readers.excel.sheet import MAX_COLUMNS, MAX_ROWS
from govstats.readers.excel.xmlpart import PartEvents

_POINT, _PIXEL, _OF_CHARACTER = 12_700, 9_525, 7
"""EMU of a point and of a pixel; pixels of a digit in the usual typeface."""
_USUAL_ROW, _USUAL_COLUMN = 15.0 * _POINT, 64.0 * _PIXEL


class Axis:
    """Rows, or columns, from the sheet's beginning: how large they are."""

    def __init__(self, usual: float) -> None:
        self._usual = usual
        self._begins, self._counts = [0.0], [0]

    def add(self, count: int, size: float | None) -> None:
        """So many of this size; None: of the usual one."""
        self._begins.append(self._begins[-1] + count * (self._usual if size is None else size))
        self._counts.append(self._counts[-1] + count)

    def at(self, place: float) -> int:
        """The one that a place lies in."""
        run = min(bisect_right(self._begins, place), len(self._begins) - 1) - 1
        if run < 0:
            return int(place / self._usual) if self._usual else 0
        begins, ends = self._begins[run], self._begins[run + 1]
        count = self._counts[run + 1] - self._counts[run]
        return self._counts[run] + (int((place - begins) / (ends - begins) * count) if ends > begins else 0)


class SheetSizes(PartEvents):
    """How large the rows and columns of a sheet are, in EMU."""

    def __init__(self) -> None:
        self._row, self._column = _USUAL_ROW, _USUAL_COLUMN
        self._rows: list[tuple[int, int, float]] = []
        self._columns: list[tuple[int, int, float]] = []

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheetFormatPr":
            self._row = float(attributes.get("defaultRowHeight", self._row / _POINT)) * _POINT
            self._column = _width(attributes.get("defaultColWidth", "")) or self._column
        elif name == "row" and ("ht" in attributes or is_hidden(attributes)) and "r" in attributes:
            size = 0.0 if is_hidden(attributes) else float(attributes["ht"]) * _POINT
            self._rows.append((int(attributes["r"]) - 1, int(attributes["r"]), size))
        elif name == "col":
            size = 0.0 if is_hidden(attributes) else _width(attributes.get("width", "")) or self._column
            self._columns.append((int(attributes.get("min", 1)) - 1, int(attributes.get("max", 1)), size))

    def axes(self) -> tuple[Axis, Axis]:
        """Its rows and its columns."""
        rows, columns = Axis(self._row), Axis(self._column)
        _fill(rows, self._rows, MAX_ROWS)
        _fill(columns, self._columns, MAX_COLUMNS)
        return rows, columns


def _fill(axis: Axis, runs: list[tuple[int, int, float]], most: int) -> None:
    """Runs of lines, each with its first, what is behind its last, and its size; all others are of the usual one."""
    done = 0
    for first, end, size in runs:
        if done <= first < end:
            axis.add(first - done, None)
            axis.add(end - first, size)
            done = end
    axis.add(max(1, most - done), None)


def is_hidden(attributes: Mapping[str, str]) -> bool:
    """Is it said to be hidden?"""
    return attributes.get("hidden", "0") not in {"0", "false"}


def _width(characters: str) -> float:
    """A width in characters, in EMU; 0 if it is not told."""
    return round(float(characters) * _OF_CHARACTER) * _PIXEL if characters else 0.0
