"""Pictures that analysts want. Each function draws on `ax`, or on a new figure, and returns the matplotlib Axes.

    import govstats
    from govstats import plots

    plots.flow(report)                        # 上年结转 + 本年新收 → 办理结果 → 结转下年
    plots.outcomes(report, share=True)        # 办理结果，按申请人
    plots.reasons(report)                     # 不予公开的理由
    plots.trend(reports, "new")               # 一个数，逐年；没有的年份断开
    plots.findings_map(audit)                 # 规则 × 机关
    plots.funnel(govstats.indicators(panel), "disclosed")   # 一个指标对分母，和偶然波动的界限
    plots.league(govstats.indicators(panel), "disclosed")   # 排名和区间；分母太小的不排

Needs the extra `plot`. Chinese is written in a font found on this machine, for the plot alone: no global setting of
matplotlib changes. Unknown is never drawn as zero: it is a gap, and a note says so. Figures are as published; nothing
is corrected. `lang`: `zh` or `en`, else the language in force.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pandas as pd

from govstats.errors import UsageError
from govstats.lang import Text
from govstats.plots.flow import flow
from govstats.plots.fonts import use_font
from govstats.plots.funnel import funnel
from govstats.plots.heatmap import findings_map
from govstats.plots.league import league, ranked
from govstats.plots.outcomes import outcomes
from govstats.plots.reasons import reasons
from govstats.plots.table import figures
from govstats.plots.trend import trend

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = [
    "KINDS", "figures", "findings_map", "flow", "funnel", "league", "outcomes", "plot", "ranked", "reasons", "trend",
    "use_font",
]  # fmt: skip

KINDS: dict[str, Callable[..., Any]] = {"outcomes": outcomes, "flow": flow, "reasons": reasons, "figures": figures}
"""What `df.gov.plot` can draw of one table: `outcomes` and `flow` and `reasons` of 申请, `figures` of any."""


def plot(frame: pd.DataFrame, kind: str | None = None, *, ax: Axes | None = None, lang: str | None = None) -> Axes:
    """One table's DataFrame as a picture of a kind (default: `outcomes` of 申请, `figures` of any other table).

    Raises UsageError for an unknown kind, a frame that is no table of govstats, a table without what is to be drawn.
    """
    if kind is None:
        kind = "outcomes" if frame.gov.form.name == "applications" else "figures"
    if kind not in KINDS:
        raise UsageError(
            Text(f"没有“{kind}”这种图。", f"There is no plot “{kind}”."),
            Text(f"可选：{'、'.join(KINDS)}。", f"Choose from {', '.join(KINDS)}."),
        )
    made: Axes = KINDS[kind](frame, ax=ax, lang=lang)
    return made
