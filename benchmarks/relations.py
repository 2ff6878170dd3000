"""Our stacked evaluation per table against pandera's `validate` per table, side by side in one run."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

import govstats
from govstats.catalog.formats import get_table_form
from govstats.frames import frame
from govstats.model.outcomes import evaluate
from govstats.model.table import Table
from govstats.text.figures import State

STACK = 10_000
FRAMES = 50


def best(work: Callable[[], object], repeats: int = 5) -> float:
    """Seconds of the fastest run."""
    times = []
    for _ in range(repeats):
        begin = time.perf_counter()
        work()
        times.append(time.perf_counter() - begin)
    return min(times)


def main() -> None:
    """Print both, and their ratio."""
    form = get_table_form("national-2021", "applications")
    rng = np.random.default_rng(1)
    values = rng.integers(0, 400, (STACK, len(form.cells))).astype(float)
    states = np.where(values == 0, State.ZERO, State.NUMBER).astype(np.uint8)
    table = Table.from_texts(form, {})
    checked = frame(table)
    gate = govstats.schema("national-2021", "applications")
    gate.validate(checked)

    stacked = best(lambda: evaluate(form, values, states)) / STACK
    pandera = best(lambda: [gate.validate(checked, lazy=True) for _ in range(FRAMES)]) / FRAMES
    print(f"stacked evaluation  {stacked * 1e6:10.2f} µs per table (39 relations, stack of {STACK:,})")
    print(f"pandera validate    {pandera * 1e6:10.2f} µs per table (39 registered checks)")
    print(f"ratio               {pandera / stacked:10,.0f} times (aim: 500 or more)")


if __name__ == "__main__":
    main()
