"""Claim: a figure, or an equation between figures, that a sentence states, and whether it holds; and its parts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from govstats.lang import Text
from govstats.model.document import Place
from govstats.model.forms import CellKey


class Quantity(NamedTuple):
    """A figure and its place in the paragraph.

    `value` has its scale multiplied out, `grain` is one unit of its last printed place. `unit` is its measure word
    (empty: none printed), `family` what that counts, `%` for percentages. `approx`: `>` at least, `<` at most,
    `~` about, empty: exact.
    """

    start: int
    end: int
    value: float
    grain: float
    unit: str
    family: str
    approx: str = ""

    @property
    def percent(self) -> bool:
        """Is it a percentage?"""
        return self.family == "%"


class Claim(NamedTuple):
    """What one sentence says about figures.

    `text` is the sentence as printed, `places` the (start, end) of the figures in it. `kind` is sum, percent, growth,
    difference, flow, part, cell, quantity or unread; `values` the figures that it compares, named as in the JSON output
    (figures in the unit of the sentence, 万 multiplied out). `holds` is None where nobody can say from this report
    alone.

    A claim that does not hold carries the `rule` that says so (N501–N504), its `severity`, and what stands against it:
    the `arithmetic` in words, and for cells their addresses and figures.
    """

    text: str
    kind: str
    values: dict[str, Any]
    holds: bool | None
    places: tuple[tuple[int, int], ...] = ()
    rule: str | None = None
    severity: str | None = None
    arithmetic: Text | None = None
    reason: Text | None = None
    cells: tuple[CellKey, ...] = ()
    place: Place | None = None

    @property
    def marked(self) -> str:
        """The sentence with its figures in 【】."""
        text, behind = [], 0
        for start, end in sorted(set(self.places)):
            text += [self.text[behind:start], "【", self.text[start:end], "】"]
            behind = end
        return "".join([*text, self.text[behind:]])

    def to_dict(self) -> dict[str, Any]:
        """The object of the JSON output (CONTRACT §5)."""
        return {"text": self.text, "kind": self.kind, "values": self.values, "holds": self.holds}


@dataclass(frozen=True, slots=True)
class Growth:
    """A growth rate that a sentence states of a figure in the tables of its report.

    `text` is the sentence, `places` the figures in it; `value` is this year's figure, `meanings` the cells that make
    it (收到 may count what was carried over or not). `way`: 1 for a rise, -1 for a fall, 0 if it does not say.
    """

    text: str
    places: tuple[tuple[int, int], ...]
    line: int
    percent: Quantity
    way: int
    value: float
    meanings: tuple[tuple[CellKey, ...], ...]
