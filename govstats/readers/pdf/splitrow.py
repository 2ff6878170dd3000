"""The last row of a page and the first of the next → are they one row, which the page's end divides?"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govstats.readers.pdf.box import Box, Glyph
from govstats.readers.pdf.celltext import cell_text, is_word
from govstats.readers.pdf.looseline import OPENING
from govstats.readers.pdf.ruledtable import RuledTable
from govstats.readers.pdf.ruling import THIN
from govstats.readers.pdf.textlines import held, lines_of

_FULL = 1.5
"""How many more letters there is no room for on a line that is full (a line must not begin with a comma)."""
_OPENINGS = frozenset("（(一二三四五六七八九十")
_SIGNS = frozenset("()[]“”‘’，,")
"""What labels have beside words."""


class _Part(NamedTuple):
    """What of a cell lies on one page."""

    box: Box
    glyphs: list[Glyph]
    text: str

    @property
    def is_words(self) -> bool:
        """Words, perhaps behind an ordinal, and no figure."""
        text = self.text.replace("\f", "")
        ordinal = OPENING.match(text)
        bare = text[ordinal.end() :] if ordinal else text
        return bool(bare) and all(is_word(each) or each in _SIGNS for each in bare)

    def is_full(self, margin: float) -> bool:
        """Is there no room for more on its last line?"""
        last = lines_of(held(self.glyphs))[-1]
        size = max(each.height for each in last)
        return self.box.x1 - self.box.x0 - 2 * margin - (last[-1].x1 - last[0].x0) < _FULL * size


def row_goes_on(upper: RuledTable, lower: RuledTable) -> bool:
    """Is the first row of the lower piece the rest of the upper one's last? Only if that leaves no doubt.

    No cell has a figure on one page and more on the other. Either words go on where the line above is full, or one
    page has the row's label and the other its figures.
    """
    above, below = list(_parts(upper, -1)), list(_parts(lower, 0))
    if not (any(part.text for part in above) and any(part.text for part in below)):
        return False
    pairs = [(one, other) for one in above for other in below if _same_sides(one.box, other.box)]
    alone = [part for part in below if part.text and not any(part is other for _, other in pairs)]
    if alone or (_have_figures(above) and _have_figures(below)):
        return False
    both = [(one, other) for one, other in pairs if one.text and other.text]
    if both:
        margin = min((part.glyphs[0].x0 - part.box.x0 for part in above if part.glyphs), default=0.0)
        return all(_goes_on(one, other, margin) for one, other in both)
    return (_is_label(above) and _is_figures(below, pairs)) or (_is_label(below) and _is_figures(above, pairs))


def _goes_on(one: _Part, other: _Part, margin: float) -> bool:
    begins = other.text[0] in _OPENINGS or OPENING.match(other.text) is not None
    return one.is_words and other.is_words and not begins and one.is_full(max(0.0, margin))


def _have_figures(parts: list[_Part]) -> bool:
    return any(part.text and not part.is_words for part in parts)


def _is_label(parts: list[_Part]) -> bool:
    labels = [part.text for part in parts if part.text]
    return len(labels) == 1 and not labels[0][-1].isdigit()


def _is_figures(parts: list[_Part], pairs: list[tuple[_Part, _Part]]) -> bool:
    """Nothing but figures, and a blank cell before them, which on the other page has the label?"""
    paired = [part for pair in pairs for part in pair]
    blank = any(not part.text for part in parts if any(part is other for other in paired))
    return blank and all(part.text.isdigit() for part in parts if part.text)


def _same_sides(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) <= THIN and abs(one.x1 - other.x1) <= THIN


def _parts(table: RuledTable, row: int) -> Iterator[_Part]:
    """The cells that begin in the first row (0), or end in the last (-1), that are one row high."""
    line = [index for index, room in enumerate(table.kept[0]) if room][row]
    printed = [(at, glyph) for glyph, (number, at) in table.places.items() if number == line]
    for cell in table.cells:
        if cell.row == cell.last_row == line:
            glyphs = [glyph for at, glyph in printed if cell.column <= at <= cell.last_column]
            yield _Part(cell.box(table.lattice), glyphs, cell_text(glyphs))
