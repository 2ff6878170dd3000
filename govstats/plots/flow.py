"""收办流程: what was carried over and came in, what became of it, what is carried on; a step starts where one ends."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from govstats.lang import Text
from govstats.model.report import Report
from govstats.model.wording import figure_text
from govstats.plots.drawing import ACCENT, COLOURS, FAINT, UNIT, UNKNOWN, annotate, drawing, name_of, plain_bars
from govstats.plots.given import Given, given
from govstats.plots.outcomes import groups_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TITLE = Text("申请从哪里来，到哪里去", "Requests: where from, where to")
_NAMES = {
    "2": Text("上年结转", "Carried over"),
    "1": Text("本年新收", "Received this year"),
    "4": Text("结转下年", "Carried into next year"),
}
_TO_HANDLE = Text("应办理", "To be handled")
_OF_TOTAL = Text("{n}（{share:.0%}）", "{n} ({share:.0%})")
_UNKNOWN = Text(
    "有的格没有数字：各条的位置只供参考，收支无法核对。", "A cell holds no figure: positions are tentative."
)
_UNBALANCED = Text(
    "收支不平：应办理 {all} 件，各项结果与结转下年合计 {gone} 件，相差 {off} 件。",
    "Not balanced: {all} to be handled, outcomes and what is carried on make {gone}; {off} apart.",
)
_TOTAL = Text(
    "表上的“总计”印作 {printed}，各项结果合计 {summed}。", "The total is printed as {printed}; outcomes make {summed}."
)


class Step(NamedTuple):
    """A bar: from where to where; `value` None where no figure is known, and nothing is drawn."""

    name: str
    value: float | None
    start: float
    end: float
    colour: str


def flow(
    data: Report | pd.DataFrame, *, column: str = "total", ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """新收 + 上年结转 → 办理结果 → 结转下年 (件), of a Report or its `applications` frame, in one column of the form.

    If the figures balance, the last step ends at 0; if not, a note says by how much, and one says where the printed
    total is not the sum. A step without a figure has no bar. Raises UsageError for another table or an unknown column,
    without matplotlib, or without a Chinese font.
    """
    found = given(data, "applications")
    found.form.position("1", column)
    with drawing(ax, (8, 4.6), lang) as on:
        steps = _steps(found, column)
        _draw(on, steps)
        of_whom = "" if column == "total" else f"（{found.form.columns[column].label}）"
        on.set_title(found.titled(f"{_TITLE}{of_whom}"))
        annotate(on, str(UNIT), _notes(found, column, steps))
    return on


def _steps(found: Given, column: str) -> list[Step]:
    carried, new = found.value("2", column), found.value("1", column)
    whole = (carried or 0) + (new or 0)
    steps = [
        Step(str(_NAMES["2"]), carried, 0, carried or 0, FAINT),
        Step(str(_NAMES["1"]), new, carried or 0, whole, "#5A5A5A"),
        Step(str(_TO_HANDLE), None if carried is None or new is None else whole, 0, whole, "#737373"),
    ]
    left = whole
    for number, (code, rows) in enumerate(groups_of(found.form).items()):
        value = found.total(rows, column)
        name = name_of(found.form.rows[code].label)
        steps.append(Step(name, value, left, left - (value or 0), COLOURS[number % len(COLOURS)]))
        left -= value or 0
    on = found.value("4", column)
    return [*steps, Step(str(_NAMES["4"]), on, left, left - (on or 0), COLOURS[6])]


def _draw(ax: Axes, steps: list[Step]) -> None:
    whole = max((max(step.start, step.end) for step in steps), default=0) or 1
    for at, step in enumerate(steps):
        if step.value is not None:
            low, width = min(step.start, step.end), abs(step.end - step.start)
            ax.barh(at, width, left=low, color=step.colour, edgecolor=FAINT, linewidth=0.4, height=0.62)
        told = _label(step, steps[2].value, share=at > 2)
        ax.text(max(step.start, step.end) + whole * 0.012, at, told, va="center", ha="left")
        if at + 1 < len(steps):
            ax.plot([step.end, step.end], [at + 0.31, at + 0.69], color=FAINT, linewidth=0.8)
    if steps[-1].end != 0 and all(step.value is not None for step in steps):
        ax.axvline(steps[-1].end, color=ACCENT, linewidth=1, linestyle="--")
    lowest = min(step.end for step in steps)
    ax.axvline(0, color=FAINT, linewidth=0.8)
    ax.set_xlim(min(lowest * 1.05, 0), whole * 1.18)
    plain_bars(ax, [step.name for step in steps])


def _label(step: Step, whole: float | None, *, share: bool) -> str:
    if step.value is None:
        return str(UNKNOWN)
    if not share or not whole or not step.value:
        return figure_text(step.value)
    return str(_OF_TOTAL.format(n=figure_text(step.value), share=step.value / whole))


def _notes(found: Given, column: str, steps: list[Step]) -> list[Text]:
    notes = []
    known = all(step.value is not None for step in steps)
    summed = [step.value for step in steps[3:-1]]
    total = found.value("3.7", column)
    if not known:
        notes.append(_UNKNOWN)
    elif steps[-1].end != 0:
        whole = steps[2].end
        gone, off = whole - steps[-1].end, abs(steps[-1].end)
        notes.append(_UNBALANCED.format(all=figure_text(whole), gone=figure_text(gone), off=figure_text(off)))
    if total is not None and None not in summed:
        outcomes = sum(value for value in summed if value is not None)
        if outcomes != total:
            notes.append(_TOTAL.format(printed=figure_text(total), summed=figure_text(outcomes)))
    return notes
