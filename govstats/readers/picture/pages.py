"""Pictures of pages → those with a table, recognised; what costs time is loaded when the first is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any

from govstats.readers._limits import next_page, take_memory, take_time
from govstats.readers.pdf.pages import PageInk
from govstats.readers.picture.network import is_installed

if TYPE_CHECKING:
    from govstats.readers.picture.page import PageReader

MOST_PAGES = 40
"""A report has no more; what is behind them is not recognised."""
_SECONDS = 20.0
"""Of processor time, for a page."""
_MEMORY = 2**30
"""Bytes set aside, of which a third is used."""
_NO_MEMORY = ("bad_alloc", "Insufficient memory", "failed to map segment", "Cannot allocate memory")


def recognised(numbers: Sequence[int], pictures: Iterable[Any]) -> dict[int, PageInk]:
    """Number → page, of those in which a table was recognised; of none, where nothing that recognises is installed."""
    if not is_installed():
        return {}
    found: dict[int, PageInk] = {}
    take_time(_SECONDS)
    for number, each in zip(numbers[:MOST_PAGES], pictures, strict=False):
        next_page(_SECONDS)
        with _short_of_memory():
            if each is not None and (page := _reader().page(each.picture, each.width, not found)) is not None:
                found[number] = page
    return found


@contextmanager
def _short_of_memory() -> Iterator[None]:
    """Libraries have errors of their own for it. Raises MemoryError."""
    try:
        yield
    except Exception as error:
        if any(words in str(error) for words in _NO_MEMORY):
            raise MemoryError from error
        raise


@cache
def _reader() -> PageReader:
    """The one of this process."""
    take_memory(_MEMORY)
    from govstats.readers.picture.page import PageReader
    from govstats.readers.picture.recogniser import Recogniser

    return PageReader(Recogniser())
