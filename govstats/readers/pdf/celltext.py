"""Glyphs of a table and its cells → the text of each cell, with DOUBT behind a figure that may be another's."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from itertools import chain, pairwise

from govstats.readers.pdf.box import DOUBT, Box, Glyph, Places, WeakGlyph
from govstats.readers.pdf.cells import Cell
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.lattice import Lattice
from govstats.readers.pdf.pictured import beside, blotted, by_cell, drawn, pictured
from govstats.readers.pdf.textlines import line_text, lines_of
from govstats.text.unseen import THING

_TOUCHING = 0.15
_CUT = 0.25
_CLOSE = 1.7
_FIGURE_CHARACTERS = frozenset("0123456789０１２３４５６７８９.,．，")
_SIGNS = frozenset("-−+—－＋")


def cell_texts(places: Places, ink: Ink, lattice: Lattice, cells: list[Cell]) -> list[str]:
    """The text of each cell, with DOUBT behind it if a figure in it may not be what, or where, it seems; THING where
    something is seen that is no text."""
    home, weak = _holding(_homes(places, lattice, cells))
    inside: list[list[Glyph]] = [[] for _ in cells]
    for glyph, number in home.items():
        inside[number].append(glyph)
    boxes = [cell.box(lattice) for cell in cells]
    doubtful = {number for number in set(home.values()) if _sticks_out(inside[number], boxes[number])}
    doubtful.update(weak)
    strokes, blots = by_cell(ink.drawings, boxes), by_cell(ink.blots, boxes)
    doubtful.update(beside(strokes, blots, inside))
    doubtful.update(_torn(ink.glyphs if len(home) == len(places) else _strong(ink.glyphs, home), home))
    margin = _Margin(inside, boxes)
    texts = [cell_text(each, n in doubtful, partial(margin.room, n)) for n, each in enumerate(inside)]
    seen = (pictured(ink.pictures, boxes, texts), drawn(strokes, boxes, texts), blotted(blots, boxes, texts))
    for number in set(chain.from_iterable(seen)):
        texts[number] = THING
    return texts


def _strong(glyphs: Iterable[Glyph], home: dict[Glyph, int]) -> Iterator[Glyph]:
    """What holds, in the table and beside it."""
    return (each for each in glyphs if each in home or not isinstance(each, WeakGlyph))


def _holding(home: dict[Glyph, int]) -> tuple[dict[Glyph, int], set[int]]:
    """The glyphs that hold, and where they are; and the cells in which there are only such as may not hold."""
    if not any(isinstance(each, WeakGlyph) for each in home):
        return home, set()
    strong = {number for each, number in home.items() if not isinstance(each, WeakGlyph) and not each.text.isspace()}
    held = {each: number for each, number in home.items() if not isinstance(each, WeakGlyph) or number not in strong}
    return held, {
        number for each, number in held.items() if isinstance(each, WeakGlyph) and each.text in _FIGURE_CHARACTERS
    }


class _Margin:
    """The margin of a table's cells, looked for when it is first asked for."""

    def __init__(self, inside: list[list[Glyph]], boxes: list[Box]) -> None:
        self._inside = inside
        self._boxes = boxes

    @cached_property
    def width(self) -> float:
        """How far from the left border text begins where it begins first."""
        pairs = zip(self._inside, self._boxes, strict=True)
        return max(0.0, min((min(each.x0 for each in glyphs) - box.x0 for glyphs, box in pairs if glyphs), default=0.0))

    def room(self, number: int) -> float:
        """How wide a line may be in a cell."""
        box = self._boxes[number]
        return box.x1 - box.x0 - 2 * self.width


def _homes(places: Places, lattice: Lattice, cells: list[Cell]) -> dict[Glyph, int]:
    """The number of the cell in which each glyph lies."""
    rows, columns = lattice.shape
    number_at = [[0] * columns for _ in range(rows)]
    for number, cell in enumerate(cells):
        for row in number_at[cell.down]:
            row[cell.across] = [number] * (cell.last_column + 1 - cell.column)
    return {glyph: number_at[row][column] for glyph, (row, column) in places.items()}


def _sticks_out(glyphs: list[Glyph], box: Box) -> bool:
    """Does a border of the cell run through one of its figures?"""
    return any(
        glyph.middle - box.top < _CUT * glyph.height
        or box.bottom - glyph.middle < _CUT * glyph.height
        or box.x0 - glyph.x0 > _CUT * (glyph.x1 - glyph.x0)
        or glyph.x1 - box.x1 > _CUT * (glyph.x1 - glyph.x0)
        for glyph in glyphs
        if glyph.text.isdigit()
    )


def _torn(glyphs: Iterable[Glyph], home: dict[Glyph, int]) -> Iterator[int]:
    """The numbers of the cells that share a figure across their border; -1 is outside the table."""
    for line in lines_of(glyph for glyph in glyphs if glyph.text in _FIGURE_CHARACTERS):
        for left, right in pairwise(line):
            at = home.get(left, -1), home.get(right, -1)
            if at[0] != at[1] and right.x0 - left.x1 < _TOUCHING * min(left.height, right.height):
                yield from at


def _are_two(left: Glyph, right: Glyph) -> bool:
    """Figures of one cell on top of each other, or a small one behind (a note's mark)."""
    if left.text not in _FIGURE_CHARACTERS or right.text not in _FIGURE_CHARACTERS:
        return False
    gap = right.x0 - left.x1
    size = min(left.height, right.height)
    overprinted = gap < -0.5 * min(left.x1 - left.x0, right.x1 - right.x0)
    return overprinted or (gap < size and max(left.height, right.height) > 1.25 * size)


def cell_text(glyphs: Iterable[Glyph], doubtful: bool = False, room: Callable[[], float] | None = None) -> str:
    r"""The text of a cell; `room` tells how wide its lines may be.

    Lines are joined by \f, which no figure survives between its digits; words without it, and the lines of one
    figure for which the cell is too narrow.
    """
    text = ""
    lines = lines_of(glyphs)
    if room is not None and len(lines) > 1 and _is_wrapped(lines, room):
        text, lines = "".join(glyph.text for glyph in chain.from_iterable(lines)), []
    for line in lines:
        doubtful |= any(_are_two(left, right) for left, right in pairwise(line))
        words = line_text(line)
        if text and words:
            # A dash above a figure is no minus: nobody knows which of the two is meant.
            doubtful |= text[-1] in _SIGNS and words[0].isdigit()
            text += "" if is_word(text[-1]) and is_word(words[0]) else "\f"
        text += words
    return text + DOUBT if doubtful and text and DOUBT not in text else text


def _is_wrapped(lines: list[list[Glyph]], room: Callable[[], float]) -> bool:
    """Are these the lines of one figure? All but the last are full, of one length and size, one close to the other."""
    if not all(glyph.text in _FIGURE_CHARACTERS for line in lines for glyph in line):
        return False
    first = lines[0]
    size, width = first[0].height, max(glyph.x1 - glyph.x0 for glyph in first)
    return (
        all(room() - (line[-1].x1 - line[0].x0) < width for line in lines[:-1])
        and all(len(line) == len(first) for line in lines[:-1])
        and len(lines[-1]) <= len(first)
        and all(abs(line[0].height - size) < 0.1 * size for line in lines)
        and all(below[0].top - above[0].top < _CLOSE * size for above, below in pairwise(lines))
    )


def is_word(character: str) -> bool:
    """Chinese characters and punctuation; no digits, full width ones included."""
    return ord(character) >= 0x3000 and not character.isdigit() and character not in _FIGURE_CHARACTERS
