"""A PDF → the ink of each page by pdfium, with a way to read it again by pdfplumber. Raises ReadError."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.pdfiumpages import drawn_pages
from govstats.readers.pdf.plumberpages import PlumberPages
from govstats.readers.pdf.weight import check_size, weigh

_SLOW_CONTENT = 4 << 20


class PageInk(NamedTuple):
    """One page: its ink, its height, and a second reading of it (None if it is out of reach)."""

    ink: Ink
    height: float
    again: Callable[[], Ink | None]


def inks(data: bytes) -> Iterator[PageInk]:
    """The pages of a document by pdfium, each with a way to read it again by pdfplumber. Raises ReadError."""
    check_size(data)
    weight = weigh(data)
    plain, drawn = drawn_pages(data, weight)
    second = PlumberPages(plain, weight.content <= _SLOW_CONTENT)
    for number, page in enumerate(drawn):
        yield PageInk(page.ink, page.height, second.reading(number) if page.light else _no_second)


def _no_second() -> Ink | None:
    return None
