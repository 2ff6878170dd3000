"""Row as printed → PrintedRow: its words, which cells are its own, where its figures stand; worked out once.

It goes through detect, locate, lines and align: none of them asks a text again what it says.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from functools import lru_cache

from govstats.alignment.vocabulary import words_in
from govstats.model.document import Document, GridRow, Place, Span
from govstats.text.figures import State, change, figure, is_change, is_unit
from govstats.text.labels import REMEMBERED, figures_behind, has_han, plain

_OF_A_YEAR = re.compile(r"(?:19|20)\d\d(?:年度?|-)[一-鿿]{2,}")
"""2018年执行数: words over a column."""
_OWN, _LEFT = Span.OWN, Span.FROM_LEFT
_new = tuple.__new__
"""A page has hundreds of cells: to make a tuple this way takes half the time."""


class PrintedRow:
    """A row of the table `table` of its page. Positions are counted from 0, those that merged cells cover too.

    `words` are the words of each cell (empty: it has none, or a figure), `worded` the positions that have any, with
    them; `own` are the positions that are not merged into the one on their left, `behind` the last one that no other
    cell covers at all; `numerals` are those of its own where a figure stands, whole or damaged (no blank, no mark).
    """

    __slots__ = ("behind", "line", "loose", "numerals", "own", "spans", "table", "texts", "worded", "words")

    def __init__(self, table: int, row: GridRow) -> None:
        self.table = table
        self.line, self.texts, self.spans, self.loose = row
        self.words = words_in(row.texts)
        self.worded = [at_words for at_words in enumerate(self.words) if at_words[1]]
        spans, last = self.spans, len(row.texts) - 1
        self.own = [at for at, span in enumerate(spans) if span is not _LEFT] if spans else list(range(last + 1))
        self.behind = max([at for at, span in enumerate(spans) if span is _OWN], default=-1) if spans else last
        self.numerals = [at for at in self.own if not self.words[at] and _is_numeral(self.texts[at])]

    def __len__(self) -> int:
        return len(self.texts)

    def with_texts(self, texts: tuple[str, ...]) -> PrintedRow:
        """The same row with other texts."""
        return PrintedRow(self.table, GridRow(self.line, texts, self.spans, self.loose))

    def is_own(self, at: int) -> bool:
        """Does no cell from left or above cover the position?"""
        return not self.spans or self.spans[at] is Span.OWN

    def place(self, at: int = -1) -> Place:
        """Where the row, or one of its cells, was printed."""
        return _new(Place, (self.table, self.line, at + 1))

    def leading(self) -> str:
        """The words right before its figures, or blanks; empty if it has none."""
        last = ""
        for at, words in enumerate(self.words):
            if self.loose and words and figures_behind(self.texts[at]):
                return words
            if words:
                last = words
            elif last and self.is_own(at):
                return last
        return ""

    def split(self, rows: Container[str]) -> tuple[int, tuple[int, ...]]:
        """Where the last label stands (−1: none), and the positions of the cells after it, merged ones once.

        The last label is the last cell whose words are among `rows`; without one, the last cell of words before the
        first figure. A unit (件) is no label.
        """
        last = -1
        figures_began = False
        for at in self.own:
            words = self.words[at]
            if words and (not figures_began or words in rows):
                last = at
            figures_began = figures_began or not (words or not self.texts[at].strip())
        return last, self.tail(last)

    def tail(self, label: int) -> tuple[int, ...]:
        """The positions behind a label, without the unit of its row."""
        behind = [at for at in self.own if at > label]
        while behind and is_unit(self.texts[behind[0]]):
            del behind[0]
        return tuple(behind)

    def labels(self, at: int) -> list[int]:
        """The positions of words up to the last label, outermost first: what is merged from above is outside the row's
        own, also where a deleted row has left it at their right."""
        words = [p for p in self.own if p <= at and (self.words[p] or self._is_ordinal(p))]
        if not self.spans:
            return words
        above = [p for p in words if self.spans[p] is Span.FROM_ABOVE]
        return above + [p for p in words if p not in above] if above else words

    def _is_ordinal(self, at: int) -> bool:
        """Has it characters, but no words: （一）?"""
        return has_han(self.texts[at]) and not is_unit(self.texts[at])

    def is_torn(self, label: int) -> bool:
        """Do figures stand between two labels? Something merged from above then cuts through the row's figures."""
        if not self.numerals or self.numerals[0] > label:
            return False
        first = next((at for at in self.own if self.words[at]), label)
        return any(first < at < label for at in self.numerals)

    def has_figure(self, tail: Iterable[int]) -> bool:
        """Is there anything but blanks and words in the tail?"""
        return any(not self.words[at] and self.texts[at].strip() for at in tail)


def printed_rows(document: Document) -> list[list[PrintedRow]]:
    """The rows of each table of a document."""
    return [[PrintedRow(grid.table, row) for row in grid.rows] for grid in document.grids]


@lru_cache(maxsize=REMEMBERED)
def _is_numeral(text: str) -> bool:
    state = (change if is_change(text) else figure)(text).state
    return state in (State.NUMBER, State.ZERO) or (
        state is State.UNREADABLE and text[:1].isdigit() and not _OF_A_YEAR.fullmatch(plain(text))
    )
