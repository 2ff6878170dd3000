"""Claim: a figure, or an equation between figures, that a sentence states, and whether it holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from govstats.lang import Text
from govstats.model.document import Place
from govstats.model.forms import CellKey


@dataclass(frozen=True, slots=True)
class Claim:
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
