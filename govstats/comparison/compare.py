"""Filings → Compared: all that takes more than one report. Only names stay in memory, figures are loaded and let go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from govstats.comparison.agency import compare_years
from govstats.comparison.filings import Compared, Filings
from govstats.comparison.histories import History, histories
from govstats.comparison.roster import Roster
from govstats.comparison.units import Strays, compare_units

_AT_ONCE = 64
"""So many filings are loaded at a time, or as many as one agency has."""


def compare(filings: Filings, roster: Roster | None = None, unread: Sequence[str] = ()) -> Iterator[Compared]:
    """The findings of reports taken together.

    Without a roster each agency is compared with itself over the years; with one, names that leave a doubt are settled,
    and parents are compared with their units. `unread`: paths that could not be read, told beside reports not filed.
    """
    known: dict[str, History] = {}
    for stack in _stacks(_noted(histories(filings.index(), roster.settled if roster else None), roster, known)):
        numbers = [number for history in stack for number in history.numbers]
        loaded = {each.number: each for each in filings.load(numbers)}
        for history in stack:
            yield from compare_years(history, loaded)
    if roster is not None:
        yield from compare_units(filings, roster, known, Strays.of(filings.index(), roster, unread))


def _noted(found: Iterable[History], roster: Roster | None, known: dict[str, History]) -> Iterator[History]:
    """The same, with those of the roster's units noted."""
    for history in found:
        if roster is not None and history.key in roster.names:
            known[history.key] = history
        yield history


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
