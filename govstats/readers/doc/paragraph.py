"""Paragraph Sprms (2.6.2) → WordParagraph: a text, the mark it ends in, and what its properties say of tables."""

from __future__ import annotations

from dataclasses import dataclass, field

from govstats.readers.doc.columns import Columns
from govstats.readers.doc.sprms import cut, number, sprms_of
from govstats.readers.doc.table import Item

_ELSEWHERE = (0x6645, 0x6646, 0x646B)
"""sprmPHugePapx and sprmPTableProps, whose lists stand in the Data stream."""
_MAX_NESTING = 3
_DEPTH = 0x6649
_SWITCHES = {0x2416: "in_table", 0x2417: "row_end", 0x244B: "inner_cell_end", 0x244C: "inner_row_end"}
_TABLE_GROUP = 5


@dataclass(slots=True)
class WordParagraph:
    """What stands in a paragraph and what its mark ends. `deleted`: a tracked change has deleted the mark."""

    text: str
    mark: str
    deleted: bool
    in_table: bool = False
    depth: int = 0
    row_end: bool = False
    inner_cell_end: bool = False
    inner_row_end: bool = False
    columns: Columns = field(default_factory=Columns)
    boxes: list[Item] = field(default_factory=list)
    """What stands in text boxes that are anchored in it."""

    def apply(self, sprms: bytes, data: bytes, nesting: int = 0) -> None:
        """Read a list of Sprm. `data` is the Data stream, where some have lists of their own."""
        for code, operand in sprms_of(sprms):
            if code in _ELSEWHERE and nesting < _MAX_NESTING:
                at = number(operand, 0, 4)
                self.apply(cut(data, at + 2, number(data, at)), data, nesting + 1)
            elif code in _SWITCHES:
                setattr(self, _SWITCHES[code], bool(operand[0]))
            elif code == _DEPTH:
                self.depth = number(operand, 0, 4, signed=True)
            elif code >> 10 & 7 == _TABLE_GROUP:
                self.columns.apply(code, operand)
