"""Y601: what last year's report carries into the next year is what this year's says was carried over.

A failed equality of two reports accuses neither. One of them is, if its own relations fail and hold again with the
other's figures; and where 新收 and 上年结转 were exchanged, which no relation inside one report can see.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from govstats.catalog.rules import get_rule
from govstats.comparison.blame import is_sure, swapped, wrong_side
from govstats.comparison.pairs import Both, Pair
from govstats.comparison.reasons import Reason
from govstats.lang import Text
from govstats.model.finding import CellFinding, Change, Evidence, Finding
from govstats.model.forms import CellKey
from govstats.model.pictured import only_compared
from govstats.model.wording import NOTHING, column_name, figure_text, listed, parted, row_name


def carry_finding(both: Both, off: list[Pair], reason: Reason | None = None) -> Finding:
    """What does not follow; `reason`: why it may rightly be so. Figures that were recognised in a picture, and are not
    proved, only ask for a comparison with it."""
    finding = _carry_finding(both, off, reason)
    return only_compared(finding) if any(map(both.is_unproved, off)) else finding


def _carry_finding(both: Both, off: list[Pair], reason: Reason | None) -> Finding:
    if reason is None and (swap := swapped(both, off)):
        return _swap_finding(both, off, swap)
    side = None if reason else wrong_side(both, off)
    told = _ours(both, off) if side == "now" else _theirs(both) if side == "before" else NOTHING
    if reason:
        told = Text(f"{reason.text.zh}。", f" {reason.text.en}.")
    changes = tuple(Change(*pair.cell, pair.now, pair.before or 0.0) for pair in off) if side == "now" else ()
    found = replace(
        get_rule("Y601").finding(_fields(both, off, told), **_details(both, off)),
        cells=tuple(_cell(pair, side == "now") for pair in off),
        repair=changes,
        unique=True if changes else None,
    )
    return replace(found, severity=reason.severity) if reason else found


def what_differs(both: Both, off: Iterable[Pair]) -> Text:
    """上年结转与 2022 年报告的结转下年度不符（…）."""
    fields = _fields(both, list(off), NOTHING)
    return Text(
        f"{fields['row'].zh}与 {fields['year']} 年报告的{fields['old_row'].zh}不符（{fields['figures'].zh}）",
        f"{fields['row'].en} is not what the report for {fields['year']} says of {fields['old_row'].en} "
        f"({fields['figures'].en})",
    )


def _details(both: Both, off: Iterable[Pair]) -> dict[str, Any]:
    return {
        "table": both.table.form.name,
        "evidence": tuple(_evidence(both, pair) for pair in off),
        "other": both.before.path,
    }


def _evidence(both: Both, pair: Pair) -> Evidence:
    text = f"{both.now.year}:{pair.cell.row} = {both.before.year}:{pair.old.row}"
    at = ((pair.cell.row, pair.cell.column),)
    return Evidence("Y601", pair.cell.column, text, pair.now or 0.0, pair.before or 0.0, at, (), pair.gap)


def _cell(pair: Pair, accused: bool) -> CellFinding:
    return CellFinding(pair.cell.row, pair.cell.column, pair.now, pair.before if accused else None)


def _fields(both: Both, off: list[Pair], told: Text) -> dict[str, Any]:
    return {
        "year": both.before.year,
        "other": both.before.path,
        "name": _name(both),
        "row": row_name(both.table.form, off[0].cell.row),
        "old_row": row_name(both.old_table.form, off[0].old.row),
        "figures": parted(_figures(both, pair) for pair in off),
        "told": told,
    }


def _name(both: Both) -> Text:
    """Last year's name of the agency, where it was another."""
    old = both.before.agency
    if old == both.now.agency or not old:
        return NOTHING
    return Text(f"，当时名为“{old}”", f", then called “{old}”")


def _figures(both: Both, pair: Pair) -> Text:
    name = column_name(both.table.form, pair.cell.column)
    old, new = _held(pair.before), _held(pair.now)
    return Text(f"{name.zh}列上年 {old.zh}，本年 {new.zh}", f"{name.en} {old.en} last year, {new.en} this year")


def _held(figure: float | None) -> Text:
    return Text("空白", "blank") if figure is None else Text(*[figure_text(figure)] * 2)


def _ours(both: Both, pairs: list[Pair]) -> Text:
    names = listed(column_name(both.table.form, pair.cell.column) for pair in pairs)
    return Text(
        f"本年表内的勾稽关系也不成立，{names.zh}列按上年报告填写后成立，因此错在本年。",
        f" This year's own relations fail too and hold with last year's figures in {names.en}: this year's are wrong.",
    )


def _theirs(both: Both) -> Text:
    return Text(
        f"{both.before.year} 年的表内勾稽关系不成立，按本年的数填写后成立，因此错在 {both.before.year} 年的报告。",
        f" The relations of {both.before.year} fail and hold with this year's figures: "
        f"the report for {both.before.year} is wrong.",
    )


def _swap_finding(both: Both, off: list[Pair], new: list[CellKey]) -> Finding:
    form, sure = both.table.form, is_sure(off)
    changes: list[Change] = []
    for pair, cell in zip(off, new, strict=True):
        held = pair.before or 0.0
        changes += [Change(*cell, held, pair.now or 0.0), Change(*pair.cell, pair.now, held)]
    found = replace(
        get_rule("Y601").finding(_fields(both, off, NOTHING), **_details(both, off)),
        message=_swap_text(both, off, row_name(form, new[0].row), sure),
    )
    told_changes = tuple(changes)
    cells = tuple(CellFinding(each.row, each.column, each.from_, each.to if sure else None) for each in changes)
    if not sure:
        return replace(found, cells=cells, unique=False, ties=(told_changes,))
    return replace(found, cells=cells, repair=told_changes, unique=True)


def _swap_text(both: Both, off: list[Pair], new: Text, sure: bool) -> Text:
    fields = _fields(both, off, NOTHING)
    row, old = fields["row"], fields["old_row"]
    columns = listed(column_name(both.table.form, pair.cell.column) for pair in off)
    return Text(
        f"{new.zh}与{row.zh}两行似乎互换了（{columns.zh}列）：{new.zh}的数正好是 {both.before.year} 年报告"
        f"（{both.before.path}）{old.zh}的数，{row.zh}却不是（{fields['figures'].zh}）。"
        f"{'' if sure else '数字小，也可能是巧合。'}互换与否，表内勾稽关系都一样，单看本年的表查不出来。",
        f"{new.en} and {row.en} seem to be swapped ({columns.en}): {new.en} is just what the report for "
        f"{both.before.year} (“{both.before.path}”) says of {old.en}, and {row.en} is not ({fields['figures'].en})."
        f"{'' if sure else ' The figures are small; it may be chance.'} No relation inside one table can show this.",
    )


def carry_unverified(both: Both, open_: list[Pair]) -> Finding:
    """One side is blank or a mark, the other is not 0."""
    fields = _fields(both, open_, NOTHING)
    message = Text(
        f"{fields['row'].zh}没有与 {both.before.year} 年报告（{both.before.path}）的{fields['old_row'].zh}核对，"
        f"有一边没有数字：{fields['figures'].zh}。",
        f"{fields['row'].en} could not be verified against what the report for {both.before.year} "
        f"(“{both.before.path}”) says of {fields['old_row'].en}, for want of a figure: {fields['figures'].en}.",
    )
    found = get_rule("Y601").finding(fields, lesser=True, **_details(both, open_))
    return replace(found, message=message, cells=tuple(_cell(pair, pair.now is None) for pair in open_))
