"""A grey picture, upright → the rulings that are drawn on it, in pixels, and the paper without them."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from govstats.readers.pdf.ruling import Ruling
from govstats.readers.picture.paper import Bytes

_FAINTEST = 205
"""Paper is 255. A hair line is a light grey where a pixel is wider than it."""
_LEVEL, _UPRIGHT = 2.6, 1.5
"""So many times a character's height is a ruling long: no stroke of a character is."""
_THICKEST = 0.3
_INKED, _CLEAR = 0.88, 0.78
"""Of a ruling so much is ink, and so much has paper on both sides."""
_ONE_ROW, _BESIDE = 4.5, 0.2
_REACH = 0.6
"""So many heights of a character a ruling may stop short of the one that it meets."""


class Strokes(NamedTuple):
    """The rulings, and which pixels they cover."""

    rulings: tuple[Ruling, ...]
    covered: NDArray[np.bool_]


def strokes(paper: Bytes, size: float) -> Strokes:
    """The rulings of a page whose characters are `size` pixels high; each meets another."""
    dark = (paper < _FAINTEST).astype(np.uint8)
    across = _Runs(dark, dark, round(_LEVEL * size), size, None)
    drawn = across.covered(across.rulings)
    beside = np.where(cv2.dilate(drawn.astype(np.uint8), np.ones((5, 5), np.uint8)) > 0, np.uint8(0), dark)
    down = _Runs(dark, beside, round(_UPRIGHT * size), size, across.rulings)
    found = _meeting(across.rulings, _in_company(down.rulings, across.rulings, size), _REACH * size)
    # What meets nothing is a stroke of a character, and stays.
    covered = across.covered(found) | down.covered(found).T
    return Strokes(tuple(found), cv2.dilate(covered.astype(np.uint8), np.ones((3, 3), np.uint8)) > 0)


def _in_company(down: list[Ruling], across: list[Ruling], size: float) -> list[Ruling]:
    """Without short ones that end in the open at a place where no other stands: strokes of characters, one below the
    other."""
    return [
        each
        for each in down
        if each.end - each.start > _ONE_ROW * size
        or _from_line_to_line(each, across, size)
        or any(abs(each.at - other.at) < _BESIDE * size for other in down if other is not each)
    ]


def _from_line_to_line(line: Ruling, across: list[Ruling], size: float) -> bool:
    met = [each.at for each in across if _meet(each, line, _REACH * size)]
    return bool(met) and (
        len(met) > 2 or (line.start - min(met) < _BESIDE * size and max(met) - line.end < _BESIDE * size)
    )


class _Runs:
    """Runs of ink as long as `least`, tilted a little, with small gaps, and thin: level ones (`level` is None), or
    upright ones, which may begin at a level ruling where a stroke of a character stands right above it."""

    def __init__(self, dark: Bytes, beside: Bytes, least: int, size: float, level: list[Ruling] | None) -> None:
        horizontal = level is None
        sheet, beside = (each if horizontal else np.ascontiguousarray(each.T) for each in (dark, beside))
        runs = cv2.dilate(sheet, np.ones((3, 1), np.uint8))
        runs = cv2.morphologyEx(runs, cv2.MORPH_CLOSE, np.ones((1, max(3, round(size / 5))), np.uint8))
        runs = cv2.morphologyEx(runs, cv2.MORPH_OPEN, np.ones((1, least), np.uint8))
        count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
        self.rulings: list[Ruling] = []
        self._runs: list[tuple[tuple[slice, slice], NDArray[np.bool_]]] = []
        self._shape = sheet.shape
        for number in range(1, count):
            x, y, width, height, area = (int(each) for each in stats[number])
            if area / width > max(_THICKEST * size, 4) + 2:
                continue
            run = labels[y : y + height, x : x + width] == number
            levels = y + (run * np.arange(height)[:, None]).sum(axis=0) / np.maximum(run.sum(axis=0), 1)
            for first, last in ((0, width), _between(level or [], x, levels)):
                part = levels[first:last]
                if len(part) >= least and _is_ruling(sheet, beside, x + first, part, area / width, size):
                    at = float(np.median(part)) + 0.5
                    self.rulings.append(Ruling(horizontal, at, float(x + first), float(x + first + len(part))))
                    self._runs.append(((slice(y, y + height), slice(x + first, x + last)), run[:, first:last]))
                    break

    def covered(self, kept: list[Ruling]) -> NDArray[np.bool_]:
        """Which pixels the runs cover of which the rulings are kept, perhaps drawn out."""
        covered = np.zeros(self._shape, dtype=bool)
        for ruling, (window, run) in zip(self.rulings, self._runs, strict=True):
            if any(_is_part(ruling, each) for each in kept):
                covered[window] |= run
        return covered


def _between(level: list[Ruling], start: int, levels: NDArray[np.float64]) -> tuple[int, int]:
    """Of an upright run, from where to where it lies between level rulings; nothing, if it meets less than two."""
    at = float(np.median(levels))
    met = [each.at - start for each in level if each.start <= at <= each.end and 0 <= each.at - start < len(levels)]
    return (round(min(met)), round(max(met)) + 1) if len(met) > 1 else (0, 0)


def _is_part(ruling: Ruling, whole: Ruling) -> bool:
    return (
        ruling.horizontal == whole.horizontal
        and ruling.at == whole.at
        and whole.start <= ruling.start
        and ruling.end <= whole.end
    )


def _is_ruling(
    sheet: Bytes, beside: Bytes, start: int, levels: NDArray[np.float64], thickness: float, size: float
) -> bool:
    """Is it ink all along, with paper on both sides?"""
    across = start + np.arange(len(levels))
    middle = np.round(levels).astype(int)
    aside = round(thickness / 2 + max(1.0, size / 10))

    def inked(of: Bytes, shift: int) -> NDArray[np.bool_]:
        at: NDArray[np.bool_] = of[np.clip(middle + shift, 0, len(of) - 1), across] > 0
        return at

    ink = inked(sheet, 0) | inked(sheet, -1) | inked(sheet, 1)
    clear = ~inked(beside, aside) & ~inked(beside, -aside)
    return bool(ink.mean() > _INKED and clear.mean() > _CLEAR)


def _meeting(across: list[Ruling], down: list[Ruling], reach: float) -> list[Ruling]:
    """Those that meet others at both ends (down) or anywhere (across), drawn out to where they meet."""
    while True:
        kept_down = [line for line in (_drawn_out(each, across, reach) for each in down) if line]
        kept_across = [each for each in across if any(_meet(each, other, reach) for other in kept_down)]
        if len(kept_down) == len(down) and len(kept_across) == len(across):
            return [*(_stretched(each, kept_down, reach) for each in kept_across), *kept_down]
        across, down = kept_across, kept_down


def _meet(level: Ruling, upright: Ruling, reach: float) -> bool:
    return (
        level.start - reach <= upright.at <= level.end + reach
        and upright.start - reach <= level.at <= upright.end + reach
    )


def _drawn_out(line: Ruling, across: list[Ruling], reach: float) -> Ruling | None:
    """An upright line from one level line to another; None if it ends in the open at either end."""
    met = [each.at for each in across if _meet(each, line, reach)]
    if not met or max(met) - min(met) < reach:
        return None
    first, last = min(met), max(met)
    return line._replace(start=min(first, line.start), end=max(last, line.end))


def _stretched(line: Ruling, down: list[Ruling], reach: float) -> Ruling:
    met = [each.at for each in down if _meet(line, each, reach)]
    return line._replace(start=min(line.start, *met), end=max(line.end, *met)) if met else line
