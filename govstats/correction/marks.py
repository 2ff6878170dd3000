"""Audited → Marks: at which cells and sentences of its own document what is to be written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from govstats.catalog.rules import get_rule
from govstats.correction.changes import Certain, certain
from govstats.display.untrusted import clean
from govstats.lang import Text
from govstats.model.audits import Audited
from govstats.model.document import Place
from govstats.model.finding import Change, Finding
from govstats.model.forms import CellKey
from govstats.model.report import Report
from govstats.model.wording import cell_name, figure_text, printed

_CHANGED = Text("原为 {old}，改为 {new}。{why}", "printed {old}, changed to {new}. {why}")
_SHOULD_BE = Text("印作 {old}，应为 {new}，未改动。{why}", "printed {old}, should be {new}; not changed. {why}")
_ONE_OF = Text(
    "{gap}{n}处之一：这一格可能应为 {new}，未改动，请查台账。{why}",
    "{gap}one of {n} places: this cell may be {new}; not changed, see the register. {why}",
)
_GAP = Text("差 {gap}：", "off by {gap}: ")
_SEVERAL = Text("几", "several")
_DOUBT = Text("未改动，请核对。{why}", "Not changed, to be checked. {why}")
_WHY = Text("{message}（{rule} {title}）", "{message} ({rule} {title})")
_TOLD = ("error", "warning")


@dataclass(frozen=True, slots=True)
class Mark:
    """What is to be written at a cell, or at a sentence of the prose.

    `place` and `raw`: where the cell was printed, and what; `new`: the figure that takes its place, None for a comment
    only; `note`: the comment; `sentence`: the sentence that it is about, if it is no cell.
    """

    note: str
    key: CellKey | None = None
    place: Place | None = None
    raw: str = ""
    new: float | None = None
    sentence: str = ""
    cell: str = ""
    """What people call the cell: “(七)总计”行“自然人”列."""
    sheet: str = ""
    """The sheet of the report in a workbook that holds several."""


def marks(entry: Audited, comments_only: bool = False) -> list[Mark]:
    """The changes that are certain, comments on what is not, a mark for each cell; then those on sentences."""
    cells: dict[Place, Mark] = {}
    for mark in _of_cells(entry, comments_only):
        if mark.place is None:
            continue
        first = cells.get(mark.place)
        if first is None:
            cells[mark.place] = mark
        elif mark.note not in first.note:
            cells[mark.place] = replace(first, note=f"{first.note}\n{mark.note}")
    sheet = entry.report.sheet
    return [replace(mark, sheet=sheet) for mark in (*cells.values(), *_of_sentences(entry))]


def _of_cells(entry: Audited, comments_only: bool) -> Iterator[Mark]:
    sure = certain(entry)
    for key, each in sure.items():
        yield _certain(entry.report, key, each, comments_only)
    for finding in entry.findings:
        is_told = finding.severity in _TOLD and not finding.suppressed and not finding.sentence
        if is_told and finding.table in entry.report.tables:
            for change, note in _doubts(finding):
                key = CellKey(change.table, change.row, change.column)
                if key not in sure:
                    yield _at(entry.report, key, note)


def _certain(report: Report, key: CellKey, each: Certain, comments_only: bool) -> Mark:
    said = _SHOULD_BE if comments_only else _CHANGED
    table = report.tables[key.table]
    old = clean(printed(table, table.form.position(key.row, key.column)))
    note = said.format(old=old, new=figure_text(each.change.to), why=_why(each.finding))
    return replace(_at(report, key, note), new=None if comments_only else each.change.to)


def _at(report: Report, key: CellKey, note: Text) -> Mark:
    table = report.tables[key.table]
    source = table.source(key.row, key.column)
    name = str(cell_name(table.form, table.form.position(key.row, key.column)))
    place = None if source.recognised else source.place  # what is in a picture cannot be written at
    return Mark(clean(str(note)), key, place, source.raw or "", cell=name)


def _doubts(finding: Finding) -> Iterator[tuple[Change, Text]]:
    """The cells that a finding leaves in doubt, each with what is said of it: those of its ties; else the one it is
    about."""
    why = _why(finding)
    if finding.unique is False and finding.ties:
        gap = finding.evidence[0].right - finding.evidence[0].left if finding.evidence else 0
        told = str(_GAP.format(gap=figure_text(abs(gap)))) if gap else ""
        count = str(finding.n_ties or _SEVERAL)
        for change in dict.fromkeys(change for tie in finding.ties for change in tie):
            yield change, _ONE_OF.format(gap=told, n=count, new=figure_text(change.to), why=why)
        return
    if finding.unique:
        return
    accused = finding.accused or finding.cells[:1]
    for cell in accused:
        change = Change(finding.table or "", cell.row, cell.column, cell.actual, cell.expected or 0.0)
        yield change, _DOUBT.format(why=why)


def _of_sentences(entry: Audited) -> Iterator[Mark]:
    for finding in entry.findings:
        if finding.sentence and not finding.suppressed:
            text = "".join(piece for piece, _ in finding.sentence.pieces).strip("…")
            yield Mark(clean(str(_why(finding))), sentence=text)


def _why(finding: Finding) -> Text:
    rule = get_rule(finding.rule)
    return _WHY.format(message=finding.message, rule=finding.rule, title=Text(rule.title.zh, rule.title.en))
