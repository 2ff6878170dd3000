"""Entries of a run → Histories: the reports of one agency over the years. Names that leave a doubt are not matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from govstats.comparison.filings import Entry
from govstats.comparison.names import formers, without_aside
from govstats.comparison.whereabouts import only_county, whole_key
from govstats.identity.names import is_fuller, is_region

_ENDS = ("省", "市", "县", "区", "州", "盟", "旗", "团")

Years = dict[int, list[int]]
"""Year → the numbers of its reports."""


@dataclass(frozen=True, slots=True)
class History:
    """One agency's reports: year → their numbers. `renamed`: the first years under a new name."""

    key: str
    years: Mapping[int, tuple[int, ...]]
    renamed: frozenset[int] = frozenset()

    @property
    def numbers(self) -> list[int]:
        """All its reports, by year."""
        return [number for year in sorted(self.years) for number in self.years[year]]


def histories(entries: Iterable[Entry], settled: Mapping[str, str] | None = None) -> Iterator[History]:
    """The reports of each agency that can be told. `settled`: keys that a roster settles → the key of their unit."""
    known = settled or {}
    listed = list(entries)
    only = only_county(entry.place for entry in listed)
    years: defaultdict[str, Years] = defaultdict(dict)
    for entry in listed:
        key = whole_key(entry, known, only) if entry.year is not None else ""
        if key and entry.year is not None:
            years[known.get(key, key)].setdefault(entry.year, []).append(entry.number)
    fixed = frozenset(known.values())
    for key in fixed:
        years.setdefault(key, {})
    bodies = _Bodies(years, fixed)
    bodies.join()
    yield from bodies.histories()


@dataclass(slots=True)
class _Bodies:
    """Keys, and which of them are one body."""

    years: dict[str, Years]
    fixed: frozenset[str]
    renamed: defaultdict[str, set[int]] = field(default_factory=lambda: defaultdict(set))

    def join(self) -> None:
        """Fuller names first, then words in brackets, then renamings."""
        self._join(_fuller(self.years, self.fixed))
        self._join(_asides(self.years, self.fixed))
        for new, old in list(_renamings(self.years)):
            if old in self.years and new in self.years and old not in self.fixed:
                self.renamed[new].add(min(self.years[new]))
                self._into(new, old)

    def _join(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Each key and the one that its reports go to; that may itself have gone elsewhere."""
        goes = dict(pairs)
        for old in goes:
            new = goes[old]
            while new in goes:
                new = goes[new]
            self._into(new, old)

    def _into(self, new: str, old: str) -> None:
        for year, numbers in self.years.pop(old).items():
            self.years[new].setdefault(year, []).extend(numbers)
        self.renamed[new] |= self.renamed.pop(old, set())

    def histories(self) -> Iterator[History]:
        """What came of it."""
        for key, years in self.years.items():
            if not years:
                continue
            found = {year: tuple(sorted(numbers)) for year, numbers in years.items()}
            yield History(key, found, frozenset(self.renamed.get(key, ())))


def _fuller(years: Mapping[str, Years], fixed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Key → its only fuller name: with the region before it, or 政府 behind it."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for key in years:
        for short in _shorter(key):
            if short in years and is_fuller(key, short):
                found[short].add(key)
    for short, longer in found.items():
        chain = sorted(longer, key=len)
        if short not in fixed and all(one.endswith(other) for other, one in pairwise(chain)):
            yield short, chain[0]
        elif short in fixed and len(chain) == 1 and chain[0] not in fixed:
            yield chain[0], short


def _shorter(key: str) -> Iterator[str]:
    """What may be the same name without its region, or without 政府."""
    region = key.removesuffix("政府")
    if region != key and is_region(region):
        yield region
    for at in range(2, len(key) - 2):
        if key[at - 1] in _ENDS:
            yield key[at:]


def _asides(years: Mapping[str, Years], fixed: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Key with words in brackets → the key without, if they are never there in one year and there is one such key."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for key in years:
        if without_aside(key) != key and key not in fixed:
            found[without_aside(key)].append(key)
    for plain, (first, *others) in found.items():
        if not others and plain in years and not years[plain].keys() & years[first].keys():
            yield first, plain


def _renamings(years: Mapping[str, Years]) -> Iterator[tuple[str, str]]:
    """New key and old key, where the successor is clear: one old name, one new name, and the old one ends before."""
    olds: defaultdict[str, set[str]] = defaultdict(set)
    news: defaultdict[str, set[str]] = defaultdict(set)
    ready: set[tuple[str, str]] = set()
    for new in years:
        for old, renaming in formers(new):
            if old != new and years.get(old) and years[new]:
                olds[new].add(old)
                news[old].add(new)
                if max(years[old]) < min(years[new]) and renaming.since <= min(years[new]):
                    ready.add((new, old))
    for new, old in sorted(ready):
        if len(olds[new]) == len(news[old]) == 1:
            yield new, old
