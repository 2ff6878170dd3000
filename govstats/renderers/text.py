"""For people at a terminal: each finding with its part of the table, both sides, what it should say, what to do."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Self

from rich.padding import Padding
from rich.text import Text as Styled

from govstats.catalog.rules import get_rule
from govstats.display.breaking import wrapped
from govstats.display.drawing import draw, excerpt_grid
from govstats.display.excerpt import excerpt
from govstats.display.look import Look
from govstats.display.overview import overview
from govstats.display.triage import NotRead, Rank, Triage
from govstats.display.untrusted import unbroken
from govstats.display.verdict import relations
from govstats.lang import Text, joined
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.model.finding import SEVERITY_NAMES, Evidence, Finding, number
from govstats.model.forms import TableForm
from govstats.model.keys import name_of_cause
from govstats.model.standings import CLEAN, STANDINGS, UNREAD
from govstats.model.tally import summarise
from govstats.model.wording import AFFECTED_HEAD, NOT_READ_HEAD, TO_DO_HEAD, relation_text
from govstats.renderers._ranked import Worst
from govstats.renderers._spool import Spool
from govstats.renderers.concise import line

SUFFIX = ".txt"

_COLOURS = {"error": "bold red", "warning": "bold yellow", "info": "cyan"}
_BECAUSE = Text("不成立的勾稽关系：", "Relations that fail:")
_OPEN = Text("无法判断的勾稽关系：", "Relations that stay open:")
_KNOWN = Text("基线中已知的 {n} 个问题未列。", "{n} findings known from the baseline are not listed.")
_SIDES = Text("  {rule} {title}（{stated}）：{sides}", "  {rule} {title} ({stated}): {sides}")
_EVIDENCE_SHOWN = 3
_FEW = 5
"""So many documents, and agencies without one, are told in the order of reading, without a summary in front."""
_IN_FULL = 200
"""So many reports, the worst, are told with their tables, as long as their findings are not more than that:"""
_WITH_TABLES = 500
_SHOWN = 100

_NO_MORE_TABLES = Text(
    "以下每个问题一行；用 -o 另存为文件可看全部表格。", "A line each from here on; with -o a file shows all tables."
)
_MORE = {
    "affected": Text("… 另有 {n} 份受别的报告影响。", "… {n} more are affected by other reports."),
    "open": Text("… 另有 {n} 份没有全部核对。", "… {n} more are not fully verified."),
}
_HOLD = Text(
    "{n} 份没有问题、勾稽关系全部成立，不逐一列出。", "{n} without findings, all relations hold: not listed one by one."
)
_AGAIN = Text("汇总在最前面；只要汇总：加 -q。", "The summary stands in front; for it alone: -q.")


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    with _Told(look) as told:
        for entry in entries:
            told.add(entry)
        many = told.number > _FEW
        if look.brief or many:
            yield overview(told.triage, look)
        if not look.brief:
            yield from told.by_rank() if many else told.as_read()
            yield draw(look, *([_AGAIN.of(look.lang)] if many else []), summarise(told.triage.tally).of(look.lang))


class _Told:
    """What is told of each document while they stream by: the worst wait to be told in full, the others are spooled."""

    def __init__(self, look: Look) -> None:
        self.triage = Triage(look.partial)
        self._look = look
        self.number = 0
        self._first: list[Entry] = []
        self._worst = Worst(_IN_FULL)
        self._brief: list[tuple[Rank, int]] = []
        self._aside: dict[str, list[int]] = {"unread": [], "unfiled": [], **{kind: [] for kind in _MORE}}
        self._spool = Spool()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._spool.__exit__()

    def add(self, entry: Entry) -> None:
        """Take up one more entry."""
        rank, how = self.triage.add(entry)
        self.number += 1
        if self._look.brief:
            return
        if len(self._first) <= _FEW:
            self._first.append(entry)
        if isinstance(entry, Unread):
            self._put("unread", _not_read(entry.path, entry.error.text, self._look))
        elif isinstance(entry, Unfiled):
            self._put("unread" if entry.file else "unfiled", _briefly(entry, self._look))
        elif how == UNREAD:
            self._put("unread", _not_read(entry.path, NotRead.of(entry).text, self._look))
        elif entry.findings:
            self._rank(rank, entry)
        elif entry.affected:
            self._put("affected", _standing_line(entry, self._look) + draw(self._look, *_affected(entry, self._look)))
        elif how != CLEAN or entry.suppressed:
            self._put("open", _standing_line(entry, self._look))

    def _rank(self, rank: Rank, entry: Audited) -> None:
        if fallen := self._worst.add(rank, entry):
            self._brief.append((fallen[0], len(self._spool)))
            self._spool.add(_briefly(fallen[1], self._look))

    def _put(self, kind: str, piece: str) -> None:
        self._aside[kind].append(len(self._spool))
        self._spool.add(piece)

    def as_read(self) -> Iterator[str]:
        """All in full, in the order of reading."""
        for entry in self._first:
            if isinstance(entry, Unread):
                yield _not_read(entry.path, entry.error.text, self._look)
            else:
                yield _audited(entry, self._look)

    def by_rank(self) -> Iterator[str]:
        """The worst first and in full, the others in short; then what was not read, not filed, not verified."""
        lang, findings, short = self._look.lang, 0, False
        for _, entry in self._worst:
            findings += len(entry.findings)
            if findings > _WITH_TABLES and not short:
                short = True
                yield draw(self._look, _NO_MORE_TABLES.of(lang), "")
            yield _briefly(entry, self._look) if short else _audited(entry, self._look)
        if self._brief and not short:
            yield draw(self._look, _NO_MORE_TABLES.of(lang), "")
        for at in (*(at for _, at in sorted(self._brief)), *self._aside["unread"], *self._aside["unfiled"]):
            yield self._spool.piece(at)
        yield from self._without_findings()

    def _without_findings(self) -> Iterator[str]:
        """Those in which the fault of another shows, those that are not fully verified; the others as a count."""
        lang = self._look.lang
        for kind, more in _MORE.items():
            told = self._aside[kind]
            yield from (self._spool.piece(at) for at in told[:_SHOWN])
            if len(told) > _SHOWN:
                yield draw(self._look, more.format(n=len(told) - _SHOWN).of(lang))
        named = sum(len(self._aside[kind]) for kind in _MORE)
        held = self.triage.tally.reports - len(self._worst) - len(self._brief) - named
        if held:
            yield draw(self._look, _HOLD.format(n=held).of(lang))


def _briefly(entry: Audited, look: Look) -> str:
    told = (line(entry, finding, look.lang).rstrip("\n") for finding in entry.findings)
    return "".join(f"{_fitting(each, look)}\n" for each in told)


def _fitting(told: str, look: Look) -> str:
    """One line of a list, in as many as the terminal needs."""
    return wrapped(told, look.width - 2) if look.seen else told


def _standing_line(entry: Audited, look: Look) -> str:
    known = f"  {_KNOWN.format(n=len(entry.suppressed)).of(look.lang)}" if entry.suppressed else ""
    told = f"{entry.path}  {entry.glance.title.of(look.lang)}  {relations(entry).of(look.lang)}{known}"
    return f"{_fitting(unbroken(told), look)}\n"


def _not_read(path: str, why: Callable[[str | None], str], look: Look) -> str:
    """A file that was not read, damaged or a scan: why, and what to do."""
    told = f"  {unbroken(NOT_READ_HEAD.of(look.lang) + why(look.lang))}"
    return draw(look, Styled(unbroken(path), "bold"), Styled(told, "bold red"), "")


def _audited(entry: Audited, look: Look) -> str:
    report = entry.report
    standing = (
        STANDINGS[entry.standing].of(look.lang)
        if isinstance(entry, Unfiled)
        else " · ".join(filter(None, (report.format, relations(entry).of(look.lang))))
    )
    parts: list[object] = [
        Styled(unbroken(report.path), "bold"),
        unbroken(f"  {report.title.of(look.lang)} · {standing}"),
    ]
    for finding in entry.findings:
        parts += ["", *_finding(entry, finding, look)]
    parts += [part for told in _affected(entry, look) for part in ("", told)]
    if entry.suppressed:
        parts += ["", Styled(f"  {_KNOWN.format(n=len(entry.suppressed)).of(look.lang)}", "dim")]
    return draw(look, *parts, "")


def _affected(entry: Audited, look: Look) -> Iterator[Padding]:
    """Where a fault of another report shows in this one."""
    for each in entry.affected:
        told = f"{AFFECTED_HEAD.of(look.lang)}{each.message.of(look.lang)} [{each.cause}]"
        yield Padding(Styled(unbroken(told), "dim"), (0, 0, 0, 2))


def finding_text(entry: Audited, finding: Finding, look: Look) -> str:
    """One finding with its part of the table, as it stands in the text of an audit."""
    return draw(look, *_finding(entry, finding, look))


def _finding(entry: Audited, finding: Finding, look: Look) -> Iterator[object]:
    lang = look.lang
    head = Styled("  ")
    head.append(f"{SEVERITY_NAMES[finding.severity].of(lang)} {finding.rule}", _COLOURS[finding.severity])
    head.append(f" {get_rule(finding.rule).title.text().of(lang)}")
    if where := finding.place.text.of(lang) if finding.place else "":
        head.append(f" · {where}", "dim")
    if cause := name_of_cause(finding.cause).of(lang):
        head.append(f" · {cause}", "dim")
    yield head
    yield Padding(unbroken(finding.message.of(lang)), (0, 0, 0, 4))
    shown = excerpt(entry.report, finding, lang)
    if shown:
        yield Padding(excerpt_grid(shown, look), (1, 0, 1, 4))
    if finding.evidence and finding.other is None and finding.evidence[0].left_cells:
        form = entry.report.tables[finding.table or ""].form
        yield Padding(_because(form, finding.evidence, lang), (0, 0, 0, 4))
    yield Padding(unbroken(TO_DO_HEAD.of(lang) + finding.hint.of(lang)), (0, 0, 0, 4))


def _because(form: TableForm, evidence: tuple[Evidence, ...], lang: str | None) -> str:
    """The relations that fail (or stay open), a line for each rule: in which column or row, and both sides."""
    told = [(_OPEN if all(each.open for each in evidence) else _BECAUSE).of(lang)]
    for rule in dict.fromkeys(each.rule for each in evidence):
        same = [each for each in evidence if each.rule == rule]
        sides = [
            f"{_line_label(form, each.line, lang)} {number(each.left)} ≠ {number(each.right)}"
            for each in same[:_EVIDENCE_SHOWN]
        ]
        more = [f"… {len(same)}"] if len(same) > _EVIDENCE_SHOWN else []
        fields = {"rule": rule, "title": get_rule(rule).title.text(), "stated": relation_text(form, same[0])}
        told.append(_SIDES.format(**fields, sides=joined(sides + more)).of(lang))
    return "\n".join(told)


def _line_label(form: TableForm, line: str, lang: str | None) -> str:
    return (form.columns[line].label if line in form.columns else form.rows[line].label).of(lang)
