"""One figure over the years, a line for each agency. A year without a figure is a gap, never a zero."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from govstats.catalog.series import harmonised
from govstats.errors import UsageError
from govstats.lang import Text, joined
from govstats.model.forms import CellKey
from govstats.plots.drawing import COLOURS, FAINT, drawing, name_of, unit_name, whole_numbers, wrapped
from govstats.plots.given import long, settled

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_UNIT = Text("{name}（{unit}）", "{name} ({unit})")
_GAPS = Text("断开处没有报告，或没有数字。", "Where a line breaks there is no report, or no figure.")
_CONTRADICTED = Text("几份文件数字不同，没有画：{who}。", "Documents disagree and are not drawn: {who}.")
_OTHERS = Text(
    "另有 {n} 个机关没有画（只画最大的 {most} 个）。", "{n} more agencies are not drawn (the {most} largest are)."
)
_NOBODY = Text("有 {n} 份报告不知道机关或年度，没有画。", "{n} reports of unknown agency or year are not drawn.")
_BREAK = Text("{year} 年起与以前不可比：{why}。", "From {year} on not comparable with before: {why}.")
_INK = tuple(colour for colour in COLOURS if colour not in {"#F0E442", "#BDBDBD"})
_MARKERS = "osD^vPX*"
_STYLES = ("-", "--", "-.", ":")
_SHOWN = 3
_LINE = 40


def trend(
    data: Any,
    what: str = "new",
    *,
    column: str = "total",
    most: int = 8,
    ax: Axes | None = None,
    lang: str | None = None,
) -> Axes:
    """Lines over the years, one an agency: of a series (schemas/harmonised.yaml; 本年新收 if not given) or of one cell.

    `data`: Reports, an Audit, or of a panel the table that holds `what`: `series` for a series and its `column`,
    `panel` for a cell (`applications/4/total`). Every year from the first to the last is on the axis. A year without a
    report or figure breaks the line; so do documents that disagree. Of more than `most` agencies, the largest are drawn
    and a note counts the others. Raises UsageError for an unknown series or cell, if no figure is there, without
    matplotlib, or without a Chinese font.
    """
    frame, contradicted = settled(_one_column(long(data, what), what, column))
    named = frame[frame["agency"].notna() & frame["year"].notna()]
    lines = yearly(named)
    if not lines.size or not lines.notna().to_numpy().any():
        raise UsageError(
            Text(f"没有“{what}”的数字可画。", f"There is no figure of “{what}” to draw."),
            Text(
                "看看报告有没有机关和年度，是不是有这张表。",
                "See whether the reports name agency and year, and have this table.",
            ),
        )
    with drawing(ax, (8, 4.4), lang) as on:
        order = lines.max(axis=1).sort_values(ascending=False, kind="stable").index
        shown = lines.loc[order[:most]]
        _draw(on, shown)
        on.set_title(_called(what, frame))
        notes = [
            (_GAPS, shown.isna().to_numpy().any()),
            (_OTHERS.format(n=len(lines) - most, most=most), len(lines) > most),
        ]
        breaks = harmonised().breaks_of(what)
        for each in breaks:
            on.axvline(each.since - 0.5, color=FAINT, linestyle=":", linewidth=1)
        notes += [(_BREAK.format(year=each.since, why=each.why.text()), each.since in shown.columns) for each in breaks]
        notes.append((_NOBODY.format(n=len(frame) - len(named)), len(frame) > len(named)))
        who = joined([*contradicted[:_SHOWN], *(["…"] if len(contradicted) > _SHOWN else [])])
        notes.append((_CONTRADICTED.format(who=who), bool(contradicted)))
        told = "\n".join(wrapped(str(note), _LINE) for note, holds in notes if holds)
        on.set_xlabel(told, loc="left", linespacing=1.5)
    return on


def yearly(frame: pd.DataFrame) -> pd.DataFrame:
    """agency, year, value → agencies × every year from the first to the last, NaN where no figure is."""
    if frame.empty:
        return pd.DataFrame()
    years = range(int(frame["year"].min()), int(frame["year"].max()) + 1)
    values = frame.assign(year=frame["year"].astype(int), value=frame["value"].astype("float64"))
    return values.pivot(index="agency", columns="year", values="value").reindex(columns=years)


def _one_column(frame: pd.DataFrame, what: str, column: str) -> pd.DataFrame:
    return frame if "/" in what else frame[frame["column"].astype(str).eq(column)]


def _called(what: str, frame: pd.DataFrame) -> str:
    """What is drawn, with its unit."""
    if "/" not in what:
        series = next(each for each in harmonised().series if each.key == what)
        return str(_UNIT.format(name=Text(series.zh, series.en), unit=unit_name(series.unit)))
    from govstats.catalog.formats import get_table_form

    table, row, key = CellKey.parse(what)
    form = get_table_form(str(frame["format"].dropna().iloc[-1]), table)
    figure = form.figures[form.position(row, key)]
    name = f"{name_of(form.rows[row].label)} · {name_of(form.columns[key].label)}"
    return str(_UNIT.format(name=name, unit=unit_name(figure.unit)))


def _draw(ax: Axes, lines: pd.DataFrame) -> None:
    for number, (agency, values) in enumerate(lines.iterrows()):
        ax.plot(
            list(lines.columns),
            values.to_list(),
            label=wrapped(str(agency), 14),
            color=_INK[number % len(_INK)],
            marker=_MARKERS[number % len(_MARKERS)],
            linestyle=_STYLES[number // len(_INK) % len(_STYLES)],
            markersize=5,
            clip_on=False,
        )
    years = [int(str(year)) for year in lines.columns]
    ax.set_xticks(years, [str(year) for year in years])
    ax.set_xlim(years[0] - 0.3, years[-1] + 0.3)
    ax.set_ylim(bottom=min(0, float(lines.min().min())))
    whole_numbers(ax.yaxis)
    ax.grid(axis="y", color=FAINT, alpha=0.3, linewidth=0.6)
    ax.legend(loc="upper left", bbox_to_anchor=(1.01, 1), frameon=False)
