"""One indicator of many agencies against its denominator, within the limits that chance alone would keep it in.

A league table ranks those who count little first and last; here a ratio is far out only for its own n.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govstats.catalog.indicators import Indicator, indicators
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.plots.drawing import ACCENT, COLOURS, FAINT, annotate, drawing, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from numpy.typing import NDArray

LIMITS = {0.95: 1.959963984540054, 0.998: 3.090232306167813}
"""How much of what chance does lies within a limit, and how many standard errors away it is."""
_NEEDED = {"indicator", "value", "numerator", "n", "small", "reports"}
_KEYS = ("agency", "province", "city", "level", "body", "year")
_N = Text("分母（{name}）", "denominator ({name})")
_WITHIN = Text("{share:g}% 界限", "{share:g} % limits")
_TOGETHER = Text("合计 {value:.3g}", "all together {value:.3g}")
_UNKNOWN = Text("另有 {n} 行没有值，没有画。", "{n} more rows have no value and are not drawn.")
_SMALL = Text("浅色：分母不足 {least}，不宜评说。", "Faint: n below {least}, too small to judge by.")
_WIDE, _HIGH = 0.25, 0.08
"""The room that a name of two lines takes, as parts of the axes."""
_FEW_DECADES = 100
_ONLY = Text(
    "界限只说明偶然的波动，不说明原因；各行业务不同，可先按级别、机关类别分开画。",
    "The limits tell chance, not causes; bodies do different work: draw levels and kinds apart.",
)


def funnel(
    ratios: pd.DataFrame, what: str = "disclosed", *, most: int = 8, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """A funnel plot: each row of `govstats.indicators(panel)`, its value over its n, and limits of 95 and 99.8 %.

    The limits stand around the ratio of all rows together (sums before ratios; normal approximation, for shares that of
    the binomial, for rates of the Poisson distribution). Named are the `most` rows farthest outside the outer limits
    whose names have room, but never those whose n is too small to rank by. Rows without a value are counted below.
    Raises UsageError for a frame of another kind, an unknown indicator, one without any value, without matplotlib, or
    without a Chinese font.
    """
    indicator = indicator_of(ratios, what)
    rows = ratios[ratios["indicator"].astype(str).eq(what)]
    known = rows[rows["value"].notna() & rows["n"].gt(0)]
    if known.empty:
        raise UsageError(
            Text(f"没有“{what}”的值可画。", f"There is no value of “{what}” to draw."),
            Text("`reason` 一列说明为什么没有值。", "The column `reason` says why."),
        )
    with drawing(ax, (8, 4.6), lang) as on:
        _draw_limits(on, indicator, known)
        _draw_rows(on, indicator, known, most)
        on.set_title(str(indicator.name))
        notes = [_ONLY]
        if known["small"].any():
            notes.append(_SMALL.format(least=indicator.least))
        if len(rows) > len(known):
            notes.append(_UNKNOWN.format(n=len(rows) - len(known)))
        below = Text(*(" + ".join(getattr(term.series, of) for term in indicator.below) for of in ("zh", "en")))
        annotate(on, str(_N.format(name=below)), notes)
    return on


def together(indicator: Indicator, known: pd.DataFrame) -> float:
    """The ratio of all rows together, per one."""
    return float(known["numerator"].sum() / known["n"].sum())


def limits(
    indicator: Indicator, ratio: float, n: NDArray[np.float64], errors: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The values between which chance keeps a ratio (per one) of denominator n, `errors` standard errors wide."""
    is_share = indicator.kind == "share"
    spread = errors * np.sqrt(ratio * (1 - ratio if is_share else 1) / n)
    low, high = np.maximum(ratio - spread, 0), ratio + spread
    return low * indicator.per, (np.minimum(high, 1) if is_share else high) * indicator.per


