"""The 勾稽关系 that the form states: each cause in a table is one finding, the failing relations its evidence."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from govstats.catalog.rules import get_rule
from govstats.checks._causewords import NOTHING, between_text, edit_text, repair_text, ties_text
from govstats.diagnosis import Cause, Repair
from govstats.diagnosis.examine import Examined
from govstats.lang import Text, joined
from govstats.model.finding import CellFinding, Change, Evidence, Finding
from govstats.model.forms import TableForm
from govstats.model.table import Table
from govstats.model.wording import (
    column_name,
    evidence_of,
    figure_text,
    line_name,
    listed,
    row_name,
    sum_text,
    table_name,
)
from govstats.text.figures import State

RULES = ("B201", "T301", "T302", "T303", "T304", "T305")


def check(examined: Examined) -> Iterator[Finding]:
    number = 0
    for name, table in examined.report.tables.items():
        causes = examined.causes[name]
        for cause in causes:
            yield _finding(table, cause, f"c{number + cause.number}")
        number += max((cause.number for cause in causes), default=0)


def _finding(table: Table, cause: Cause, name: str) -> Finding:
    rule = get_rule("T304" if cause.kind == "not-filled" else table.form.relations[cause.relations[0]].rule)
    settled = cause.unique or cause.kind == "not-filled"
    details: dict[str, Any] = {
        "table": table.form.name,
        "cells": tuple(_cells(table, cause)),
        "evidence": tuple(_evidence(table, cause)),
        "cause": name,
        "repair": tuple(_changes(table, tuple(cause.expected.items()))) if settled else (),
        "unique": cause.unique if cause.expected or cause.ties else None,
        "n_ties": cause.n_ties,
        "ties": tuple(tuple(_changes(table, tie)) for tie in cause.ties),
        "certain_cells": tuple(table.form.cells[cell][1:] for cell in cause.certain),
        "place": next((place for cell in cause.expected if (place := table.places[cell])), table.place),
    }
    if cause.kind == "not-filled":
        return rule.finding(_line_fields(table, cause), lesser=cause.blank, **details)
    found = _milder(rule.finding(_relation_fields(table, cause), **details), table, cause)
    if cause.unique and cause.edit is None:
        return replace(found, message=_repair_message(table, cause), hint=_repair_hint(cause))
    if cause.edit and cause.edit.kind != "line" and (cause.unique or len(cause.relations) > _SHORT):
        found = replace(found, message=_edit_message(table, cause))
    more = _INSTALL if cause.out_of_reach else _GIVEN_UP if cause.given_up else NOTHING
    return replace(found, hint=_joined(found.hint, more))


def _evidence(table: Table, cause: Cause) -> Iterator[Evidence]:
    """What fails; with the relations that blanks leave open, or that fail only as they cannot serve all."""
    for relation in cause.relations:
        yield evidence_of(table, relation)._replace(open=cause.blank)
    for relation in cause.besides:
        yield evidence_of(table, relation)._replace(open=True)


def _milder(found: Finding, table: Table, cause: Cause) -> Finding:
    """Where no source says that the parts make the total: a warning if they are more, info if they are less."""
    reasons = [table.form.relations[relation].remainder for relation in cause.relations]
    if not all(reasons):
        return found
    less = all(each.left < each.right for each in found.evidence)
    reason = next(filter(None, reasons))
    aside = Text(f"{reason.zh}。", f" Perhaps {reason.en}.") if less else NOTHING
    return replace(found, severity="info" if less else "warning", message=_joined(found.message, aside))


_SHORT = 3
"""Where more relations fail than so many, what seems to have happened says more than the sides of one of them."""
_INSTALL = Text("装好 scipy 后可以推算是哪几格。", " With scipy installed, more cells can be searched.")

_GIVEN_UP = Text(
    "错格较多，查到上限仍没有定论是哪几格。",
    " Many cells are wrong; which was not decided within the bound of the search.",
)


def _joined(one: Text, other: Text) -> Text:
    return Text(one.zh + other.zh, one.en + other.en)


def _repair_message(table: Table, cause: Cause) -> Text:
    """The conclusion alone, where there is only one; the sums that fail stand in the evidence."""
    name, told = table_name(table), repair_text(table, cause)
    lines = listed(dict.fromkeys(line_name(table.form, relation) for relation in cause.relations))
    n = len(cause.relations)
    if n == 1:
        return Text(
            f"{name.zh}：{told.zh}。改后{lines.zh}的勾稽关系成立；其他各数不能为负，改其中任何一个都不能使它成立。",
            f"{name.en}: {told.en}. Then the relation of {lines.en} holds; as no figure can be negative, no other one "
            "put differently would make it hold.",
        )
    off = {abs(each.left - each.right) for each in (evidence_of(table, relation) for relation in cause.relations)}
    size = figure_text(max(off))
    apart = Text(f"（都相差 {size}）", f" by {size}") if len(off) == 1 else NOTHING
    return Text(
        f"{name.zh}：{told.zh}。改后，{lines.zh}不成立的 {n} 条勾稽关系{apart.zh}都成立。",
        f"{name.en}: {told.en}. Then all {n} relations that fail{apart.en} hold ({lines.en}).",
    )


def _repair_hint(cause: Cause) -> Text:
    """What to do where only one repair is possible."""
    figures = joined(map(figure_text, cause.expected.values()))
    return Text(
        f"核对台账；若相符，把{'这一格' if len(cause.expected) == 1 else '这几格依次'}改为 {figures.zh}。",
        f"Check with the register; if it agrees, write {figures.en}.",
    )


def _edit_message(table: Table, cause: Cause) -> Text:
    name, told, n = table_name(table), edit_text(table, cause), len(cause.relations)
    return Text(f"{name.zh}：{told.zh}{n} 条勾稽关系因此不成立。", f"{name.en}:{told.en} {n} relations fail for it.")


def _line_fields(table: Table, cause: Cause) -> dict[str, Any]:
    """What the message of T304 says: which line, what it holds, what it should hold."""
    form, cells = table.form, list(cause.expected)
    row_wise = len({form.cells[cell].row for cell in cells}) == 1
    line = row_name(form, form.cells[cells[0]].row) if row_wise else column_name(form, form.cells[cells[0]].column)
    wanted = [cell for cell in cells if cause.expected[cell]]
    return {
        "table": table_name(table),
        "line": Text(
            f"{line.zh}整{'行' if row_wise else '列'}", f"the whole {'row' if row_wise else 'column'} {line.en}"
        ),
        "held": _held(table, cause),
        "n": len(cause.relations),
        "so": Text("无法判断", "cannot be verified") if cause.blank else Text("不成立", "fail"),
        "expected": listed(_wanted(form, cell, cause.expected[cell], row_wise) for cell in wanted),
        "rest": _rest(form, cause, row_wise),
    }


def _held(table: Table, cause: Cause) -> Text:
    """What stands in a line of totals that was not filled in."""
    zeros = {table.states[cell] == State.ZERO for cell in (*cause.expected, *cause.untold)}
    if len(zeros) > 1:
        return Text("空白或 0", "blank or 0")
    return Text(" 0", "0") if zeros == {True} else Text("空白", "blank")


def _rest(form: TableForm, cause: Cause, row_wise: bool) -> Text:
    """What the other cells of a line of totals hold; those of which blank parts leave nothing to tell, by name."""
    if len(cause.expected) == sum(figure > 0 for figure in cause.expected.values()) and not cause.untold:
        return NOTHING
    if not cause.untold:
        return Text("，其余为 0", "; 0 elsewhere")
    names = listed(
        column_name(form, form.cells[cell].column) if row_wise else row_name(form, form.cells[cell].row)
        for cell in cause.untold
    )
    return Text(
        f"；{names.zh}因各部分有空白，推算不出", f"; of {names.en} blanks among the parts leave nothing to tell"
    )


def _wanted(form: TableForm, cell: int, value: float, row_wise: bool) -> Text:
    _, code, key = form.cells[cell]
    name = column_name(form, key) if row_wise else row_name(form, code)
    return Text(f"{name.zh}{figure_text(value)}", f"{name.en} {figure_text(value)}")


def _relation_fields(table: Table, cause: Cause) -> dict[str, Any]:
    """What the message of a relation says: its line, both sides, the difference, and the cell if one is known."""
    relation = cause.relations[0]
    evidence = evidence_of(table, relation)
    return {
        "table": table_name(table),
        "line": line_name(table.form, relation),
        "left_sum": sum_text(table, relation, left=True),
        "right_sum": sum_text(table, relation, left=False),
        "left": figure_text(evidence.left),
        "right": figure_text(evidence.right),
        "difference": figure_text(abs(evidence.left - evidence.right)),
        "others": _others(table, cause),
        "located": _located(table, cause),
    }


def _located(table: Table, cause: Cause) -> Text:
    """A sentence on the cells that may be wrong; nothing if nobody can say."""
    if cause.edit:
        return edit_text(table, cause)
    return ties_text(table, cause) if cause.ties else between_text(table, cause)


def _others(table: Table, cause: Cause) -> Text:
    """A sentence on the other lines in which the same relation fails, or nothing."""
    if len(cause.relations) == 1:
        return NOTHING
    first, *others = (line_name(table.form, relation) for relation in cause.relations)
    lines = listed(name for name in dict.fromkeys(others) if name != first)
    if not lines.zh:
        return NOTHING
    return Text(f"{lines.zh}同样不符。", f" The same fails in {lines.en}.")


def _cells(table: Table, cause: Cause) -> Iterator[CellFinding]:
    """The cells with what they should hold, if that follows; without one repair, all, and what all repairs agree on."""
    relations = [table.form.relations[relation] for relation in cause.relations]
    involved = dict.fromkeys(cell for each in relations for cell in (*each.left, *each.right))
    settled = cause.unique or cause.kind == "not-filled"
    for cell in (*cause.expected, *cause.untold) if settled else involved | cause.expected:
        key = table.form.cells[cell]
        yield CellFinding(key.row, key.column, _actual(table, cell), cause.expected.get(cell))


def _changes(table: Table, repair: Repair) -> Iterator[Change]:
    for cell, expected in repair:
        actual = _actual(table, cell)
        if actual != expected and (expected or actual):
            yield Change(*table.form.cells[cell], actual, expected)


def _actual(table: Table, cell: int) -> float | None:
    readable = table.states[cell] in (State.NUMBER, State.ZERO)
    return float(table.values[cell]) if readable else None
