"""Names and sums in words: what messages call tables, rows, columns, cells, and the two sides of a relation."""

from __future__ import annotations

import re
from collections.abc import Iterable

import numpy as np

from govstats.lang import Text, language
from govstats.model.finding import Evidence, number
from govstats.model.forms import TableForm
from govstats.model.outcomes import sides
from govstats.model.table import Table
from govstats.text.figures import State
from govstats.text.labels import label

TO_DO, TO_DO_HEAD = Text("怎么改", "What to do"), Text("怎么改：", "What to do: ")
BASIS = Text("依据", "Basis")
NOT_READ, NOT_READ_HEAD = Text("没有读成", "not read"), Text("没有读成：", "Not read: ")
FILE_NOT_READ = Text("{path}：没有读成：{reason}", "{path}: not read: {reason}")
NOTHING = Text("", "")
_SHOWN = 6


def parted(told: Iterable[Text]) -> Text:
    """甲；乙；丙；等 12 项: each may hold commas of its own."""
    every = list(told)
    shown, more = every[:_SHOWN], len(every) - _SHOWN
    return Text(
        "；".join(each.zh for each in shown) + (f"；等 {len(every)} 项" if more > 0 else ""),
        "; ".join(each.en for each in shown) + (f"; and {more} more" if more > 0 else ""),
    )


_SHOWN = 6


def table_name(table: Table) -> Text:
    """主动公开政府信息情况."""
    return Text(f"“{table.form.title.zh}”表", f"“{table.form.title.en}”")


def row_name(form: TableForm, code: str) -> Text:
    """“(七)总计”: the official label, without its asides."""
    row = form.rows[code]
    inner = short(row.label.zh).replace("“", "‘").replace("”", "’")
    return Text(f"“{inner}”", f"“{row.label.en}”")


def column_name(form: TableForm, key: str) -> Text:
    """“自然人”."""
    column = form.columns[key]
    return Text(f"“{column.label.zh}”", f"“{column.label.en}”")


def cell_name(form: TableForm, position: int) -> Text:
    """“(七)总计”行“自然人”列."""
    _, code, key = form.cells[position]
    row, column = row_name(form, code), column_name(form, key)
    return Text(f"{row.zh}行{column.zh}列", f"{row.en} / {column.en}")


def short(official: str) -> str:
    """An official label up to its first aside or clause."""
    head = official if official.endswith(")") and official.count("(") == 1 else official.split("(区分")[0]
    return head.split("、行政机关")[0]


def figure_text(value: float | None) -> str:
    """1234.5 → `1234.5`, 78.0 → `78`, None → `？`."""
    whole = number(value)
    return "？" if whole is None else str(whole)


def listed(names: Iterable[Text]) -> Text:
    """甲、乙、丙 等 12 项."""
    all_names = list(names)
    shown, more = all_names[:_SHOWN], len(all_names) - _SHOWN
    return Text(
        "、".join(name.zh for name in shown) + (f" 等 {len(all_names)} 项" if more > 0 else ""),
        ", ".join(name.en for name in shown) + (f" and {more} more" if more > 0 else ""),
    )


def evidence_of(table: Table, relation: int) -> Evidence:
    """A relation of one table with both sides as printed (blanks count as 0)."""
    form = table.form
    stated = form.relations[relation]
    left, right = sides(form, table.values)
    return Evidence(
        stated.rule,
        stated.line,
        stated.text,
        float(left[relation]),
        float(right[relation]),
        tuple(form.cells[cell][1:] for cell in stated.left),
        tuple(form.cells[cell][1:] for cell in stated.right),
    )


def sum_text(table: Table, relation: int, left: bool) -> Text:
    """One side of a relation: `本年新收… 78 + 上年结转… 0`; of long sums only what is not 0."""
    stated = table.form.relations[relation]
    cells = stated.left if left else stated.right
    values = np.nan_to_num(table.values)
    shown = [cell for cell in cells if values[cell]] if len(cells) > 2 else list(cells)
    if not shown:
        return Text("各项都是 0", "all parts are 0")
    terms = [(_term(table.form, cell, stated.each), figure_text(float(values[cell]))) for cell in shown[:_SHOWN]]
    more = len(shown) - _SHOWN
    return Text(
        " + ".join(f"{name.zh} {value}" for name, value in terms) + (f" + 另 {more} 项" if more > 0 else ""),
        " + ".join(f"{name.en} {value}" for name, value in terms) + (f" + {more} more" if more > 0 else ""),
    )


def _term(form: TableForm, cell: int, each: str) -> Text:
    """What a term of a sum is called: the row, if the sum runs down a column, else the column."""
    _, code, key = form.cells[cell]
    if each == "row":
        return form.columns[key].label
    named = form.rows[code].label
    return Text(label(named.zh).words, named.en)


def line_name(form: TableForm, relation: int) -> Text:
    """“自然人”列, or “(一)予以公开”行: what the relation is stated for."""
    stated = form.relations[relation]
    if stated.each == "column":
        name = column_name(form, stated.line)
        return Text(f"{name.zh}列", f"column {name.en}")
    name = row_name(form, stated.line)
    return Text(f"{name.zh}行", f"row {name.en}")


def relation_text(form: TableForm, evidence: Evidence) -> Text:
    """自然人 + … + 其他 = 总计: a relation in the words of the form."""
    runs_down = evidence.line in form.columns
    sides = [
        [form.rows[row].label if runs_down else form.columns[key].label for row, key in cells]
        for cells in (evidence.left_cells, evidence.right_cells)
    ]
    return Text(
        " = ".join(_shortened([short(name.zh) for name in side]) for side in sides),
        " = ".join(_shortened([name.en for name in side]) for side in sides),
    )


def _shortened(names: list[str]) -> str:
    return " + ".join(names if len(names) <= 2 else [names[0], "…", names[-1]])


AFFECTED = Text("受别的报告影响", "affected by")
AFFECTED_HEAD = Text("受别的报告影响（不是本报告的问题）：", "Affected by another report (no fault of this one): ")
_NOT_PRINTED = Text("缺", "absent")


_BEFORE_MARK = re.compile(" (?=[，。；：、）])")
"""A blank that a line's end left before a mark."""


def row_label(table: Table, code: str, lang: str | None) -> str:
    """The label as printed (Chinese), or the form's English one."""
    row = table.form.rows[code]
    if language(lang) == "en":
        return row.label.en
    return _BEFORE_MARK.sub("", " ".join(table.labels.get(code, "").split())) or row.label.zh


def printed(table: Table, position: int, lang: str | None = None) -> str:
    """A cell as printed, on one line; what was not printed in words."""
    raw = table.raws[position]
    if raw is None:
        return f"（{_NOT_PRINTED.zh}）" if language(lang) == "zh" else f"({_NOT_PRINTED.en})"
    if table.states[position] == State.BLANK:
        return "（空）" if language(lang) == "zh" else "(blank)"
    return " ".join(raw.split())
