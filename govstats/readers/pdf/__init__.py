"""A PDF with text → Document: ruled tables as grids (over pages, too), everything else as prose.

Two ways lead to the same ink: pdfium (fast), and pdfplumber, asked for a second opinion where the first finds lines
but no table, tables with open cells, or characters without a meaning. What either cannot tell is marked, not guessed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from govstats.model.document import GARBLED, PICTURED, RECOGNISED, UNRULED, Document

if TYPE_CHECKING:
    from govstats.readers.pdf.pages import PageInk

SUFFIXES = (".pdf",)

_BARE = 0.02
"""So little of a page an emblem covers, and no table that could be read."""
_MAGIC = re.compile(rb"%PDF-\d")


def sniff(head: bytes) -> bool:
    """Does it open with %PDF-, perhaps behind a little rubbish?"""
    return _MAGIC.search(head[:1024]) is not None


def read(data: bytes) -> Document:
    """A PDF → Document. Its meta data say which pages are pictures without text; of a scan, no block is left."""
    # Every reader is loaded to be asked whose a file is; only a PDF needs what stands behind this one.
    from govstats.readers.pdf.assembly import Assembly
    from govstats.readers.pdf.pagecontent import PageContent
    from govstats.readers.pdf.pages import inks, is_garbled
    from govstats.readers.pdf.tables import best_tables

    pages = list(inks(data))
    garbled = is_garbled(pages)
    pages, recognised = _recognised(data, pages, garbled)
    sheets = [PageContent(*best_tables(page), page.height) for page in pages]
    pictured = "、".join(str(number) for number, page in enumerate(pages, 1) if page.pictured)
    if all(sheet.is_empty for sheet in sheets):
        # Paper on which nothing is printed is no scan.
        return Document("pdf", "", (), {PICTURED: "0"} if any(page.covered > _BARE for page in pages) else {})
    meta = {PICTURED: pictured} if pictured else {GARBLED: "true"} if garbled and not recognised else {}
    assembly = Assembly(sheets)
    blocks = tuple(assembly.blocks())
    if assembly.unruled:
        meta[UNRULED] = "、".join(map(str, assembly.unruled))
    if recognised:
        meta[RECOGNISED] = "、".join(str(number + 1) for number in sorted(recognised))
    return Document("pdf", "", blocks, meta, looks=assembly.looks)


def _recognised(data: bytes, pages: list[PageInk], garbled: bool) -> tuple[list[PageInk], dict[int, PageInk]]:
    """The pages, those that are pictures with a table as they were recognised; and these by number."""
    numbers = [number for number, page in enumerate(pages) if page.pictured or garbled]
    if not numbers:
        return pages, {}
    # Nothing of what recognises is loaded before it has something to do.
    from govstats.readers.pdf.rendering import rendered
    from govstats.readers.picture.pages import recognised

    found = recognised(numbers, rendered(data, numbers))
    return [found.get(number, page) for number, page in enumerate(pages)], found
