"""The filings of a run, as its ledger holds them: what comparing asks for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from govstats.comparison import Entry, Filing
from govstats.corpus.ledger import Ledger


class StoredFilings:
    """Figures are loaded when they are asked for, and let go."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def index(self) -> Iterator[Entry]:
        """Every report of the run: number, path, agency, year."""
        return (Entry(*row) for row in self._ledger.named())

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Those with these numbers, in this order."""
        return [Filing.from_bytes(*stored) for stored in self._ledger.filings(numbers)]
