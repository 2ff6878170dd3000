"""Table Sprms (2.6.3) → Columns: the edges of the columns of a row, and how its cells are merged."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field
from itertools import pairwise

from govstats.readers.doc.sprms import cut, number

_DEFINE = 0xD608
_MERGE_DOWN = 0xD62B
_MERGE_ACROSS, _SPLIT = 0x5624, 0x5625
_INSERT, _DELETE = 0x7621, 0x5622
_WIDTH = 0x7623
_GAP = 0x9602
_LEFT = 0x9601


@dataclass(slots=True)
class Columns:
    """Edges in twips, none if unknown; the merges of each cell, as in TCGRF; half the gap between columns."""

    edges: list[int] = field(default_factory=list)
    horizontal: list[int] = field(default_factory=list)
    vertical: list[int] = field(default_factory=list)
    gap: int = 0

    def apply(self, code: int, operand: bytes) -> None:
        """One Sprm, if it is one that makes columns or merges cells."""
        if code == _DEFINE:
            self._define(operand)
        elif code == _MERGE_DOWN and operand[1:2] and operand[1] < len(self.vertical):
            self.vertical[operand[1]] = number(operand, 2, 1) & 3
        elif code in (_MERGE_ACROSS, _SPLIT):
            self._merge(range(operand[0], min(operand[1], len(self.horizontal))), code == _MERGE_ACROSS)
        elif code in (_INSERT, _DELETE):
            self.edges = []
        elif code == _WIDTH and self.edges:
            self._set_width(operand[0], operand[1], number(operand, 2))
        elif code == _GAP:
            self.gap = number(operand, 0, signed=True)
        elif code == _LEFT and self.edges:
            self._shift(number(operand, 0, signed=True) - self.edges[0] - self.gap)

    def _define(self, operand: bytes) -> None:
        """TDefTableOperand (2.9.321): the edges of the columns, and a TC80 of 20 bytes for some or all cells."""
        count = number(operand, 2, 1)
        self.edges = list(struct.unpack(f"<{count + 1}h", cut(operand, 3, 2 * (count + 1))))
        cells = 3 + 2 * (count + 1)
        flags = [number(operand, at) for at in range(cells, len(operand) - 1, 20)][:count]
        flags += [0] * (count - len(flags))
        self.horizontal = [each & 3 for each in flags]
        self.vertical = [each >> 5 & 3 for each in flags]

    def _merge(self, cells: range, merged: bool) -> None:
        for cell in cells:
            self.horizontal[cell] = 0 if not merged else 1 if cell == cells[0] else 2

    def _set_width(self, first: int, behind: int, width: int) -> None:
        widths = [right - left for left, right in pairwise(self.edges)]
        widths[first:behind] = [width] * len(widths[first:behind])
        for index, each in enumerate(widths):
            self.edges[index + 1] = self.edges[index] + each

    def _shift(self, by: int) -> None:
        self.edges = [edge + by for edge in self.edges]
