"""Pieces of what a Word file prints, each behind its mark → told to a Story; merged cells expanded."""

from __future__ import annotations

from collections.abc import Iterable

from govstats.readers._office import docxmarks
from govstats.readers._office.docxtables import DocxTables
from govstats.readers._office.story import Story


class DocxStory:
    """Tells a Story what was met; tables are left to DocxTables."""

    def __init__(self, story: Story) -> None:
        tables = DocxTables(story)
        self._story = story
        self._does = {
            "": lambda: None,
            docxmarks.OPEN_PARAGRAPH: story.open_paragraph,
            docxmarks.CLOSE_PARAGRAPH: story.close_paragraph,
            docxmarks.OPEN_TABLE: tables.open_table,
            docxmarks.CLOSE_TABLE: tables.close_table,
            docxmarks.OPEN_ROW: tables.open_row,
            docxmarks.CLOSE_ROW: tables.close_row,
            docxmarks.OPEN_CELL: story.open_cell,
        }
        self._is_told = {docxmarks.CLOSE_CELL: tables.close_cell, docxmarks.BLANK: tables.blank}

    def of(self, pieces: Iterable[tuple[str, str]]) -> Story:
        """The story, once it has all pieces."""
        does, is_told, text = self._does, self._is_told, self._story.text
        for mark, piece in pieces:
            if mark in is_told:
                settings, _, piece = piece.partition(";")
                is_told[mark](settings)
            else:
                does[mark]()
            if piece:
                text(piece)
        return self._story
