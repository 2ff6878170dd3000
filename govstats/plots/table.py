"""Any table as bars: a bar for each figure; where each row has a total of its columns, a bar a row parted into them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from govstats.lang import Text, joined
from govstats.model.report import Report
from govstats.model.wording import figure_text
from govstats.plots.drawing import COLOURS, UNKNOWN, annotate, drawing, name_of, plain_bars, unit_name
from govstats.plots.given import Given, given
from govstats.plots.outcomes import stacked

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_UNKNOWN = Text("“？”：有的格没有数字，这一部分没有画。", "“?”: a cell holds no figure; that part is not drawn.")
_TOTAL = Text("“{row}”：总计印作 {printed}，与各部分之和不同。", "{row}: the printed total, {printed}, is not the sum.")
_LEFT_OUT = Text("金额的单位不同，没有画：{names}。", "Amounts have another unit and are not drawn: {names}.")


def figures(
    data: Report | pd.DataFrame, *, table: str | None = None, ax: Axes | None = None, lang: str | None = None
) -> Axes:
    """The counts of one table (件), of a Report (`table`: which, default its first) or a table's frame.

    A table whose rows add up to a total column has stacked bars without that column; any other a bar for each cell.
    Cells without a figure have no bar but say so; amounts of money are left out, and a note says so. Raises UsageError
    if the report has no such table, without matplotlib, or without a Chinese font.
    """
    found = given(data, table)
    total = _total(found)
    bars = len(found.form.data_rows) if total else len(_counts(found))
    with drawing(ax, (8, 1.6 + (0.44 if total else 0.32) * bars), lang) as on:
        notes = _parted(on, found, total) if total else _draw_rows(on, found)
        on.set_title(found.titled(found.form.title))
        annotate(on, str(joined(map(unit_name, _units(found)))), notes)
    return on


def _total(found: Given) -> str | None:
    """The column that is the sum of others in every row, if the form has one."""
    sums = [relation for relation in found.form.relations if relation.each == "row" and relation.is_sum]
    keys = {found.form.cells[relation.right[0]].column for relation in sums}
    return keys.pop() if len(keys) == 1 and len(sums) == len(found.form.data_rows) else None


def _parted(ax: Axes, found: Given, total: str) -> list[Text]:
    form = found.form
    codes = [row.code for row in form.data_rows]
    keys = [key for key in form.columns if key != total]
    parts = {name_of(form.columns[key].label): [found.value(code, key) for code in codes] for key in keys}
    stacked(ax, [name_of(form.rows[code].label) for code in codes], parts)
    notes = [_UNKNOWN] if any(value is None for part in parts.values() for value in part) else []
    for at, code in enumerate(codes):
        printed, sides = found.value(code, total), [part[at] for part in parts.values()]
        if printed is not None and None not in sides and printed != sum(side for side in sides if side is not None):
            notes.append(_TOTAL.format(row=name_of(form.rows[code].label), printed=figure_text(printed)))
    return notes


def _counts(found: Given) -> list[int]:
    return [at for at, figure in enumerate(found.form.figures) if figure.number != "amount"]


def _units(found: Given) -> list[str]:
    return list(dict.fromkeys(found.form.figures[at].unit for at in _counts(found)))


def _draw_rows(ax: Axes, found: Given) -> list[Text]:
    form = found.form
    shown = _counts(found)
    values = [found.value(*form.cells[at][1:]) for at in shown]
    longest = max((abs(value) for value in values if value is not None), default=0) or 1
    for line, value in enumerate(values):
        if value is not None:
            ax.barh(line, value, color=COLOURS[0], height=0.65)
        told = str(UNKNOWN) if value is None else figure_text(value)
        ax.text(max(value or 0, 0) + longest * 0.01, line, told, va="center")
    ax.set_xlim(min(0, *(value or 0 for value in values)) * 1.05, longest * 1.15)
    plain_bars(ax, [_name(found, at) for at in shown])
    amounts = [_name(found, at) for at in range(len(form.cells)) if at not in set(shown)]
    return [_LEFT_OUT.format(names=joined(amounts))] if amounts else []


def _name(found: Given, at: int) -> str:
    _, row, column = found.form.cells[at]
    names = [name_of(found.form.rows[row].label)]
    if len(found.form.columns) > 1:
        names.append(name_of(found.form.columns[column].label))
    return " · ".join(names)
