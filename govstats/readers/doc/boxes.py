"""A WordFile → what is anchored in its main text: text boxes with their text, and pictures (2.8.37, 2.8.32)."""

from __future__ import annotations

from itertools import pairwise
from typing import NamedTuple

from govstats.readers.doc.fib import WordFile
from govstats.readers.doc.sprms import number, numbers

_SHAPE, _BOX = 26, 22
"""Lengths of a Spa and of a FTXBXS."""
_LARGEST = 1701
"""3 cm in twips: what is larger (a seal, a chart) stands for the figure of no cell."""
_BY_TEXT = 2
_BELOW_TEXT = 0x4000


class Anchored(NamedTuple):
    """Where in the text of the file a text box has its own text (empty: it has none), and whether what is anchored is
    small and near enough to stand for a figure."""

    text: range
    is_near: bool


def anchored(file: WordFile) -> dict[int, Anchored]:
    """By the position of the anchor."""
    texts = dict(_texts(file))
    count = max(0, len(file.shape_plc) - 4) // (4 + _SHAPE)
    positions = numbers(file.shape_plc, 0, count) if count else ()
    found = {}
    for index, position in enumerate(positions):
        at = 4 * (count + 1) + _SHAPE * index
        left, top, right, bottom = (number(file.shape_plc, at + 4 * side, 4, signed=True) for side in range(1, 5))
        flags = number(file.shape_plc, at + 20)
        near = flags >> 3 & 3 == _BY_TEXT and not flags & _BELOW_TEXT and max(right - left, bottom - top) <= _LARGEST
        found[position] = Anchored(texts.get(number(file.shape_plc, at, 4), range(0)), near)
    return found


def _texts(file: WordFile) -> list[tuple[int, range]]:
    """The shapes that have a text, each with where it stands."""
    count = max(0, len(file.box_plc) - 4) // (4 + _BOX)
    ends = numbers(file.box_plc, 0, count + 1) if count else ()
    shapes = (number(file.box_plc, 4 * (count + 1) + _BOX * index + 14, 4) for index in range(count))
    start = file.box_start
    limit = start + file.box_length
    return [
        (shape, range(min(start + first, limit), min(start + max(first, last - 1), limit)))
        for shape, (first, last) in zip(shapes, pairwise(ends), strict=True)
    ]
