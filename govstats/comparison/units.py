"""Roster and histories → what parents and units show together: sums that differ (R701), reports not filed (R702)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from govstats.catalog.rules import get_rule
from govstats.comparison.families import Family
from govstats.comparison.filing import Filing
from govstats.comparison.filings import Compared, Entry, Filings
from govstats.comparison.histories import History
from govstats.comparison.names import key_of
from govstats.comparison.roster import Roster
from govstats.comparison.twice import the_one
from govstats.lang import Text
from govstats.model.finding import Finding
from govstats.model.wording import NOTHING, listed
from govstats.text.labels import plain

_AT_ONCE = 64
_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")


@dataclass(slots=True)
class Strays:
    """Reports that are nobody's, or of no year: any of them may be one that seems missing."""

    nameless: list[Entry] = field(default_factory=list)
    undated: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    unread: Sequence[str] = ()
    _told: bool = False

    @classmethod
    def of(cls, entries: Iterable[Entry], roster: Roster, unread: Sequence[str]) -> Strays:
        """Those among the reports of a run. `unread`: paths that could not be read at all."""
        found = cls(unread=unread)
        for entry in entries:
            if entry.agency is None:
                found.nameless.append(entry)
            elif entry.year is None:
                key = key_of(entry.agency)
                found.undated[roster.settled.get(key, key)].append(entry.path)
        return found

    def near(self, unit: str, year: int | None) -> Text:
        """What may be the report of a unit and year, told apart; of files that may be anybody's, once for all units."""
        own = listed(Text(path, f"“{path}”") for path in self.undated.get(unit, ()))
        if not own.zh:
            return self._others()
        return _joined(
            Text(f"它的下列报告看不出年度：{own.zh}。", f" Of its reports, these name no year: {own.en}."),
            self._others(),
        )

    def _others(self) -> Text:
        """The files that may be anybody's report, the first time that it is asked for."""
        paths = [] if self._told else [*(each.path for each in self.nameless), *self.unread]
        self._told = True
        told = listed(Text(path, f"“{path}”") for path in paths)
        return (
            Text(
                f"另有没有读成或看不出机关的文件：{told.zh}。",
                f" Apart from it, these could not be read, or do not say whose they are: {told.en}.",
            )
            if paths
            else NOTHING
        )

    def unread_of(self, unit: str, names: Iterable[str], year: int | None) -> str | None:
        """The file of a unit that is there and could not be read, or does not say whose it is, by its name: with the
        unit's, and no other year; or its report that does not say of which year, where the file's name does."""
        undated = (path for path in self.undated.get(unit, ()) if year in _years_named(path))
        if path := next(undated, None):
            return path
        wanted = [each for each in map(plain, names) if len(each) > 2]
        for path in (*self.unread, *(each.path for each in self.nameless if year is None or each.year in (None, year))):
            named = plain(re.split(r"[/\\]", path)[-1])
            years = _years_named(path)
            if any(name in named for name in wanted) and (not years or year in years):
                return path
        return None


def _years_named(path: str) -> set[int]:
    return {int(each) for each in _YEAR.findall(plain(path))}


def _joined(one: Text, other: Text) -> Text:
    return Text(one.zh + other.zh, one.en + other.en)


def families(
    filings: Filings,
    roster: Roster | None,
    known: Mapping[str, History],
    wanted: Iterable[tuple[str, int]] | None = None,
) -> Iterator[tuple[str, Family, list[str]]]:
    """Each parent's key with its family of a year, and the keys of the units in it; `wanted`: only these."""
    for parent, units in roster.children.items() if roster else ():
        if roster is None or parent not in known:
            continue
        years = sorted(known[parent].years) if wanted is None else [year for key, year in wanted if key == parent]
        for year in years:
            filed = [unit for unit in units if unit in known and year in known[unit].years]
            family = _family(filings, roster, known, parent, units, year) if filed else None
            if family is not None:
                yield parent, family, filed


def _family(
    filings: Filings, roster: Roster, known: Mapping[str, History], parent: str, units: Sequence[str], year: int
) -> Family | None:
    own = the_one(filings.load(known[parent].years[year]))
    if own is None:
        return None
    filed = {unit: known[unit].years[year] for unit in units if unit in known and year in known[unit].years}
    missing = [roster.names[unit] for unit in units if unit not in filed]
    usable = dict(_usable(filings, roster, filed, missing))
    return Family(own, usable, missing)


