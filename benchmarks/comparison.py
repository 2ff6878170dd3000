"""Filings compared: seconds of this process and its memory at 10^4 and 10^5, and copies looked for among 10^6.

Agencies over eight years whose figures agree; one in twenty has a slip, one in fifty is a copy. Filings are packed as
the ledger keeps them, and unpacked as they are asked for.

    python benchmarks/comparison.py [N…]
"""

from __future__ import annotations

import resource
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).parent.parent))

from govstats.comparison import Entry, Filing, compare
from govstats.comparison.copies import Filed, find_copies
from govstats.comparison.traits import CLASSES, Traits
from govstats.pipeline import checked
from tests.chronicle import histories

YEARS = range(2018, 2026)
_MADE = 250
"""So many agencies are made; more are the same under other names, with figures of a sketch of their own."""


def packed() -> list[list[tuple[int, bytes, Traits]]]:
    """The filings of agencies that are different, year by year, with their traits."""
    rng = np.random.default_rng(1)
    made = []
    for years in histories(3, [f"机关{number}财政局" for number in range(_MADE)], YEARS).values():
        for year, paper in years.items():
            if rng.random() < 0.05 and year > 2018:
                paper.add("applications", "4", "natural_person", 3)
            paper.prose = ("2023年，我局依法推进政府信息公开，主动发布信息412条，因机构改革承接的申请另行说明。",)
        audited = list(checked([paper.report() for paper in years.values()]))
        filings = [Filing.of(0, entry.report, entry.findings) for entry in audited]
        made.append([(each.year or 0, each.to_bytes(), each.traits) for each in filings])
    return made


class Many:
    """N filings, each made of one that is packed."""

    def __init__(self, made: list[list[tuple[int, bytes, Traits]]], n: int) -> None:
        self._made, self._n = made, n
        self._rng = np.random.default_rng(2)

    def index(self) -> Iterator[Entry]:
        """Who and which year."""
        for number in range(self._n):
            agency, year = divmod(number, len(YEARS))
            yield Entry(number, f"{number}.html", f"青山县第{agency}财政局", YEARS[year], None, None)

    def traits(self) -> Iterator[tuple[int, Traits]]:
        """Of each its own, but for one in fifty."""
        sketches = self._rng.integers(0, 2**16 - 1, (self._n, CLASSES), dtype=np.uint16)
        for number in range(self._n):
            figures = number if number % 50 else number - 1
            yield number, Traits(figures + 1, 60.0, figures + 1, 9, 900, sketches[figures].tobytes())

    def load(self, numbers: Sequence[int]) -> list[Filing]:
        """Those asked for."""
        found = []
        for number in numbers:
            agency, year = divmod(number, len(YEARS))
            _, data, _ = self._made[agency % _MADE][year]
            found.append(Filing.from_bytes(number, f"{number}.html", data))
        return found


def weigh(n: int, made: list[list[tuple[int, bytes, Traits]]]) -> None:
    """One size."""
    start = time.process_time()
    told = sum(1 for _ in compare(Many(made, n)))
    spent = time.process_time() - start
    print(f"{n:9,} filings: {spent:6.1f} s, {told:,} told, {peak():.0f} MB", flush=True)


def peak() -> float:
    """The most memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def copies(n: int) -> None:
    """Copies among so many reports, without anything else."""
    many = Many([], n)
    filed = {entry.number: Filed(entry, entry.agency or "") for entry in many.index()}
    start = time.process_time()
    found = find_copies(filed, many.traits(), {})
    print(f"{n:9,} traits: {time.process_time() - start:6.1f} s, {len(found):,} copies, {peak():.0f} MB", flush=True)


if __name__ == "__main__":
    sizes = [int(each) for each in sys.argv[1:]] or [10_000, 100_000]
    everything = packed()
    for size in sizes:
        weigh(size, everything)
    copies(1_000_000)
