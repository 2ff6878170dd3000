"""A printed line outside ruled tables: its pieces, which of them are labels, and which stand in columns of figures."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Sequence
from functools import cached_property
from itertools import pairwise

from govstats.readers.pdf.box import Box, Glyph
from govstats.readers.pdf.textlines import line_text
from govstats.text.figures import State, figure
from govstats.text.labels import has_han

OPENING = re.compile(r"[（(]?[一二三四五六七八九十]{1,3}[)）、]|\d{1,2}[.．、](?!\d)|第[一二三四五六七八九十]+条")
"""What a label begins with that has a number."""
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、")
_APART = 0.7
"""A gap of so many heights parts two cells."""
_WORDS = 0.4
"""A gap of so many heights parts two words of a header."""
_ROOM, _SAME = 0.2, 2.0
_ENDS = frozenset("。；，：、")
"""With these a line of prose ends, and no row."""


class LooseLine:
    """A printed line, cut into pieces when that is asked for. Behind its `edge` stand no labels."""

    def __init__(
        self, glyphs: list[Glyph], pieces: list[tuple[Box, str]] | None = None, edge: float = math.inf
    ) -> None:
        self._glyphs, self._edge = glyphs, edge
        if pieces is not None:
            self.pieces = pieces

    def recut(self, starts: Collection[float]) -> LooseLine:
        """The line, cut where others have figures, too."""
        return LooseLine(self._glyphs, self.cut_at(starts))

    def with_edge(self, edge: float) -> LooseLine:
        """The line, where the columns of figures begin at the edge."""
        return LooseLine(self._glyphs, self.pieces, edge)

    def lowered(self, drop: float) -> LooseLine:
        """The line further down the page, not yet cut."""
        return LooseLine([glyph.lowered(drop) for glyph in self._glyphs])

    @property
    def height(self) -> float:
        """As high as its highest character."""
        return max(glyph.height for glyph in self._glyphs)

    @cached_property
    def pieces(self) -> list[tuple[Box, str]]:
        """Its pieces, from left to right: cut where there is room between its glyphs."""
        return self.cut_at(())

    def heads(self) -> list[tuple[Box, str]]:
        """The words of a header, also those that stand closer than cells."""
        heads: list[tuple[Box, str]] = []
        for box, text in self.cut_at((), _WORDS):
            if heads and len(text) == len(heads[-1][1]) == 1:  # 总 计
                heads[-1] = (heads[-1][0].joined(box), heads[-1][1] + text)
            else:
                heads.append((box, text))
        return heads

    def cut_at(self, starts: Collection[float], apart: float = _APART) -> list[tuple[Box, str]]:
        """Its pieces, cut also where there is a little room before an ordinal, or a figure at one of `starts`."""
        line = self._glyphs
        text = "".join(each.text for each in line)
        cuts = [
            at
            for at, (left, right) in enumerate(pairwise(line), 1)
            if (gap := (right.x0 - left.x1) / left.height) > apart
            or (gap > _ROOM and (OPENING.match(text, at) or any(abs(right.x0 - start) < _SAME for start in starts)))
        ]
        parts = [line[start:end] for start, end in pairwise([0, *cuts, len(line)])]
        return [(_around(part), line_text(part)) for part in parts]

    @property
    def starts(self) -> list[float]:
        """Where its figures begin."""
        return [box.x0 for box, _ in self.figures]

    @property
    def figures(self) -> list[tuple[Box, str]]:
        """Those that are figures, or marks."""
        return [piece for piece in self.pieces if _is_figure(piece[1])]

    @property
    def words(self) -> list[tuple[Box, str]]:
        """The others."""
        return [piece for piece in self.pieces if not _is_figure(piece[1])]

    @property
    def values(self) -> list[tuple[Box, str]]:
        """What stands in the columns of figures."""
        return self.pieces[self._first_value :]

    @property
    def labels(self) -> list[tuple[Box, str]]:
        """The words before the columns of figures; all, if there are none."""
        return self.pieces[: self._first_value] if self.is_row else self.words

    @property
    def _first_value(self) -> int:
        """Where the figures begin: with the first of them, or with what stands for one before it (`1***`)."""
        first = self.pieces.index(self.figures[0])
        while first > 1 and self._is_value(*self.pieces[first - 1]):
            first -= 1
        return first

    def _is_value(self, box: Box, text: str) -> bool:
        return box.x1 > self._edge or not (has_han(text) or OPENING.match(text))

    @property
    def is_row(self) -> bool:
        """Figures that stand apart, behind words or with other figures."""
        last = self._glyphs[-1].text
        if last in _ENDS or (has_han(last) and not _is_figure(last)):
            return False
        figures = self.figures
        return bool(figures) and (len(figures) > 2 or (len(self.pieces) > 1 and bool(self.words)))

    @property
    def is_prose(self) -> bool:
        """A heading of a section, or a sentence."""
        return len(self.pieces) == 1 and (
            _HEADING.match(self.pieces[0][1]) is not None or self.pieces[0][1].endswith(("。", "；"))
        )


def _around(glyphs: Sequence[Glyph]) -> Box:
    return Box(
        min(each.x0 for each in glyphs),
        min(each.top for each in glyphs),
        max(each.x1 for each in glyphs),
        max(each.bottom for each in glyphs),
    )


def _is_figure(text: str) -> bool:
    state = figure(text).state
    return state is State.MARK or (state in (State.NUMBER, State.ZERO) and not has_han(text))