def indicator_of(ratios: pd.DataFrame, what: str, also: Collection[str] = ()) -> Indicator:
    """The indicator of this key. Raises UsageError for it, or for a frame that `govstats.indicators` did not make."""
    if missing := sorted({*_NEEDED, *also} - set(ratios.columns)):
        raise UsageError(
            Text(f"这个表没有 {'、'.join(missing)}。", f"This frame has no {', '.join(missing)}."),
            Text("请给 `govstats.indicators(panel)` 的结果。", "Give what `govstats.indicators(panel)` returns."),
        )
    found = next((each for each in indicators().indicators if each.key == what), None)
    if found is None:
        raise UsageError(
            Text(f"没有“{what}”这个指标。", f"There is no indicator “{what}”."),
            Text("全部指标见 docs/indicators.md。", "All are listed in docs/indicators.md."),
        )
    return found


def _draw_limits(ax: Axes, indicator: Indicator, known: pd.DataFrame) -> None:
    from matplotlib.ticker import LogLocator, NullFormatter, StrMethodFormatter

    ratio, n = together(indicator, known), known["n"].astype("float64")
    grid = np.geomspace(max(1.0, n.min() / 1.5), n.max() * 1.5, 200)
    label = str(_TOGETHER.format(value=ratio * indicator.per))
    ax.axhline(ratio * indicator.per, color=FAINT, linewidth=2.5, alpha=0.6, label=label)
    for (share, errors), style in zip(LIMITS.items(), ("--", "-"), strict=True):
        for number, edge in enumerate(limits(indicator, ratio, grid, errors)):
            named = None if number else str(_WITHIN.format(share=100 * share))
            ax.plot(grid, edge, color=FAINT, linestyle=style, linewidth=1, label=named)
    ax.set_xscale("log")
    ax.set_xlim(grid[0], grid[-1])
    ax.xaxis.set_major_locator(
        LogLocator(subs=(1.0, 2.0, 5.0) if grid[-1] < _FEW_DECADES * grid[0] else (1.0,), numticks=8)
    )
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.xaxis.set_minor_formatter(NullFormatter())


def _draw_rows(ax: Axes, indicator: Indicator, known: pd.DataFrame, most: int) -> None:
    out = outside(indicator, known)
    is_far = out.gt(0) & ~known["small"]
    for chosen, colour, alpha in (
        (known["small"], COLOURS[0], 0.25),
        (~known["small"] & ~is_far, COLOURS[0], 0.8),
        (is_far, ACCENT, 1.0),
    ):
        drawn = known[chosen].astype({"n": "float64", "value": "float64"})
        ax.scatter(drawn["n"], drawn["value"], color=colour, alpha=alpha, s=24, zorder=3)
    farthest = known.loc[out[is_far].sort_values(ascending=False, kind="stable").index]
    for _, row in _with_room(ax, farthest, most).iterrows():
        ax.annotate(
            wrapped(called(row), 12),
            (float(row["n"]), float(row["value"])),
            xytext=(5, 3),
            textcoords="offset points",
            fontsize=8,
            annotation_clip=True,
        )
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)


def _with_room(ax: Axes, rows: pd.DataFrame, most: int) -> pd.DataFrame:
    """The first rows whose names, right of their points, do not lie on those of earlier ones."""
    ax.get_ylim()  # only then are the limits those of what was drawn
    to_axes = ax.transData + ax.transAxes.inverted()
    places = to_axes.transform(rows[["n", "value"]].to_numpy("float64"))
    named: list[int] = []
    for at, (x, y) in enumerate(places):
        if len(named) < most and all(abs(x - places[o, 0]) > _WIDE or abs(y - places[o, 1]) > _HIGH for o in named):
            named.append(at)
    return rows.iloc[named]


def outside(indicator: Indicator, known: pd.DataFrame) -> pd.Series[float]:
    """How far each row is outside the outer limits, in the unit of the value; 0 within them."""
    low, high = limits(indicator, together(indicator, known), known["n"].to_numpy("float64"), max(LIMITS.values()))
    value = known["value"].to_numpy("float64")
    return pd.Series(np.maximum(np.maximum(low - value, value - high), 0), index=known.index)


def called(row: pd.Series[Any]) -> str:
    """How a row is named: whose and when, or what it is grouped by."""
    return " ".join(str(row[key]) for key in _KEYS if key in row.index and pd.notna(row[key]) and _is_needed(row, key))


def _is_needed(row: pd.Series[Any], key: str) -> bool:
    """Of a report: whose and when; of a group: all that it is grouped by."""
    return key in ("agency", "year") or "agency" not in row.index
