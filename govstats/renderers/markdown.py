"""A table for job summaries and comments: the summary, whom to see to first, then a row a finding, errors first, and of
those the worst reports', within what a comment takes.

Whatever a document says stays text: no link, no mention, no HTML, no code, no new cell.
"""

from __future__ import annotations

import re
from bisect import insort
from collections.abc import Iterable, Iterator

from govstats.catalog.rules import get_rule
from govstats.display.look import Look
from govstats.display.triage import Rank, Triage, rule_name, severities_text, standings_in_order
from govstats.display.untrusted import one_line
from govstats.lang import Text, joined
from govstats.model.audits import Entry, Unread
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES
from govstats.model.keys import name_of_cause
from govstats.model.standings import UNFILED, UNFILED_HEAD, UNREAD, UNREAD_HEAD
from govstats.model.tally import summarise
from govstats.model.wording import AFFECTED_HEAD, NOT_READ

SUFFIX = ".md"

_TITLE = Text("政府信息公开工作年度报告核对结果", "Audit of annual reports on information disclosure")
_HEADS = Text("| 级别 | 规则 | 报告 | 位置 | 问题 |", "| Level | Rule | Report | Place | Finding |")
_WORST_HEADS = Text("| 先看这些报告 | 文件 | 问题数 | 是什么 |", "| See to these first | File | Found | What |")
_BY_RULE = Text("按规则（多少份报告）：", "By rule (in how many reports): ")
_COUNTED, _COLON = Text("{name} {n}", "{name} {n}"), Text("：", ": ")
_OF_YEAR = Text("{year}（{{n}}）", "{year} ({{n}})")
_OTHERS = Text("另有 {n} 个", "{n} more")
_FEW, _NAMED = 5, 40
_MORE = Text(
    "另有 {n} 个没有列在这里，全部见 text、json 或 sarif 输出。",
    "{n} more are not listed here; the text, json and sarif outputs have them all.",
)
_MOST = 60_000
"""Bytes: a comment on GitHub takes 65,536 characters, a job summary 1 MiB."""

_SPECIAL = re.compile(r"[\\`*_{}\[\]<>&|~$!+=\"']|^[-#]")
_LINKED = re.compile(r"(?i)@|[#!~%$](?=[a-z0-9\"])|:(?=//)|www(?=\.)|gh(?=-\d)|mailto(?=:)|xmpp(?=:)")
_NOTHING = "\u200b"
"""No width: between the characters of @name or http:// it keeps them from being a mention or a link."""


def render(entries: Iterable[Entry], look: Look) -> Iterator[str]:
    triage = Triage(look.partial)
    rows = {severity: _Rows() for severity in SEVERITIES}
    affected: list[str] = []
    for entry in entries:
        rank, _ = triage.add(entry)
        for severity, cells in _rows(entry, look.lang):
            rows[severity].add(rank, f"| {' | '.join(map(escaped, cells))} |\n")
        affected += _affected(entry, look.lang)
    yield f"### {_TITLE.of(look.lang)}\n\n{escaped(summarise(triage.tally).of(look.lang))}\n"
    if triage.tally.standings.total() > _FEW:
        yield from _overview(triage, look.lang)
    yield from _table(list(rows.values()), look.lang)
    if affected:
        yield f"\n{escaped(AFFECTED_HEAD.of(look.lang))}\n\n{''.join(affected[:_NAMED])}"
    if len(affected) > _NAMED:
        yield f"- {_OTHERS.format(n=len(affected) - _NAMED).of(look.lang)}\n"


def _affected(entry: Entry, lang: str | None) -> Iterator[str]:
    """Where a fault of another report shows in one: whose, by its cause."""
    for each in () if isinstance(entry, Unread) else entry.affected:
        yield f"- {escaped(f'{entry.path} ← {each.by} [{each.cause}]')}\n"


