"""A PDF → the ink of each page by pdfium, with a way to read it again by pdfplumber. Raises ReadError."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govstats.readers.pdf.box import DOUBT
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.pdfiumpages import drawn_pages
from govstats.readers.pdf.plumberpages import PlumberPages
from govstats.readers.pdf.weight import check_size, weigh

_SLOW_CONTENT = 4 << 20
_GARBLED = 0.3


class PageInk(NamedTuple):
    """One page: its ink, its height, whether it is a picture without text, what share of it pictures cover; a second
    reading (None if out of reach)."""

    ink: Ink
    height: float
    pictured: bool
    covered: float
    again: Callable[[], Ink | None]


def inks(data: bytes) -> Iterator[PageInk]:
    """The pages of a document by pdfium, each with a way to read it again by pdfplumber. Raises ReadError."""
    check_size(data)
    weight = weigh(data)
    plain, drawn = drawn_pages(data, weight)
    second = PlumberPages(plain, weight.content <= _SLOW_CONTENT)
    for number, page in enumerate(drawn):
        again = second.reading(number) if page.light else _no_second
        yield PageInk(page.ink, page.height, page.is_pictured, page.covered, again)


def is_garbled(pages: list[PageInk]) -> bool:
    """Have so many characters no meaning that no table could be known by its words?"""
    printed = [glyph for page in pages for glyph in page.ink.glyphs if not glyph.text.isspace()]
    return sum(glyph.text == DOUBT for glyph in printed) > _GARBLED * len(printed)


def _no_second() -> Ink | None:
    return None
