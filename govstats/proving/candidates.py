"""A look at a cell → the figures that it may show, each with what speaks against it."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import NamedTuple

from govstats.model.recognised import CLEAR, Look, Reading
from govstats.text.figures import Figure, State

_LEAST = 1e-6
_EDGES = ".,"


class Candidate(NamedTuple):
    """A figure, and the mean of what speaks against it (−ln of how probable it is) in both preparations."""

    figure: Figure
    text: str
    against: float


class Candidates(NamedTuple):
    """The figures that a cell may show, the most probable first; whether both preparations clearly show the first."""

    each: tuple[Candidate, ...]
    clear: bool

    @property
    def best(self) -> Candidate | None:
        """The most probable; None if nothing is a figure."""
        return self.each[0] if self.each else None


def candidates(look: Look, read: Callable[[str], Figure]) -> Candidates:
    """What a look may show in a cell whose texts are `read` so."""
    sums: list[dict[str, float]] = [_by_figure(readings, read) for readings in (look.plainly, look.boldly)]
    figures: dict[str, Figure] = {}
    for text, _ in (*look.plainly, *look.boldly):
        figure = _figure(text, read)
        figures.setdefault(_key(figure), figure)
    texts = {_key(_figure(text, read)): text.strip(_EDGES) for text, _ in (*look.boldly[::-1], *look.plainly[::-1])}
    found = [
        Candidate(figure, texts[key], _against(sums[0].get(key, 0.0), sums[1].get(key, 0.0)))
        for key, figure in figures.items()
        if figure.state not in (State.UNREADABLE, State.ABSENT, State.BLANK)
    ]
    found.sort(key=lambda each: each.against)
    alike = look.is_clear and _key(_figure(look.text, read)) == _key(found[0].figure) if found else False
    clear = alike or (bool(found) and all(each.get(_key(found[0].figure), 0.0) >= CLEAR for each in sums))
    return Candidates(tuple(found), clear)


def _against(plain: float, bold: float) -> float:
    return -(math.log(max(plain, _LEAST)) + math.log(max(bold, _LEAST))) / 2


def _by_figure(readings: tuple[Reading, ...], read: Callable[[str], Figure]) -> dict[str, float]:
    found: dict[str, float] = {}
    for text, p in readings:
        key = _key(_figure(text, read))
        found[key] = found.get(key, 0.0) + p
    return found


def _figure(text: str, read: Callable[[str], Figure]) -> Figure:
    """A point or a comma at the edge of a figure is a speck."""
    return read(text.strip(_EDGES))


def _key(figure: Figure) -> str:
    return f"{figure.state}:{figure.value}"
