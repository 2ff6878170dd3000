"""Entries → what an inspector looks at first: counts, the reports to see to, worst first, and where they crowd.

Computed once while entries stream by; terminal, page, workbook, Markdown and notebook only draw it.
"""

from __future__ import annotations

import re
from bisect import insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, islice
from typing import NamedTuple, Self, TypeVar

from govstats.catalog.rules import get_rule
from govstats.display.grouping import WAYS, Group, Severities, year_of
from govstats.display.verdict import verdict
from govstats.lang import Text, joined, language
from govstats.model.audits import Audited, Entry, Unfiled, Unread
from govstats.model.finding import SEVERITIES, SEVERITY_NAMES, Finding
from govstats.model.standings import CLEAN, ERROR, STANDINGS, UNREAD, WARNING
from govstats.model.tally import Tally

WORST = 10
"""How many reports are named."""
_MOST_GROUPS = 10_000
_LISTED = 200
"""So many documents that were not read, and agencies that have not filed, are kept by name."""
_MOST_RULES = 3

_Key = TypeVar("_Key")
Rank = tuple[int, int, int, int]
"""Errors, warnings and infos as negative numbers, then the order of reading: the worst sorts first."""

_WITHIN = Text("（…）", " (…)")
_PLACE = re.compile("[^省市县区州旗盟]{1,8}(?:[省市县区旗盟]|自治州|州)(?=..)")
_TIMES = Text("{name}{times}", "{name}{times}")
_UNKNOWN = Text("未知", "unknown")


class Placed(NamedTuple):
    """Where one document stands among all, and how."""

    rank: Rank
    standing: str


class Lead(NamedTuple):
    """A report to see to: whose, its file, how many findings, and the gravest of them by name, and by code alone."""

    rank: Rank
    title: Text
    path: str
    standing: str
    what: Text
    codes: Text

    @property
    def severities(self) -> Severities:
        """How many errors, warnings, infos."""
        return -self.rank[0], -self.rank[1], -self.rank[2]

    @property
    def number(self) -> int:
        """Its place in the order of reading, from 0."""
        return self.rank[3]

    @property
    def file(self) -> str:
        """The last part of its path; empty where the title is that already."""
        name = _file(self.path)
        return "" if name == self.title.zh else name

    def called(self, lang: str | None) -> str:
        """Whose it is, and its file: `青山县教育局 2023 年 年报.docx`; the file alone where that says both."""
        says_both = all(part in self.file for part in self.title.zh.removesuffix(" 年").split())
        return self.file if self.file and says_both else f"{self.title.of(lang)} {self.file}".rstrip()


class NotRead(NamedTuple):
    """A document that is there and was not read: its file, why, what to do, and whose it is, as far as is known."""

    path: str
    why: Text
    hint: Text | None
    whose: Text | None = None

    @property
    def file(self) -> str:
        """The last part of its path."""
        return _file(self.path)

    def text(self, lang: str | None = None) -> str:
        """Why, and what to do."""
        mark = " " if language(lang) == "en" else ""
        return mark.join(text.of(lang) for text in (self.why, self.hint) if text)

    @classmethod
    def of(cls, entry: Entry) -> Self:
        """The document of an entry that was not read."""
        if isinstance(entry, Unread):
            return cls(entry.path, entry.error.message, entry.error.hint)
        why, hint = next(((each.message, each.hint) for each in entry.findings), (verdict(entry), None))
        return cls(entry.path, why, hint, entry.glance.title if entry.glance.agency else None)


class Unfiling(NamedTuple):
    """Who has not filed for one year (`2024 年`): how many agencies, and their names, no more than so many in all."""

    year: Text
    number: int
    agencies: list[str]

    def told(self, lang: str | None = None) -> Iterator[str]:
        """The names for a list, piece by piece: 青山县（教育局, 财政局）: neighbours of one place name it once."""
        opening, closing = _WITHIN.of(lang).split("…")
        for place, group in groupby(self.agencies, _place_of):
            names = list(group)
            if len(names) == 1 or not place:
                yield from names
                continue
            first, *others = (name.removeprefix(place) for name in names)
            yield f"{place}{opening}{first}"
            yield from others[:-1]
            yield f"{others[-1]}{closing}"


