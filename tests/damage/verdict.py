"""What a document printed before and after each blow → which figures may stand where afterwards."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from tests.judge import Truth

FIGURE = re.compile(r"\d+(?:\.\d+)?")
_LOOKS = re.compile(r"</?(?:span|font|b|o:p)\b[^<>]*>")
_SMALLEST = 1000
"""The smallest of the figures that are all different."""


class Damaged(NamedTuple):
    """A damaged document. `lost`: the figures that it no longer prints. `made`: those that it prints more often than
    before, and all short ones: cut figures are like ordinals."""

    data: bytes
    blows: list[str]
    lost: frozenset[float] = frozenset()
    made: frozenset[float] = frozenset()

    def misplaced(self, table: str, values: list[float | None], truth: Truth) -> list[tuple[float, float | None]]:
        """Figures (read, own) that stand in a cell where the document does not print them."""
        pairs = zip(values, truth[table], strict=True)
        return [(read, own) for read, own in pairs if read is not None and read != own and not self._made(read, own)]

    def _made(self, read: float, own: float | None) -> bool:
        return own in self.lost and read in self.made


def compared(data: bytes, blows: list[str], shown: Sequence[str]) -> Damaged:
    """`shown`: what the document printed at first, and after each blow."""
    figures = [_figures(text) for text in shown]
    made = {figure for old, new in pairwise(figures) for figure in new - old}
    short = {figure for figure in figures[-1] if figure < _SMALLEST}
    return Damaged(data, blows, frozenset(figures[0] - figures[-1]), frozenset(made | short))


def _figures(text: str) -> Counter[float]:
    """The figures of a source, read across tags that only say how they look."""
    return Counter(float(each) for each in FIGURE.findall(_LOOKS.sub("", text)))
