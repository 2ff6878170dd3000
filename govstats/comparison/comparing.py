"""Filings → Compared: all that takes more than one report. Only names stay in memory, figures are loaded and let go.

First every agency's years and every parent's sums are looked at by themselves. Where all holds they are told at once;
what does not hold is judged together, so that one fault is told once, at the report that has it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from govstats.comparison.agency import Course
from govstats.comparison.copies import Copy, Filed, copy_finding, find_copies
from govstats.comparison.fees import accuse_fees, fee_jumps
from govstats.comparison.filing import Filing
from govstats.comparison.filings import Compared, Filings
from govstats.comparison.histories import History, histories
from govstats.comparison.reasons import Ended
from govstats.comparison.roster import Roster
from govstats.comparison.stocks import accuse_stocks
from govstats.comparison.telling import of_course
from govstats.comparison.units import Strays, families, not_filed
from govstats.comparison.web import Web
from govstats.model.keys import cause_name

_AT_ONCE = 64
"""So many filings are loaded at a time, or as many as one agency has."""


def compare(filings: Filings, roster: Roster | None = None, unread: Sequence[str] = ()) -> Iterator[Compared]:
    """What reports taken together show.

    Without a roster each agency is compared with itself over the years; with one, names that leave a doubt are settled,
    and parents are compared with their units. `unread`: paths that could not be read, told beside reports not filed.
    """
    entries = {each.number: each for each in filings.index()}
    known = {each.key: each for each in histories(entries.values(), roster.settled if roster else None)}
    filed = {number: Filed(entries[number], key) for key, each in known.items() for number in each.numbers}
    run = _Run(filings, roster, known, filed)
    yield from run.calm()
    yield from run.together()
    yield from run.copied()
    if roster is not None:
        yield from not_filed(roster, known, Strays.of(entries.values(), roster, unread), run.heirs)


@dataclass(slots=True)
class _Run:
    filings: Filings
    roster: Roster | None
    known: Mapping[str, History]
    filed: Mapping[int, Filed]
    copies: dict[int, Copy] = field(default_factory=dict)
    restless: set[str] = field(default_factory=set)
    odd: set[str] = field(default_factory=set)
    astray: set[int] = field(default_factory=set)
    heirs: dict[int, Filing] = field(default_factory=dict)
    ended: Ended = field(init=False)

    def __post_init__(self) -> None:
        self.ended = Ended.of(self.filings, self.filed, self.known.values())
        parents = self.roster.parents if self.roster else {}
        self.copies = find_copies(self.filed, self.filings.traits(), parents)

    def calm(self) -> Iterator[Compared]:
        """What is told of agencies whose years agree; the others are noted."""
        parents = self.roster.children.keys() if self.roster else ()
        sure = {number: copy for number, copy in self.copies.items() if not copy.mutual}
        for stack in _stacks(self.known.values()):
            loaded = self._loaded(stack)
            for history in stack:
                course = Course.of(history, loaded)
                if not course.is_calm or any(True for _ in fee_jumps(course)):
                    self.odd.add(history.key)
                if history.key not in parents and history.key not in self.odd:
                    yield from of_course(
                        course, Web({history.key: course}, sure, heirs=self.heirs), self._ended_of(history)
                    )
                else:
                    self.restless.add(history.key)
                    self.astray |= course.astray()
        self._direct()

    def _direct(self) -> None:
        """Of two reports of one year with the same figures, the one that does not follow from its own last year is the
        copy."""
        for number, copy in list(self.copies.items()):
            other = copy.source.number
            if copy.mutual and number in self.astray and other not in self.astray:
                self.copies[number] = replace(copy, mutual=False)
                self.copies.pop(other, None)

    def together(self) -> Iterator[Compared]:
        """What is told of the others, each with those that may explain it."""
        sure = {number: copy for number, copy in self.copies.items() if not copy.mutual}
        groups = _Groups(self.restless)
        troubled: list[tuple[str, int]] = []
        for parent, family, members in families(self.filings, self.roster, self.known) if self.roster else ():
            if parent in self.odd:  # what is odd in a unit may have been compiled with all the rest
                groups.join(parent, [unit for unit in members if unit in self.odd])
            if family.is_calm:
                yield from family.unverified()
                continue
            troubled.append((parent, family.own.year or 0))
            groups.join(parent, [unit for unit in members if unit in self.restless])
        yield from self._judged(groups, troubled, sure)

    def _judged(self, groups: _Groups, troubled: list[tuple[str, int]], sure: Mapping[int, Copy]) -> Iterator[Compared]:
        by_group: defaultdict[str, list[tuple[str, int]]] = defaultdict(list)
        for parent, year in troubled:
            by_group[groups.root(parent)].append((parent, year))
        for root, keys in groups.all():
            yield from self._of_group(keys, by_group.get(root, []), sure)

    def _of_group(self, keys: list[str], sums: list[tuple[str, int]], sure: Mapping[int, Copy]) -> Iterator[Compared]:
        loaded = self._loaded([self.known[key] for key in keys])
        courses = {key: Course.of(self.known[key], loaded) for key in self._upwards(keys)}
        together = (
            [family for _, family, _ in families(self.filings, self.roster, self.known, sums)]
            if self.roster and sums
            else []
        )
        web = Web(courses, sure, self.roster.children if self.roster else {}, self.heirs)
        for family in together:
            web.filings |= {
                each.number: each for each in (family.own, *family.units.values()) if each.number not in web.filings
            }
        links = [link for course in courses.values() for link in course.links]
        links += [link for family in together for link in family.links()]
        without = {family.own.number: frozenset(family.compiled) for family in together}
        web.settle(links, without)
        for family in together:
            family.follow(web)
        for course in courses.values():
            accuse_stocks(course, web)
            accuse_fees(course, web)
        for family in together:
            family.accuse(web)
        yield from web.outcomes()
        for course in courses.values():
            yield from of_course(course, web, self._ended_of(course.history))
        for family in together:
            yield from family.told(web)

    def _upwards(self, keys: Iterable[str]) -> list[str]:
        """Units before their parents."""
        parents = self.roster.parents if self.roster else {}

        def depth(key: str) -> int:
            above = parents.get(key)
            return 0 if above is None else 1 + depth(above)

        return sorted(keys, key=depth, reverse=True)

    def copied(self) -> Iterator[Compared]:
        """Y604."""
        for number, copy in sorted(self.copies.items()):
            entry = self.filed[number].entry
            yield Compared(number, copy_finding(copy, entry.agency, cause_name(entry, "Y604")))

    def _loaded(self, stack: Iterable[History]) -> dict[int, Filing]:
        numbers = [number for history in stack for number in history.numbers]
        return {each.number: each for each in self.filings.load(numbers)}

    def _ended_of(self, history: History) -> Callable[[int], list[Filing]]:
        return lambda year: self.ended.before(history, year)


class _Groups:
    """Keys that are judged together."""

    def __init__(self, keys: Iterable[str]) -> None:
        self._above = {key: key for key in keys}

    def root(self, key: str) -> str:
        """What a key's group is called."""
        while self._above[key] != key:
            key = self._above[key]
        return key

    def join(self, key: str, others: Iterable[str]) -> None:
        """One group of them."""
        self._above.setdefault(key, key)
        for other in others:
            self._above[self.root(other)] = self.root(key)

    def all(self) -> Iterator[tuple[str, list[str]]]:
        """Each group and its keys."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for key in self._above:
            found[self.root(key)].append(key)
        yield from found.items()


def _stacks(found: Iterable[History]) -> Iterator[list[History]]:
    stack: list[History] = []
    size = 0
    for history in found:
        more = len(history.numbers)
        if more > 1:
            if stack and size + more > _AT_ONCE:
                yield stack
                stack, size = [], 0
            stack.append(history)
            size += more
    if stack:
        yield stack
