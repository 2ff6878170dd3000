"""Several reports of one agency and year: one, if they agree; else nobody knows which counts, and none is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from govstats.comparison.compared import Compared
from govstats.comparison.filing import Filing
from govstats.finding import Finding
from govstats.lang import Text
from govstats.rules import get_rule
from govstats.wording import listed


def the_one(filings: Sequence[Filing]) -> Filing | None:
    """The fullest of them, if no two disagree in a figure that both could read; else None."""
    if all(one.agrees(other) for one, other in combinations(filings, 2)):
        return max(filings, key=lambda filing: filing.n_known)
    return None


def filed_twice(filings: Sequence[Filing]) -> Iterator[Compared]:
    """One finding for each of them (Y601, info): what was not compared, and with which the report competes."""
    for each in filings:
        others = [other for other in filings if other is not each]
        yield Compared(each.number, _finding(each, others))


def _finding(filing: Filing, others: Sequence[Filing]) -> Finding:
    paths = listed(Text(other.path, other.path) for other in others)
    message = Text(
        f"“{filing.agency}”{filing.year} 年的报告有 {len(others) + 1} 份而数字不同，另有：{paths.zh}。"
        "不知道以哪一份为准，没有与上下年核对。",
        f"There are {len(others) + 1} reports of “{filing.agency}” for {filing.year} with different figures, also: "
        f"{paths.en}. Which of them counts nobody can say; none was compared with other years.",
    )
    hint = Text(
        "只留下正式公布的一份；若是两个机关同名，在单位名单里写明全称和别名。",
        "Keep the one that was published; if two agencies have one name, give full names and aliases in a roster.",
    )
    rule = get_rule("Y601")
    return Finding(rule.code, rule.name, rule.lesser or "info", message, hint, other=others[0].path)
