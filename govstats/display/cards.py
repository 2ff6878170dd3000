"""Entry → Card: what a page shows of one report, as plain values in one language; templates only draw it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from govstats.catalog.formats import get_format
from govstats.catalog.rules import get_rule
from govstats.display.crops import Crop, crops
from govstats.display.excerpt import excerpt
from govstats.display.marks import Mark, Marked, all_marks, marks
from govstats.display.verdict import found, verdict
from govstats.lang import Text, joined
from govstats.model.audits import Audited, Unfiled
from govstats.model.finding import SEVERITY_NAMES, Change, Evidence, Finding
from govstats.model.forms import TableForm
from govstats.model.keys import is_of_the_audit
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.model.wording import cell_name, figure_text, printed, relation_text, row_label
from govstats.text.figures import State

_LONGEST_BRIEF = 80
_MOST_CHANGES = 12
_MOST_TIES = 10
_MOST_SIDES = 4
_CHANGE = Text("{cell}：印作 {old}，应为 {new}", "{cell}: printed {old}, should be {new}")
_TIED = Text("{cell} {old} → {new}", "{cell} {old} → {new}")
_MORE_CELLS = Text("另有 {n} 格", "{n} more cells")
_MORE_SIDES = Text("等 {n} 处", "{n} in all")


@dataclass(frozen=True, slots=True)
class CellView:
    """A cell as printed. `mark` if a finding speaks of it; `odd` if it holds no figure; `void` if there is none."""

    text: str
    mark: Mark | None = None
    odd: bool = False
    void: bool = False


@dataclass(frozen=True, slots=True)
class TableView:
    """Headers of the columns, rows of (label, cells); a row without cells is a heading. `more` rows were left out."""

    title: str
    headers: tuple[str, ...]
    rows: tuple[tuple[str, tuple[CellView, ...]], ...]
    more: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of the prose in pieces, each with whether it is one of the figures in question; what is said of it."""

    pieces: tuple[tuple[str, bool], ...]
    said: str


@dataclass(frozen=True)
class FindingCard:
    """One finding: see it, understand it, mend it."""

    report: Report
    finding: Finding
    lang: str

    @property
    def rule(self) -> str:
        """The rule's code."""
        return self.finding.rule

    @property
    def severity(self) -> str:
        """`error`, `warning` or `info`."""
        return self.finding.severity

    @property
    def severity_name(self) -> str:
        """错误, 警告 or 提示."""
        return SEVERITY_NAMES[self.finding.severity].of(self.lang)

    @property
    def title(self) -> str:
        """The rule in a few words."""
        return get_rule(self.finding.rule).title.text().of(self.lang)

    @property
    def place(self) -> str:
        """Where in the document; empty if nowhere in particular."""
        return self.finding.place.text.of(self.lang) if self.finding.place else ""

    @property
    def cause(self) -> str:
        """What its cause is called in the whole audit; empty without one, and where there is but this report."""
        return self.finding.cause or "" if is_of_the_audit(self.finding.cause) else ""

    @property
    def other(self) -> str:
        """The other document, where it takes two; empty for all else."""
        return self.finding.other or ""

    @property
    def message(self) -> str:
        """What is wrong."""
        return self.finding.message.of(self.lang)

    @property
    def brief(self) -> str:
        """What is wrong, cut short; of a sentence only what is said of it."""
        told = self.quote.said if self.quote else self.message
        return told if len(told) <= _LONGEST_BRIEF else f"{told[:_LONGEST_BRIEF]}…"

    @property
    def hint(self) -> str:
        """What to do."""
        return self.finding.hint.of(self.lang)

    @property
    def quote(self) -> Quote | None:
        """The sentence of a finding in the prose, and what is said of it; None for any other."""
        sentence = self.finding.sentence
        return Quote(sentence.pieces, sentence.said.of(self.lang)) if sentence else None

    @cached_property
    def table(self) -> TableView | None:
        """The part of the table that it is about, with its cells marked; None if it is about no printed cells."""
        shown = excerpt(self.report, self.finding, self.lang)
        if shown is None:
            return None
        marked = marks(self.finding)
        rows = (
            (label, tuple(CellView(c.text, marked.get(c.key)) if c.key else _VOID for c in cells))
            for label, cells in shown.rows
        )
        return TableView(self._form.title.of(self.lang), shown.headers, tuple(rows), shown.more)

    @cached_property
    def crops(self) -> tuple[Crop, ...]:
        """What the picture shows of its cells, where they were recognised and are not proved."""
        return crops(self.report, self.finding, self.lang)

    @property
    def changes(self) -> tuple[str, ...]:
        """What is proposed, a cell each: `“(七)总计”行“自然人”列：0 → 78`."""
        accused = self.finding.accused
        told = [self._change(cell.row, cell.column, cell.expected) for cell in accused[:_MOST_CHANGES]]
        return (*told, *self._more(len(accused) - _MOST_CHANGES))

    @property
    def ties(self) -> tuple[str, ...]:
        """The repairs of which nobody can say which is right, the most likely first."""
        if self.finding.accused:
            return ()
        shown = self.finding.ties[:_MOST_TIES]
        known = self.report.tables
        return tuple(
            joined((self._tied(change) for change in tie if change.table in known), "；", "; ").of(self.lang)
            for tie in shown
        )

    @property
    def tie_count(self) -> int | None:
        """How many there are in all; None: too many to count."""
        return self.finding.n_ties

    @property
    def sides(self) -> tuple[str, ...]:
        """The relations behind it, a line for each rule: in words, and both sides where it fails."""
        evidence = self.finding.evidence
        return tuple(self._side(rule, evidence) for rule in dict.fromkeys(each.rule for each in evidence))

    @property
    def open(self) -> bool:
        """Do the relations stay undecided, instead of failing?"""
        return all(each.open for each in self.finding.evidence)

    @property
    def _form(self) -> TableForm:
        return self.report.tables[self.finding.table or ""].form

    def _change(self, row: str, column: str, new: float | None) -> str:
        table = self.report.tables[self.finding.table or ""]
        position = table.form.position(row, column)
        fields = {"cell": cell_name(table.form, position), "old": printed(table, position, self.lang)}
        return _CHANGE.format(**fields, new=figure_text(new)).of(self.lang)

    def _tied(self, change: Change) -> str:
        form = self.report.tables[change.table].form
        cell = cell_name(form, form.position(change.row, change.column))
        return _TIED.format(cell=cell, old=figure_text(change.from_), new=figure_text(change.to)).of(self.lang)

    def _more(self, left: int) -> list[str]:
        return [_MORE_CELLS.format(n=left).of(self.lang)] if left > 0 else []

    def _side(self, rule: str, evidence: tuple[Evidence, ...]) -> str:
        """`T301 总计行（本年新收 + 上年结转 = …）：自然人 78 ≠ 0、总计 81 ≠ 0`."""
        same = [each for each in evidence if each.rule == rule]
        lines = [f"{self._line(each.line)} {figure_text(each.left)} ≠ {figure_text(each.right)}" for each in same]
        more = [_MORE_SIDES.format(n=len(lines)).of(self.lang)] if len(lines) > _MOST_SIDES else []
        title = get_rule(rule).title.text()
        told = Text("、".join(lines[:_MOST_SIDES] + more), ", ".join(lines[:_MOST_SIDES] + more))
        stated = Text("", "")
        if all(each.left_cells and each.right_cells for each in same):
            words = relation_text(self._form, same[0])
            stated = Text(f"（{words.zh}）", f" ({words.en})")
        return Text(f"{rule} {title.zh}{stated.zh}：{told.zh}", f"{rule} {title.en}{stated.en}: {told.en}").of(
            self.lang
        )

    def _line(self, line: str) -> str:
        form = self._form
        return (form.columns[line].label if line in form.columns else form.rows[line].label).of(self.lang)


