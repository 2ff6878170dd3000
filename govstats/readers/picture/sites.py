"""A page's cells, in pixels → the lines of ink that stand in each of them, ready to be recognised."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import cv2
import numpy as np

from govstats.readers.pdf.box import Box
from govstats.readers.picture.paper import Bytes

_DARKEST, _LIGHTEST = 150, 200
"""What is darker is ink, what is lighter is none; where on between, it depends on how dark the page's ink is."""
_SHARE = 0.45
_FAINT = 215
_SPECK = 0.011
_TALLEST = 3.2
"""What is so many times as high as a character is none: the edge of the paper, a drawing."""
_SPECK_BESIDE = 0.3
"""A line so low, in heights of a character, beside a higher one is dirt."""
_FLAT = 0.42
"""A line of ink lower than this belongs to the one beside it."""


def marks(paper: Bytes, size: float) -> Bytes:
    """Which pixels are ink, and no specks."""
    ink = (paper < _level(paper)).astype(np.uint8)
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    kept = stats[:, cv2.CC_STAT_AREA] >= max(2, _SPECK * size * size)
    kept &= stats[:, cv2.CC_STAT_HEIGHT] < _TALLEST * size
    kept[0] = False
    cleaned: Bytes = kept[labels].astype(np.uint8)
    return cleaned


def _level(paper: Bytes) -> float:
    """How dark ink is at least."""
    inked = paper[paper < _LIGHTEST]
    core = float(np.percentile(inked, 20)) if len(inked) else 0.0
    return float(np.clip(255 - _SHARE * (255 - core), _DARKEST, _LIGHTEST))


def lines_in(ink: Bytes, box: Box, size: float) -> Iterator[Box]:
    """The lines of ink in a box, from top to bottom."""
    x0, y0, x1, y1 = (round(each) for each in box)
    inside = ink[y0:y1, x0:x1]
    if not inside.size:
        return
    inked = [bool(each) for each in inside.max(axis=1)]
    runs = _runs(inked, size)
    tallest = max((last - first for first, last in runs), default=0)
    for first, last in runs:
        if last - first < _SPECK_BESIDE * size < tallest:
            continue
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


def plainly(paper: Bytes, line: Box, room: Box) -> Bytes:
    """The picture of a line, as it is."""
    return _cut(paper, line, room, 0.22, 0.3)


def boldly(paper: Bytes, line: Box, room: Box) -> Bytes:
    """The picture of a line prepared otherwise: larger, its greys parted, wider, with more paper around it."""
    cut = _cut(paper, line, room, 0.4, 0.55)
    height, width = cut.shape
    grown = cv2.resize(cut, (round(width * 2.2), height * 2), interpolation=cv2.INTER_LANCZOS4)
    grown = cv2.GaussianBlur(grown, (0, 0), max(0.6, height / 40))
    level = (float(np.percentile(grown, 2)) + 255) / 2
    parted: Bytes = (255 / (1 + np.exp(-(grown.astype(np.float32) - level) / 22))).astype(np.uint8)
    return parted


def _cut(paper: Bytes, line: Box, room: Box, above: float, beside: float) -> Bytes:
    """A line and what is around it, as far as its room reaches (beyond is white): ink may be too faint to be told."""
    x0, y0, x1, y1 = (round(each) for each in line)
    down, across = max(2, round(above * (y1 - y0))), max(2, round(beside * (y1 - y0)))
    cut = np.full((y1 - y0 + 2 * down, x1 - x0 + 2 * across), 255, np.uint8)
    left, top = max(x0 - across, round(room.x0), 0), max(y0 - down, round(room.top), 0)
    right, bottom = min(x1 + across, round(room.x1), paper.shape[1]), min(y1 + down, round(room.bottom), len(paper))
    cut[top - y0 + down : bottom - y0 + down, left - x0 + across : right - x0 + across] = paper[top:bottom, left:right]
    return cut
