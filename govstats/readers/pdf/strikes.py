"""Glyphs and lines of a page → the glyphs, those that a line goes through marked as struck, and the other lines."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from operator import attrgetter
from typing import NamedTuple

from govstats.readers.pdf.box import Box, Glyph, StruckGlyph
from govstats.readers.pdf.ruling import Ruling

_THROUGH = 0.22
"""How far from its middle, in heights of a letter, a line goes through it."""
_BEYOND = 0.7
"""How far, in heights of a letter, such a line may go on beyond what it strikes: a border goes further."""
_FILLED = 0.5
"""How much of such a line lies over letters, at least."""
_SHORTEST = 2.0
_TALLEST = 1.6
"""A stroke that crosses letters out is no higher, in heights of a letter."""
_OF_MARK = 1.0


class Slash(NamedTuple):
    """A slanting stroke from one point to another."""

    x0: float
    y0: float
    x1: float
    y1: float


def struck_out(
    glyphs: tuple[Glyph, ...], lines: list[Ruling], slashes: Sequence[Slash] = (), marks: Sequence[Box] = ()
) -> tuple[tuple[Glyph, ...], list[Ruling]]:
    """The glyphs, and the lines that are no strokes through them. `marks`: where comments strike text out; their own
    lines are no borders."""
    printed = sorted((each for each in glyphs if not each.text.isspace()), key=attrgetter("middle"))
    middles = [each.middle for each in printed]
    highest = max((each.height for each in printed), default=0.0)
    struck: set[Glyph] = set()
    for slash in slashes:
        struck.update(_slashed(slash, printed))
    for mark in marks:
        struck.update(mark.held(printed))
    kept = []
    for line in lines:
        if line.horizontal and any(_is_of(line, mark) for mark in marks):
            continue
        under = _under(line, printed, middles, highest) if line.horizontal else []
        if under:
            struck.update(under)
        else:
            kept.append(line)
    if not struck:
        return glyphs, kept
    return tuple(struck_glyph(each) if each in struck else each for each in glyphs), kept


def _is_of(line: Ruling, mark: Box) -> bool:
    """Is it the line that a comment draws?"""
    reach = _OF_MARK
    return (
        mark.top - reach <= line.at <= mark.bottom + reach
        and mark.x0 - reach <= line.start
        and line.end <= mark.x1 + reach
    )


def _slashed(slash: Slash, printed: list[Glyph]) -> list[Glyph]:
    """The glyphs that a slanting stroke crosses out: from the first to the last of them, and hardly beyond."""
    left, right = min(slash.x0, slash.x1), max(slash.x0, slash.x1)
    top, bottom = min(slash.y0, slash.y1), max(slash.y0, slash.y1)
    under = [each for each in printed if left <= each.centre <= right and top <= each.middle <= bottom]
    if not under:
        return []
    height = min(each.height for each in under)
    reach = _BEYOND * height
    across = min(each.x0 for each in under) - left <= reach and right - max(each.x1 for each in under) <= reach
    return under if across and bottom - top <= _TALLEST * height else []


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


def struck_glyph(glyph: Glyph) -> StruckGlyph:
    """A glyph that no longer holds."""
    return StruckGlyph(glyph.text, glyph.x0, glyph.top, glyph.x1, glyph.bottom)
