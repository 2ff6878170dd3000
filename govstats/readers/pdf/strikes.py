"""Glyphs and lines of a page → the glyphs, those that a line goes through marked as struck, and the other lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from operator import attrgetter

from govstats.readers.pdf.box import Glyph, StruckGlyph
from govstats.readers.pdf.ruling import Ruling

_THROUGH = 0.22
"""How far from its middle, in heights of a letter, a line goes through it."""
_BEYOND = 0.7
"""How far, in heights of a letter, such a line may go on beyond what it strikes: a border goes further."""
_FILLED = 0.5
"""How much of such a line lies over letters, at least."""
_SHORTEST = 2.0


def struck_out(glyphs: tuple[Glyph, ...], lines: list[Ruling]) -> tuple[tuple[Glyph, ...], list[Ruling]]:
    """The glyphs, and the lines that are no strokes through them."""
    printed = sorted((each for each in glyphs if not each.text.isspace()), key=attrgetter("middle"))
    middles = [each.middle for each in printed]
    highest = max((each.height for each in printed), default=0.0)
    struck: set[Glyph] = set()
    kept = []
    for line in lines:
        under = _under(line, printed, middles, highest) if line.horizontal else []
        if under:
            struck.update(under)
        else:
            kept.append(line)
    if not struck:
        return glyphs, lines
    return tuple(_struck(each) if each in struck else each for each in glyphs), kept


def _under(line: Ruling, printed: list[Glyph], middles: list[float], highest: float) -> list[Glyph]:
    """The glyphs that the line strikes out: it begins and ends with them."""
    if line.end - line.start < _SHORTEST:
        return []
    reach = _THROUGH * highest
    near = printed[bisect_left(middles, line.at - reach) : bisect_right(middles, line.at + reach)]
    under = [
        each
        for each in near
        if line.start <= each.centre <= line.end and abs(each.middle - line.at) <= _THROUGH * each.height
    ]
    if not under:
        return []
    beyond = _BEYOND * min(each.height for each in under)
    ends = min(each.x0 for each in under) - line.start <= beyond and line.end - max(each.x1 for each in under) <= beyond
    filled = sum(each.x1 - each.x0 for each in under) >= _FILLED * (line.end - line.start)
    return under if ends and filled else []


def _struck(glyph: Glyph) -> StruckGlyph:
    return StruckGlyph(glyph.text, glyph.x0, glyph.top, glyph.x1, glyph.bottom)
