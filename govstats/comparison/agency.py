"""One agency's filings over the years → what they show together: duplicates, consecutive years, the whole history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain

from govstats.comparison.carryover import carry_over
from govstats.comparison.filing import Filing
from govstats.comparison.filings import Compared
from govstats.comparison.histories import History
from govstats.comparison.jump import jumps, totals
from govstats.comparison.rates import growth_rates
from govstats.comparison.stock import stock_flow
from govstats.comparison.twice import filed_twice, the_one
from govstats.model.finding import Finding


def compare_years(history: History, loaded: Mapping[int, Filing]) -> Iterator[Compared]:
    """The findings of one agency. With rivals in two years the name stands for two bodies: nothing is compared."""
    years = {year: [loaded[number] for number in history.years[year]] for year in sorted(history.years)}
    chosen = {year: the_one(filings) for year, filings in years.items()}
    rivals = [years[year] for year, one in chosen.items() if one is None]
    for filings in rivals:
        yield from filed_twice(filings)
    if len(rivals) > 1:
        return
    single = {year: one for year, one in chosen.items() if one is not None}
    levels = {year: totals(filing) for year, filing in single.items()}
    for year, now in single.items():
        renamed = year in history.renamed
        before = single.get(year - 1)
        found = list(_of_two_years(now, before, renamed)) if before is not None else []
        since = max((each for each in history.renamed if each <= year), default=0)
        explained = {change[:3] for finding in found for change in (*finding.repair, *chain(*finding.ties))}
        found += jumps(now, {past: each for past, each in levels.items() if since <= past < year}, explained)
        yield from (Compared(now.number, finding) for finding in found)


def _of_two_years(now: Filing, before: Filing, renamed: bool) -> Iterator[Finding]:
    """Under a new name a body may have taken over more than its own: only what got lost is told then."""
    yield from carry_over(now, before, renamed=renamed)
    if not renamed:
        yield from stock_flow(now, before)
        yield from growth_rates(now, before)
