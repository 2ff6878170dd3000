"""One agency's filings over the years → Course: the one that counts for each year, and the steps between them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from govstats.comparison.filing import Filing
from govstats.comparison.histories import History
from govstats.comparison.links import Link, carry_links, stock_links
from govstats.comparison.notes import of_kind, scope_of
from govstats.comparison.pairs import pairs_of
from govstats.comparison.stock import flows_off
from govstats.comparison.twice import the_one

_BREAKS = ("merger", "moved_out", "scope_changed")


@dataclass(frozen=True, slots=True)
class Step:
    """A report and that of the year before. `renamed`: it is the first under a new name."""

    now: Filing
    before: Filing
    renamed: bool

    @property
    def scopes_differ(self) -> bool:
        """Do both say what they count, and not the same; or does this one say that it counts something else now?"""
        now, before = scope_of(self.now.notes), scope_of(self.before.notes)
        return bool(of_kind(self.now.notes, "scope_changed")) or (None not in (now, before) and now != before)

    @property
    def links(self) -> Iterator[Link]:
        """What must agree between the two; nothing where they count different things."""
        if not self.scopes_differ:
            yield from carry_links(self.now, self.before)
            if not self.renamed:
                yield from stock_links(self.now, self.before)


@dataclass(frozen=True, eq=False)
class Course:
    """The filings of a history. With rivals in two years the name stands for two bodies: nothing is compared."""

    history: History
    single: Mapping[int, Filing]
    rivals: tuple[list[Filing], ...] = field(default=())

    @classmethod
    def of(cls, history: History, loaded: Mapping[int, Filing]) -> Course:
        """A history with its filings."""
        years = {year: [loaded[number] for number in history.years[year]] for year in sorted(history.years)}
        chosen = {year: the_one(filings) for year, filings in years.items()}
        rivals = tuple(years[year] for year, one in chosen.items() if one is None)
        single = {year: one for year, one in chosen.items() if one is not None}
        return cls(history, {} if len(rivals) > 1 else single, rivals)

    @cached_property
    def steps(self) -> dict[int, Step]:
        """Year → the step to it from the year before."""
        return {
            year: Step(now, self.single[year - 1], year in self.history.renamed)
            for year, now in self.single.items()
            if year - 1 in self.single
        }

    @cached_property
    def links(self) -> list[Link]:
        """All that must agree over its years."""
        return [link for step in self.steps.values() for link in step.links]

    def has(self, filing: Filing) -> bool:
        """Is a filing one of those that count? It may have been loaded anew."""
        return any(each.number == filing.number for each in self.single.values())

    @cached_property
    def is_calm(self) -> bool:
        """Do its own relations hold in each report, and all links between them?"""
        if any(filing.suspects for filing in self.single.values()):
            return False
        return not any(flows_off(step.now, step.before) or _differs(step) for step in self.steps.values())

    def astray(self) -> set[int]:
        """The reports that do not follow from the year before."""
        filings = {filing.number: filing for filing in self.single.values()}
        return {link.about for link in self.links if link.fails(filings, {})}

    def since(self, year: int) -> int:
        """The first year from which on figures can be compared with those of this one."""
        breaks = [each for each in self.history.renamed if each <= year]
        breaks += [
            each
            for each, filing in self.single.items()
            if each <= year
            and (of_kind(filing.notes, *_BREAKS) or (each in self.steps and self.steps[each].scopes_differ))
        ]
        return max(breaks, default=0)


def _differs(step: Step) -> bool:
    return any(pair.differs for pair in pairs_of(step.now, step.before))
