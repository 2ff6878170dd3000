"""办理结果 by applicant: a bar for each kind of applicant, parted into the groups of outcomes of the form."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from govstats.lang import Text
from govstats.model.forms import TableForm
from govstats.model.report import Report
from govstats.model.wording import figure_text
from govstats.plots.drawing import COLOURS, UNIT, annotate, contrast, drawing, name_of, plain_bars
from govstats.plots.given import Given, given

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TITLE = Text("办理结果，按申请人", "Outcomes by applicant")
_UNKNOWN = Text(
    "“？”：有的格没有数字，这一部分没有画，合计不明。", "“?”: a cell holds no figure; that part is not drawn."
)
_SHARE = Text("占办理结果的百分比；条末是件数", "per cent of the outcomes; the count stands at the end")
_HATCHES = ("", "", "///", "", "...", "")
_DIGIT = 0.014
"""The width of a digit, of the longest bar."""

Parts = dict[str, list[float | None]]
"""A part's name → its figure in each bar; None where none is known."""


def groups_of(form: TableForm) -> dict[str, list[str]]:
    """The groups of outcomes (3.1 … 3.6) → the rows that count them, without the total."""
    codes = [row.code for row in form.data_rows if row.code.startswith("3.") and row.code != "3.7"]
    found: dict[str, list[str]] = {}
    for code in codes:
        found.setdefault(".".join(code.split(".")[:2]), []).append(code)
    return found


def outcomes(
    data: Report | pd.DataFrame, *, ax: Axes | None = None, share: bool = False, lang: str | None = None
) -> Axes:
    """Stacked bars of the outcomes (件) of each kind of applicant, of a Report or its `applications` frame.

    `share`: per cent of each applicant's outcomes instead of counts. A group with a cell that holds no figure is not
    drawn, and the bar has a `？`. Raises UsageError for another table, without matplotlib, or without a Chinese font.
    """
    found = given(data, "applications")
    keys = [key for key in found.form.columns if key != "total"]
    with drawing(ax, (8.5, 3.4), lang) as on:
        parts = {
            name_of(found.form.rows[code].label): [found.total(rows, key) for key in keys]
            for code, rows in groups_of(found.form).items()
        }
        stacked(on, [name_of(found.form.columns[key].label) for key in keys], parts, share=share)
        _finish(on, found, _TITLE, parts, share=share)
    return on


def _finish(ax: Axes, found: Given, title: Text, parts: Parts, *, share: bool) -> None:
    ax.set_title(found.titled(title))
    unknown = any(value is None for part in parts.values() for value in part)
    annotate(ax, str(_SHARE if share else UNIT), [_UNKNOWN] if unknown else [])


def stacked(ax: Axes, names: Sequence[str], parts: Parts, *, share: bool = False) -> None:
    """Horizontal bars, the parts side by side; each bar's known sum at its end, with `？` where a part is unknown."""
    sums = [sum(part[at] or 0 for part in parts.values()) for at in range(len(names))]
    scale = [100 / each if share and each else 0.0 if share else 1.0 for each in sums]
    longest = max((total * by for total, by in zip(sums, scale, strict=True)), default=0) or 1
    starts = [0.0] * len(names)
    for number, (name, part) in enumerate(parts.items()):
        colour = COLOURS[number % len(COLOURS)]
        widths = [(value or 0) * by for value, by in zip(part, scale, strict=True)]
        hatch = _HATCHES[number % len(_HATCHES)]
        ax.barh(range(len(names)), widths, left=starts, label=name, color=colour, edgecolor="white", hatch=hatch)
        for at, width in enumerate(widths):
            if width > longest * _DIGIT * (len(figure_text(part[at])) + 0.3):
                ground = _ground(colour) if hatch else None
                text, ink = figure_text(part[at]), contrast(colour)
                ax.text(starts[at] + width / 2, at, text, va="center", ha="center", color=ink, fontsize=9, bbox=ground)
        starts = [start + width for start, width in zip(starts, widths, strict=True)]
    for at, (end, total) in enumerate(zip(starts, sums, strict=True)):
        unknown = "？" if any(part[at] is None for part in parts.values()) else ""
        ax.text(end + longest * 0.01, at, f"{figure_text(total)}{unknown}", va="center", ha="left")
    ax.set_xlim(0, longest * 1.1)
    plain_bars(ax, names)
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)


def _ground(colour: str) -> dict[str, object]:
    """A ground for a figure, so that a hatch does not run through it."""
    return {"boxstyle": "square,pad=0.15", "facecolor": colour, "edgecolor": "none"}
