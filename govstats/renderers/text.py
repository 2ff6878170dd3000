"""For people at a terminal: each finding with its part of the table, both sides, what it should say, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from rich.padding import Padding
from rich.text import Text as Styled

from govstats.catalog.rules import get_rule
from govstats.display.drawing import draw, excerpt_grid
from govstats.display.excerpt import excerpt
from govstats.display.look import Look
from govstats.display.untrusted import unbroken
from govstats.display.verdict import relations
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Tally, Unfiled, Unread, summarise
from govstats.model.finding import SEVERITY_NAMES, Evidence, Finding, number
from govstats.model.forms import TableForm
from govstats.model.outcomes import Outcome
from govstats.model.wording import AFFECTED_HEAD, NOT_READ_HEAD, TO_DO_HEAD, relation_text
from govstats.renderers.concise import line

NAME = "text"
SUFFIX = ".txt"

_COLOURS = {"error": "bold red", "warning": "bold yellow", "info": "cyan"}
_BECAUSE = Text("不成立的勾稽关系：", "Relations that fail:")
_OPEN = Text("无法判断的勾稽关系：", "Relations that stay open:")
_UNFILED = Text("没有报告", "no report")
_KNOWN = Text("基线中已知的 {n} 个问题未列。", "{n} findings known from the baseline are not listed.")
_EVIDENCE_SHOWN = 3


_SHOWN = 100
_WITH_TABLES = 500
_NO_MORE_CLEAN = Text(
    f"（报告多于 {_SHOWN} 份：全部核对通过的不再逐一列出，只计数。）",
    f"(More than {_SHOWN} reports: those that hold in full are counted from here on, not listed.)",
)
_NO_MORE_TABLES = Text(
    f"（问题多于 {_WITH_TABLES} 个：以下每个问题一行；用 -o 另存为文件可看全部表格。）",
    f"(More than {_WITH_TABLES} findings: a line each from here on; with -o a file shows all tables.)",
)


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    tally = Tally(look.partial)
    told: set[Text] = set()
    for entry in entries:
        tally.add(entry)
        if isinstance(entry, Unread):
            yield _unread(entry, look)
        elif tally.reports > _SHOWN and _holds(entry):
            yield from _once(_NO_MORE_CLEAN, told, look)
        elif tally.severities.total() > _WITH_TABLES:
            yield from _once(_NO_MORE_TABLES, told, look)
            yield _briefly(entry, look)
        else:
            yield _audited(entry, look)
    yield draw(look, summarise(tally).of(look.lang))


def _once(note: Text, told: set[Text], look: Look) -> Iterator[str]:
    if note not in told:
        told.add(note)
        yield draw(look, note.of(look.lang), "")


def _holds(entry: Audited) -> bool:
    """No findings, and every relation holds, so that there is nothing to say of it."""
    return not (entry.findings or entry.affected) and entry.counts[Outcome.PASS] == entry.counts.total() > 0


def _briefly(entry: Audited, look: Look) -> str:
    if not entry.findings:
        return _audited(entry, look)
    return "".join(line(entry.path, finding, look.lang) for finding in entry.findings)


def _unread(entry: Unread, look: Look) -> str:
    return draw(
        look,
        Styled(unbroken(entry.path), "bold"),
        Styled(f"  {unbroken(NOT_READ_HEAD.of(look.lang) + entry.error.text(look.lang))}", "bold red"),
        "",
    )


def _audited(entry: Audited, look: Look) -> str:
    report = entry.report
    standing = (
        _UNFILED.of(look.lang)
        if isinstance(entry, Unfiled)
        else f"{report.format or '—'} · {relations(entry).of(look.lang)}"
    )
    parts: list[object] = [
        Styled(unbroken(report.path), "bold"),
        unbroken(f"  {report.title.of(look.lang)} · {standing}"),
    ]
    for finding in entry.findings:
        parts += ["", *_finding(entry, finding, look)]
    for affected in entry.affected:
        told = f"{AFFECTED_HEAD.of(look.lang)}{affected.message.of(look.lang)} [{affected.cause}]"
        parts += ["", Padding(Styled(unbroken(told), "dim"), (0, 0, 0, 2))]
    if entry.suppressed:
        parts += ["", Styled(f"  {_KNOWN.format(n=len(entry.suppressed)).of(look.lang)}", "dim")]
    return draw(look, *parts, "")


def finding_text(entry: Audited, finding: Finding, look: Look) -> str:
    """One finding with its part of the table, as it stands in the text of an audit."""
    return draw(look, *_finding(entry, finding, look))


def _finding(entry: Audited, finding: Finding, look: Look) -> Iterator[object]:
    lang = look.lang
    head = Styled("  ")
    head.append(f"{SEVERITY_NAMES[finding.severity].of(lang)} {finding.rule}", _COLOURS[finding.severity])
    head.append(f" {get_rule(finding.rule).title.text().of(lang)}")
    if finding.place:
        head.append(f" · {finding.place.text.of(lang)}", "dim")
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
        stated = relation_text(form, same[0]).of(lang)
        told.append(f"  {rule} {get_rule(rule).title.text().of(lang)} ({stated}): {', '.join(sides + more)}")
    return "\n".join(told)


def _line_label(form: TableForm, line: str, lang: str | None) -> str:
    return (form.columns[line].label if line in form.columns else form.rows[line].label).of(lang)
