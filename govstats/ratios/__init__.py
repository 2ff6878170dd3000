"""Indicators: the ratios of schemas/indicators.yaml, of reports and of groups (`govstats.indicators`).

panel = govstats.panel(["2022/", "2023/"])
govstats.indicators(panel)                              # a report and indicator a row
govstats.indicators(panel, by=["province", "year"])     # sums before ratios
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from govstats.frames.longtable import long_frame
from govstats.model.report import Report
from govstats.ratios.figures import nothing_of, parts
from govstats.ratios.grouping import grouped


def indicators(panel: pd.DataFrame, by: str | Sequence[str] = ()) -> pd.DataFrame:
    """The indicators of a panel (`govstats.panel`): those of each report, or of each group, one a row.

    `by`: `province`, `city`, `level`, `body`, `year`, one or several. What is above and below is added up over a group
    before it is divided. An agency's year counts once (`repeated`: later documents of it, left out).

    Columns: whose it is, `indicator`, `value` (`<NA>`: `reason` says why: not_counted, incomplete, zero, inconsistent),
    `numerator`, `n` (the denominator), `low` and `high` (95 %: Wilson, for rates exact Poisson), `small` (n is too
    small to rank by), `reports` that count and those `left_out`, `breaks` (legal breaks inside the group's years),
    `overlap` (a government's report is added to those that it may hold), `peers` and `peers_value` (all others of the
    same year, level and kind, as far as the rows tell them, taken together). What they mean: docs/indicators.md.
    Raises UsageError for a frame that is no panel.

        >>> ratios = govstats.indicators(govstats.panel(govstats.samples()))
        >>> told = ratios.query("indicator == 'disclosed' and n.notna()")
        >>> told[["agency", "year", "numerator", "n"]].values.tolist()
        [['宿迁市', 2023, 1519, 3486], ['宿迁市', 2024, 1902, 3521]]
    """
    return grouped(parts(panel), [by] if isinstance(by, str) else by)


def report_indicators(report: Report) -> pd.DataFrame:
    """The indicators of one report, by key: value, numerator, n, low, high, small, reason."""
    made = parts(long_frame([report])) if report.tables else nothing_of(report)
    return grouped(made).set_index("indicator")[["value", "numerator", "n", "low", "high", "small", "reason"]]
