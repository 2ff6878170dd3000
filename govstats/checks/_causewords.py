"""Causes in words: what seems to have happened, which figure should stand where, or which ones it may be."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from govstats.diagnosis import Cause, Edit, Repair
from govstats.diagnosis.lines import Line
from govstats.lang import Text
from govstats.model.forms import TableForm
from govstats.model.table import Table
from govstats.model.wording import cell_name, column_name, figure_text, listed, row_name
from govstats.text.keying import slip

_NAMED = 10
_SMALL = 1
_FEW_ROWS = 3
_SLIPS = {
    "swapped": Text("疑似两位数字颠倒", "two digits seem to be swapped"),
    "added": Text("疑似多打一位", "a digit seems to be added"),
    "left-out": Text("疑似少打一位", "a digit seems to be left out"),
    "replaced": Text("疑似打错一位", "a digit seems to be mistyped"),
}
NOTHING = Text("", "")


def repair_text(table: Table, cause: Cause) -> Text:
    """A 印作 x，应为 y（疑似两位数字颠倒）: the cells of a repair that is the only one."""
    told = [_change_text(table, cell, figure) for cell, figure in cause.expected.items()]
    return Text("；".join(each.zh for each in told), "; ".join(each.en for each in told))


def _change_text(table: Table, cell: int, figure: float) -> Text:
    name, actual, expected = cell_name(table.form, cell), float(table.values[cell]), figure_text(figure)
    if np.isnan(actual):
        return Text(f"{name.zh}应为 {expected}", f"{name.en} should be {expected}")
    slipped = _SLIPS.get(slip(actual, figure) or "", NOTHING)
    aside = Text(f"（{slipped.zh}）", f" ({slipped.en})") if slipped.zh else NOTHING
    return Text(
        f"{name.zh}印作 {figure_text(actual)}，应为 {expected}{aside.zh}",
        f"{name.en} is printed as {figure_text(actual)} and should be {expected}{aside.en}",
    )


def ties_text(table: Table, cause: Cause) -> Text:
    """可能是 A 应为 x，也可能是 B 应为 y（共 n 种）: equally good repairs, up to ten, and how many there are."""
    slips = cause.slips or (None,) * len(cause.ties)
    told = [_tie_text(table, tie, slip) for tie, slip in zip(cause.ties[:_NAMED], slips[:_NAMED], strict=True)]
    number, more = _number(cause), between_text(table, cause)
    return Text(
        f"可能是{'，也可能是'.join(each.zh for each in told)}（{number.zh}），单凭表内数字无法断定。{more.zh}",
        f" Perhaps {', or '.join(each.en for each in told)} ({number.en}); the table alone cannot tell.{more.en}",
    )


def between_text(table: Table, cause: Cause) -> Text:
    """Two lines that may have been exchanged in rows of which the table cannot tell which; or nothing."""
    if not cause.between:
        return NOTHING
    one, other = (line_text(table.form, line) for line in cause.between)
    return Text(
        f"{one.zh}与{other.zh}的差额一正一反，也可能两者在其中几处填反了（是哪几处，单凭表内数字看不出）。",
        f" {one.en} and {other.en} are off by as much, one up and one down: they may also be exchanged in some places; "
        "the table alone cannot tell in which.",
    )


def _number(cause: Cause) -> Text:
    """How many explanations assume as little; or that the search did not come to its end."""
    if cause.n_ties is None:
        return Text("没有找遍，还有别的可能", "not all were looked for, there are others")
    return Text(f"共 {cause.n_ties} 种", f"{cause.n_ties} ways in all")


def _tie_text(table: Table, repair: Repair, edit: Edit | None) -> Text:
    """A slip by its name; of other repairs each cell."""
    if edit is None or len(repair) <= _SMALL:
        return _repair_text(table, repair)
    if edit.kind == "carried":
        (cell,) = edit.lines[0]
        alone = _repair_text(table, ((cell, edit.changes[cell]),))
        return Text(f"{alone.zh}（连同照它算出的合计）", f"{alone.en} (with the totals worked out from it)")
    return _EDITS[edit.kind](table, edit)


def _repair_text(table: Table, repair: Repair) -> Text:
    return listed(
        Text(f"{name.zh}应为 {figure_text(figure)}", f"{name.en} should be {figure_text(figure)}")
        for cell, figure in repair
        for name in [cell_name(table.form, cell)]
    )


def edit_text(table: Table, cause: Cause) -> Text:
    """What seems to have happened to the figures, in one sentence."""
    told = _EDITS[cause.edit.kind](table, cause.edit) if cause.edit else NOTHING
    if cause.unique:
        return Text(f"{told.zh}。", f" {told.en}.")
    number = Text(f"共 {cause.n_ties} 种可能", f"one of {cause.n_ties} ways")
    if cause.n_ties is None:
        number = Text("还有别的可能", "there are other ways")
    more = between_text(table, cause)
    return Text(
        f"{told.zh}（{number.zh}，无法断定）。{more.zh}",
        f" {told.en} ({number.en}; the table alone cannot tell).{more.en}",
    )


def line_text(form: TableForm, line: Line) -> Text:
    """“(七)总计”行, “自然人”列, or a cell: what a line is called."""
    keys = [form.cells[cell] for cell in line]
    if len(keys) == 1:
        return cell_name(form, line[0])
    if len({key.row for key in keys}) == 1:
        name = row_name(form, keys[0].row)
        return Text(f"{name.zh}行", f"row {name.en}")
    name = column_name(form, keys[0].column)
    return Text(f"{name.zh}列", f"column {name.en}")


def _shifted(table: Table, edit: Edit) -> Text:
    first, last = (line_text(table.form, line) for line in (edit.lines if edit.forward else edit.lines[::-1]))
    way = {
        ("row", True): Text("各行数字似乎整体下移了一行", "rows seem to have moved down by one"),
        ("row", False): Text("各行数字似乎整体上移了一行", "rows seem to have moved up by one"),
        ("column", True): Text("各列数字似乎整体右移了一列", "columns seem to have moved right by one"),
        ("column", False): Text("各列数字似乎整体左移了一列", "columns seem to have moved left by one"),
        ("cell", True): Text("数字似乎依次右移了一格", "figures seem to have moved right by one"),
        ("cell", False): Text("数字似乎依次左移了一格", "figures seem to have moved left by one"),
    }[edit.axis, edit.forward]
    return Text(f"从{first.zh}起到{last.zh}，{way.zh}", f"From {first.en} to {last.en}, {way.en}")


def _swapped(table: Table, edit: Edit) -> Text:
    one, other = (line_text(table.form, line) for line in edit.lines)
    where = _in_rows(table.form, edit)
    return Text(
        f"{where.zh}{one.zh}与{other.zh}的数字似乎互换了", f"{where.en}{one.en} and {other.en} seem to be swapped"
    )


def _in_rows(form: TableForm, edit: Edit) -> Text:
    """Where two columns were exchanged in a few rows that are not neighbours: in which."""
    rows = [form.cells[cell].row for cell in edit.lines[0]]
    order = [row.code for row in form.data_rows]
    places = [order.index(row) for row in rows]
    apart = places != list(range(places[0], places[0] + len(places)))
    if edit.axis != "column" or not apart or len(rows) > _FEW_ROWS:
        return NOTHING
    names = listed(row_name(form, row) for row in rows)
    return Text(f"{names.zh}各行中，", f"In {names.en}: ")


def _split(table: Table, edit: Edit) -> Text:
    (cell,), (end,) = edit.lines
    name, figure = cell_name(table.form, cell), figure_text(edit.changes.get(cell))
    parts = [figure_text(float(table.values[each])) for each in (cell, end)]
    return Text(
        f"{name.zh}的 {figure} 似乎拆在了两格里（{parts[0]} 和 {parts[1]}）",
        f"{figure} of {name.en} seems to be split over two cells ({parts[0]} and {parts[1]})",
    )


def _factor(table: Table, edit: Edit) -> Text:
    name = line_text(table.form, edit.lines[0])
    times = figure_text(edit.factor if edit.factor > 1 else round(1 / edit.factor))
    zh, en = ("少写了 0，应乘以", "multiplied by") if edit.factor > 1 else ("多写了 0，应除以", "divided by")
    return Text(f"{name.zh}的数字似乎{zh} {times}", f"The figures of {name.en} should perhaps be {en} {times}")


def _rest_factor(table: Table, edit: Edit) -> Text:
    name = line_text(table.form, edit.lines[0])
    times = figure_text(edit.factor if edit.factor > 1 else round(1 / edit.factor))
    zh, en = ("少写了 0，应乘以", "multiplied by") if edit.factor > 1 else ("多写了 0，应除以", "divided by")
    return Text(f"除{name.zh}外，其余数字似乎{zh} {times}", f"All figures but {name.en} should perhaps be {en} {times}")


def _copied(table: Table, edit: Edit) -> Text:
    line, source = (line_text(table.form, each) for each in edit.lines)
    return Text(f"{line.zh}的数字似乎是从{source.zh}抄来的", f"{line.en} seems to be copied from {source.en}")


def _line(table: Table, edit: Edit) -> Text:
    axis, name = Text("一行", "one row"), line_text(table.form, edit.lines[0])
    if edit.axis == "column":
        axis = Text("一列", "one column")
    wrong = Text(f"整{axis.zh[1]}有误", "is wrong throughout")
    if not np.nan_to_num(table.values[list(edit.lines[0])]).any():
        wrong = Text(f"整{axis.zh[1]}没有填", "was not filled in")
    return Text(
        f"各处差额合起来正好是{axis.zh}，可能{name.zh}{wrong.zh}",
        f"The differences make up {axis.en}; perhaps {name.en} {wrong.en}",
    )


def _carried(table: Table, edit: Edit) -> Text:
    (cell,) = edit.lines[0]
    told = _change_text(table, cell, edit.changes[cell])
    return Text(f"{told.zh}，合计似乎都照错数算出", f"{told.en}; the totals seem to have been worked out with it")


_EDITS: dict[str, Callable[[Table, Edit], Text]] = {
    "shifted": _shifted,
    "swapped": _swapped,
    "split": _split,
    "factor": _factor,
    "rest-factor": _rest_factor,
    "copied": _copied,
    "line": _line,
    "carried": _carried,
}
