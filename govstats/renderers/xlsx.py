"""A workbook: a summary, all findings with filters, all reports, what was not read; each report's tables, marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter

from govstats.comparison.duties import Duty
from govstats.display.cards import Card, FindingCard
from govstats.display.look import Look
from govstats.display.marks import MEANINGS, SIGNS, Mark, marks
from govstats.display.triage import NotRead, Rank, Triage
from govstats.display.untrusted import harmless
from govstats.lang import Text, joined, language
from govstats.model.audits import Audited, Entry, Unfiled
from govstats.model.standings import STANDINGS, UNREAD
from govstats.model.tally import summarise
from govstats.model.wording import TO_DO, cell_name, printed
from govstats.renderers._booksheets import Book, Listing, Sheet, Value, sheet_name, style_of
from govstats.renderers._dutysheets import add_duties
from govstats.renderers._reportsheet import cell_value, fill
from govstats.renderers._summarysheet import NAME as SUMMARY
from govstats.renderers._summarysheet import Summary
from govstats.sources.own import MAKER

SUFFIX = ".xlsx"
BINARY = True

_MOST_SHEETS = 100
_MOST_FINDINGS = 50_000
_MOST_CELLS = 6
_CHUNK = 2**16

_FINDINGS, _REPORTS = Text("问题", "Findings"), Text("报告", "Reports")
_UNREAD, _ABOUT = Text("未读", "Not read"), Text("说明", "About")
_COLUMNS = {
    "path": (Text("文件", "File"), 26),
    "agency": (Text("机关", "Agency"), 20),
    "year": (Text("年度", "Year"), 7),
    "severity": (Text("级别", "Severity"), 8),
    "rule": (Text("规则", "Rule"), 8),
    "title": (Text("规则名称", "Title"), 14),
    "table": (Text("表", "Table"), 20),
    "cells": (Text("格", "Cells"), 32),
    "printed": (Text("印作", "Printed"), 12),
    "expected": (Text("应为", "Should be"), 14),
    "message": (Text("问题", "Finding"), 62),
    "hint": (TO_DO, 34),
    "place": (Text("位置", "Place"), 15),
    "cause": (Text("原因", "Cause"), 12),
    "other": (Text("对照的文件", "Compared with"), 24),
    "sheet": (Text("附表", "Tables"), 14),
}
_REPORT_COLUMNS = {
    "path": (Text("文件", "File"), 40),
    "agency": (Text("机关", "Agency"), 30),
    "year": (Text("年度", "Year"), 7),
    "format": (Text("格式", "Form"), 16),
    "standing": (Text("结果", "Result"), 20),
    "verdict": (Text("结论", "Verdict"), 70),
    "findings": (Text("问题数", "Findings"), 9),
    "affected": (Text("受别的报告影响", "Affected by others"), 50),
    "sheet": (Text("附表", "Tables"), 14),
}
_UNREAD_COLUMNS = {
    "path": (Text("文件", "File"), 50),
    "whose": (Text("可能是谁的", "Whose it may be"), 30),
    "reason": (Text("为什么没有读成", "Why it could not be read"), 60),
    "hint": (Text("怎么办", "What to do"), 60),
}
_SHEET = Text("看附表", "see tables")
_NO_SHEET = Text("—", "—")
_AND_MORE = Text("等 {n} 格", "{n} cells in all")
_LIMIT = Text(
    "有表而有问题的报告共 {n} 份，只有前 {most} 份另附表；其余只列在“{sheet}”中。",
    "{n} reports with tables have findings; the first {most} have a sheet, the others are in “{sheet}” only.",
)
_CUT = Text(
    "问题共 {n} 个，只列出前 {most} 个；全部请另存为 jsonl。",
    "There are {n} findings; the first {most} are listed. Write a jsonl for all of them.",
)
_MADE = Text(
    "由 govstats {version} 核对得出，原文件没有改动。“应为”是建议，改前请对照台账。",
    "Made by govstats {version}; no source was changed. Proposals are to be checked against the registers.",
)
_MARKS = Text("附表中的标记（批注写明原因和应填的数）：", "Marks in the tables (comments say why, and the figure):")


def render(entries: Iterable[Entry], look: Look) -> Iterator[bytes]:
    audit = _Audit(language(look.lang), Triage(look.partial), look.duties)
    for entry in entries:
        audit.add(entry)
    content = audit.content()
    yield from (content[at : at + _CHUNK] for at in range(0, len(content), _CHUNK))


class _Audit:
    """What goes into the workbook: all waits until it is known, the worst reports to be written first."""

    def __init__(self, lang: str, triage: Triage, duties: Sequence[Duty]) -> None:
        self._lang = lang
        self._triage = triage
        self._tally = triage.tally
        self._duties = duties
        self._unread: list[NotRead] = []
        self._waiting: list[tuple[Rank, Audited]] = []

    def add(self, entry: Entry) -> None:
        """Take up one more entry."""
        rank, how = self._triage.add(entry)
        if how == UNREAD and not isinstance(entry, Unfiled):
            self._unread.append(NotRead.of(entry))
        if isinstance(entry, Audited):
            self._waiting.append((rank, entry))

    def content(self) -> bytes:
        """The bytes of the file."""
        book = Book(MAKER)
        summary = book.sheet(SUMMARY.of(self._lang))
        if self._duties:
            add_duties(book, self._duties, self._lang)
        written = _Reports(book, self._lang)
        if self._unread:
            self._add_unread(book)
        about = book.sheet(_ABOUT.of(self._lang))
        for rank, entry in sorted(self._waiting, key=itemgetter(0)):
            written.add(rank, entry)
        written.end()
        Summary(summary, self._lang, written.sheets).fill(self._triage)
        self._about(about, written.with_findings)
        return book.content()

    def _add_unread(self, book: Book) -> None:
        listing = Listing(book.sheet(_UNREAD.of(self._lang)), _headers(_UNREAD_COLUMNS, self._lang))
        for each in map(self._triage.attributed, self._unread):
            texts = {"whose": each.whose, "reason": each.why, "hint": each.hint}
            told = {key: text.of(self._lang) if text else None for key, text in texts.items()}
            listing.add({"path": each.path, **told})
        listing.end()

    def _about(self, page: Sheet, with_findings: int) -> None:
        import govstats

        listing = Listing(page, {"text": (_ABOUT.of(self._lang), 110)})
        told = [summarise(self._tally)]
        if with_findings > _MOST_SHEETS:
            told.append(_LIMIT.format(n=with_findings, most=_MOST_SHEETS, sheet=_FINDINGS))
        if self._tally.severities.total() > _MOST_FINDINGS:
            told.append(_CUT.format(n=self._tally.severities.total(), most=_MOST_FINDINGS))
        told += [
            _MARKS,
            *(Text(f"{SIGNS[kind]} {MEANINGS[kind].zh}", f"{SIGNS[kind]} {MEANINGS[kind].en}") for kind in SIGNS),
        ]
        told.append(_MADE.format(version=govstats.__version__))
        for text in told:
            listing.add({"text": text.of(self._lang)})


class _Reports:
    """The lists of findings and of reports, and a sheet of tables for each of the first; `sheets` names those."""

    def __init__(self, book: Book, lang: str) -> None:
        self.sheets: dict[Rank, str] = {}
        self.with_findings = 0
        self._book = book
        self._lang = lang
        self._findings = Listing(book.sheet(_FINDINGS.of(lang)), _headers(_COLUMNS, lang))
        self._reports = Listing(book.sheet(_REPORTS.of(lang)), _headers(_REPORT_COLUMNS, lang))
        self._found = 0

    def add(self, rank: Rank, entry: Audited) -> None:
        """One more report."""
        card = Card(entry, self._lang)
        sheet = self._sheet(card) if entry.findings else None
        if sheet:
            self.sheets[rank] = sheet
        values: dict[str, Value] = {
            **_about(card),
            "format": card.format,
            "standing": STANDINGS[card.standing].of(self._lang),
            "verdict": card.verdict,
            "findings": len(card.findings),
            "affected": "\n".join(f"{message} [{cause}]" for message, cause in card.affected),
            "sheet": self._link_text(sheet) if entry.findings else None,
        }
        self._reports.add(values, {"standing": style_of(card.standing)}, sheet)
        for each in card.findings[: max(_MOST_FINDINGS - self._found, 0)]:
            self._add_finding(card, each, sheet)
        self._found += len(card.findings)

    def _sheet(self, card: Card) -> str | None:
        """A sheet of the report's tables, if it has any and there is room for one more."""
        if not card.entry.report.tables:
            return None
        self.with_findings += 1
        if self.with_findings > _MOST_SHEETS:
            return None
        whose = f"{card.agency}{card.year or ''}" if card.agency else re.split(r"[/\\]", card.path)[-1]
        name = sheet_name(self.with_findings, whose)
        fill(self._book.sheet(name), card, _FINDINGS.of(self._lang))
        return name

    def _add_finding(self, card: Card, each: FindingCard, sheet: str | None) -> None:
        values: dict[str, Value] = {
            **_about(card),
            "severity": each.severity_name,
            "rule": each.rule,
            "title": each.title,
            **_values_of_row(each),
            "message": each.message,
            "hint": each.hint,
            "place": each.place,
            "cause": each.cause,
            "other": each.other,
            "sheet": self._link_text(sheet),
        }
        self._findings.add(values, {"severity": each.severity}, sheet)

    def end(self) -> None:
        """No more reports."""
        self._findings.end()
        self._reports.end()

    def _link_text(self, sheet: str | None) -> str:
        return (_SHEET if sheet else _NO_SHEET).of(self._lang)


