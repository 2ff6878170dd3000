"""A page's ink, and a way to read it again → its tables and the glyphs outside them, by the better of both ways."""

from __future__ import annotations

from govstats.pdf.glyph import DOUBT, Glyph
from govstats.pdf.ink import Ink
from govstats.pdf.pages import PageInk
from govstats.pdf.ruledtable import RuledTable
from govstats.pdf.tables import tables


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
