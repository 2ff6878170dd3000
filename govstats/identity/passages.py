"""Document → the few lines that can say whose it is: head, opening and tail, however long the document."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from govstats.identity.cleaning import clean, spaced
from govstats.model.document import Document, Grid, Paragraph

_MOST_BLOCKS = 400
_MOST_CHARACTERS = 20_000
_HEAD_WITHOUT_HEADINGS = 40
_OPENING = 12
_TAIL = 30
_MOST_ROWS = 12
_HEADING_LENGTH = 40
_FIRST_SECTION = re.compile(r"(?:一|第一部分)[、.:](?!图)")


class Line(NamedTuple):
    """A line of the document, cleaned, and as printed; `number` is that of its paragraph."""

    text: str
    printed: str
    number: int

    @property
    def spaced(self) -> str:
        """The line with its spaces, which part dates from times and labels from each other."""
        return spaced(self.printed)


class Passages(NamedTuple):
    """Where identity stands: `head` before the first section, `opening` (head and what follows), `tail`.

    `fields` are the labelled values of tables in the head (索引号, 发布机构), by label; `cells` the rows there
    that hold one text alone, as a title set in a table does.
    """

    head: tuple[Line, ...]
    opening: tuple[Line, ...]
    tail: tuple[Line, ...]
    fields: tuple[tuple[str, str], ...]
    cells: tuple[str, ...] = ()


def passages(document: Document) -> Passages:
    """The passages of a document; work is bounded, whatever its length."""
    cut = _first_section(document)
    beginning = list(_bounded(document.blocks[: cut + _OPENING]))
    head = beginning[:cut]
    opening = _lines(beginning[: cut + _OPENING])
    number = sum(isinstance(block, Paragraph) for block in head)
    end = list(_bounded(document.blocks[:-_TAIL:-1]))[::-1]
    grids = [block for block in head if isinstance(block, Grid)]
    fields = tuple(field for grid in grids for field in _fields(grid))
    cells = tuple(cell for grid in grids for cell in _alone(grid))
    return Passages(opening[:number], opening, _lines(end), fields, cells)


def _bounded(blocks: Iterable[Paragraph | Grid]) -> Iterator[Paragraph | Grid]:
    left = _MOST_CHARACTERS
    for block in blocks:
        left -= len(block.text) if isinstance(block, Paragraph) else 0
        yield block
        if left < 0:
            return


def _first_section(document: Document) -> int:
    """Where the first section begins; without headings, what is surely the top."""
    for position, text in document.openings:
        if position >= _MOST_BLOCKS:
            break
        if _FIRST_SECTION.match(clean(text[:_HEADING_LENGTH])):
            return position
    return min(len(document.blocks), _HEAD_WITHOUT_HEADINGS)


def _lines(blocks: Iterable[Paragraph | Grid]) -> tuple[Line, ...]:
    return tuple(Line(clean(block.text), block.text, block.line) for block in blocks if isinstance(block, Paragraph))


def _fields(grid: Grid) -> Iterator[tuple[str, str]]:
    """Label and value, side by side in a row."""
    for row in grid.rows[:_MOST_ROWS]:
        texts = [spaced(text) for text in dict.fromkeys(row.texts) if text.strip()]
        for label, value in pairwise(texts):
            yield clean(label).strip(":[]【】"), value
        for text in texts:
            label, colon, value = text.partition(":")
            if colon and value.strip():
                yield clean(label).strip("[]【】"), value
    for above, below in pairwise(grid.rows[:_MOST_ROWS]):
        if len(above.texts) == len(below.texts) > 1:
            yield from zip(map(clean, above.texts), map(spaced, below.texts), strict=True)


def _alone(grid: Grid) -> Iterator[str]:
    for row in grid.rows[:_MOST_ROWS]:
        texts = {text for text in row.texts if text.strip()}
        if len(texts) == 1:
            yield clean(texts.pop())
