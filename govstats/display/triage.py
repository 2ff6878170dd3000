"""Entries → what an inspector looks at first: counts, the reports to see to, worst first, and where they crowd.

Computed once while entries stream by; terminal, page, workbook, Markdown and notebook only draw it.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple, Self, TypeVar

from govstats.catalog.rules import get_rule
from govstats.display.verdict import CLEAN, STANDINGS, UNFILED, UNVERIFIED, standing
from govstats.lang import Text
from govstats.model.audits import Audited, Entry, Tally, Unfiled, Unread
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES, Finding

UNREAD = "unread"
WORST = 10
"""How many reports are named."""
_MOST_GROUPS = 10_000
_LISTED = 200
"""So many documents not read, and agencies without a report, are kept by name."""
_MOST_RULES = 3
_NOT_READ = {"D001", "D012"}
THERE = Text("（有文件，读不了）", " (there, not readable)")

_Key = TypeVar("_Key")
Severities = tuple[int, int, int]
"""How many findings: errors, warnings, infos."""
Rank = tuple[int, int, int, int]
"""Errors, warnings and infos as negative numbers, then the order of reading: the worst sorts first."""

_UNKNOWN = Text("未知", "unknown")
STANDING_NAMES = {**STANDINGS, UNREAD: Text("没有读成", "not read")}
"""How a document can stand → its name, the gravest first; what could not be read stands between errors and the rest."""


class Placed(NamedTuple):
    """Where one document stands among all, and how."""

    rank: Rank
    standing: str


class Lead(NamedTuple):
    """A report that a person should see to: whose, its file, how many findings, and the gravest of them by name."""

    rank: Rank
    title: Text
    path: str
    standing: str
    what: Text

    @property
    def severities(self) -> Severities:
        """How many errors, warnings, infos."""
        return -self.rank[0], -self.rank[1], -self.rank[2]

    @property
    def number(self) -> int:
        """Its place in the order of reading, from 0."""
        return self.rank[3]


class Missing(NamedTuple):
    """A document that could not be read, or an agency that has not filed: its name, and why or for which year.
    `there`: the file of an agency that did file one, which could not be read; nobody has to ask it for another year."""

    name: str
    why: Text
    there: str = ""

    @property
    def whose(self) -> Text:
        """An agency and year, marked where its file is there: `青山县水务局 2023 年（有文件，读不了）`."""
        mark = THERE if self.there else Text("", "")
        return Text(self.why.zh + mark.zh, self.why.en + mark.en)


@dataclass(slots=True)
class Group:
    """What reports of one agency, year, rule or place add up to."""

    reports: int = 0
    findings: Counter[str] = field(default_factory=Counter)

    @property
    def severities(self) -> Severities:
        """How many errors, warnings, infos."""
        errors, warnings, infos = (self.findings[severity] for severity in SEVERITIES)
        return errors, warnings, infos

    def add(self, findings: Iterable[Finding]) -> None:
        """One more report with these findings."""
        self.reports += 1
        self.findings.update(finding.severity for finding in findings)


def _agency(entry: Audited) -> Mapping[str | None, Iterable[Finding]]:
    return {entry.glance.agency: entry.findings}


def _year(entry: Audited) -> Mapping[str | None, Iterable[Finding]]:
    return {_year_of(entry): entry.findings}


def _rule(entry: Audited) -> Mapping[str | None, Iterable[Finding]]:
    by_code: defaultdict[str | None, list[Finding]] = defaultdict(list)
    for finding in entry.findings:
        by_code[finding.rule].append(finding)
    return by_code


def _place(entry: Audited) -> Mapping[str | None, Iterable[Finding]]:
    return {entry.glance.region: entry.findings}


def _year_of(entry: Audited) -> str | None:
    return str(entry.glance.year) if entry.glance.year else None


WAYS = {"agency": _agency, "year": _year, "rule": _rule, "place": _place}
"""What reports are counted by → the groups to which one counts, each with the findings that count there."""
WAY_NAMES = {
    "agency": Text("机关", "agency"),
    "year": Text("年度", "year"),
    "rule": Text("规则", "rule"),
    "place": Text("地区", "place"),
}


class Triage:
    """What came of all documents: `tally` and `standings` count them, `worst` names the first to see to."""

    def __init__(self, partial: bool = False) -> None:
        self.tally = Tally(partial)
        self.standings: Counter[str] = Counter()
        self.worst: list[Lead] = []
        self.unread: list[Missing] = []
        self.unfiled: list[Missing] = []
        self._groups: dict[str, dict[str | None, Group]] = {way: {} for way in WAYS}
        self._cells: dict[tuple[str | None, str | None], Group] = {}
        self._number = 0

    @classmethod
    def of(cls, entries: Iterable[Entry], partial: bool = False) -> Self:
        """The triage of some entries."""
        made = cls(partial)
        for entry in entries:
            made.add(entry)
        return made

    def add(self, entry: Entry) -> Placed:
        """One more entry."""
        number, self._number = self._number, self._number + 1
        self.tally.add(entry)
        if isinstance(entry, Unread):
            self._add_missing(UNREAD, self.unread, Missing(entry.path, entry.error.message))
            return Placed((0, 0, 0, number), UNREAD)
        if isinstance(entry, Unfiled):
            there = next((finding.other for finding in entry.findings if finding.other), "")
            self._add_missing(UNFILED, self.unfiled, Missing(entry.path, entry.glance.title, there))
        return self._add_report(entry, number)

    def _add_missing(self, kind: str, known: list[Missing], missing: Missing) -> None:
        self.standings[kind] += 1
        if len(known) < _LISTED:
            known.append(missing)

    def _add_report(self, entry: Audited, number: int) -> Placed:
        counts = Counter(finding.severity for finding in entry.findings)
        rank = (-counts["error"], -counts["warning"], -counts["info"], number)
        for way, grouped in WAYS.items():
            for group, findings in grouped(entry).items():
                self._grouped(self._groups[way], group).add(findings)
        how = standing(entry)
        if how == UNFILED:
            return Placed(rank, how)
        self.standings[how] += 1
        cell = entry.glance.agency, _year_of(entry)
        self._grouped(self._cells, cell).add(entry.findings)
        if rank < (0, 0) and (len(self.worst) < WORST or rank < self.worst[-1].rank):
            insort(self.worst, Lead(rank, _whose(entry), entry.path, how, _what(entry.findings)))
            del self.worst[WORST:]
        return Placed(rank, how)

    def _grouped(self, groups: dict[_Key, Group], key: _Key) -> Group:
        """The group of this name; beyond so many they are no longer told apart."""
        if key in groups or len(groups) < _MOST_GROUPS:
            return groups.setdefault(key, Group())
        return Group()

    @property
    def without_tables(self) -> list[tuple[str, int]]:
        """Rules that tell of tables that were not read, each with in how many reports."""
        return [(code, group.reports) for code, group in self.rules() if code in _NOT_READ]

    @property
    def documents(self) -> int:
        """How many documents were read or should have been, without those who have not filed."""
        return self.tally.reports + self.tally.unread

    @property
    def to_see(self) -> int:
        """How many reports have errors or warnings."""
        return self.standings["error"] + self.standings["warning"]

    @property
    def years(self) -> list[str]:
        """The years of the reports, the earliest first."""
        return sorted(year for year in self._groups["year"] if year)

    def groups(self, way: str) -> list[tuple[str | None, Group]]:
        """The groups of one of WAYS, the gravest first; the name of what is unknown is None."""
        found = self._groups[way].items()
        return sorted(found, key=lambda item: (*(-n for n in item[1].severities), -item[1].reports, item[0] or ""))

    def rules(self) -> list[tuple[str, Group]]:
        """The rules by how many reports they were found in, the most first."""
        found = ((code, group) for code, group in self._groups["rule"].items() if code)
        return sorted(found, key=lambda item: (-item[1].reports, item[0]))

    def matrix(self, most: int = WORST) -> tuple[list[str], list[tuple[str, list[Group | None]]]]:
        """Agency × year: the years, and of the agencies with the most to see to one group a year, None without a
        report. Empty unless several years and several agencies are known."""
        years, agencies = self.years, [name for name, group in self.groups("agency") if name and group.findings]
        if len(years) < 2 or len(self._groups["agency"]) < 2:
            return [], []
        rows = ((name, [self._cells.get((name, year)) for year in years]) for name in agencies)
        return years, list(islice((row for row in rows if any(row[1])), most))


def group_name(way: str, group: str | None) -> Text:
    """What a group is called; a rule by its title before its code."""
    if group is None:
        return _UNKNOWN
    return rule_name(group) if way == "rule" else Text(group, group)


def rule_name(code: str) -> Text:
    """`总计行 T301`."""
    title = get_rule(code).title.text()
    return Text(f"{title.zh} {code}", f"{title.en} {code}")


def severities_text(severities: Severities) -> Text:
    """`错误 1 警告 2`; empty without findings."""
    counted = [(SEVERITY_NAMES[name], n) for name, n in zip(SEVERITIES, severities, strict=True) if n]
    return Text(" ".join(f"{name.zh} {n}" for name, n in counted), " ".join(f"{name.en} {n}" for name, n in counted))


def _whose(entry: Audited) -> Text:
    """Agency and year; the file where they do not tell one report from another."""
    name = re.split(r"[/\\]", entry.path)[-1]
    return entry.glance.title if entry.glance.agency else Text(name, name)


def _what(findings: Iterable[Finding]) -> Text:
    """The gravest findings by the names of their rules: `总计未填 T304、结转平衡 B201 ×2 等`."""
    gravest = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    counts = Counter(finding.rule for finding in gravest)
    told = [(rule_name(code), f" ×{n}" if n > 1 else "") for code, n in list(counts.items())[:_MOST_RULES]]
    more = Text("等", " …") if len(counts) > _MOST_RULES else Text("", "")
    return Text(
        "、".join(f"{name.zh}{times}" for name, times in told) + more.zh,
        ", ".join(f"{name.en}{times}" for name, times in told) + more.en,
    )


def standings_in_order(standings: Mapping[str, int]) -> Iterator[tuple[str, Text, int]]:
    """How many documents stand how: kind, name, count; errors and clean ones also if there are none."""
    for kind in ("error", "warning", "info", UNVERIFIED, CLEAN, UNREAD, UNFILED):
        if standings[kind] or kind in {"error", CLEAN}:
            yield kind, STANDING_NAMES[kind], standings[kind]