def not_filed(
    roster: Roster, known: Mapping[str, History], strays: Strays, heirs: Mapping[int, Filing]
) -> Iterator[Compared]:
    """Who has not filed. `known`: by key of unit; `heirs`: number of the last report of a body that was taken over →
    the report that did."""
    for unit, years in due_years(roster, known).items():
        filed_for = known[unit].years if unit in known else {}
        heir = heirs.get(filed_for[max(filed_for)][0]) if filed_for else None
        for year in sorted(years - filed_for.keys()):
            if heir and year >= (heir.year or 0):
                name = roster.names[unit]
                yield Compared(None, _taken_over(name, year, heir), name, year, is_merged=True)
            else:
                yield _not_filed(roster, unit, year, strays)
        if not years:
            yield _not_filed(roster, unit, None, strays)


def due_years(roster: Roster, known: Mapping[str, History]) -> dict[str, set[int]]:
    """Unit → the years in which a unit of the same parent filed, or one of its own."""
    below: defaultdict[str | None, set[int]] = defaultdict(set)
    for unit, parent in roster.parents.items():
        below[parent] |= known[unit].years.keys() if unit in known else set()
    return {unit: below[parent] | below[unit] for unit, parent in roster.parents.items() if unit in roster.due}


def _not_filed(roster: Roster, unit: str, year: int | None, strays: Strays) -> Compared:
    parent = roster.parents[unit]
    name, above = roster.names[unit], roster.names[parent] if parent else ""
    fields = {
        "unit": name,
        "parent": Text(f"（上级“{above}”）", f" (parent “{above}”)") if above else NOTHING,
        "year": Text(f"{'' if above else ' '}{year} 年", f" for {year}") if year else Text("任何一年", " for any year"),
    }
    there = strays.unread_of(unit, roster.called[unit], year)
    if there:
        return Compared(None, _not_read(fields, there), name, year)
    fields["strays"] = strays.near(unit, year)
    return Compared(None, get_rule("R702").finding(fields), name, year)


def _taken_over(unit: str, year: int, heir: Filing) -> Finding:
    """R702 of a body that is probably no more."""
    rule = get_rule("R702")
    message = Text(
        f"没有见到“{unit}”{year} 年的报告：它最后留下的申请或文件正好由{heir.agency} {heir.year} 年的报告"
        f"（{heir.path}）接上，可能已经并入。",
        f"There is no report of “{unit}” for {year}: what it left is just what the report of {heir.agency} for "
        f"{heir.year} (“{heir.path}”) has more, so it was probably merged into it.",
    )
    hint = Text(
        "已经撤并的，从名单中去掉，不必催报；没有撤并的，再催报。",
        "If it is no more, take it off the roster; else ask for its report.",
    )
    return Finding(rule.code, rule.name, "info", message, hint)


def _not_read(fields: Mapping[str, object], path: str) -> Finding:
    """R702 of a report that is there: nobody has to ask for it, but for one that can be read."""
    rule = get_rule("R702")
    unit, year = fields["unit"], fields["year"]
    when = year if isinstance(year, Text) else Text("", "")
    message = Text(
        f"“{unit}”{when.zh}的报告在（{path}），但是没有读成，或者没有写是谁的、哪一年的，没有当作它的核对。",
        f"The report of “{unit}”{when.en} is there (“{path}”), but it could not be read, or does not say whose it is "
        "or of which year, and was not checked as its.",
    )
    hint = Text("换一份能读的再核对，不必催报。", "Get a copy that can be read; it need not be asked for.")
    return Finding(rule.code, rule.name, "info", message, hint, other=path)


def _usable(
    filings: Filings, roster: Roster, numbers: Mapping[str, tuple[int, ...]], lost: list[str]
) -> Iterator[tuple[str, Filing]]:
    """Names and filings of units, a few loaded at a time; one with two different reports counts as lost."""
    units = list(numbers)
    for start in range(0, len(units), _AT_ONCE):
        stack = units[start : start + _AT_ONCE]
        loaded = {each.number: each for each in filings.load([number for unit in stack for number in numbers[unit]])}
        for unit in stack:
            one = the_one([loaded[number] for number in numbers[unit]])
            if one is None:
                lost.append(roster.names[unit])
            else:
                yield roster.names[unit], one
