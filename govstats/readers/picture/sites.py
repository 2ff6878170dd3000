"""A page's cells, in pixels → the lines of ink that stand in each of them, ready to be recognised."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from govstats.readers.pdf.box import Box
from govstats.readers.picture.paper import Bytes

_INK = 165
_FAINT = 215
_SPECK = 0.011
_FLAT = 0.42
"""A line of ink lower than this belongs to the one beside it."""


class Site(NamedTuple):
    """A line of ink: its box on the page, in pixels."""

    box: Box


def marks(paper: Bytes, size: float) -> Bytes:
    """Which pixels are ink, and no specks."""
    ink = (paper < _INK).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] >= max(2, _SPECK * size * size)
    kept[0] = False
    cleaned: Bytes = kept[labels].astype(np.uint8)
    return cleaned


def lines_in(ink: Bytes, box: Box, size: float) -> Iterator[Box]:
    """The lines of ink in a box, from top to bottom."""
    x0, y0, x1, y1 = (round(each) for each in box)
    inside = ink[y0:y1, x0:x1]
    if not inside.size:
        return
    for first, last in _runs(inside.any(axis=1).tolist(), size):
        across = np.flatnonzero(inside[first:last].any(axis=0))
        yield Box(float(x0 + across[0]), float(y0 + first), float(x0 + across[-1] + 1), float(y0 + last))


def _runs(inked: list[bool], size: float) -> list[tuple[int, int]]:
    """Where ink begins and ends; flat runs are put to the nearest other, if it is close."""
    edges = [at for at, (one, other) in enumerate(pairwise([False, *inked, False])) if one != other]
    runs = [(edges[at], edges[at + 1]) for at in range(0, len(edges), 2)]
    merged = True
    while merged:
        merged = False
        for at, (first, last) in enumerate(runs):
            if last - first >= _FLAT * size:
                continue
            gaps = [
                (runs[other][0] - last if other > at else first - runs[other][1], other)
                for other in (at - 1, at + 1)
                if 0 <= other < len(runs)
            ]
            if gaps and min(gaps)[0] <= 0.3 * size:
                other = min(gaps)[1]
                pair = sorted((at, other))
                runs[pair[0] : pair[1] + 1] = [(runs[pair[0]][0], runs[pair[1]][1])]
                merged = True
                break
    return runs


def is_clean(paper: Bytes, box: Box) -> bool:
    """Is nothing printed in a box, not even faintly?"""
    x0, y0, x1, y1 = (round(each) for each in box)
    return not (paper[y0:y1, x0:x1] < _FAINT).any()


def plainly(paper: Bytes, box: Box) -> Bytes:
    """The picture of a line, as it is."""
    return _cut(paper, box, 0.22, 0.3)


def boldly(paper: Bytes, box: Box) -> Bytes:
    """The picture of a line prepared otherwise: larger, its greys parted, wider, with more paper around it."""
    cut = _cut(paper, box, 0.4, 0.6)
    height, width = cut.shape
    grown = cv2.resize(cut, (round(width * 2.4), height * 2), interpolation=cv2.INTER_LANCZOS4)
    grown = cv2.GaussianBlur(grown, (0, 0), max(0.6, height / 40))
    level = (float(np.percentile(grown, 2)) + 255) / 2
    parted: Bytes = (255 / (1 + np.exp(-(grown.astype(np.float32) - level) / 22))).astype(np.uint8)
    return parted


def _cut(paper: Bytes, box: Box, above: float, beside: float) -> Bytes:
    """What lies in a box and around it; beyond what is free of other ink, white."""
    x0, y0, x1, y1 = (round(each) for each in box)
    tall = y1 - y0
    inside = paper[y0:y1, x0:x1]
    down, across = max(2, round(above * tall)), max(2, round(beside * tall))
    return np.pad(inside, ((down, down), (across, across)), constant_values=255)
