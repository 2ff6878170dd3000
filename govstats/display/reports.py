"""A report's tables in words: what was read and where, with everything that is not a plain figure marked."""

from __future__ import annotations

from rich.console import RenderableType
from rich.text import Text as Styled

from govstats.display.drawing import draw, figures
from govstats.display.look import Look
from govstats.display.untrusted import unbroken
from govstats.lang import Text
from govstats.model.claim import Claim
from govstats.model.forms import Column, Row
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import printed, row_label
from govstats.text.figures import State

_NOTHING = Text("没有认出附表。", "No appendix table was recognised.")
_CLAIMS = Text("正文数据", "Figures in the prose")
_MISSING = Text("（缺行）", "(row missing)")
_OTHER_FORM = Text(
    "这张表按 {other}，与报告的格式 {format} 不同", "this table follows {other}, unlike the report ({format})"
)
_NO_UNIT = Text("（单位不明）", " (unit unknown)")
_AND = Text("；", "; ")
_FIGURES = Text("数", "figures")
_KINDS = {
    "sum": Text("和", "sum"),
    "flow": Text("收支", "flow"),
    "part": Text("其中", "part"),
    "unread": Text("没有读出", "unread"),
    "percent": Text("百分比", "percent"),
    "growth": Text("增减幅度", "growth"),
    "difference": Text("增减", "difference"),
    "cell": Text("格", "cell"),
}
_WHOSE = Text("{what}：{why}", "{what}: {why}")
_WHAT = {"agency": Text("机关", "agency"), "year": Text("年度", "year")}


def report_text(report: Report, look: Look | None = None) -> str:
    """The report as text, no verdict."""
    look = look or Look()
    parts: list[object] = [
        Styled(unbroken(report.path), "bold"),
        unbroken(f"  {report.title.of(look.lang)} · {report.format or '—'}"),
        *_known_by(report, look.lang),
    ]
    if not report.tables:
        parts.append(f"  {_NOTHING.of(look.lang)}")
    for table in report.tables.values():
        form = table.form
        title = f"  {form.title.of(look.lang)} · {form.format}/{form.name} · {table.place.text.of(look.lang)}"
        parts += ["", Styled(title, "bold"), *_form(report, table, look.lang), _figures(table, look)]
    parts += _claims(report, look)
    return draw(look, *parts, "")


def _known_by(report: Report, lang: str | None) -> list[Styled]:
    """By what agency and year were known, or why they are not; where the agency sits."""
    told = [
        _WHOSE.format(what=what, why=report.reasons[name]) for name, what in _WHAT.items() if name in report.reasons
    ]
    if report.place:
        told.append(Text(f"所在地：{report.place.name}", f"place: {report.place.name}"))
    return [Styled(unbroken(f"  {_AND.of(lang).join(each.of(lang) for each in told)}"), "dim")] if told else []


def _form(report: Report, table: Table, lang: str | None) -> list[Styled]:
    """By what the form was known, and that it is not the report's, if so."""
    reason = report.reasons.get(table.form.name)
    told = [reason] if reason else []
    if table.form.format != report.format:
        told.insert(0, _OTHER_FORM.format(other=table.form.format, format=report.format))
    return [Styled(f"  {_AND.of(lang).join(each.of(lang) for each in told)}", "dim")] if told else []


def _claims(report: Report, look: Look) -> list[object]:
    """The claims of the prose, a line each: what is compared, and where."""
    if not report.stated:
        return []
    told = [
        f"    {_claim_text(claim, look.lang)} · {claim.place.text.of(look.lang) if claim.place else ''}"
        for claim in report.stated
    ]
    return ["", Styled(f"  {_CLAIMS.of(look.lang)}", "bold"), *told]


def _claim_text(claim: Claim, lang: str | None) -> str:
    """`和 24 : 5 + 10 + 9`, `百分比 86% : 43 / 50`, `格 81 : applications/1/total`: no verdict."""
    values, kind = claim.values, _KINDS.get(claim.kind, _FIGURES).of(lang)
    match claim.kind:
        case "sum" | "flow":
            return f"{kind} {values['total']} : {' + '.join(map(str, values['parts']))}"
        case "part":
            return f"{kind} {values['parts'][0]} ≤ {values['total']}"
        case "unread":
            return f"{kind} {values['figures']}"
        case "percent":
            return f"{kind} {values['percent']}% : {values['of'][0]} / {values['of'][1]}"
        case "growth" | "difference":
            named = f"{values['percent']}%" if claim.kind == "growth" else str(values["difference"])
            return f"{kind} {named} : {values['from']} → {values['to']}"
        case "cell":
            return f"{kind} {values['value']} : {', '.join(values['cells'])}"
    return f"{kind} {values['name']} : {' / '.join(map(str, values['figures']))}"


def _figures(table: Table, look: Look) -> RenderableType:
    """The table under the form's columns; cells that are no plain figures are marked."""
    headers = [
        _in_unit(column.label.of(look.lang), _fixed(column), look.lang) for column in table.form.columns.values()
    ]
    return figures(look, headers, (_row(table, row, look.lang) for row in table.form.data_rows))


def _fixed(column: Column) -> str | None:
    """The unit of a column of amounts, if the form says it."""
    return column.unit if column.number == "amount" and not column.units else None


def _in_unit(name: str, unit: str | None, lang: str | None) -> str:
    return name if unit is None or "单位" in name else f"{name}{Text(f'（{unit}）', f' ({unit})').of(lang)}"


def _row(table: Table, row: Row, lang: str | None) -> tuple[Styled, list[Styled]]:
    if row.code not in table.labels:
        return Styled(f"{row.label.of(lang)}{_MISSING.of(lang)}", "yellow"), []
    return Styled(_in_unit(row_label(table, row.code, lang), row.unit, lang)), [
        _cell(table, table.form.position(row.code, key), lang) if key in row.columns else Styled("")
        for key in table.form.columns
    ]


def _cell(table: Table, position: int, lang: str | None) -> Styled:
    text = printed(table, position, lang)
    if table.states[position] == State.NUMBER and table.unit(position) is None:
        return Styled(f"{text}{_NO_UNIT.of(lang)}", "yellow")
    if table.states[position] in (State.NUMBER, State.ZERO):
        return Styled(text)
    marked = f"?{text}" if table.states[position] == State.UNREADABLE else text
    return Styled(marked, "yellow")
