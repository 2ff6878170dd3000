"""Tables, rows and cells of an OpenDocument text as a walk meets them → Rows for a Story, merged cells expanded."""

from __future__ import annotations

from typing import NamedTuple

from govstats.model.document import Span
from govstats.readers._office.odfnames import TABLE
from govstats.readers._office.opentables import OpenTables
from govstats.readers._office.tree import Element, span


class _Merged(NamedTuple):
    """A cell that covers others below it: its text, and how many rows it still covers."""

    text: str
    rows: int


_ROWS, _COLUMNS, _REPEATED = (
    f"{TABLE}number-{name}" for name in ("rows-spanned", "columns-spanned", "columns-repeated")
)


class OdtTables(OpenTables[_Merged]):
    """The open tables and rows of an OpenDocument text."""

    def close_row(self, node: Element) -> None:
        """A row, or several alike."""
        self._story.close_row(self._rows.pop(), span(node.get(f"{TABLE}number-rows-repeated")))
        self._above[-1] = self._below.pop()

    def close_cell(self, node: Element) -> None:
        """A cell, or several alike. Those that a merged cell covers are there too, as covered-table-cell."""
        text = self._story.close_cell()
        covered = node.tag.endswith("covered-table-cell")
        rows = span(node.get(_ROWS))
        row = self._rows[-1]
        for _ in range(span(node.get(_REPEATED))):
            if covered:
                self._cover(text)
                continue
            start = len(row.texts)
            row.add(text, 1)
            width = span(node.get(_COLUMNS))
            row.reach = start + width
            if rows > 1 and len(row.texts) > start:
                self._below[-1].update(dict.fromkeys(range(start, start + width), _Merged(text, rows - 1)))

    def _cover(self, text: str) -> None:
        """A covered cell repeats the cell that covers it. One that nothing covers, or with other text, is a cell.

        What its own row says holds: LibreOffice lets cells of a table from Word go on over rows that have cells there.
        """
        row = self._rows[-1]
        column = len(row.texts)
        above = self._above[-1].get(column) if column >= row.reach else None
        if above is not None:
            row.add(above.text, 1, Span.FROM_ABOVE)
            if above.rows > 1:
                self._below[-1][column] = above._replace(rows=above.rows - 1)
        elif column and not text:
            row.add(row.texts[-1], 1, Span.FROM_LEFT)
        else:
            row.add(text, 1)
