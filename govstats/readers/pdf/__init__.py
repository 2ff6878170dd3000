"""A PDF with text → Document: ruled tables as grids (over pages, too), everything else as prose.

Two ways lead to the same ink: pdfium (fast), and pdfplumber, asked for a second opinion where the first finds lines
but no table, tables with open cells, or characters without a meaning. What either cannot tell is marked, not guessed.
"""

from __future__ import annotations

import re

from govstats.model.document import Document

SUFFIXES = (".pdf",)

_MAGIC = re.compile(rb"%PDF-\d")


def sniff(head: bytes) -> bool:
    """Does it open with %PDF-, perhaps behind a little rubbish?"""
    return _MAGIC.search(head[:1024]) is not None


def read(data: bytes) -> Document:
    """A PDF → Document. One without any text (a scan) has no blocks, and `scanned` in its meta data."""
    # Every reader is loaded to be asked whose a file is; only a PDF needs what stands behind this one.
    from govstats.readers.pdf.assembly import Assembly
    from govstats.readers.pdf.pagecontent import PageContent
    from govstats.readers.pdf.pages import inks
    from govstats.readers.pdf.tables import best_tables

    sheets = [PageContent(*best_tables(page), page.height) for page in inks(data)]
    if all(sheet.is_empty for sheet in sheets):
        return Document("pdf", "", (), {"scanned": "true"})
    return Document("pdf", "", tuple(Assembly(sheets).blocks()), {})
