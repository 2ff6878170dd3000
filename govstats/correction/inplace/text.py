"""Plain text and Markdown: the figure in its place; why is told in a list beside it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import accumulate

from govstats.correction.inplace._charset import Written, readable
from govstats.correction.inplace._contract import Mark, Signed
from govstats.correction.inplace._dye import Addresses, addresses, dye
from govstats.correction.inplace._figures import Range, bare, figure_of, may_be_figure, written
from govstats.correction.inplace._splices import Splice, spliced
from govstats.model.document import Place
from govstats.readers import text as reader

SUFFIXES = (".txt", ".md", ".text")
PLAIN = True

_WORDS = re.compile(r"[^\s|｜]+")
_BLANK = re.compile(r"(?<=[|｜])[^\S\r\n]*(?=[|｜])")


def operate(data: bytes, marks: Sequence[Mark], signed: Signed) -> tuple[bytes, list[Mark]]:
    """The text with the figures, and all marks: those on what is in doubt are for the list."""
    text = Written.of(data)
    spots = sorted(_spots(text.text, signed.blanks))
    cells = _Cells(text, spots)
    splices: list[Splice] = []
    done = []
    for mark in marks:
        tries = cells.at(mark.place) if mark.place and mark.new is not None else iter(())
        made = next(filter(None, (list(changed(text.text, pieces, mark)) for pieces in tries)), [])
        if made or mark.new is None:
            done.append(mark)
            splices += made
    return text.bytes_of(spliced(text.text, splices)), done


class _Cells:
    """Where the cells of a text stand in it: as the dye shows; where dye would keep lines from being rows, by the
    words that follow each other."""

    def __init__(self, text: Written, spots: Sequence[Range]) -> None:
        self._text, self._spots = text, spots

    def at(self, place: Place) -> Iterator[Sequence[Range]]:
        """The texts of a cell, first as the dye shows."""
        yield [self._spots[number] for number in self._addresses.get(place, ())]
        yield self._by_words.get(place, ())

    @cached_property
    def _addresses(self) -> Addresses:
        marked = [Splice(spot.end, spot.end, dye(number)) for number, spot in enumerate(self._spots)]
        return addresses(reader.read(readable(spliced(self._text.text, marked))))

    @cached_property
    def _by_words(self) -> dict[Place, Sequence[Range]]:
        source = self._text.text
        ends = list(accumulate(map(len, source.splitlines(keepends=True)), initial=0))
        words = [Range(*word.span()) for word in _WORDS.finditer(source)]
        found: dict[Place, Sequence[Range]] = {}
        for grid in reader.read(readable(source)).grids:
            for row in grid.rows:
                of_line = range(bisect_left(words, (ends[row.line - 1], 0)), bisect_left(words, (ends[row.line], 0)))
                cells = next(filter(None, (_cells_from(source, words, at, row.texts) for at in of_line)), [])
                found |= {Place(grid.table, row.line, column): cell for column, cell in enumerate(cells, 1)}
        return found


def _cells_from(source: str, words: Sequence[Range], at: int, texts: Sequence[str]) -> list[list[Range]]:
    """The words of each cell of a row that begins with this word; nothing if it does not."""
    cells: list[list[Range]] = []
    for wanted in map(bare, texts):
        cell: list[Range] = []
        told = ""
        while len(told) < len(wanted) and at < len(words):
            cell.append(words[at])
            told += bare(source[words[at].start : words[at].end])
            at += 1
        if told != wanted:
            return []
        cells.append(cell)
    return cells


def _spots(source: str, blanks: bool) -> Iterator[Range]:
    for word in _WORDS.finditer(source):
        if may_be_figure(word[0]):
            yield Range(*word.span())
    if blanks:
        yield from (Range(blank.start(), blank.start()) for blank in _BLANK.finditer(source))


def changed(source: str, pieces: Sequence[Range], mark: Mark) -> Iterator[Splice]:
    """The figure of a mark in place of the old one; nothing for a comment, or if the old one is not found."""
    found = figure_of(pieces, source, mark.raw) if pieces and mark.new is not None else None
    if found is None or mark.new is None:
        return
    ranges, old = found
    first = (ranges or pieces)[0]
    yield Splice(*first, written(mark.new, old))
    yield from (Splice(*each, "") for each in ranges[1:])
