"""The rows of a WordTable → rows of a Grid, on a lattice of columns that has all edges, so that merged cells show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from govstats.model.document import GridRow, Span
from govstats.readers.doc.extent import Extent, extents_of, text_of
from govstats.readers.doc.table import WordRow, WordTable

_MAX_WIDTH = 128
_SLACK = 40
"""Edges of columns that lie no more than so many twips (0.7 mm) apart are one edge, drawn by a shaky hand."""


def grid_rows(table: WordTable) -> Iterator[GridRow]:
    """Row by row; plain rows of cells where the columns are not known."""
    columns = _lattice(table.rows)
    above: dict[int, Extent] = {}
    for number, row in enumerate(table.rows, 1):
        if columns is None:
            yield GridRow(number, tuple(text_of(cell) for cell in row.cells))
            continue
        extents = extents_of(row, columns, above)
        above = {extent.first: extent for extent in extents}
        yield _grid_row(number, extents)


def _grid_row(number: int, extents: Sequence[Extent]) -> GridRow:
    lead = extents[0].first if extents else 0
    return GridRow(
        number,
        ("",) * lead + tuple(extent.text for extent in extents for _ in extent.columns),
        (Span.OWN,) * lead + tuple(span for extent in extents for span in extent.spans),
    )


def _lattice(rows: Sequence[WordRow]) -> dict[int, int] | None:
    """Edge → column of a lattice that has all edges of all rows; None if a row does not say where its cells are."""
    if any(len(row.edges) != len(row.cells) + 1 for row in rows):
        return None
    narrowest = min((right - left for row in rows for left, right in pairwise(row.edges)), default=0)
    if narrowest <= 0:
        return None
    columns: dict[int, int] = {}
    begin, column = 0, -1
    for edge in sorted({edge for row in rows for edge in row.edges}):
        # No edge may take in the next one of its own row, however narrow the cell between them.
        if column < 0 or edge - begin > min(_SLACK, narrowest - 1):
            begin, column = edge, column + 1
        columns[edge] = column
    return columns if column <= _MAX_WIDTH else None
