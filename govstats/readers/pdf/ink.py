"""Glyphs and raw rulings of a page → its Ink, within bounds. Raises ReadError."""

from __future__ import annotations

from dataclasses import dataclass

from govstats.readers.pdf.box import Glyph
from govstats.readers.pdf.refusals import refused
from govstats.readers.pdf.ruling import Ruling, merged

_MAX_RULINGS = 3000


@dataclass(frozen=True, slots=True)
class Ink:
    """What a page, or a part of it, shows: its glyphs, its rulings."""

    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]


def ink_of(glyphs: tuple[Glyph, ...], rulings: list[Ruling]) -> Ink:
    """The ink of a page whose rulings are still in pieces."""
    lines = merged(rulings)
    for horizontal in (True, False):
        if sum(each.horizontal == horizontal for each in lines) > _MAX_RULINGS:
            raise refused(f"一页上的线条超过 {_MAX_RULINGS} 条", f"A page has more than {_MAX_RULINGS} lines")
    return Ink(glyphs, lines)
