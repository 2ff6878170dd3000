"""不予公开的理由: how often which one, the most frequent first; of one report, or of many together."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from govstats.catalog.formats import get_table_form, known_formats
from govstats.errors import UsageError
from govstats.lang import Text, joined
from govstats.model.report import Report
from govstats.model.wording import figure_text
from govstats.plots.drawing import COLOURS, UNIT, UNKNOWN, annotate, drawing, name_of, plain_bars, wrapped
from govstats.plots.given import given, long, settled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_TITLE = Text("{group}：各是什么理由", "{group}: reasons")
_OF_REPORTS = Text("（{n} 份报告合计）", " ({n} reports together)")
_LACKING = Text("{value}（另有 {n} 份没有数字）", "{value} ({n} more without a figure)")
_CONTRADICTED = Text(
    "同一机关同一年的几份文件数字不同，没有计入：{who}。", "Documents that disagree are left out: {who}."
)
_WIDTH = 20
_SHOWN = 3


class Reason(NamedTuple):
    """A reason's name, its count in all (None: no figure anywhere), and how many reports have no figure for it."""

    name: str
    value: float | None
    lacking: int = 0


def reasons(data: Any, *, under: str = "3.3", ax: Axes | None = None, lang: str | None = None) -> Axes:
    """Horizontal bars of the rows below `under` (default 3.3 不予公开; also 3.4, 3.5, 3.6), in 件, sorted.

    `data`: a Report or its `applications` frame; or many: Reports, an Audit, a panel (`govstats.panel`). Of many, the
    total column is added up; reports without a figure are told beside the bar, documents of one agency and year count
    once, and not at all if they disagree. Raises UsageError where there is nothing to draw, without matplotlib, or
    without a Chinese font.
    """
    with drawing(ax, (8, 4.2), lang) as on:
        found, title, notes = _one(data, under) if _is_one(data) else _many(data, under)
        if not found:
            raise UsageError(
                Text(f"没有 {under} 之下的行。", f"There are no rows below {under}."),
                Text(
                    "给 3.3、3.4、3.5 或 3.6，以及有申请表的报告。",
                    "Give 3.3, 3.4, 3.5 or 3.6, and reports with that table.",
                ),
            )
        _draw(on, sorted(found, key=lambda each: (each.value is None, -(each.value or 0))))
        on.set_title(title)
        annotate(on, str(UNIT), notes)
    return on


def _is_one(data: Any) -> bool:
    return isinstance(data, Report) or (
        isinstance(data, pd.DataFrame) and "govstats" in data.attrs and "value" not in data
    )


def _one(data: Report | pd.DataFrame, under: str) -> tuple[list[Reason], str, list[Text]]:
    found = given(data, "applications")
    rows = [row for row in found.form.data_rows if row.code.startswith(f"{under}.")]
    made = [Reason(name_of(row.label), found.value(row.code, "total")) for row in rows]
    return made, found.titled(_title(found.form.rows.get(under))), []


def _many(data: Any, under: str) -> tuple[list[Reason], str, list[Text]]:
    frame, contradicted = settled(long(data, f"applications/{under}.*/total"))
    made = {}
    names = [_name(form, code) for form, code in zip(frame["format"], frame["what"], strict=True)]
    for name, values in frame["value"].groupby(names, sort=False):
        known = values.dropna()
        made[name] = Reason(str(name), float(known.sum()) if len(known) else None, len(values) - len(known))
    row = next(
        (
            form.tables["applications"].rows.get(under)
            for form in known_formats().values()
            if "applications" in form.tables
        ),
        None,
    )
    reports = frame.groupby("what", sort=False)["value"].size().max() if len(frame) else 0
    who = joined([*contradicted[:_SHOWN], *(["…"] if len(contradicted) > _SHOWN else [])])
    notes = [_CONTRADICTED.format(who=who)] if contradicted else []
    return list(made.values()), f"{_title(row)}{_OF_REPORTS.format(n=reports)}", notes


def _name(form: str | None, code: str) -> str:
    rows = get_table_form(form or next(iter(known_formats())), "applications").rows
    return name_of(rows[code].label) if code in rows else code


def _title(row: Any) -> Text:
    return _TITLE.format(group=name_of(row.label) if row else "")


def _draw(ax: Axes, found: list[Reason]) -> None:
    longest = max((each.value or 0 for each in found), default=0) or 1
    for at, each in enumerate(found):
        if each.value is not None:
            ax.barh(at, each.value, color=COLOURS[0], height=0.65)
        told = str(UNKNOWN) if each.value is None else figure_text(each.value)
        if each.lacking and each.value is not None:
            told = str(_LACKING.format(value=told, n=each.lacking))
        ax.text((each.value or 0) + longest * 0.01, at, told, va="center")
    ax.set_xlim(0, longest * 1.25)
    plain_bars(ax, [wrapped(each.name, _WIDTH) for each in found])
