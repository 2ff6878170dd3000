"""The principle of all claims: a sentence has readings; it is right if one holds, else the nearest one is told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TypeVar

Reading = TypeVar("Reading")


def judged(readings: Iterable[Reading], gap: Callable[[Reading], float]) -> tuple[Reading, bool] | None:
    """The first reading whose gap is 0 (it holds), else the one with the least, the first of equals; None if none.

    Readings come with the plainest first; where the words weigh more than the figures a gap is 0 or 1.
    """
    nearest: tuple[Reading, bool] | None = None
    least = float("inf")
    for reading in readings:
        off = gap(reading)
        if not off:
            return reading, True
        if nearest is None or off < least:
            nearest, least = (reading, False), off
    return nearest
