"""One agency's filings over the years → what they show together: duplicates, consecutive years, the whole history."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from govstats.comparison.carryover import carry_over
from govstats.comparison.compared import Compared
from govstats.comparison.filing import Filing
from govstats.comparison.histories import History
from govstats.comparison.twice import filed_twice


def compare_years(history: History, loaded: Mapping[int, Filing]) -> Iterator[Compared]:
    """The findings of one agency."""
    years = {year: [loaded[number] for number in numbers] for year, numbers in history.years.items()}
    rivals = {year: filings for year, filings in years.items() if not _alike(filings)}
    for filings in rivals.values():
        yield from filed_twice(filings)
    if len(rivals) > 1:
        return
    single = {year: years[year][0] for year in sorted(years) if year not in rivals}
    for year, now in single.items():
        before = single.get(year - 1)
        if before is not None:
            for finding in carry_over(now, before, renamed=year in history.renamed):
                yield Compared(now.number, finding)


def _alike(filings: Sequence[Filing]) -> bool:
    return all(filings[0].same(other) for other in filings[1:])