@dataclass(frozen=True)
class Card:
    """One report: whose, how it stands, its findings, and on demand its tables in full."""

    entry: Audited
    lang: str

    @property
    def agency(self) -> str:
        """Whose report; empty if the document does not say."""
        return self.entry.report.agency or ""

    @property
    def title(self) -> str:
        """Agency and year, or what is unknown of them."""
        return self.entry.report.title.of(self.lang)

    @property
    def year(self) -> int | None:
        """For which year."""
        return self.entry.report.year

    @property
    def format(self) -> str:
        """The form that it follows; empty without a known table."""
        return self.entry.report.format or ""

    @property
    def form(self) -> str:
        """That form as people call it."""
        return get_format(self.format).title.of(self.lang) if self.format else ""

    @property
    def path(self) -> str:
        """Its file or address."""
        return self.entry.path

    @property
    def document(self) -> str:
        """The file in which the report is, or may be; empty if none is there."""
        return self.entry.file if isinstance(self.entry, Unfiled) else self.path

    @property
    def file(self) -> str:
        """The last part of its path."""
        return re.split(r"[/\\]", self.path)[-1]

    @property
    def standing(self) -> str:
        """One of `govstats.model.standings.STANDINGS`."""
        return self.entry.standing

    @property
    def verdict(self) -> str:
        """How it stands, in one sentence."""
        return verdict(self.entry).of(self.lang)

    @property
    def found(self) -> str:
        """What was found, without a word on relations."""
        return found(self.entry).of(self.lang)

    @cached_property
    def findings(self) -> tuple[FindingCard, ...]:
        """Its findings, in their order."""
        return tuple(FindingCard(self.entry.report, finding, self.lang) for finding in self.entry.findings)

    @property
    def affected(self) -> tuple[tuple[str, str], ...]:
        """Where faults of other reports show in it: what, and the cause."""
        return tuple((each.message.of(self.lang), each.cause) for each in self.entry.affected)

    @property
    def tables(self) -> Iterator[TableView]:
        """The tables that findings speak of, in full, with the marks of all of them."""
        spoken_of = {finding.table for finding in self.entry.findings}
        for name, table in self.entry.report.tables.items():
            if name in spoken_of:
                yield self._whole(table)

    def _whole(self, table: Table) -> TableView:
        form = table.form
        marked = all_marks(self.entry.findings, form.name)
        rows: list[tuple[str, tuple[CellView, ...]]] = []
        for row in form.rows.values():
            if row.heading:
                rows.append((row.label.of(self.lang), ()))
                continue
            cells = tuple(self._cell(table, row.code, key, marked) for key in form.columns)
            rows.append((row_label(table, row.code, self.lang), cells))
        headers = tuple(column.label.of(self.lang) for column in form.columns.values())
        return TableView(form.title.of(self.lang), headers, tuple(rows))

    def _cell(self, table: Table, row: str, column: str, marked: Marked) -> CellView:
        if column not in table.form.rows[row].columns:
            return _VOID
        position = table.form.position(row, column)
        mark = marked[row, column][0] if (row, column) in marked else None
        odd = table.states[position] not in (State.NUMBER, State.ZERO)
        return CellView(printed(table, position, self.lang), mark, odd)


_VOID = CellView("", void=True)
