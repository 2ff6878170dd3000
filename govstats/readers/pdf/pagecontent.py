"""A page's tables and the glyphs outside them → its tables and lines of text from top to bottom."""

from __future__ import annotations

from typing import NamedTuple

from govstats.readers.pdf.box import Glyph
from govstats.readers.pdf.ruledtable import RuledTable
from govstats.readers.pdf.textlines import TextLine, held, lines_of, text_lines
from govstats.readers.pdf.unruled import UnruledTable, unruled_tables

Item = RuledTable | UnruledTable | TextLine


class PageContent(NamedTuple):
    """A page: its tables, the glyphs outside them, its height."""

    tables: list[RuledTable]
    rest: tuple[Glyph, ...]
    height: float

    @property
    def is_empty(self) -> bool:
        """Neither table nor text, as in a scan."""
        return not self.tables and not self.rest

    def items(self, goes_on: bool) -> list[Item]:
        """Tables and lines of text, from top to bottom. `goes_on`: a table without ruling may, from the page before."""
        unruled, lines = unruled_tables(lines_of(held(self.rest)), goes_on)
        items: list[Item] = [*self.tables, *unruled, *text_lines(lines, self.rest)]
        return sorted(items, key=lambda item: item.box.top)
