"""The tables and rows that are open while a walk goes through a Word or OpenDocument file, whichever it is."""

from __future__ import annotations

from typing import Generic, TypeVar

from govstats.readers._office.story import Row, Story

Merged = TypeVar("Merged")
"""What is remembered of a cell that covers others below it."""


class OpenTables(Generic[Merged]):
    """They lie on stacks, as tables may stand in cells; with each row what covers it from above, and what it covers."""

    def __init__(self, story: Story) -> None:
        self._story = story
        self._rows: list[Row] = []
        self._above: list[dict[int, Merged]] = []
        self._below: list[dict[int, Merged]] = []

    def open_table(self) -> None:
        """Raises ReadError if it stands between cells, or too deep."""
        self._story.open_table()
        self._above.append({})

    def close_table(self) -> None:
        """A Grid or prose, as the story decides."""
        self._above.pop()
        self._story.close_table()

    def open_row(self) -> None:
        """Raises ReadError outside of a table."""
        self._story.open_row()
        self._rows.append(Row())
        self._below.append({})
