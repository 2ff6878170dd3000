"""GridRow → PrintedRow: which of its cells are its own, and their words, worked out once for all questions."""

from __future__ import annotations

from collections.abc import Container
from functools import lru_cache

from govstats.alignment.vocabulary import words_in, words_of
from govstats.model.document import GridRow, Span
from govstats.text.figures import State, figure, is_unit
from govstats.text.labels import REMEMBERED, has_han


class PrintedRow:
    """A row as printed. `own` are the positions that are not merged into the one on their left, `words` their words."""

    def __init__(self, row: GridRow) -> None:
        self.row = row
        own = [at for at, span in enumerate(row.spans) if span is not Span.FROM_LEFT]
        self.own = own or range(len(row.texts))
        words = words_in(row.texts)
        self.words = {at: words[at] for at in own} if own else dict(enumerate(words))

    def split(self, rows: Container[str]) -> tuple[int, tuple[int, ...]]:
        """Where the last label stands (−1: none), and the positions of the cells after it, merged ones once.

        The last label is the last cell whose words are among `rows`; without one, the last cell of words before the
        first figure. A unit (件) is no label.
        """
        texts = self.row.texts
        last = -1
        figures_began = False
        for at, words in self.words.items():
            if words and (not figures_began or words in rows):
                last = at
            figures_began = figures_began or not (words or not texts[at].strip())
        return last, self.tail(last)

    def tail(self, label: int) -> tuple[int, ...]:
        """The positions behind a label, without the unit of its row."""
        behind = [at for at in self.own if at > label]
        while behind and is_unit(self.row.texts[behind[0]]):
            del behind[0]
        return tuple(behind)

    def labels(self, at: int) -> list[int]:
        """The positions of words up to the last label, outermost first: what is merged from above is outside the row's
        own, also where a deleted row has left it at their right."""
        words = [p for p in self.own if p <= at and (self.words[p] or self._is_ordinal(p))]
        return sorted(words, key=lambda p: self.row.span(p) is not Span.FROM_ABOVE) if self.row.spans else words

    def _is_ordinal(self, at: int) -> bool:
        """Has it characters, but no words: （一）?"""
        return has_han(self.row.texts[at]) and not is_unit(self.row.texts[at])

    def is_torn(self, label: int) -> bool:
        """Do figures stand between two labels? Something merged from above then cuts through the row's figures."""
        labelled = False
        for at, words in self.words.items():
            if at >= label:
                break
            if labelled and not words and _is_numeral(self.row.texts[at]):
                return True
            labelled = labelled or bool(words)
        return False

    def has_numeral(self) -> bool:
        """Is there a figure, whole or damaged? Blanks, marks and words are none."""
        return any(not words and _is_numeral(self.row.texts[at]) for at, words in self.words.items())

    def has_figure(self, tail: tuple[int, ...]) -> bool:
        """Is there anything but blanks and words in the tail?"""
        return any(not words_of(self.row.texts[at]) and self.row.texts[at].strip() for at in tail)


@lru_cache(maxsize=REMEMBERED)
def _is_numeral(text: str) -> bool:
    state = figure(text).state
    return state in (State.NUMBER, State.ZERO) or (state is State.UNREADABLE and text[:1].isdigit())
