"""A source in which each text is dyed, read as the source is → from which of its texts each cell of a table comes.

What a reader does (layout tables, merged and hidden cells, boxes, broken markup) need not be done again to know where a
cell came from: the reader itself carries the dye there. A document is read in this way only if it is to be corrected.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from govstats.model.document import Document, Place

_FIRST, _LAST = 0xF0000, 0x10FFFD
_DYE = re.compile(f"[{chr(_FIRST)}-{chr(_LAST)}]")
"""Code points for private use that fonts of symbols do not use."""

Addresses = Mapping[Place, tuple[int, ...]]
"""A cell of a grid → the numbers of the texts in it, in order."""


def dye(number: int) -> str:
    """The character that marks the text of this number; none if there are too many."""
    return chr(_FIRST + number) if number <= _LAST - _FIRST else ""


def is_dyed(text: str) -> bool:
    """Has it such characters of its own?"""
    return _DYE.search(text) is not None


def addresses(dyed: Document) -> Addresses:
    """Where the dyed texts went. A text that stands in several cells of a row (merged ones) belongs to each."""
    return {
        Place(grid.table, row.line, column): tuple([ord(mark) - _FIRST for mark in _DYE.findall(text)])
        for grid in dyed.grids
        for row in grid.rows
        for column, text in enumerate(row.texts, 1)
        if _DYE.search(text)
    }
