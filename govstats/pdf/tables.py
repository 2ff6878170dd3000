"""Ink of a page → its ruled tables from top to bottom, and the glyphs outside them."""

from __future__ import annotations

from govstats.pdf.connected import connected
from govstats.pdf.glyph import Glyph
from govstats.pdf.ink import Ink
from govstats.pdf.ruledtable import RuledTable, build
from govstats.pdf.ruling import outline

_BESIDE = 24.0


def tables(ink: Ink) -> tuple[list[RuledTable], tuple[Glyph, ...]]:
    """The ruled tables of a page from top to bottom, and the glyphs outside them. `ink.rulings` must be `merged`.

    A frame around a single column is no table: what stands in it is prose.
    """
    found: list[RuledTable] = []
    rest = ink.glyphs
    for rulings in connected(ink.rulings):
        box = outline(rulings)
        # What stands beside the table is looked at, too: a figure may run out over its last border.
        near = box._replace(x0=box.x0 - _BESIDE, x1=box.x1 + _BESIDE)
        table = build(Ink(tuple(near.held(rest)), rulings))
        if table is not None:
            found.append(table)
            inside = set(box.held(rest))
            rest = tuple(glyph for glyph in rest if glyph not in inside)
    return sorted(found, key=lambda table: table.box.top), rest
