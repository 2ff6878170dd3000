"""What a page paints behind its text and over it → the texts of which it is not certain that they stand out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from govstats.readers.pdf.box import Box
from govstats.readers.pdf.handles import Colour, Colours, difference, lightness, matrix_of
from govstats.readers.pdf.placement import Matrix

FAINT = 0.72
"""How light on white paper is what may be a watermark."""
CLEAR = 70
"""So much, of 255, text differs from what is behind it where it is clear."""
_TALLEST = 40.0
_EDGE = 1.0


class Text(NamedTuple):
    """A text object: how it is seen, what holds it, its colour (None: a pattern)."""

    item: Any
    seen: Matrix
    holder: Any
    colour: Colour | None

    @property
    def level(self) -> float:
        """At what height its line begins; unknown, where it is no level line."""
        place = matrix_of(self.item).within(self.seen)
        return place.f if abs(place.a) > abs(place.b) else math.nan


class Ground(NamedTuple):
    """Something painted: before the text of which turn, what (None: pictures and shadings), where; `plain`: one
    filled rectangle."""

    turn: int
    item: Any
    box: Box
    plain: bool


class Grounds:
    """Collects what is painted."""

    def __init__(self, colours: Colours) -> None:
        self.found: list[Ground] = []
        self._colours = colours

    def add(self, turn: int, item: Any, box: Box, plain: bool) -> None:
        """Something painted after `turn` texts."""
        self.found.append(Ground(turn, item, box, plain))

    def doubtful(self, texts: Sequence[Text], box_of: Callable[[int], Box]) -> Iterator[int]:
        """The numbers of the texts that may not stand out."""
        for colour, numbers in _by_colour(texts).items():
            near = self._near(colour)
            if not near:
                continue
            top = min(self.found[at].box.top for at in near)
            bottom = max(self.found[at].box.bottom for at in near) + _TALLEST
            for number in numbers:
                level = texts[number].level
                if top <= level <= bottom or math.isnan(level):
                    box = box_of(number)
                    over = self._over(box)
                    if near.intersection(over) and not self._is_clear(colour, number, box, over):
                        yield number

    def are_behind(self, box: Box, colour: Colour | None) -> bool:
        """Is anything painted there of which light text stands out?"""
        return any(
            (ground := self._colour[at]) is None or colour is None or difference(ground, colour) > CLEAR
            for at in self._over(box)
        )

    def over(self, number: int, box: Box, most: float) -> bool:
        """Was something painted over a text, and is it no picture of a whole page?"""
        later = (self.found[at] for at in self._over(box))
        return any(each.turn > number and (each.item is not None or each.box.area < most) for each in later)

    def has_larger(self, area: float) -> bool:
        """Is there a picture, or a shading, of more than an area?"""
        return any(each.item is None and each.box.area > area for each in self.found)

    def _near(self, colour: Colour | None) -> set[int]:
        """What text of a colour may be lost on: what is of nearly that colour, or of many; what may lie over it."""
        is_light = colour is not None and lightness(colour) >= FAINT
        return {
            at
            for at, ground in enumerate(self.found)
            if not ground.plain
            or (other := self._colour[at]) is None
            or colour is None
            or (difference(colour, other) <= CLEAR) != is_light
        }

    def _is_clear(self, colour: Colour | None, number: int, box: Box, over: list[int]) -> bool:
        """Does a plain ground that was painted last, and before it, hold the whole text, and differ from it?"""
        last = self.found[over[-1]]
        ground = self._colour[over[-1]]
        return (
            last.plain
            and last.turn <= number
            and colour is not None
            and ground is not None
            and difference(colour, ground) > CLEAR
            and last.box.x0 <= box.x0 + _EDGE
            and last.box.top <= box.top + _EDGE
            and box.x1 - _EDGE <= last.box.x1
            and box.bottom - _EDGE <= last.box.bottom
        )

    @cached_property
    def _colour(self) -> list[Colour | None]:
        return [None if each.item is None else self._colours.fill(each.item) for each in self.found]

    @cached_property
    def _sides(self) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
        return np.array([each.box for each in self.found], dtype=float).reshape(-1, 4).T

    def _over(self, box: Box) -> list[int]:
        """What meets a box, in the order of painting."""
        x0, top, x1, bottom = self._sides
        meets = (x0 < box.x1) & (box.x0 < x1) & (top < box.bottom) & (box.top < bottom)
        return [int(at) for at in np.flatnonzero(meets)]


def _by_colour(texts: Sequence[Text]) -> dict[Colour | None, list[int]]:
    found: dict[Colour | None, list[int]] = {}
    for number, text in enumerate(texts):
        found.setdefault(text.colour, []).append(number)
    return found
