"""Document → Shape: what of its tables decides where each figure belongs. Those of one shape differ in figures only.

Where a figure belongs follows from the labels, from which cells are merged, and from which are blank, marks or words;
that a whole number stands in a cell, and which, decides nothing. So a plain number is masked, and all else is kept.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from govstats.alignment.vocabulary import vocabulary, words_of
from govstats.model.document import Document, Grid, GridRow
from govstats.model.forms import TableForm
from govstats.text.labels import REMEMBERED

_WHOLE, _DECIMAL = "0", "0.0"
_DECIMAL_NUMBER = re.compile(r"[0-9]{1,12}\.[0-9]{1,12}")
_LONGEST = 50_000
_MOST_DIGITS = 15
"""A longer number is no figure (`govstats.text.figures`)."""


class Shape(NamedTuple):
    """`key` tells shapes apart. `rows` are the rows that it is the shape of, `numbers` which they are: table and row;
    `texts` all their texts in one line."""

    key: Hashable
    rows: tuple[GridRow, ...]
    numbers: tuple[tuple[int, int], ...]
    texts: tuple[str, ...]


def shape(document: Document, names: Collection[str]) -> Shape | None:
    """The shape of a document's tables; `names` are all words that a form has. Grids without any of them say nothing.

    None for rows of short lines, whose cells and rows are worked out of their texts, and for what is too long to keep.
    """
    grids = [grid for grid in document.grids if _speaks(grid, names)]
    rows = tuple(row for grid in grids for row in grid.rows)
    if any(row.loose for row in rows):
        return None
    texts = tuple(chain.from_iterable(row.texts for row in rows))
    if sum(map(len, texts)) > _LONGEST:
        return None
    numbers = tuple((grid.table, row.line) for grid in grids for row in grid.rows)
    build = tuple((len(row.texts), bytes(row.spans)) for row in rows)
    return Shape((tuple(map(_masked, texts)), build, numbers), rows, numbers, texts)


def names_of(forms: Collection[TableForm]) -> frozenset[str]:
    """All words that these forms have."""
    return frozenset[str]().union(*(vocabulary(form).names for form in forms))


def _speaks(grid: Grid, names: Collection[str]) -> bool:
    return any(words_of(text) in names for row in grid.rows for text in row.texts)


@lru_cache(maxsize=REMEMBERED)
def _masked(text: str) -> str:
    if text.isdigit() and text.isascii() and len(text) <= _MOST_DIGITS:
        return _WHOLE
    return _DECIMAL if _DECIMAL_NUMBER.fullmatch(text) else text
