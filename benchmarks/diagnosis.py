"""Diagnosis of random tables with wrong cells: a stack with one each, two, three, more; against integer programming;
and what it takes to judge the relations of tables with blanks.

Figures of one run, side by side. Run it with OMP_NUM_THREADS=1: on products so small more get in each other's way.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import numpy as np
from numpy.typing import NDArray

from govstats.catalog.formats import get_table_form
from govstats.diagnosis import localise, milp
from govstats.diagnosis.causes import diagnose
from govstats.diagnosis.repairs import smallest_repairs
from govstats.diagnosis.system import system_of
from govstats.model.outcomes import evaluate
from govstats.model.table import Table
from govstats.text.figures import State

STACK = 10_000
TURNS = 400
REPEATED = 5
MILP_TURNS = 15
FORM = get_table_form("national-2021", "applications")
SYSTEM = system_of(FORM)
ALL = np.ones(len(FORM.cells), dtype=bool)


def valid(rng: np.random.Generator) -> NDArray[np.float64]:
    """Figures in which every relation holds: six columns of parts, added up."""
    rows = [row.code for row in FORM.data_rows]
    grid = np.where(rng.random((len(rows), 7)) < rng.random(), rng.integers(0, 400, (len(rows), 7)), 0)
    parts = [number for number, code in enumerate(rows) if code.startswith("3.") and code != "3.7"]
    received, carried, total, left = (rows.index(code) for code in ("1", "2", "3.7", "4"))
    grid[total] = grid[parts].sum(axis=0)
    grid[carried] = np.minimum(grid[carried], grid[total] + grid[left])
    grid[received] = grid[total] + grid[left] - grid[carried]
    grid[:, 6] = grid[:, :6].sum(axis=1)
    return np.array([grid[rows.index(cell.row), list(FORM.columns).index(cell.column)] for cell in FORM.cells], float)


def corrupted(rng: np.random.Generator, cells: int) -> NDArray[np.float64]:
    """Valid figures of which so many are too large."""
    values = valid(rng)
    values[rng.choice(len(values), cells, replace=False)] += rng.integers(1, 400, cells)
    return values


def each(work: Callable[[NDArray[np.float64]], object], tables: list[NDArray[np.float64]]) -> float:
    """Milliseconds a table, the median."""
    return median(least(work, table) for table in tables)


def least(work: Callable[..., object], *given: object) -> float:
    """Milliseconds, the least of a few turns: what others do meanwhile counts for little."""
    times = []
    for _ in range(REPEATED):
        begin = time.perf_counter()
        work(*given)
        times.append(time.perf_counter() - begin)
    return min(times) * 1e3


def search(values: NDArray[np.float64]) -> object:
    """The smallest repairs with all ties."""
    return smallest_repairs(SYSTEM, SYSTEM.residuals(values[None])[0], values, ALL, 6)


def program(values: NDArray[np.float64]) -> object:
    """The smallest repair and whether it is the only one, by integer programming."""
    return milp.solve(SYSTEM, SYSTEM.residuals(values[None])[0], values, ALL, 6)


def ladder(values: NDArray[np.float64]) -> object:
    """The whole way: slips of copying too, and rivals of what is found."""
    states = np.where(values, State.NUMBER, State.ZERO).astype(np.uint8)
    table = Table.from_texts(FORM, {})
    table.values[:], table.states[:] = values, states
    return diagnose(table, evaluate(FORM, values[None], states[None])[0])


def stack(rng: np.random.Generator) -> float:
    """Milliseconds for a stack with one wrong cell each: all relations, and which cell it is."""
    values = np.stack([corrupted(rng, 1) for _ in range(STACK)])
    states = np.where(values, State.NUMBER, State.ZERO).astype(np.uint8)
    times = []
    for _ in range(5):
        begin = time.perf_counter()
        evaluate(FORM, values, states)
        localise(FORM, values, states)
        times.append(time.perf_counter() - begin)
    return min(times) * 1e3


def with_blanks(rng: np.random.Generator, wrong: int, share: float, of: str) -> list[float]:
    """Milliseconds to judge the relations of each of many tables, of whose cells, or zeros, a share is blank."""
    times = []
    for _ in range(TURNS):
        values = corrupted(rng, wrong)
        states = np.where(values, State.NUMBER, State.ZERO).astype(np.uint8)
        states[(rng.random(len(values)) < share) & ((values == 0) | (of == "cells"))] = State.BLANK
        values[states == State.BLANK] = np.nan
        times.append(least(evaluate, FORM, values[None], states[None]))
    return sorted(times)


def main() -> None:
    """Print the figures and their ratios."""
    rng = np.random.default_rng(1)
    print(f"relations and the wrong cell, stack of {STACK:,}  {stack(rng):8.1f} ms (aim: 30)")
    for share, of in ((1.0, "zeros"), (0.5, "zeros"), (0.5, "cells")):
        for wrong in (0, 1):
            times = with_blanks(rng, wrong, share, of)
            print(
                f"{share:.0%} of the {of} blank, {wrong} wrong: relations {median(times):8.3f} ms, "
                f"{times[len(times) * 99 // 100]:.3f} for the hundredth, {times[-1]:.3f} at worst"
            )
    tables = {cells: [corrupted(rng, cells) for _ in range(TURNS)] for cells in (1, 2, 3, 5)}
    program_available = milp.available()
    if program_available:
        program(tables[5][0])
    for cells, aim in ((1, ""), (2, " (aim: 0.05)"), (3, " (aim: 2)")):
        ours = each(search, tables[cells])
        whole = each(ladder, tables[cells])
        print(f"{cells} wrong: all smallest repairs   {ours:8.3f} ms{aim}; with the whole ladder {whole:8.3f} ms")
        if program_available:
            theirs = each(program, tables[cells][:MILP_TURNS])
            print(f"         integer programming    {theirs:8.1f} ms, ratio {theirs / ours:,.0f}")
    if program_available:
        print(f"5 wrong: integer programming    {each(program, tables[5][:MILP_TURNS]):8.1f} ms (aim: 20)")
    else:
        print("integer programming: scipy is not installed")


if __name__ == "__main__":
    main()
