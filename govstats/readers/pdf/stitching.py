"""Two tables, the last of a page and the first of the next → one table, if they clearly are one."""

from __future__ import annotations

from govstats.readers.pdf.box import Box, SeenGlyph
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.ruledtable import RuledTable, build
from govstats.readers.pdf.ruling import THIN, Ruling, merged
from govstats.readers.pdf.splitrow import row_goes_on

_MAX_ROWS = 2000
_TWO_COLUMNS = 3
"""So many sides have two columns."""


def joined(upper: RuledTable, lower: RuledTable) -> RuledTable | None:
    """Two pieces as one table, if they are clearly one."""
    below = _continuation(upper, lower)
    if below is None or upper.height + below.height > _MAX_ROWS:
        return None
    return _stitched(upper, below)


def _continuation(upper: RuledTable, lower: RuledTable) -> RuledTable | None:
    """The lower piece, if it is as wide and in the same place as the upper one, so that it may be its next page.

    Where other rows of one of them are wider, as rows of several tables in one are, those at the page's end tell. One
    page may be photographed from nearer than another: their columns tell how much.
    """
    if _same_columns(upper.box, lower.box) or _meet(_sides(upper, upper.box.bottom), _sides(lower, lower.box.top)):
        return lower
    if not (_is_pictured(upper) and _is_pictured(lower)):
        return None
    scaled = build(_scaled(lower, upper.box))
    return scaled if scaled is not None and _share_columns(upper.lattice.xs, scaled.lattice.xs) else None


def _same_columns(one: Box, other: Box) -> bool:
    return abs(one.x0 - other.x0) <= THIN and abs(one.x1 - other.x1) <= THIN


def _sides(table: RuledTable, level: float) -> list[float]:
    """Where upright lines reach a level, from left to right."""
    lines = (each for each in table.ink.rulings if not each.horizontal)
    return sorted(each.at for each in lines if each.start - THIN <= level <= each.end + THIN)


def _meet(above: list[float], below: list[float]) -> bool:
    """Do rows begin and end alike, and does each column of the one with fewer go on in the other?"""
    few, many = sorted((above, below), key=len)
    return (
        len(few) >= _TWO_COLUMNS
        and abs(few[0] - many[0]) <= THIN
        and abs(few[-1] - many[-1]) <= THIN
        and _are_among(few, many)
    )


def _are_among(few: list[float], many: list[float]) -> bool:
    return all(any(abs(one - other) <= THIN for other in many) for one in few)


def _is_pictured(table: RuledTable) -> bool:
    return bool(table.ink.glyphs) and all(isinstance(each, SeenGlyph) for each in table.ink.glyphs)


def _scaled(table: RuledTable, box: Box) -> Ink:
    """The ink of a table in a picture, made as wide as a box and moved to its sides."""
    by = (box.x1 - box.x0) / (table.box.x1 - table.box.x0)
    aside = box.x0 - by * table.box.x0
    glyphs = tuple(each.scaled(by, aside) for each in table.ink.glyphs if isinstance(each, SeenGlyph))
    rulings = (
        Ruling(True, by * at, by * start + aside, by * end + aside)
        if across
        else Ruling(False, by * at + aside, by * start, by * end)
        for across, at, start, end in table.ink.rulings
    )
    return Ink(glyphs, merged(rulings))


def _share_columns(one: list[float], other: list[float]) -> bool:
    """Are the borders of one piece among those of the other? A piece may have no row in which a column is divided."""
    fewer, more = sorted((one, other), key=len)
    return len(fewer) > _TWO_COLUMNS and _are_among(fewer, more)


def _stitched(upper: RuledTable, lower: RuledTable) -> RuledTable | None:
    """Two pieces of one table → the table; None if it is not better than its pieces.

    Where neither piece draws the line between them, the cells go on over the page. Where both do, the lower piece
    keeps its rows, but a row that is the rest of the row above is joined to it.
    """
    seam = upper.box.bottom
    below = _lowered(lower.ink, seam - lower.box.top)
    rulings = merged((*upper.ink.rulings, *below.rulings))
    if row_goes_on(upper, lower):
        rulings = tuple(each for each in rulings if not (each.horizontal and abs(each.at - seam) <= THIN))
    ink = Ink(
        (*upper.ink.glyphs, *below.glyphs),
        rulings,
        (*upper.ink.pictures, *below.pictures),
        (*upper.ink.drawings, *below.drawings),
        (*upper.ink.blots, *below.blots),
    )
    table = build(ink)
    return table if table is not None and table.sound >= (upper.sound and lower.sound) else None


def _lowered(ink: Ink, drop: float) -> Ink:
    """Ink, moved down the page."""
    glyphs = tuple(each.lowered(drop) for each in ink.glyphs)
    rulings = tuple(_lowered_ruling(each, drop) for each in ink.rulings)
    other = (tuple(each.lowered(drop) for each in boxes) for boxes in (ink.pictures, ink.drawings, ink.blots))
    return Ink(glyphs, rulings, *other)


def _lowered_ruling(ruling: Ruling, drop: float) -> Ruling:
    if ruling.horizontal:
        return ruling._replace(at=ruling.at + drop)
    return ruling._replace(start=ruling.start + drop, end=ruling.end + drop)
