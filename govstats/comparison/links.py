"""Links: equations between figures of several reports, over the years (Y601, Y602) and over units (R701)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from govstats.comparison.filing import Filing
from govstats.comparison.pairs import pairs_of
from govstats.comparison.stock import stock_rows

Spot = tuple[int, str, int]
"""A figure: the number of its report, its table, its position in the form."""
Figures = Mapping[Spot, float]
"""Figures that are put differently from what is printed."""

_EXACT = 1e-6


class Term(NamedTuple):
    """A figure and its sign in an equation."""

    spot: Spot
    sign: float


class Link(NamedTuple):
    """The sum of its terms is 0, or nearly so. `rule` states it; `about`: the report that it is told of."""

    rule: str
    about: int
    terms: tuple[Term, ...]
    slack: float = _EXACT

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
        return residual is not None and abs(residual) > self.slack

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
