"""Filings → Compared: all that takes more than one report. Only names stay in memory, figures are loaded and let go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from govstats.comparison.agency import compare_years
from govstats.comparison.compared import Compared
from govstats.comparison.filings import Filings
from govstats.comparison.histories import History, histories
from govstats.comparison.roster import Roster

_AT_ONCE = 256
"""So many filings are loaded at a time, or as many as one agency has."""


def compare(filings: Filings, roster: Roster | None = None) -> Iterator[Compared]:
    """The findings of reports taken together. A roster settles names, and says whose units are whose."""
    for stack in _stacks(histories(filings.index(), roster.settled if roster else None)):
        numbers = [number for history in stack for number in history.numbers]
        loaded = {each.number: each for each in filings.load(numbers)}
        for history in stack:
            yield from compare_years(history, loaded)


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
