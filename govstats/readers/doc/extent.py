"""A WordRow, the columns of its edges, and the row above → Extents: its cells as they lie on the lattice, merged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from govstats.model.document import Span
from govstats.readers._office.marks import with_objects
from govstats.readers.doc.table import Item, Merge, WordRow


class Extent(NamedTuple):
    """A cell on the lattice: from column `first` to the column before `behind`."""

    first: int
    behind: int
    text: str
    span: Span

    @property
    def columns(self) -> range:
        """Those that it covers."""
        return range(self.first, self.behind)

    @property
    def spans(self) -> list[Span]:
        """What covers each of them."""
        rest = Span.FROM_ABOVE if self.span is Span.FROM_ABOVE else Span.FROM_LEFT
        return [self.span] + [rest] * (len(self.columns) - 1)


def extents_of(row: WordRow, columns: Mapping[int, int], above: Mapping[int, Extent]) -> list[Extent]:
    """The cells from left to right. `above` has those of the row above by their first column."""
    extents: list[Extent] = []
    joined = _joined(row.merges)
    for index, (cell, (left, right)) in enumerate(zip(row.cells, pairwise(row.edges), strict=True)):
        text, extent = text_of(cell), Extent(columns[left], columns[right], "", Span.OWN)
        if index in joined and not text:
            # The two sources differ on whether the text of a merged cell is printed: one that has some stays.
            extents[-1] = extents[-1]._replace(behind=extent.behind)
        else:
            extents.append(extent._replace(text=text))
        covering = above.get(extents[-1].first)
        if _continues(row.merges[index]) and covering and covering.behind == extents[-1].behind:
            extents[-1] = covering._replace(span=Span.FROM_ABOVE)
    return extents


def text_of(cell: Sequence[Item]) -> str:
    """The paragraphs of a cell, and what stands in tables inside of it. Two figures stay two."""
    parts = (
        item if isinstance(item, str) else "\f".join(text_of(inner) for row in item.rows for inner in row.cells)
        for item in cell
    )
    return with_objects("\f".join(parts).strip())


def _continues(merge: Merge) -> bool:
    """VerticalMergeFlag (2.9.344): 1 continues the cell above, 3 starts anew."""
    return merge.vertical == 1


def _joined(merges: Sequence[Merge]) -> set[int]:
    """The cells that are merged into the one on their left.

    TCGRF (2.9.317) and the description of 1997 (fFirstMerged, fMerged) give 1 and 2 opposite meanings, so the first
    cell of a run of merged cells tells which of them begins a merged cell.
    """
    joined = set()
    first = 0
    for index, merge in enumerate(merges):
        if not merge.horizontal or not first:
            first = merge.horizontal
        elif merge.horizontal != first and merge.horizontal != 3:
            joined.add(index)
    return joined