def _overview(triage: Triage, lang: str | None) -> Iterator[str]:
    """How all stand in one line; whom to see to first, a row each; how many reports each rule speaks of."""
    told = (f"{name.of(lang)} {count}" for _, name, count in standings_in_order(triage.tally.standings))
    yield f"\n{escaped(' · '.join(told))}\n"
    if triage.worst:
        yield f"\n{_WORST_HEADS.of(lang)}\n|---|---|---|---|\n"
    for lead in triage.worst:
        cells = lead.title.of(lang), lead.path, severities_text(lead.severities).of(lang), lead.what.of(lang)
        yield f"| {' | '.join(map(escaped, cells))} |\n"
    if triage.unread:
        yield _named(UNREAD_HEAD, triage.tally.standings[UNREAD], [each.path for each in triage.unread], lang)
    if triage.unfiled:
        yield f"\n{escaped(UNFILED_HEAD.format(n=triage.tally.standings[UNFILED]).of(lang))}\n"
    for year, count, agencies in triage.unfiled:
        yield _named(_OF_YEAR.format(year=year), count, agencies, lang)
    rules = [_COUNTED.format(name=rule_name(code), n=group.reports) for code, group in triage.rules()]
    if rules:
        yield f"\n{escaped(_BY_RULE.of(lang) + joined(rules, '；', '; ').of(lang))}\n"


def _named(head: Text, count: int, names: list[str], lang: str | None) -> str:
    """What was not read, or not filed, in one line."""
    shown = names[:_NAMED]
    more = f" … {_OTHERS.format(n=count - len(shown)).of(lang)}" if count > len(shown) else ""
    return f"\n{escaped(head.format(n=count).of(lang))}{_COLON.of(lang)}{' · '.join(map(escaped, shown))}{more}\n"


class _Rows:
    """As many rows as may be shown, those of the worst reports first, and how many there are."""

    def __init__(self) -> None:
        self.number = 0
        self._ranked: list[tuple[Rank, int, str]] = []
        self._room = _MOST

    @property
    def kept(self) -> list[str]:
        return [row for _, _, row in self._ranked]

    def add(self, rank: Rank, row: str) -> None:
        self.number += 1
        insort(self._ranked, (rank, self.number, row))
        self._room -= _size(row)
        while self._room <= 0 and self._ranked:
            self._room += _size(self._ranked.pop()[2])


def _rows(entry: Entry, lang: str | None) -> Iterator[tuple[str, tuple[str, ...]]]:
    if isinstance(entry, Unread):
        yield "error", (SEVERITY_NAMES["error"].of(lang), NOT_READ.of(lang), entry.path, "", entry.error.text(lang))
        return
    for finding in entry.findings:
        title = get_rule(finding.rule).title.text().of(lang)
        place = finding.place.text.of(lang) if finding.place else ""
        report = f"{entry.report.title.of(lang)} ({entry.path})" if entry.report.agency else entry.path
        told = SEVERITY_NAMES[finding.severity].of(lang), f"{finding.rule} {title}", report, place
        yield finding.severity, (*told, f"{finding.message.of(lang)} {name_of_cause(finding.cause).of(lang)}".rstrip())


def _table(rows: list[_Rows], lang: str | None) -> Iterator[str]:
    number = sum(each.number for each in rows)
    if not number:
        return
    yield f"\n{_HEADS.of(lang)}\n|---|---|---|---|---|\n"
    room, listed = _MOST, 0
    for row in (row for each in rows for row in each.kept):
        room -= _size(row)
        if room < 0:
            break
        listed += 1
        yield row
    if listed < number:
        yield f"\n{_MORE.format(n=number - listed).of(lang)}\n"


def _size(row: str) -> int:
    return len(row.encode("utf-8"))


def escaped(text: str) -> str:
    """Text that Markdown shows as it is, on one line."""
    apart = _LINKED.sub(lambda match: match[0] + _NOTHING, one_line(text))
    return _SPECIAL.sub(_entity, apart)


def _entity(match: re.Match[str]) -> str:
    return "".join(f"&#{ord(character)};" for character in match[0])
