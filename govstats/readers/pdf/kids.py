"""Texts of a PDF's objects → how many nodes its trees have when they are walked: pages, and fields of a form.

A tree in which two branches share what is below them, twenty levels deep, has a million nodes in a few bytes; pdfium
walks through all of them before it gives a page.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

_DEEPEST = 64
_KIDS = re.compile(rb"/Kids\s*\[([\d\sR]*)\]")
_REFERENCE = re.compile(rb"(\d+)\s+\d+\s+R")
_OBJECT = re.compile(rb"(\d+)\s+\d+\s+obj\b")
_HEADER = re.compile(rb"\s*(?:\d+\s+\d+\s+)+")
_NEAR = 4096


def nodes_when_walked(plain: bytes, streams: Iterable[bytes], most: int) -> int:
    """The nodes of the largest tree; the counting ends where they are more than `most`. `streams` hold objects."""
    below: dict[bytes, list[bytes]] = {}
    for number, kids in [*_in_plain(plain), *(each for text in streams for each in _in_stream(text))]:
        below.setdefault(number, kids)
        below[number] = max(below[number], kids, key=len)
    counts = dict.fromkeys(below, 1)
    for _ in range(_DEEPEST):
        before, counts = (
            counts,
            {number: min(most + 1, 1 + sum(counts.get(each, 1) for each in kids)) for number, kids in below.items()},
        )
        if counts == before or max(counts.values(), default=0) > most:
            break
    return max(counts.values(), default=0)


def _in_plain(text: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """The number of each object that has kids, and theirs."""
    for match in _KIDS.finditer(text):
        numbers = _OBJECT.findall(text, max(0, match.start() - _NEAR), match.start())
        if numbers:
            yield numbers[-1], _REFERENCE.findall(match[1])


def _in_stream(text: bytes) -> Iterator[tuple[bytes, list[bytes]]]:
    """The same in a stream of objects: it begins with their numbers, and where each stands behind them."""
    header = _HEADER.match(text)
    if header is None or b"/Kids" not in text:
        return
    told = header[0].split()
    starts = sorted((int(offset) + header.end(), number) for number, offset in zip(told[::2], told[1::2], strict=False))
    for match in _KIDS.finditer(text):
        at = bisect_right(starts, match.start(), key=lambda start: start[0]) - 1
        if at >= 0:
            yield starts[at][1], _REFERENCE.findall(match[1])
