"""Sheets → blocks in reading order: tables stitched over pages, lines joined to paragraphs, furniture after either."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.model.document import Grid, GridRow, Paragraph, Place
from govstats.model.recognised import Look
from govstats.readers.pdf.furniture import banners, is_furniture
from govstats.readers.pdf.pagecontent import Item, PageContent
from govstats.readers.pdf.prose import Prose
from govstats.readers.pdf.ruledtable import RuledTable
from govstats.readers.pdf.stitching import joined
from govstats.readers.pdf.textlines import TextLine
from govstats.readers.pdf.unruled import UnruledTable
from govstats.readers.pdf.unruled import joined as joined_unruled

_LAST = 3
"""A table may be followed by a page's number and a banner at the foot of its page."""
_Blocks = Iterator[Paragraph | Grid]


class Assembly:
    """All pages → blocks, once. A table, or a paragraph, stays open until nothing more can belong to it."""

    def __init__(self, sheets: list[PageContent]) -> None:
        self._sheets = sheets
        self._pages = list(_pages(sheets))
        self._prose = Prose(max((item.box.x1 for items in self._pages for item in items), default=0.0))
        self._open: RuledTable | UnruledTable | None = None
        self._furniture: list[TextLine] = []
        self._tables = 0
        self.unruled: list[int] = []
        """The numbers of the tables that have no ruling, once all blocks are there."""
        self.looks: dict[Place, Look] = {}
        """What was recognised in pictures, once all blocks are there."""

    def blocks(self) -> _Blocks:
        """Paragraphs and grids."""
        repeated = banners(self._sheets, self._pages)
        for sheet, items in zip(self._sheets, self._pages, strict=True):
            first = True
            for item in items:
                if isinstance(item, TextLine) and is_furniture(item, sheet, repeated):
                    self._furniture.append(item)
                    continue
                yield from self._item(item, first)
                first = False
        yield from self._close()

    def _item(self, item: Item, first: bool) -> _Blocks:
        if isinstance(item, TextLine):
            yield from self._line(item, first)
        else:
            yield from self._table(item, first)

    def _table(self, table: RuledTable | UnruledTable, first: bool) -> _Blocks:
        """A table; the `first` item of a page may go on with the open one."""
        whole = _joined(self._open, table) if first else None
        if whole is not None:
            self._open = None
        yield from self._close()
        self._open = whole or table

    def _line(self, line: TextLine, first: bool) -> _Blocks:
        """A line of prose, which closes a table."""
        if self._open is not None or not self._prose.goes_on(line, first):
            yield from self._close()
        self._prose.append(line)

    def _close(self) -> _Blocks:
        """The open paragraph, the open table, then page numbers and banners that stood in between."""
        yield from self._prose.closed()
        if self._open is not None:
            yield self._numbered(self._open.rows)
            if isinstance(self._open, UnruledTable):
                self.unruled.append(self._tables)
            else:
                looks = ((Place(self._tables, row + 1, column + 1), look) for row, column, look in self._open.looks())
                self.looks.update(looks)
            self._open = None
        for line in self._furniture:
            yield self._prose.paragraph([line])
        self._furniture.clear()

    def _numbered(self, rows: Iterable[GridRow]) -> Grid:
        self._tables += 1
        return Grid(self._tables, tuple(row._replace(line=line) for line, row in enumerate(rows, 1)))


def _pages(sheets: list[PageContent]) -> Iterator[list[Item]]:
    """The items of each page; a table without ruling at its end may go on at the top of the next."""
    goes_on = False
    for sheet in sheets:
        items = sheet.items(goes_on)
        goes_on = any(isinstance(item, UnruledTable) for item in items[-_LAST:])
        yield items


def _joined(
    upper: RuledTable | UnruledTable | None, lower: RuledTable | UnruledTable
) -> RuledTable | UnruledTable | None:
    """Two pieces of a table as one, if they clearly are."""
    if isinstance(upper, RuledTable) and isinstance(lower, RuledTable):
        return joined(upper, lower)
    if isinstance(upper, UnruledTable) and isinstance(lower, UnruledTable):
        return joined_unruled(upper, lower)
    return None
