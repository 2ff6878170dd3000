"""One indicator of many agencies, the highest first, each with its interval; those who count too little have no rank.

Ranks of small denominators are chance, so they are refused: such rows are counted below, and never drawn.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from govstats.errors import UsageError
from govstats.lang import Text
from govstats.plots.drawing import COLOURS, FAINT, annotate, drawing, wrapped
from govstats.plots.funnel import called, indicator_of, together

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TOGETHER = Text("合计 {value:.3g}", "all together {value:.3g}")
_SMALL = Text("分母不足 {least} 的 {n} 行不排名。", "{n} rows have no rank: their denominators are below {least}.")
_UNKNOWN = Text("{n} 行没有值。", "{n} rows have no value.")
_MORE = Text("只画前 {most} 行，另有 {n} 行。", "The first {most} are drawn; there are {n} more.")
_CHANCE = Text("区间（95%）相交的，先后不说明差别。", "Where intervals (95 %) meet, the order tells no difference.")


def ranked(ratios: pd.DataFrame, what: str = "disclosed") -> pd.DataFrame:
    """The rows of `govstats.indicators(panel)` for one indicator that may be ranked, the highest value first.

    `rank` counts those whose interval lies wholly above: rows that chance alone may have put in this order share one,
    and nobody ranks behind a row of a lower value.
    Left out are rows without a value, and those whose n is below the indicator's least denominator. Raises UsageError
    for a frame of another kind, an unknown indicator, and where no row may be ranked.
    """
    indicator = indicator_of(ratios, what, {"low", "high"})
    rows = ratios[ratios["indicator"].astype(str).eq(what)]
    found = rows[rows["value"].notna() & rows["n"].ge(indicator.least)]
    if found.empty:
        raise UsageError(
            Text(
                f"“{what}”没有一行的分母达到 {indicator.least}，不排名。",
                f"No row of “{what}” has a denominator of {indicator.least}: none is ranked.",
            ),
            Text("请把年度或机关合在一起（by=…）。", "Group by years or places (by=…)."),
        )
    found = found.sort_values(["value", "n"], ascending=False, kind="stable").reset_index(drop=True)
    low, high = np.sort(found["low"].to_numpy("float64")), found["high"].to_numpy("float64")
    above = len(low) - np.searchsorted(low, high, side="right")
    return found.assign(rank=1 + np.minimum.accumulate(above[::-1])[::-1])


def league(
    ratios: pd.DataFrame, what: str = "disclosed", *, most: int = 30, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """A league table: the rows of `ranked`, the highest on top, with their intervals and the ratio of all together.

    What has no rank (no value, too small an n) is counted below. Raises UsageError as `ranked` does, and without
    matplotlib or a Chinese font.
    """
    indicator, rows = indicator_of(ratios, what), ranked(ratios, what)
    drawn = rows.head(most).astype({"value": "float64", "low": "float64", "high": "float64"})
    every = ratios[ratios["indicator"].astype(str).eq(what)]
    unknown = int(every["value"].isna().sum())
    with drawing(ax, (7, 1.2 + 0.3 * len(drawn)), lang) as on:
        on.hlines(range(len(drawn)), drawn["low"], drawn["high"], color=FAINT, linewidth=3, zorder=2)
        on.scatter(drawn["value"], range(len(drawn)), color=COLOURS[0], s=24, zorder=3)
        whole = together(indicator, rows) * indicator.per
        on.axvline(whole, color=FAINT, linewidth=1, linestyle="--", label=str(_TOGETHER.format(value=whole)))
        names = [f"{row['rank']}  {wrapped(called(row), 24)}" for _, row in drawn.iterrows()]
        on.set_yticks(range(len(drawn)), names, fontsize=8)
        on.invert_yaxis()
        on.set_title(str(indicator.name))
        on.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
        counted = (
            (
                _SMALL.format(least=indicator.least, n=len(every) - unknown - len(rows)),
                len(every) - unknown - len(rows),
            ),
            (_UNKNOWN.format(n=unknown), unknown),
            (_MORE.format(most=most, n=len(rows) - len(drawn)), len(rows) - len(drawn)),
        )
        annotate(on, "", [_CHANCE, *(note for note, n in counted if n)])
    return on