class Triage:
    """What came of all documents: `tally` counts them, `worst` names the first to see to, `unfiled` who filed none."""

    def __init__(self, partial: bool = False) -> None:
        self.tally = Tally(partial)
        self.worst: list[Lead] = []
        self._unfiled: dict[int, list[str]] = {}
        self._absent: Counter[int] = Counter()
        self._unread: list[NotRead] = []
        self._whose: dict[str, Text] = {}
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
            self._add_unread(entry)
            return Placed((0, 0, 0, number), UNREAD)
        counts = Counter(finding.severity for finding in entry.findings)
        placed = Placed((-counts["error"], -counts["warning"], -counts["info"], number), entry.standing)
        for way, grouped in WAYS.items():
            for group, findings in grouped(entry).items():
                self._grouped(self._groups[way], group).add(
                    findings, entry, not isinstance(entry, Unfiled) or (way == "rule" and not entry.file)
                )
        if isinstance(entry, Unfiled):
            self._add_unfiled(entry)
        else:
            self._add_report(entry, placed)
        return placed

    def _add_unread(self, entry: Entry) -> None:
        if len(self._unread) < _LISTED:
            self._unread.append(NotRead.of(entry))

    def _add_unfiled(self, entry: Unfiled) -> None:
        if entry.file:
            self._whose[entry.file] = entry.glance.title
            return
        year = entry.glance.year or 0
        self._absent[year] += 1
        if self._absent.total() <= _LISTED:
            self._unfiled.setdefault(year, []).append(entry.glance.agency or "")

    def _add_report(self, entry: Audited, placed: Placed) -> None:
        cell = entry.glance.agency, year_of(entry)
        self._grouped(self._cells, cell).add(entry.findings, entry)
        if placed.standing == UNREAD:
            self._add_unread(entry)
        elif placed.rank < (0, 0) and (len(self.worst) < WORST or placed.rank < self.worst[-1].rank):
            insort(self.worst, Lead(placed.rank, _whose(entry), entry.path, placed.standing, *_what(entry.findings)))
            del self.worst[WORST:]

    def _grouped(self, groups: dict[_Key, Group], key: _Key) -> Group:
        """The group of this name; beyond so many they are no longer told apart."""
        if key in groups or len(groups) < _MOST_GROUPS:
            return groups.setdefault(key, Group())
        return Group()

    @property
    def unread(self) -> list[NotRead]:
        """The documents that were not read, no more than so many."""
        return list(map(self.attributed, self._unread))

    @property
    def unfiled(self) -> list[Unfiling]:
        """Who has not filed, the latest year first; last who never has."""
        years = sorted(self._absent, reverse=True)
        return [Unfiling(_year(year), self._absent[year], self._unfiled.get(year, [])) for year in years]

    def attributed(self, document: NotRead) -> NotRead:
        """The same with whose it is, where a roster and the file's name tell."""
        return document._replace(whose=document.whose or self._whose.get(document.path))

    @property
    def to_see(self) -> int:
        """How many reports have errors or warnings."""
        return self.tally.standings[ERROR] + self.tally.standings[WARNING]

    @property
    def years(self) -> list[str]:
        """The years of the reports, the earliest first."""
        return sorted(year for year, group in self._groups["year"].items() if year and group.reports)

    def groups(self, way: str) -> list[tuple[str | None, Group]]:
        """The groups of one of WAYS, the gravest first; the name of what is unknown is None."""
        found = self._groups[way].items()
        return sorted(found, key=lambda item: (*(-n for n in item[1].severities), -item[1].reports, item[0] or ""))

    def rules(self) -> list[tuple[str, Group]]:
        """The rules by how many reports they were found in, the most first."""
        found = ((code, group) for code, group in self._groups["rule"].items() if code)
        return sorted(found, key=lambda item: (-item[1].reports, item[0]))

    def places(self, lang: str, most: int = WORST) -> list[tuple[str, Group]]:
        """The places with the most to see to; empty unless reports are from several."""
        found = self.groups("place")
        return [(group_name("place", name).of(lang), group) for name, group in found[:most]] if len(found) > 1 else []

    def matrix(self, most: int = WORST) -> tuple[list[str], list[tuple[str, list[Group | None]]]]:
        """Agency × year: the years, and of the agencies with the most to see to one group a year, None without a
        report. Empty unless several years and several agencies are known."""
        years, agencies = self.years, [name for name, group in self.groups("agency") if name and group.findings]
        if len(years) < 2 or len(self._groups["agency"]) < 2:
            return [], []
        rows = ((name, [self._cells.get((name, year)) for year in years]) for name in agencies)
        return years, list(islice((row for row in rows if any(row[1])), most))


def _place_of(agency: str) -> str:
    found = _PLACE.match(agency)
    return found[0] if found else ""


def _year(year: int) -> Text:
    return Text(f"{year} 年", str(year)) if year else Text("各年都没有", "no year")


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
    """`错误 1 警告 2`, `1 error, 2 warnings`; empty without findings."""
    counted = [(SEVERITY_NAMES[name], n) for name, n in zip(SEVERITIES, severities, strict=True) if n]
    english = (f"{n} {name.en}{'s' if n > 1 else ''}" for name, n in counted)
    return Text(" ".join(f"{name.zh} {n}" for name, n in counted), ", ".join(english))


def _whose(entry: Audited) -> Text:
    """Agency and year; the file where they do not tell one report from another."""
    name = _file(entry.path)
    return entry.glance.title if entry.glance.agency else Text(name, name)


def _file(path: str) -> str:
    return re.split(r"[/\\]", path)[-1]


def _what(findings: Iterable[Finding]) -> tuple[Text, Text]:
    """The gravest findings by the names of their rules (`总计未填 T304、结转平衡 B201 ×2 等`), and by codes alone."""
    gravest = sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))
    counts = Counter(finding.rule for finding in gravest)
    more = Text("等", " …") if len(counts) > _MOST_RULES else Text("", "")
    told = [(code, f" ×{n}" if n > 1 else "") for code, n in list(counts.items())[:_MOST_RULES]]
    names = joined(_TIMES.format(name=rule_name(code), times=times) for code, times in told)
    codes = joined(f"{code}{times}" for code, times in told)
    return Text(names.zh + more.zh, names.en + more.en), Text(codes.zh + more.zh, codes.en + more.en)


def standings_in_order(standings: Mapping[str, int]) -> Iterator[tuple[str, Text, int]]:
    """How many documents stand how: kind, name, count; errors and clean ones also if there are none."""
    for kind, name in STANDINGS.items():
        if standings[kind] or kind in {ERROR, CLEAN}:
            yield kind, name, standings[kind]
