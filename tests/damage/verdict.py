"""What a document printed before and after each blow → which figures may stand where afterwards."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from govstats.model.forms import CellKey
from govstats.model.table import Table
from tests.factory import FORMAT
from tests.judge import Truth

FIGURE = re.compile(r"\d+(?:\.\d+)?")
_LOOKS = re.compile(r"</?(?:span|font|b|o:p)\b[^<>]*>")
_SMALLEST = 1000
"""The smallest of the figures that are all different."""


Print = Counter[tuple[float, tuple[int, ...]]]
"""How often each figure is printed; where the place is known, there."""


class Damaged(NamedTuple):
    """A damaged document. `lost`: the figures that it no longer prints. `made`: those that it prints more often than
    before, and all short ones: cut figures are like ordinals."""

    data: bytes
    blows: list[str]
    lost: frozenset[float] = frozenset()
    made: frozenset[float] = frozenset()

    def misplaced(self, table: Table, truth: Truth) -> list[tuple[CellKey, float]]:
        """Figures that stand in a cell where the document does not print them."""
        own = dict(zip(FORMAT.tables[table.form.name].cells, truth[table.form.name], strict=True))
        reads = zip(table.form.cells, map(float, table.values), strict=True)
        return [(cell, read) for cell, read in reads if not math.isnan(read) and not self._may_hold(cell, read, own)]

    def _may_hold(self, cell: CellKey, read: float, own: Mapping[CellKey, float | None]) -> bool:
        """Its own figure, or one that the damage made of it. A row whose parts have lost their names (其他处理) is read
        as the row of an older form: it may hold the figure that stands there."""
        parts = [each for key, each in own.items() if key.column == cell.column and key.row.startswith(f"{cell.row}.")]
        holds = [own[cell]] if cell in own else parts
        return read in holds or (read in self.made and any(each in self.lost for each in holds))


def compared(data: bytes, blows: list[str], shown: Sequence[Print]) -> Damaged:
    """`shown`: what the document printed at first, and after each blow."""
    made = {figure for old, new in pairwise(shown) for figure, _ in new - old}
    last = {figure for figure, _ in shown[-1]}
    short = {figure for figure in last if figure < _SMALLEST}
    return Damaged(data, blows, frozenset(figure for figure, _ in shown[0] - shown[-1]), frozenset(made | short))


def print_of(text: str, place: tuple[int, ...] = ()) -> Print:
    """The figures of a source, read across tags that only say how they look."""
    return Counter((float(each), place) for each in FIGURE.findall(_LOOKS.sub("", text)))
