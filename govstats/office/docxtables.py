"""Tables, rows and cells of a Word file as a walk meets them → Rows for a Story, in which merged cells are expanded."""

from __future__ import annotations

from typing import NamedTuple

from govstats.document import Span
from govstats.office.row import Row
from govstats.office.story import Story
from govstats.office.tree import Element, span


class _Merged(NamedTuple):
    """A cell that goes on below: its text, and how many columns wide it is."""

    text: str
    width: int


class DocxTables:
    """The open tables and rows. They lie on stacks, as tables may stand in cells."""

    def __init__(self, word: str, story: Story) -> None:
        """`word` is the namespace of the elements, in braces."""
        self._word = word
        self._story = story
        self._rows: list[Row] = []
        self._above: list[dict[int, _Merged]] = []
        self._below: list[dict[int, _Merged]] = []

    def open_table(self, _: Element) -> bool:
        """Never to be skipped."""
        self._story.open_table()
        self._above.append({})
        return False

    def close_table(self, _: Element) -> None:
        """A Grid or prose, as the story decides."""
        self._above.pop()
        self._story.close_table()

    def open_row(self, node: Element) -> bool:
        """True: deleted, to be skipped."""
        self._story.open_row()
        self._rows.append(Row())
        self._below.append({})
        if self._is_deleted(node):
            return True
        self._blank(node, "gridBefore")
        return False

    def close_row(self, node: Element) -> None:
        """A deleted row does not count."""
        row, below = self._rows.pop(), self._below.pop()
        if self._is_deleted(node):
            self._story.close_row(None)
            return
        if row.texts:
            self._rows.append(row)
            self._blank(node, "gridAfter")
            self._rows.pop()
        self._above[-1] = below
        self._story.close_row(row)

    def _is_deleted(self, row: Element) -> bool:
        return row.find(f"{self._word}trPr/{self._word}del") is not None

    def _blank(self, row: Element, name: str) -> None:
        """Columns of the grid in which the row has no cell: they count as positions, but not as cells."""
        node = row.find(f"{self._word}trPr/{self._word}{name}")
        if node is not None and node.get(f"{self._word}val") != "0":
            self._rows[-1].add("", span(node.get(f"{self._word}val")), Span.FROM_LEFT)

    def open_cell(self, _: Element) -> bool:
        """Never to be skipped."""
        self._story.open_cell()
        return False

    def close_cell(self, node: Element) -> None:
        """The cell goes to its row, as wide as its settings say, merged or not."""
        text = self._story.close_cell()
        settings = node.find(f"{self._word}tcPr")
        values = {} if settings is None else {child.tag: child.get(f"{self._word}val") or "" for child in settings}
        width = span(values.get(f"{self._word}gridSpan"))
        merged = values.get(f"{self._word}vMerge")
        goes_on = values.get(f"{self._word}hMerge", "restart") != "restart"
        self._place(text, width, merged, goes_on)

    def _place(self, text: str, width: int, merged: str | None, goes_on: bool) -> None:
        """Put a cell in its row. `merged` is its vMerge (None: not merged), `goes_on` that it goes on from its left.

        A covered cell has no text of its own. One that has, and does not lie below a cell of its width, is none.
        """
        row = self._rows[-1]
        column = len(row.texts)
        above = self._above[-1].get(column) if merged not in (None, "restart") else None
        if above is not None and (above.width == width or not text):
            row.add(above.text, width, Span.FROM_ABOVE, Span.FROM_ABOVE)
        elif goes_on and column and not text:
            row.add(row.texts[-1], width, Span.FROM_LEFT)
        else:
            row.add(text, width)
        if merged is not None:
            cell = above or _Merged(row.texts[-1], width)
            self._below[-1].update(dict.fromkeys(range(column, len(row.texts)), cell))
