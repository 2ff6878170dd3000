"""Entries → Proposals: one a cell that a finding would change, one for a finding that can propose nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from govstats.catalog.formats import known_formats
from govstats.catalog.rules import get_rule
from govstats.correction.changes import is_recognised, proposed
from govstats.lang import Text, joined
from govstats.model.audits import Audited, Unread
from govstats.model.finding import SEVERITY_NAMES, Change, Evidence, Finding, number
from govstats.model.forms import CellKey, TableForm
from govstats.model.report import Report
from govstats.model.wording import NOT_READ, TO_DO, figure_text, printed, short

Value = str | int | float | None

ONLY = Text("唯一", "the only one")
ONE_OF = Text("几种可能之一（共 {n} 种）", "one of {n} possibilities")
ONE_OF_SOME = Text("几种可能之一", "one of several possibilities")
SURELY_WRONG = Text("{state}；每一种都要改这一格", "{state}; all of them change this cell")
DERIVED = Text("由等式推算，请核实", "derived from the relations, to be confirmed")
AS_IT_IS = Text("不用改", "right as it is")
COMPARE = Text("数字由图片识别，先与原图比对", "read from a picture: compare first")
UNDECIDED = Text("无法判断", "cannot be told")

COLUMNS = {
    "file": Text("文件", "File"),
    "agency": Text("机关", "Agency"),
    "year": Text("年度", "Year"),
    "table": Text("表", "Table"),
    "code": Text("行号", "Row code"),
    "row": Text("行", "Row"),
    "column": Text("列", "Column"),
    "printed": Text("印作", "Printed"),
    "proposed": Text("建议", "Proposed"),
    "certainty": Text("把握", "Certainty"),
    "reason": Text("理由", "Reason"),
    "others": Text("其他可能", "Other possibilities"),
    "sides": Text("等式两边", "Both sides"),
    "rule": Text("规则", "Rule"),
    "severity": Text("级别", "Severity"),
    "place": Text("位置", "Where"),
    "hint": TO_DO,
}
"""Keys of a Proposal's values, and their headers, in the order of the sheet."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """One line of the sheet: a value for each of COLUMNS. `decided`: the change is the only one possible."""

    values: dict[str, Value]
    decided: bool = False


def proposals(entry: Audited) -> Iterator[Proposal]:
    """The lines of one report, finding by finding."""
    report = entry.report
    who: dict[str, Value] = {"file": report.path, "agency": report.agency, "year": report.year}
    for finding in entry.findings:
        told = {**who, **_told(report, finding)}
        changes = proposed(finding)
        if not changes:
            yield Proposal({**told, **_named(report, finding), "certainty": UNDECIDED.of()})
        for change in changes:
            seen = is_recognised(entry, CellKey(change.table, change.row, change.column))
            decided = bool(finding.unique) and change.from_ != change.to and not seen
            values = {**told, **_cell(report, change), **_about(report, finding, change)}
            certainty = COMPARE if seen and change.from_ != change.to else _certainty(finding, change)
            yield Proposal({**values, "certainty": certainty.of()}, decided)


def unread(entry: Unread) -> Proposal:
    """The line of a document that could not be read."""
    return Proposal({"file": entry.path, "certainty": NOT_READ.of(), "reason": entry.error.text()})


def _told(report: Report, finding: Finding) -> dict[str, Value]:
    """What holds for all cells of a finding."""
    form = _form(report, finding.table)
    return {
        "table": _title(report, finding.table),
        "reason": str(finding.message),
        "others": _others(report, finding),
        "sides": _sides(form, finding.evidence) if form else "",
        "rule": f"{finding.rule} {get_rule(finding.rule).title.text()}",
        "severity": str(SEVERITY_NAMES[finding.severity]),
        "place": str(finding.place) if finding.place else "",
        "hint": str(finding.hint),
    }


def _title(report: Report, table: str | None) -> str:
    """The official title, also of a table that the report lacks."""
    forms = [each.tables[table] for each in known_formats().values() if table in each.tables]
    own = [form for form in forms if form.format == report.format]
    return (own or forms)[0].title.of() if forms else table or ""


def _form(report: Report, table: str | None) -> TableForm | None:
    found = report.tables.get(table or "")
    return found.form if found else None


def _named(report: Report, finding: Finding) -> dict[str, Value]:
    """The cell of a finding that is about one cell only, though nobody can say what it should hold."""
    if len(finding.cells) != 1 or not _form(report, finding.table):
        return {}
    (cell,) = finding.cells
    return {**_cell(report, Change(finding.table or "", cell.row, cell.column, cell.actual, 0.0)), "proposed": None}


def _cell(report: Report, change: Change) -> dict[str, Value]:
    table = report.tables[change.table]
    position = table.form.position(change.row, change.column)
    place = table.places[position]
    shown: Value = number(change.from_) if change.from_ is not None else printed(table, position)
    return {
        "code": change.row,
        "row": table.form.rows[change.row].label.of(),
        "column": table.form.columns[change.column].label.of(),
        "printed": shown,
        "proposed": number(change.to),
        **({"place": str(place)} if place else {}),
    }


def _certainty(finding: Finding, change: Change) -> Text:
    if change.from_ == change.to:
        return AS_IT_IS
    if finding.unique is None:
        return DERIVED
    if finding.unique:
        return ONLY
    state = ONE_OF.format(n=finding.n_ties) if finding.n_ties else ONE_OF_SOME
    return SURELY_WRONG.format(state=state) if (change.row, change.column) in finding.certain_cells else state


def _others(report: Report, finding: Finding) -> str:
    """The ties beside the one proposed: `本年新收/自然人 5→6、…；或 …`."""
    others = [tie for tie in finding.ties if tie != finding.repair]
    told = [joined(_change(report, change) for change in tie).of() for tie in others]
    more = (finding.n_ties or 0) - len(others) - 1
    left_out = [Text(f"另有 {more} 种", f"{more} more").of()] if told and more > 0 else []
    return Text("；或 ", "; or ").of().join([*told, *left_out])


def _change(report: Report, change: Change) -> str:
    form = report.tables[change.table].form
    row, column = form.rows[change.row].label, form.columns[change.column].label
    name = Text(f"{short(row.zh)}/{column.zh}", f"{row.en}/{column.en}")
    return f"{name} {figure_text(change.from_)}→{figure_text(change.to)}"


def _about(report: Report, finding: Finding, change: Change) -> dict[str, Value]:
    """The relations of a finding that hold this cell; all of them, if none does."""
    cell = change.row, change.column
    holding = [each for each in finding.evidence if cell in each.left_cells or cell in each.right_cells]
    form = report.tables[change.table].form
    return {"sides": _sides(form, tuple(holding))} if holding else {}


def _sides(form: TableForm, evidence: tuple[Evidence, ...]) -> str:
    return joined((_both_sides(form, each) for each in evidence), "；", "; ").of()


def _both_sides(form: TableForm, evidence: Evidence) -> str:
    """`T301 自然人：78 ≠ 0`."""
    line = evidence.line
    name = form.columns[line].label if line in form.columns else form.rows[line].label
    shown = Text(short(name.zh), name.en)
    return f"{evidence.rule} {shown}: {figure_text(evidence.left)} ≠ {figure_text(evidence.right)}"
