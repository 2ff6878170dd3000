"""Rulings of one table → the lattice of its borders: where they are, which pieces are drawn, what lies where."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from govstats.readers.pdf.box import Box, Glyph, Places
from govstats.readers.pdf.ruling import NARROWEST, Ruling, outline

MAX_CELLS = 200_000
_COVERED = 0.6

Bools = list[list[bool]]


class Lattice:
    """All x and y at which a table has a border, and which pieces between them are drawn (`right`, `below`)."""

    def __init__(self, rulings: tuple[Ruling, ...]) -> None:
        down = [each for each in rulings if not each.horizontal]
        across = [each for each in rulings if each.horizontal]
        around = outline(rulings)
        # Sides may be open (no line at the page's edge, or left and right): the table ends where its lines end.
        self.xs = _positions([each.at for each in down], around.x0, around.x1)
        self.ys = _positions([each.at for each in across], around.top, around.bottom)
        if (len(self.ys) - 1) * (len(self.xs) - 1) <= MAX_CELLS:
            self._draw(down, across)
            xs, ys = _borders(self.xs, self.right), _borders(self.ys, self.below)
            if len(xs) < len(self.xs) or len(ys) < len(self.ys):
                self.xs, self.ys = xs, ys
                self._draw(down, across)
        self.shape = len(self.ys) - 1, len(self.xs) - 1

    def _draw(self, down: list[Ruling], across: list[Ruling]) -> None:
        self.right = _drawn(down, self.xs, self.ys)
        self.below = _drawn(across, self.ys, self.xs)

    def places(self, glyphs: Sequence[Glyph]) -> Places:
        """The row and column in which each glyph's centre lies; those outside the table are left out."""
        box = Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])
        xs, ys = self.xs[:-1], self.ys[:-1]
        return {
            glyph: (bisect_right(ys, glyph.middle) - 1, bisect_right(xs, glyph.centre) - 1)
            for glyph in box.held(glyphs)
        }

    def room(self, places: Places) -> tuple[list[bool], list[bool]]:
        """Which rows and columns hold text, or have room for it; others are gaps between borders."""
        least = 0.8 * min((glyph.height for glyph in places), default=0.0)
        printed = [place for glyph, place in places.items() if not glyph.text.isspace()]
        rows = _roomy(self.ys, {row for row, _ in printed}, least)
        return rows, _roomy(self.xs, {column for _, column in printed}, least)


def _roomy(positions: list[float], held: set[int], least: float) -> list[bool]:
    """Which steps between borders are as wide as `least`, or hold something?"""
    return [end - start >= least or index in held for index, (start, end) in enumerate(pairwise(positions))]


def _positions(lines: list[float], first: float, last: float) -> list[float]:
    """Border positions, those that are one border put together."""
    groups: list[list[float]] = []
    for each in sorted((*lines, first, last)):
        if groups and each - groups[-1][0] <= NARROWEST:
            groups[-1].append(each)
        else:
            groups.append([each])
    return [sum(group) / len(group) for group in groups]


def _borders(positions: list[float], drawn: Bools) -> list[float]:
    """Those at which a border is drawn: others are where a stroke inside a cell touches one of its sides."""
    last = len(positions) - 1
    return [each for at, each in enumerate(positions) if at in {0, last} or any(drawn[at])]


def _drawn(rulings: list[Ruling], positions: list[float], steps: list[float]) -> Bools:
    """For each border position, and each step along it: is it drawn for the most part?"""
    drawn = np.zeros((len(positions), len(steps) - 1), dtype=bool)
    middles = [(one + other) / 2 for one, other in pairwise(positions)]
    starts, ends = np.array(steps[:-1]), np.array(steps[1:])
    for each in rulings:
        covered = np.minimum(ends, each.end) - np.maximum(starts, each.start)
        drawn[bisect_right(middles, each.at)] |= covered >= _COVERED * (ends - starts)
    found: Bools = drawn.tolist()
    return found
