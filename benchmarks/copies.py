"""How many bits coincidences hold: figures that are the same by chance in two years, or in two agencies.

Small agencies, since large figures are hardly ever the same: 0 to 20 requests, 0 to 300 decisions, no documents, mostly
no fees.

    python benchmarks/copies.py [N]
"""

from __future__ import annotations

import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

sys.path.insert(0, str(Path(__file__).parent.parent))

from govstats.catalog.formats import get_format
from govstats.comparison.traits import figures_of
from govstats.model.forms import TableForm
from govstats.text.figures import State
from tests.chronicle import FLOWS, Agency, Paper

_BINS = [0, 1, 3, 5, 8, 10, 12, 15, 20, 25, 99]


class Small(Agency):
    """An agency with little to report."""

    def __init__(self, name: str, rng: np.random.Generator) -> None:
        super().__init__(name, rng)
        self.level = float(np.exp(rng.uniform(np.log(0.2), np.log(20))))
        self.decisions = np.exp(rng.uniform(np.log(0.05), np.log(300), 3))
        self.suits = np.exp(rng.uniform(np.log(0.01), np.log(2), 3))
        self.backlog = rng.binomial(np.round(self.level * self.shares).astype(int), 0.05)

    def _disclosure(self, form: TableForm) -> NDArray[np.float64]:
        vector = super()._disclosure(form)
        for row in ("20.1.rules", "20.1.normative"):
            vector[[form.position(row, key) for key in FLOWS]] = 0
        if self.level < 12:
            vector[form.position("20.8.fees", "amount")] = 0
        return vector


def traits(paper: Paper) -> tuple[int, float]:
    """The digest of a report's figures, and their bits."""
    digest, bits = 0, 0.0
    for name, values in paper.tables.items():
        states = np.where(values == 0, State.ZERO, State.NUMBER).astype(np.uint8)
        more, carried = figures_of(get_format(paper.form).tables[name], values, states)
        digest, bits = digest ^ more, bits + carried
    return digest, bits


def main(n: int) -> None:
    """Print the bits of coincidences."""
    years, agencies, pairs = [], defaultdict(dict), 0
    for number in range(n):
        agency, last = Small(f"甲县{number}局", np.random.default_rng([5, number])), None
        for year in (2021, 2022, 2023):
            digest, bits = traits(agency.year(year))
            pairs += last is not None
            if digest == last:
                years.append(bits)
            agencies[digest][number] = bits
            last = digest
    shared = [max(each.values()) for each in agencies.values() if len(each) > 1]
    print("bits          ", *(f"{each:5}" for each in _BINS[:-1]))
    print(f"{pairs:7,} pairs  ", *(f"{each:5}" for each in np.histogram(years, _BINS)[0]), f"most {max(years):.1f}")
    print(f"{3 * n:7,} reports", *(f"{each:5}" for each in np.histogram(shared, _BINS)[0]), f"most {max(shared):.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 40_000)
