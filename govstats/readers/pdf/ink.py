"""Glyphs, raw rulings and pictures of a page → its Ink, within bounds. Raises ReadError."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from govstats.readers.pdf.box import Box, Glyph
from govstats.readers.pdf.refusals import refused
from govstats.readers.pdf.ruling import NARROWEST, Ruling, borders, put_together, without_frames
from govstats.readers.pdf.strikes import Slash, struck_out
from govstats.readers.pdf.strokes import without_strokes

_MAX_RULINGS = 3000


@dataclass(frozen=True, slots=True)
class Ink:
    """What a page, or a part of it, shows: its glyphs, its rulings, its pictures, its strokes that are neither."""

    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]
    pictures: tuple[Box, ...] = ()
    drawings: tuple[Box, ...] = ()
    blots: tuple[Box, ...] = ()
    """What is filled with ink, and as large as a figure or a cell."""


def ink_of(
    glyphs: tuple[Glyph, ...],
    rulings: list[Ruling],
    pictures: Sequence[Box] = (),
    drawings: Sequence[Box] = (),
    blots: Sequence[Box] = (),
    slashes: Sequence[Slash] = (),
    marks: Sequence[Box] = (),
) -> Ink:
    """The ink of a page whose rulings are still in pieces; `marks`: where comments strike text out."""
    rulings = without_frames(rulings, pictures)
    lines = list(put_together(rulings))
    for horizontal in (True, False):
        if sum(each.horizontal == horizontal for each in borders(lines)) > _MAX_RULINGS:
            raise refused(f"一页上的线条超过 {_MAX_RULINGS} 条", f"A page has more than {_MAX_RULINGS} lines")
    glyphs, lines = struck_out(glyphs, lines, slashes, marks)
    lines, strokes = without_strokes(lines, rulings, glyphs)
    strokes += [Box(each.at, each.start, each.at, each.end) for each in lines if _is_short(each)]
    return Ink(glyphs, borders(lines), tuple(pictures), (*drawings, *strokes), tuple(blots))


def _is_short(line: Ruling) -> bool:
    """Is it upright, and shorter than a border?"""
    return not line.horizontal and line.end - line.start <= NARROWEST
