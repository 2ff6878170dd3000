"""Tables, rows and cells of a Word file as a walk meets them → Rows for a Story, in which merged cells are expanded."""

from __future__ import annotations

from typing import NamedTuple

from govstats.model.document import Span
from govstats.readers._office.opentables import OpenTables
from govstats.readers._office.tree import span


class _Merged(NamedTuple):
    """A cell that goes on below: its text, and how many columns wide it is."""

    text: str
    width: int


class DocxTables(OpenTables[_Merged]):
    """The open tables and rows of a Word file."""

    def close_row(self) -> None:
        """What goes on below goes on in the next row."""
        self._story.close_row(self._rows.pop())
        self._above[-1] = self._below.pop()

    def blank(self, width: str) -> None:
        """Columns of the grid in which the row has no cell: they count as positions, but not as cells."""
        if width != "0":
            self._rows[-1].add("", span(width), Span.FROM_LEFT)

    def close_cell(self, settings: str) -> None:
        """The cell goes to its row: as wide, and as merged, as docx.xsl says of it."""
        merged = None if settings[0] == "-" else settings[0]
        self._place(self._story.close_cell(), span(settings[2:]), merged, settings[1] == "h")

    def _place(self, text: str, width: int, merged: str | None, goes_on: bool) -> None:
        """Put a cell in its row. `merged`: it goes on below, from here (`r`) or from above (`c`); `goes_on`: from left.

        A covered cell has no text of its own. One that has, and does not lie below a cell of its width, is none.
        """
        row = self._rows[-1]
        column = len(row.texts)
        above = self._above[-1].get(column) if merged == "c" else None
        if above is not None and (above.width == width or not text):
            row.add(above.text, width, Span.FROM_ABOVE, Span.FROM_ABOVE)
        elif goes_on and column and not text:
            row.add(row.texts[-1], width, Span.FROM_LEFT)
        else:
            row.add(text, width)
        if merged is not None:
            cell = above or _Merged(row.texts[-1], width)
            self._below[-1].update(dict.fromkeys(range(column, len(row.texts)), cell))
