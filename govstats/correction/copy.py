"""Audited → Copy: the tables of one report as they would print with what is certain put right; the rest as printed."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from govstats.catalog.layout import LABEL, Box, Layout, layout
from govstats.catalog.rules import get_rule
from govstats.correction.changes import Certain, certain
from govstats.display.untrusted import clean
from govstats.lang import Text
from govstats.model.audits import Audited
from govstats.model.finding import Finding, number
from govstats.model.forms import CellKey, TableForm
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import cell_name, figure_text
from govstats.sources.own import file_of
from govstats.text.figures import State

UNKNOWN = "？"
"""Stands where the document has a figure that nobody can place or read. It is no figure, whoever reads it again."""

_TITLE = "政府信息公开工作年度报告"
_DRAFT = Text(
    "附表改正稿：改动的格有底色和批注，未改动的格照原文。请核对后使用，原文件没有改动。",
    "Corrected copy of the tables: changed cells are coloured and noted, all others as printed. To be checked.",
)
_CHANGED = Text("原为 {old}，改为 {new}：{why}", "printed {old}, changed to {new}: {why}")
_ABSENT = Text("原表没有这一格，请补。", "The source has no such cell.")
_LOST = Text("原文这一行的数字无法对位：{raw}", "The figures of this row could not be placed: {raw}")
_UNREADABLE = Text("原文这一格读不出数字：{raw}", "No figure could be read here: {raw}")
_REPEATED = Text("原文这一行出现两次，数字不同：{first}；{second}", "The source has this row twice: {first}; {second}")


@dataclass(frozen=True, slots=True)
class CopiedCell:
    """What a cell of the copy shows. `changed`: it is not as printed; `note` says why, or what could not be read."""

    text: str
    changed: bool = False
    note: str = ""

    @property
    def value(self) -> str | int | float:
        """The figure, if just these characters are one; else the text."""
        try:
            read = number(float(self.text))
        except ValueError:
            return self.text
        return read if read is not None and str(read) == self.text else self.text


@dataclass(frozen=True, slots=True)
class CopiedTable:
    """One table: its heading, its cells in the form's order, the notes on its changes, a line each, and the codes of
    the rows that the source does not have."""

    form: TableForm
    heading: str
    cells: tuple[CopiedCell, ...]
    notes: tuple[str, ...]
    absent: frozenset[str] = frozenset()

    @property
    def boxes(self) -> Layout:
        """The printed rows. One that the source lacks has no name: whoever reads the copy again must miss it too."""
        return tuple(self._unnamed(row) for row in layout(self.form))

    def _unnamed(self, row: tuple[Box, ...]) -> tuple[Box, ...]:
        figures = [box.cell for box in row if box.cell is not None]
        if not figures or not all(self.form.cells[cell].row in self.absent for cell in figures):
            return row
        names = [at for at, box in enumerate(row) if box.kind == LABEL and box.height == 1]
        return tuple(replace(box, text=UNKNOWN) if at in names[-1:] else box for at, box in enumerate(row))


@dataclass(frozen=True, slots=True)
class Copy:
    """A corrected copy: title, a line that says what it is, the tables. `changes` counts the cells put right; `source`
    is the name of the file that it is a copy of."""

    title: str
    remark: str
    tables: tuple[CopiedTable, ...] = field(default=())
    changes: int = 0
    source: str = ""


def corrected(entry: Audited) -> Copy:
    """The copy of a report: every table that was read, with all changes that are certain and no other."""
    changes = certain(entry)
    tables = tuple(_table(table, changes) for table in entry.report.tables.values())
    return Copy(_title(entry.report), str(_DRAFT), tables, len(changes), file_of(entry.path))


def left_over(entry: Audited) -> int:
    """How many errors of the source the copy does not put right."""
    repaired = {id(each.finding) for each in certain(entry).values()}
    return sum(finding.severity == "error" and id(finding) not in repaired for finding in entry.findings)


def _title(report: Report) -> str:
    year = f"{report.year}年" if report.year else ""
    return clean(f"{report.agency or ''}{year}{_TITLE}")


def _table(table: Table, changes: dict[CellKey, Certain]) -> CopiedTable:
    form = table.form
    cells = tuple(_cell(table, position, changes.get(key)) for position, key in enumerate(form.cells))
    noted = tuple(_notes(table, cells, changes))
    return CopiedTable(form, _heading(form), cells, noted, frozenset(table.absent_rows))


def _heading(form: TableForm) -> str:
    """`三、收到和处理…`, or `附表 政府信息公开情况统计表`."""
    return f"{form.section}{'、' if len(form.section) == 1 else ' '}{form.title.zh}"


def _cell(table: Table, position: int, change: Certain | None) -> CopiedCell:
    if change:
        return CopiedCell(figure_text(change.change.to), True, _changed(table, position, change))
    state = State(int(table.states[position]))
    raw = clean(table.raws[position] or "")
    if state is State.ABSENT:
        return CopiedCell(UNKNOWN, note=str(_ABSENT))
    if state is State.UNREADABLE:
        return _unreadable(table, position, raw)
    return CopiedCell(raw)


def _unreadable(table: Table, position: int, raw: str) -> CopiedCell:
    """As printed; but what would read as a figure, though it is none of this cell, is marked."""
    _, code, key = table.form.cells[position]
    repeat = next((each for each in table.repeats if each.row == code), None)
    if repeat:
        sides = {"first": " ".join(repeat.first), "second": " ".join(repeat.second)}
        return CopiedCell(f"{UNKNOWN}{raw}", note=clean(str(_REPEATED.format(**sides))))
    if code in table.lost:
        first = table.form.rows[code].columns[0] == key
        return CopiedCell(f"{UNKNOWN}{raw}" if first else UNKNOWN, note=clean(str(_LOST.format(raw=raw))))
    readable = table.form.figures[position].read(raw).state is not State.UNREADABLE
    return CopiedCell(f"{UNKNOWN}{raw}" if readable else raw, note=str(_UNREADABLE.format(raw=raw)))


def _changed(table: Table, position: int, change: Certain) -> str:
    why = f"{get_rule(change.finding.rule).title.text()}（{change.finding.rule}）"
    return str(_CHANGED.format(old=_printed(table, position), new=figure_text(change.change.to), why=why))


def _printed(table: Table, position: int) -> str:
    raw = clean(table.raws[position] or "")
    return f"“{raw}”" if raw and not raw.isdigit() else raw or Text("空白", "blank").of()


def _notes(table: Table, cells: tuple[CopiedCell, ...], changes: dict[CellKey, Certain]) -> list[str]:
    """A line for each changed cell, and after those of one finding its reason."""
    notes: list[str] = []
    told: Finding | None = None
    for position, key in enumerate(table.form.cells):
        if key not in changes:
            continue
        if told is not None and changes[key].finding is not told:
            notes.append(str(told.message))
        told = changes[key].finding
        notes.append(f"{cell_name(table.form, position)}：{cells[position].note}")
    return [clean(note) for note in (*notes, *([str(told.message)] if told else []))]
