"""WordTable: a table as the file describes it, in rows of cells with edges in twips (1/1440 inch), and merges.

Item is what a text is made of: a paragraph (a string), or a table.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, TypeAlias


class Merge(NamedTuple):
    """How a cell is merged, as TCGRF (2.9.317) has it: 0 is not at all."""

    horizontal: int = 0
    vertical: int = 0


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row: its cells, each a list of paragraphs and inner tables. `edges` are empty if unknown, else one more."""

    cells: tuple[tuple[Item, ...], ...]
    edges: tuple[int, ...] = ()
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table, row by row."""

    rows: tuple[WordRow, ...]


Item: TypeAlias = str | WordTable
