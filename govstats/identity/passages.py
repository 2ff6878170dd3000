"""Document → the few lines that can say whose it is: head, opening and tail, however long the document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from govstats.identity.cleaning import clean, clean_all, spaced, spaced_all
from govstats.model.document import Document, Grid, Paragraph
from govstats.text.patterns import lazy

_MOST_BLOCKS = 400
_MOST_CHARACTERS = 20_000
_HEAD_WITHOUT_HEADINGS = 40
_OPENING = 12
_TAIL = 30
_MOST_ROWS = 12
_HEADING_LENGTH = 40
_FIRST_SECTION = lazy(r"(?:一|第一部分)[、.:](?!图)")


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
    fields = tuple(_Cells(grids).fields())
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
    paragraphs = [block for block in blocks if isinstance(block, Paragraph)]
    cleaned = clean_all([text for text, _ in paragraphs])
    return tuple([Line(text, *paragraph) for text, paragraph in zip(cleaned, paragraphs, strict=True)])


class _Cells:
    """The cells of some grids, each looked at once: with its spaces, and to compare."""

    def __init__(self, grids: list[Grid]) -> None:
        self.rows = [[row.texts for row in grid.rows[:_MOST_ROWS]] for grid in grids]
        texts = list(dict.fromkeys(text for rows in self.rows for row in rows for text in row))
        values = spaced_all(texts)
        self._spaced = dict(zip(texts, values, strict=True))
        self._clean = dict(zip(texts, clean_all(texts), strict=True))
        self._labels = dict(zip(values, clean_all(values), strict=True))

    def fields(self) -> Iterator[tuple[str, str]]:
        """Label and value, side by side in a row, in one cell, or one below the other."""
        for rows in self.rows:
            for row in rows:
                yield from self._in_row([self._spaced[text] for text in dict.fromkeys(row) if text.strip()])
            for above, below in pairwise(rows):
                if len(above) == len(below) > 1:
                    yield from zip(
                        map(self._clean.__getitem__, above), map(self._spaced.__getitem__, below), strict=True
                    )

    def _in_row(self, texts: list[str]) -> Iterator[tuple[str, str]]:
        for label, value in pairwise(texts):
            yield self._labels[label].strip(":[]【】"), value
        for text in texts:
            label, colon, value = text.partition(":")
            if colon and value.strip():
                yield clean(label).strip("[]【】"), value


def _alone(grid: Grid) -> Iterator[str]:
    for row in grid.rows[:_MOST_ROWS]:
        texts = {text for text in row.texts if text.strip()}
        if len(texts) == 1:
            yield clean(texts.pop())
