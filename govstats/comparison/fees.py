"""P406: fees that are 10³ to 10⁵ times those of the agency's other years, as when 元 is entered for 万元."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from govstats.catalog.rules import get_rule
from govstats.comparison.agency import Course
from govstats.comparison.filing import FEES, Filing
from govstats.model.finding import CellFinding, Finding
from govstats.model.wording import figure_text

_LEAST, _MOST = 1e3, 1e5
_YUAN = 1e4
_LAST = 3
_NEAR = 5.0
"""Looking back from later years, only what would be as usual in 元 is told: fees are also abolished."""


class FeeJump(NamedTuple):
    """The fees of a filing are far above those of another year."""

    now: Filing
    other: Filing

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
            "converted": figure_text(round(amount / _YUAN, 6)),
        }
        cell = CellFinding(FEES.row, FEES.column, self.now.tables[FEES.table].value(*FEES[1:]), None)
        return get_rule("P406").finding(fields, table=FEES.table, cells=(cell,), other=self.other.path)

    @property
    def excess(self) -> float:
        """What is too much, if the amount is in 元."""
        return (self.now.fees or 0.0) * (1 - 1 / _YUAN)


def fee_jumps(course: Course) -> Iterator[FeeJump]:
    """The years that are far above the usual one of the last three, or, at the beginning, above the later ones."""
    charged = [(year, filing) for year, filing in sorted(course.single.items()) if filing.fees]
    usual: list[tuple[int, Filing]] = []
    for at, (year, filing) in enumerate(charged):
        usual = [each for each in usual if course.since(year) <= each[0]]
        later = [each for each in charged[at + 1 :] if course.since(each[0]) <= year]
        if usual and _LEAST <= (filing.fees or 0) / (_middle(usual).fees or 1) <= _MOST:
            yield FeeJump(filing, _middle(usual))
        elif not usual and later and _is_in_yuan(filing, later[0][1]):
            yield FeeJump(filing, later[0][1])
        else:
            usual.append((year, filing))


def _middle(usual: list[tuple[int, Filing]]) -> Filing:
    """Of the last three the one in the middle; of two the larger."""
    last = sorted((filing for _, filing in usual[-_LAST:]), key=lambda each: each.fees or 0.0)
    return last[len(last) // 2]


def _is_in_yuan(filing: Filing, later: Filing) -> bool:
    ratio = (filing.fees or 0.0) / _YUAN / (later.fees or 1.0)
    return 1 / _NEAR <= ratio <= _NEAR
