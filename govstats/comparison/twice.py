"""Several reports of one agency and year: one, if they agree; else nobody knows which counts, and none is compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from govstats.catalog.rules import get_rule
from govstats.comparison.filing import Filing
from govstats.comparison.filings import Compared
from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.forms import TableForm
from govstats.model.wording import listed

_NAMED = 4


def the_one(filings: Sequence[Filing]) -> Filing | None:
    """The fullest of them, if no two disagree in a figure that both could read; else None."""
    if len(filings) == 1:
        return filings[0]
    said: dict[str, tuple[TableForm, NDArray[np.float64]]] = {}
    for filing in filings:
        for name, figures in filing.tables.items():
            form, values = said.get(name, (figures.form, figures.values))
            if form is not figures.form or not _agree(values, figures.values):
                return None
            said[name] = form, np.where(np.isnan(values), figures.values, values)
    return max(filings, key=lambda filing: filing.n_known)


def _agree(one: NDArray[np.float64], other: NDArray[np.float64]) -> bool:
    return not ((one != other) & ~np.isnan(one) & ~np.isnan(other)).any()


def filed_twice(filings: Sequence[Filing]) -> Iterator[Compared]:
    """One finding for each of them (Y601, info): what was not compared, and with which the report competes."""
    for at, each in enumerate(filings):
        others = [filings[other] for other in range(min(_NAMED, len(filings))) if other != at]
        yield Compared(each.number, _finding(each, others, len(filings)))


def _finding(filing: Filing, others: Sequence[Filing], n: int) -> Finding:
    paths = listed(Text(other.path, other.path) for other in others)
    message = Text(
        f"“{filing.agency}”{filing.year} 年的报告有 {n} 份而数字不同，如：{paths.zh}。"
        "不知道以哪一份为准，没有与上下年核对。",
        f"There are {n} reports of “{filing.agency}” for {filing.year} with different figures, such as "
        f"{paths.en}. Which of them counts nobody can say; none was compared with other years.",
    )
    hint = Text(
        "只留下正式公布的一份；若是两个机关同名，在单位名单里写明全称和别名。",
        "Keep the one that was published; if two agencies have one name, give full names and aliases in a roster.",
    )
    rule = get_rule("Y601")
    return Finding(rule.code, rule.name, rule.lesser or "info", message, hint, other=others[0].path)
