"""The lines of all pages → which of them are furniture: page numbers, and banners that stand on every page."""

from __future__ import annotations

import re
from collections import Counter

from govstats.readers.pdf.pagecontent import Item, PageContent
from govstats.readers.pdf.textlines import TextLine

_EDGE = 0.1
_PAGE_NUMBER = re.compile(
    r"[-—–－·.\s]*第?\s*\d{1,3}\s*(?:页|/\s*\d{1,3})?(?:\s*[共,，]?\s*共?\s*\d{1,3}\s*页)?[-—–－·.\s]*"
)


def banners(sheets: list[PageContent], pages: list[list[Item]]) -> frozenset[str]:
    """The texts that stand at the edge of two pages or more."""
    counted = Counter(
        text
        for sheet, items in zip(sheets, pages, strict=True)
        for text in {item.text for item in items if isinstance(item, TextLine) and _at_edge(item, sheet)}
    )
    return frozenset(text for text, count in counted.items() if count > 1)


def is_furniture(line: TextLine, sheet: PageContent, repeated: frozenset[str]) -> bool:
    """A page number, or a banner, at the edge of its page."""
    return _at_edge(line, sheet) and (line.text in repeated or _PAGE_NUMBER.fullmatch(line.text) is not None)


def _at_edge(line: TextLine, sheet: PageContent) -> bool:
    return line.box.bottom < _EDGE * sheet.height or line.box.top > (1 - _EDGE) * sheet.height
