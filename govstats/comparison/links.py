"""Links: equations between figures of several reports, over the years (Y601, Y602) and over units (R701)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from govstats.comparison.filing import Filing
from govstats.comparison.pairs import pairs_of
from govstats.comparison.stock import stock_rows

Spot = tuple[int, str, int]
"""A figure: the number of its report, its table, its position in the form."""
Figures = Mapping[Spot, float]
"""Figures that are put differently from what is printed."""

_EXACT = 1e-6
_SIZES = 12


class Term(NamedTuple):
    """A figure and its sign in an equation."""

    spot: Spot
    sign: float


class Link(NamedTuple):
    """The sum of its terms is 0, or nearly so. `rule` states it; `about`: the report that it is told of. `is_open`:
    a term is not known, and is not negative; so the others must not be above 0."""

    rule: str
    about: int
    terms: tuple[Term, ...]
    slack: float = _EXACT
    is_open: bool = False

    def residual(self, filings: Mapping[int, Filing], instead: Figures) -> float | None:
        """What it is off by; None where a figure is not there."""
        total = 0.0
        for spot, sign in self.terms:
            value = instead[spot] if spot in instead else filings[spot[0]].tables[spot[1]].at(spot[2])
            if value is None:
                return None
            total += sign * value
        return total

    def fails(self, filings: Mapping[int, Filing], instead: Figures) -> bool:
        """Is it off by more than rounding explains?"""
        residual = self.residual(filings, instead)
        return residual is not None and (residual if self.is_open else abs(residual)) > self.slack

    @property
    def reports(self) -> set[int]:
        """The numbers of the reports in it."""
        return {spot[0] for spot, _ in self.terms}


def carry_links(now: Filing, before: Filing) -> Iterator[Link]:
    """What was carried over is what last year carried on, column by column."""
    for pair in pairs_of(now, before):
        here = Term((now.number, pair.cell.table, pair.at), 1.0)
        there = before.tables[pair.old.table].form.position(*pair.old[1:])
        yield Link("Y601", now.number, (here, Term((before.number, pair.old.table, there), -1.0)))


def stock_links(now: Filing, before: Filing) -> Iterator[Link]:
    """What was in force, more or less what was issued and repealed, is in force."""
    for table, past, (issued, repealed, in_force) in stock_rows(now, before):
        here = ((issued, 1.0), (repealed, -1.0), (in_force, -1.0))
        terms = (Term((now.number, table, at), sign) for at, sign in here)
        yield Link("Y602", now.number, (Term((before.number, table, past), 1.0), *terms))


def demands(links: Iterable[Link], filings: Mapping[int, Filing]) -> dict[int, list[Figures]]:
    """Report → what its figures should be so that what fails beside the same reports holds: all of it, and what is off
    by as much, as a figure and its totals are."""
    failing: defaultdict[tuple[str, int, frozenset[int]], list[tuple[Link, float]]] = defaultdict(list)
    for link in links:
        residual = link.residual(filings, {})
        if residual is not None and link.fails(filings, {}):
            failing[link.rule, link.about, frozenset(link.reports)].append((link, residual))
    found: defaultdict[int, list[Figures]] = defaultdict(list)
    for (_, _, reports), off in failing.items():
        sizes = {abs(residual) for _, residual in off}
        parts = [[each for each in off if abs(each[1]) == size] for size in sizes] if 1 < len(sizes) <= _SIZES else []
        for number in reports:
            found[number] += [spots for part in (off, *parts) if (spots := _asked(number, part, filings))]
    return found


def _asked(number: int, off: list[tuple[Link, float]], filings: Mapping[int, Filing]) -> dict[Spot, float]:
    spots: dict[Spot, float] = {}
    for link, residual in off:
        mine = [term for term in link.terms if term.spot[0] == number]
        if len(mine) != 1:
            return {}
        ((spot, sign),) = mine
        value = filings[number].tables[spot[1]].at(spot[2])
        if value is None or value - sign * residual < 0:
            return {}
        spots[spot] = value - sign * residual
    return spots
