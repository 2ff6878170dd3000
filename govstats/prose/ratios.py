"""Percentages of a whole: what a Ratio is, and when a part and a whole fit a percentage."""

from __future__ import annotations

from typing import NamedTuple

from govstats.model.claim import Quantity
from govstats.prose.passages import Passage
from govstats.prose.totals import is_left_out
from govstats.text.patterns import lazy

ASIDE = lazy(r"^(?:其中|其|均|各|共|约|总|分别|数量|件数)+|(?:分别|约|均|各|数量|的)+$")
"""Words around a noun that do not tell what is counted."""


class Ratio(NamedTuple):
    """Quantity `percent` says that `part` is so much of `whole` (figures added up); what was found, as in Sum.

    `whole` is empty where the percentages of a list fit no common whole.
    """

    percent: int
    part: tuple[int, ...]
    whole: tuple[int, ...]
    holds: bool | None
    severity: str | None = None
    reason: str = ""

    def whole_value(self, passage: Passage) -> float | None:
        """What the figures of the whole make; None if it has none."""
        return value_of(passage, self.whole) if self.whole else None


def fits(percent: Quantity, part: float, whole: float) -> bool:
    """Is part / whole the percentage, to one unit of its last printed place? Approximate ones are inequalities."""
    if whole <= 0:
        return False
    scale = 1000 if percent.unit == "‰" else 100
    share = part / whole * scale
    if percent.approx == ">":
        return share >= percent.value - percent.grain
    if percent.approx == "<":
        return share <= percent.value + percent.grain
    return abs(share - percent.value) < percent.grain * (5 if percent.approx else 1) + 1e-9


def gap(percent: Quantity, part: float, whole: float) -> float:
    """By how much the percentage misses part / whole; 0 if it fits."""
    if fits(percent, part, whole):
        return 0.0
    return abs(part / whole * (1000 if percent.unit == "‰" else 100) - percent.value) if whole > 0 else float("inf")


def is_slight(percent: Quantity, part: float, whole: float) -> bool:
    """99.61% for 99.62%, 14.0% for 13.7%: not rounded as it should be, but only the decimals tell."""
    if percent.grain >= 1:
        return False
    whole_number = percent.value.is_integer() and fits(percent._replace(grain=1.0), part, whole)
    return whole_number or gap(percent, part, whole) < 2 * percent.grain


def value_of(passage: Passage, base: tuple[int, ...]) -> float:
    """What the figures of a base make together: one that is left out (除 1 件…外) is taken off."""
    first, *others = base
    signs = ((-1 if is_left_out(passage, index) else 1, index) for index in others)
    return passage.figures[first].value + sum(sign * passage.figures[index].value for sign, index in signs)
