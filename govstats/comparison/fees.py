"""P406: fees that are 10³ to 10⁵ times those of the agency's other years, as when 元 is entered for 万元."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from govstats.catalog.rules import get_rule
from govstats.comparison.agency import Course
from govstats.comparison.culprits import Blame
from govstats.comparison.filing import FEES, Filing
from govstats.comparison.web import Web
from govstats.lang import Text
from govstats.model.finding import CellFinding, Finding
from govstats.model.keys import cause_name
from govstats.model.pictured import asking_to_compare
from govstats.model.wording import NOTHING, figure_text

_LEAST, _MOST = 1e3, 1e5
_ABOUT = 500.0
"""What is a thousand times the usual, a little less for a year with less business; of amounts that are not tiny."""
_YUAN = 1e4
_LAST = 3
_NEAR, _CLOSE = 5.0, 1.5
"""Looking back from later years, only what would be as usual in 元 is told: fees are also abolished."""
_NO_FEES = 0.01
"""万元. So little in the first or the last year is told beside ten thousand times as much in the two next to it."""


class FeeJump(NamedTuple):
    """The fees of a filing are far above those of another year, or, `is_low`, a ten-thousandth of them."""

    now: Filing
    other: Filing
    is_low: bool = False

    @property
    def right(self) -> float:
        """What they are, if the unit was mistaken."""
        return round((self.now.fees or 0.0) * (_YUAN if self.is_low else 1 / _YUAN), 6)

    @property
    def finding(self) -> Finding:
        """P406."""
        amount, base = self.now.fees or 0.0, self.other.fees or 0.0
        fields = {
            "amount": figure_text(amount),
            "base": figure_text(base),
            "year": self.other.year,
            "other": self.other.path,
            "times": f"{amount / base:.0f}",
            "converted": figure_text(self.right),
        }
        cell = CellFinding(FEES.row, FEES.column, self.now.tables[FEES.table].value(*FEES[1:]), None)
        found = get_rule("P406").finding(fields, table=FEES.table, cells=(cell,), other=self.other.path)
        found = replace(found, message=self._low_message(amount, base)) if self.is_low else found
        seen = self.now.is_unproved(FEES) or self.other.is_unproved(FEES)
        return asking_to_compare(found) if seen else found

    def _low_message(self, amount: float, base: float) -> Text:
        small, usual, right = figure_text(amount), figure_text(base), figure_text(self.right)
        year, path, times = self.other.year, self.other.path, f"{base / amount:.0f}"
        return Text(
            f"行政事业性收费 {small} 万元，只有 {year} 年报告（{path}）{usual} 万元的 {times} 分之一；"
            f"若多换算了一次单位，应为 {right} 万元。",
            f"The fees, {small} (in 10,000 yuan), are 1/{times} of the {usual} of the report for {year} (“{path}”); "
            f"if they were converted once too often, it should be {right}.",
        )

    @property
    def excess(self) -> float:
        """What is too much, if the unit is another."""
        return (self.now.fees or 0.0) - self.right


def fee_jumps(course: Course) -> Iterator[FeeJump]:
    """The years that are far above the usual one of the last three, or, at the beginning, above the later ones; and
    those that are a ten-thousandth of the years beside them."""
    every = [(year, filing) for year, filing in sorted(course.single.items()) if filing.fees]
    low = {at: beside for at in range(len(every)) if (beside := _above(course, every, at))}
    yield from (FeeJump(every[at][1], beside, is_low=True) for at, beside in low.items())
    charged = [each for at, each in enumerate(every) if at not in low]
    usual: list[tuple[int, Filing]] = []
    for at, (year, filing) in enumerate(charged):
        usual = [each for each in usual if course.since(year) <= each[0]]
        later = [each for each in charged[at + 1 :] if course.since(each[0]) <= year]
        if usual and _is_far(filing.fees or 0.0, _middle(usual).fees or 1.0):
            yield FeeJump(filing, _middle(usual))
        elif not usual and later and _is_in_yuan(filing, later[0][1]):
            yield FeeJump(filing, later[0][1])
        else:
            usual.append((year, filing))


def accuse_fees(course: Course, web: Web) -> None:
    """Sums are also looked at with what the fees would be in the right unit."""
    for jump in fee_jumps(course):
        form = jump.now.tables[FEES.table].form
        spot = (jump.now.number, FEES.table, form.position(*FEES[1:]))
        web.accuse({spot: jump.right}, Blame(jump.now, cause_name(jump.now, "P406"), NOTHING))


def _above(course: Course, charged: list[tuple[int, Filing]], at: int) -> Filing | None:
    """A year beside one whose fees are a ten-thousandth of it, and of another beside: on both sides, or two on one."""
    year, filing = charged[at]
    before = [each for when, each in charged[:at] if course.since(year) <= when]
    after = [each for when, each in charged[at + 1 :] if course.since(when) <= year]
    inside = bool(before and after)
    beside = [before[-1], after[0]] if inside else (before[-2:] or after[:2])
    near = _NEAR if after else _CLOSE
    if len(beside) < 2 or not (inside or (filing.fees or 0.0) < _NO_FEES):
        return None
    return beside[0] if all(_is_in_yuan(each, filing, near) for each in beside) else None


def _is_far(amount: float, base: float) -> bool:
    return (_ABOUT if base >= 1 else _LEAST) <= amount / base <= _MOST


def _middle(usual: list[tuple[int, Filing]]) -> Filing:
    """Of the last three the one in the middle; of two the larger."""
    last = sorted((filing for _, filing in usual[-_LAST:]), key=lambda each: each.fees or 0.0)
    return last[len(last) // 2]


def _is_in_yuan(filing: Filing, later: Filing, near: float = _NEAR) -> bool:
    ratio = (filing.fees or 0.0) / _YUAN / (later.fees or 1.0)
    return 1 / near <= ratio <= near
