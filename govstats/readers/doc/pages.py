"""A PlcBte and the property pages (FKP) it names → which list of Sprm holds for which bytes of the stream."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from govstats.readers.doc.errors import DamagedWordError
from govstats.readers.doc.sprms import cut, number, numbers

_MAX_PAGES = 20_000
_PAGE = 512
PARAGRAPHS = 13
"""Length of an entry in a PapxFkp (2.9.175)."""
CHARACTERS = 1
"""Length of an entry in a ChpxFkp (2.9.33)."""


class _Page(NamedTuple):
    """Where its runs begin, and where the last ends; the list of Sprm of each run."""

    starts: tuple[int, ...]
    lists: list[bytes]


class Pages:
    """The property pages of one kind: of paragraphs, or of characters."""

    def __init__(self, word: bytes, plc: bytes, entry: int) -> None:
        """`entry` is PARAGRAPHS or CHARACTERS."""
        count = (len(plc) - 4) // 8
        if len(plc) < 12 or (len(plc) - 4) % 8 or count > _MAX_PAGES:
            raise DamagedWordError("the table of property pages has an odd length")
        self._word, self._entry = word, entry
        self._starts = numbers(plc, 0, count + 1)
        self._pages = [code & 0x3FFFFF for code in numbers(plc, 4 * (count + 1), count)]
        self._known: dict[int, _Page] = {}
        if _in_disorder(self._starts):
            raise DamagedWordError("property pages are out of order")

    def at(self, byte: int) -> bytes:
        """The list of Sprm for this byte."""
        page = self._page(self._pages[_index(self._starts, len(self._pages), byte)])
        return page.lists[_index(page.starts, len(page.lists), byte)]

    def runs(self) -> Iterator[tuple[int, int, bytes]]:
        """All runs: first byte, byte behind the last, list of Sprm."""
        for code in dict.fromkeys(self._pages):
            page = self._page(code)
            for (first, last), sprms in zip(pairwise(page.starts), page.lists, strict=True):
                yield first, last, sprms

    def _page(self, code: int) -> _Page:
        if code not in self._known:
            self._known[code] = _page_of(cut(self._word, _PAGE * code, _PAGE), self._entry)
        return self._known[code]


def _in_disorder(starts: tuple[int, ...]) -> bool:
    return any(left > right for left, right in pairwise(starts))


def _index(starts: tuple[int, ...], count: int, byte: int) -> int:
    """Which of so many holds this byte."""
    index = bisect_right(starts, byte) - 1
    if not 0 <= index < count:
        raise DamagedWordError(f"no properties for the byte at {byte}")
    return index


def _page_of(page: bytes, entry: int) -> _Page:
    count = page[-1]
    starts = numbers(page, 0, count + 1)
    if _in_disorder(starts):
        raise DamagedWordError("the runs of a property page are out of order")
    first = 4 * (count + 1)
    offsets = [2 * byte for byte in cut(page, first, max(0, entry * (count - 1) + 1))[::entry]]
    take = _chpx if entry == CHARACTERS else _papx
    return _Page(starts, [take(page, offset) if offset else b"" for offset in offsets])


def _chpx(page: bytes, at: int) -> bytes:
    return cut(page, at + 1, page[at])


def _papx(page: bytes, at: int) -> bytes:
    """PapxInFkp (2.9.174): cb counts words less a byte, or is 0 and the next byte counts words. 2 bytes are istd."""
    size, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * number(page, at + 1, 1), at + 2)
    return cut(page, at, size)[2:]