def _headers(columns: dict[str, tuple[Text, int]], lang: str) -> dict[str, tuple[str, int]]:
    return {key: (header.of(lang), width) for key, (header, width) in columns.items()}


def _about(card: Card) -> dict[str, Value]:
    return {"path": card.path, "agency": card.agency, "year": card.year}


def _values_of_row(each: FindingCard) -> dict[str, Value]:
    """The table of a finding, its marked cells in words, as printed, and what they should hold."""
    table = each.report.tables.get(each.finding.table or "")
    if table is None:
        return {}
    marked = list(marks(each.finding).items())
    shown = [(table.form.position(*cell), mark) for cell, mark in marked[:_MOST_CELLS]]
    more = [_AND_MORE.format(n=len(marked))] if len(marked) > len(shown) else []
    return {
        "table": table.form.title.of(each.lang),
        "cells": joined([cell_name(table.form, position) for position, _ in shown] + more, "；", "; ").of(each.lang),
        "printed": _one_or_more([printed(table, position, each.lang) for position, _ in shown], each.lang),
        "expected": _one_or_more([_expected(mark, each.lang) for _, mark in shown], each.lang),
    }


def _expected(mark: Mark, lang: str) -> str:
    """The figure alone, if it is certain; else as a proposal."""
    if mark.proposal is None:
        return ""
    return mark.figures[0] if mark.is_certain else mark.proposal.of(lang)


def _one_or_more(texts: list[str], lang: str) -> Value:
    """A figure, if there is but one; else all, or nothing."""
    if not any(texts):
        return None
    return cell_value(texts[0]) if len(texts) == 1 else joined(map(harmless, texts), "；", "; ").of(lang)
