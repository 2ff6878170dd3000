"""The worst reports of many, kept while they stream by, so that they can be told first and at length."""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator
from operator import itemgetter

from govstats.display.triage import Rank
from govstats.model.audits import Audited


class Worst:
    """At most so many reports, in the order of their ranks; whatever is worse drives out the least bad."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: list[tuple[Rank, Audited]] = []

    def __len__(self) -> int:
        return len(self._kept)

    def __iter__(self) -> Iterator[tuple[Rank, Audited]]:
        return iter(self._kept)

    def add(self, rank: Rank, entry: Audited) -> tuple[Rank, Audited] | None:
        """Keep one more; what there is no room for, if there is none."""
        insort(self._kept, (rank, entry), key=itemgetter(0))
        return self._kept.pop() if len(self._kept) > self._most else None
