"""Glyphs → lines from top to bottom, each from left to right, and their text."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from operator import attrgetter
from typing import NamedTuple

from govstats.readers.pdf.box import Box, Glyph, StruckGlyph, WeakGlyph

_SPACE = 0.2
_NEAR = 0.15


class TextLine(NamedTuple):
    """A printed line of text and its box."""

    text: str
    box: Box
    size: float


def held(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """Those that are printed, and hold."""
    return [each for each in glyphs if not (each.text.isspace() or isinstance(each, WeakGlyph))]


def text_lines(lines: Iterable[list[Glyph]], glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Lines of prose; and of `glyphs` those that are faint, where they stand beside all lines."""
    found = [_text_line(line) for line in lines]
    faint = [each for each in glyphs if isinstance(each, WeakGlyph) and not isinstance(each, StruckGlyph)]
    beside = [_text_line(line) for line in lines_of(each for each in faint if not each.text.isspace())]
    return found + [each for each in beside if not any(each.box.shared(other.box) for other in found)]


def _text_line(line: list[Glyph]) -> TextLine:
    box = Box(line[0].x0, min(g.top for g in line), max(g.x1 for g in line), max(g.bottom for g in line))
    return TextLine(line_text(line), box, max(g.height for g in line))


def lines_of(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs → lines from top to bottom, each from left to right. A glyph printed twice (as bold type) counts once."""
    found = sorted(glyphs, key=attrgetter("middle"))
    if len(found) < 2:
        return [found] if found else []
    lines: list[list[Glyph]] = []
    level = 0.0
    for glyph in found:
        if lines and glyph.middle - level <= 0.4 * max(glyph.height, lines[-1][0].height):
            lines[-1].append(glyph)
            level += (glyph.middle - level) / len(lines[-1])
        else:
            lines.append([glyph])
            level = glyph.middle
    return [_once(sorted(line, key=attrgetter("x0", "text"))) for line in lines]


def _once(line: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in line:
        # They come from left to right: what is far from the last one is far from all.
        if not (kept and glyph.x0 - kept[-1].x0 < (near := _NEAR * glyph.height)) or not any(
            glyph.text == each.text and abs(glyph.x0 - each.x0) < near for each in kept[-3:]
        ):
            kept.append(glyph)
    return kept


def line_text(line: list[Glyph]) -> str:
    """The text of one line, with a space where there is room for one."""
    pieces = [line[0].text]
    for left, right in pairwise(line):
        apart = right.x0 - left.x1 > _SPACE * min(left.height, right.height)
        pieces.append(f" {right.text}" if apart else right.text)
    return "".join(pieces).strip()
