"""Ink of a page → its ruled tables from top to bottom, and the glyphs outside them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govstats.readers.pdf.box import DOUBT, Box, Glyph
from govstats.readers.pdf.connected import connected
from govstats.readers.pdf.ink import Ink
from govstats.readers.pdf.pages import PageInk
from govstats.readers.pdf.ruledtable import RuledTable, build
from govstats.readers.pdf.ruling import Ruling, outline

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
        beside = near.held(rest)
        drawings = (*ink.drawings, *_uprights(ink.rulings, rulings))
        other = (tuple(each for each in boxes if box.covers(each)) for boxes in (ink.pictures, drawings, ink.blots))
        table = build(Ink(tuple(beside), rulings, *other))
        if table is not None:
            found.append(table)
            inside = set(box.held(beside))
            rest = tuple(glyph for glyph in rest if glyph not in inside)
    return sorted(found, key=lambda table: table.box.top), rest


def _uprights(every: Iterable[Ruling], own: Sequence[Ruling]) -> Iterator[Box]:
    """Upright strokes that are no part of a table, as those of a figure are; level ones are rules to write on."""
    within = set(own)
    return (Box(each.at, each.start, each.at, each.end) for each in every if not (each.horizontal or each in within))


def best_tables(page: PageInk) -> tuple[list[RuledTable], tuple[Glyph, ...]]:
    """Tables and the glyphs outside them, by pdfium; by pdfplumber if only that has sound tables."""
    found, rest = tables(page.ink)
    if not _is_doubtful(page.ink, found):
        return found, rest
    ink = page.again()
    if ink is None:
        return found, rest
    second, others = tables(ink)
    better = (bool(second), not _is_doubtful(ink, second)) > (bool(found), False)
    return (second, others) if better else (found, rest)


def _is_doubtful(ink: Ink, found: list[RuledTable]) -> bool:
    """Lines, but no table of them; tables with open cells; characters that cannot be read."""
    unread = any(glyph.text == DOUBT for glyph in ink.glyphs)
    lost = not found and len(ink.rulings) >= 5
    return unread or lost or not all(table.sound for table in found)
