"""Findings by rule and agency, counted: where which rule is broken. The number stands in every field that has one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from govstats.catalog.rules import get_rule
from govstats.lang import Text
from govstats.model.audits import Audit
from govstats.plots.drawing import INK, annotate, drawing, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TITLE = Text("问题：规则 × 机关（个）", "Findings by rule and agency")
_NONE = Text("没有发现问题", "No findings")
_UNREAD = Text("另有 {n} 个文件没有读成，不在图中。", "{n} more documents could not be read and are not in it.")
_OTHERS = Text("其余 {n} 个机关", "{n} more agencies")
_NOT_SHADED = Text("“其余”一行是合计，不着色。", "The row of the others is a sum, and not shaded.")
_NOBODY = Text("机关未知", "agency unknown")
_DARK = 0.55
_FEW = 4


def findings_map(
    data: Audit | pd.DataFrame, *, most: int = 20, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """A heat map of an Audit (or its `to_frame()`): agencies down, rules across, findings counted; empty: none.

    The `most` agencies with the most findings have a row, all others one together. Documents that could not be read are
    told below, not passed over. Raises UsageError without matplotlib, or without a Chinese font.
    """
    frame = data.to_frame() if isinstance(data, Audit) else data
    found = frame[frame["rule"].notna()]
    with drawing(ax, _size(found, most), lang) as on:
        counts = counted(found)
        shown, others = counts.iloc[:most], counts.iloc[most:]
        notes = []
        if len(counts):
            _draw(on, shown, others)
        else:
            on.text(0.5, 0.5, str(_NONE), ha="center", va="center", transform=on.transAxes)
            on.set_axis_off()
        if len(others):
            notes.append(_NOT_SHADED)
        if unread := int(frame["rule"].isna().sum()):
            notes.append(_UNREAD.format(n=unread))
        on.set_title(str(_TITLE))
        annotate(on, "", notes)
    return on


def counted(found: pd.DataFrame) -> pd.DataFrame:
    """Findings, one a row → agencies (most findings first) × rules (by code), counted."""
    if found.empty:
        return pd.DataFrame()
    agencies = found["agency"].astype(object).where(found["agency"].notna(), str(_NOBODY))
    counts = pd.crosstab(agencies, found["rule"].astype(str))
    return counts.loc[counts.sum(axis=1).sort_values(ascending=False, kind="stable").index]


def _size(found: pd.DataFrame, most: int) -> tuple[float, float]:
    rules, agencies = found["rule"].nunique(), min(found["agency"].nunique(dropna=False), most + 1)
    return max(5.0, 2.8 + 0.8 * rules), max(2.2, 1.5 + 0.32 * agencies)


def _draw(ax: Axes, shown: pd.DataFrame, others: pd.DataFrame) -> None:
    values = shown.to_numpy(dtype=float)
    rows = [wrapped(str(agency), 16) for agency in shown.index]
    if len(others):
        values = np.vstack([values, np.zeros(values.shape[1])])
        rows.append(str(_OTHERS.format(n=len(others))))
    top = max(values.max(), _FEW)
    ax.pcolormesh(
        np.ma.masked_equal(values, 0), cmap="Blues", vmin=-0.25 * top, vmax=top, edgecolors="white", linewidth=1
    )
    counts = np.vstack([shown.to_numpy(), others.sum().to_numpy()]) if len(others) else shown.to_numpy()
    for (row, column), count in np.ndenumerate(counts):
        if count:
            dark, shaded = values[row, column] > _DARK * top, values[row, column] > 0
            ink: dict[str, Any] = {"color": "white" if dark else INK} if shaded else {}
            ax.text(column + 0.5, row + 0.5, str(count), ha="center", va="center", **ink)
    ax.set_yticks(np.arange(len(rows)) + 0.5, rows)
    names = [f"{code}\n{wrapped(str(get_rule(code).title.text()), 5)}" for code in shown.columns]
    ax.set_xticks(np.arange(len(names)) + 0.5, names, fontsize=9, linespacing=1.5)
    ax.tick_params(length=0)
    ax.invert_yaxis()
    for spine in ax.spines.values():
        spine.set_visible(False)
