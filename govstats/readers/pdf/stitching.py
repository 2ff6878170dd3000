"""Two tables, the last of a page and the first of the next → one table, if they clearly are one."""

from __future__ import annotations

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.celltext import cell_text, is_word
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.ruledtable import RuledTable, build
from govstats.readers.pdf.ruling import THIN, Ruling, merged
from govstats.readers.pdf.textlines import text_lines

_FULL = 1.5
_MAX_ROWS = 2000


def joined(upper: RuledTable, lower: RuledTable) -> RuledTable | None:
    """Two pieces as one table, if they are clearly one."""
    if not _continues(upper, lower) or upper.height + lower.height > _MAX_ROWS:
        return None
    return _stitched(upper, lower)


def _continues(upper: RuledTable, lower: RuledTable) -> bool:
    """Are both as wide and in the same place, so that the lower one may be the upper one's next page?"""
    return _same_columns(upper.box, lower.box)


def _same_columns(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) <= THIN and abs(one.x1 - other.x1) <= THIN


def _stitched(upper: RuledTable, lower: RuledTable) -> RuledTable | None:
    """Two pieces of one table → the table; None if it is not better than its pieces.

    Where neither piece draws the line between them, the cells go on over the page. Where both do, the lower piece
    keeps its rows, but a row of words that only go on a full line above is joined to the row above.
    """
    seam = upper.box.bottom
    below = _lowered(lower.ink, seam - lower.box.top)
    rulings = merged((*upper.ink.rulings, *below.rulings))
    if _row_goes_on(upper, lower):
        rulings = tuple(each for each in rulings if not (each.horizontal and abs(each.at - seam) <= THIN))
    table = build(Ink((*upper.ink.glyphs, *below.glyphs), rulings))
    return table if table is not None and table.sound >= (upper.sound and lower.sound) else None


def _lowered(ink: Ink, drop: float) -> Ink:
    """Ink, moved down the page."""
    glyphs = tuple(each.lowered(drop) for each in ink.glyphs)
    return Ink(glyphs, tuple(_lowered_ruling(each, drop) for each in ink.rulings))


def _lowered_ruling(ruling: Ruling, drop: float) -> Ruling:
    if ruling.horizontal:
        return ruling._replace(at=ruling.at + drop)
    return ruling._replace(start=ruling.start + drop, end=ruling.end + drop)


def _row_goes_on(upper: RuledTable, lower: RuledTable) -> bool:
    """Does the lower piece begin with the rest of one cell's words? Only if that leaves no doubt.

    Its first row then has words in one cell and nothing else, they do not open with an ordinal, and the same cell
    above ends in a line that is full.
    """
    first = [cell for cell in _cells_with_text(lower, 0) if cell[1]]
    if len(first) != 1:
        return False
    box, words = first[0]
    above = [each for each, text in _cells_with_text(upper, -1) if text and _same_columns(each, box)]
    if len(above) != 1 or not all(map(is_word, words.replace("\f", ""))) or words[0] in "（(一二三四五六七八九十":
        return False
    last = text_lines(above[0].held(upper.ink.glyphs))[-1]
    return above[0].x1 - last.box.x1 < _FULL * last.size


def _cells_with_text(table: RuledTable, row: int) -> list[tuple[Box, str]]:
    """The cells that begin in the first row (0), or end in the last (-1), that are one row high."""
    kept = [index for index, room in enumerate(table.kept[0]) if room]
    boxes = [cell.box(table.lattice) for cell in table.cells if cell.row == cell.last_row == kept[row]]
    return [(box, cell_text(box.held(table.ink.glyphs))) for box in boxes]
