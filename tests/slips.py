"""Valid tables → tables with one known fault each: the slips that clerks make, made to order.

A slip takes a random generator and valid figures (in the form's cell order), and gives the figures as printed, or
None where this table leaves no room for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from tests.factory import FORMAT, valid_applications

FORM = FORMAT.tables["applications"]
CODES = [row.code for row in FORM.data_rows]
KEYS = list(FORM.columns)
AT = np.array([[FORM.position(code, key) for key in KEYS] for code in CODES])
"""Rows × columns → the position of the cell."""
PARTS = [number for number, code in enumerate(CODES) if code.startswith("3.") and code != "3.7"]
TOTAL_ROW, TOTAL_COLUMN = CODES.index("3.7"), KEYS.index("total")

Figures = NDArray[np.float64]
Slip = Callable[[np.random.Generator, Figures], Figures | None]


def valid_tables(seed: int, number: int, largest: int = 500) -> Iterator[tuple[np.random.Generator, Figures]]:
    """Random valid tables of `applications`, from nearly empty to full."""
    rng = np.random.default_rng(seed)
    for _ in range(number):
        yield rng, valid_applications(rng, float(rng.choice([0.02, 0.05, 0.1, 0.2, 0.4, 0.7, 1.0])), largest)


def wrong_cells(number: int) -> Slip:
    """So many cells hold other figures."""

    def slip(rng: np.random.Generator, truth: Figures) -> Figures:
        printed = truth.copy()
        cells = rng.choice(len(truth), number, replace=False)
        changes = rng.integers(1, 500, number)
        printed[cells] = np.where(rng.random(number) < 0.5, truth[cells] + changes, truth[cells] - changes)
        printed[cells] = np.where(printed[cells] < 0, truth[cells] + changes, printed[cells])
        return printed

    return slip


def zeroed(line: NDArray[np.intp]) -> Slip:
    """A line is 0 throughout, though more than one cell of it should not be."""

    def slip(rng: np.random.Generator, truth: Figures) -> Figures | None:
        printed = truth.copy()
        printed[line] = 0
        return printed if np.count_nonzero(truth[line]) > 1 else None

    return slip


def zeroed_and_mistyped(rng: np.random.Generator, truth: Figures) -> Figures | None:
    """The total row is 0, and a cell elsewhere is wrong."""
    printed = zeroed(AT[TOTAL_ROW])(rng, truth)
    if printed is None:
        return None
    cell = rng.choice(np.setdiff1d(np.arange(len(truth)), AT[TOTAL_ROW]))
    printed[cell] += rng.integers(1, 500)
    return printed


def carried(rng: np.random.Generator, truth: Figures) -> Figures:
    """A part is mistyped, and its row's total was added up with it."""
    printed, row, column = truth.copy(), rng.choice(PARTS), rng.integers(TOTAL_COLUMN)
    change = rng.integers(1, 50) * (1 if rng.random() < 0.5 else -1)
    if printed[AT[row, column]] + change < 0:
        change = -change
    printed[AT[row, [column, TOTAL_COLUMN]]] += change
    return printed


def rows_shifted(rng: np.random.Generator, truth: Figures) -> Figures | None:
    """From some row on, all rows are one row too low (or too high), the free one is 0, the last one is lost."""
    return _shifted(rng, truth, AT)


def columns_shifted(rng: np.random.Generator, truth: Figures) -> Figures | None:
    """From some column on, all columns are one column too far right (or left)."""
    return _shifted(rng, truth, AT.T)


def row_shifted(rng: np.random.Generator, truth: Figures) -> Figures | None:
    """One row's figures are one cell too far right (or left)."""
    return _shifted(rng, truth, AT[rng.integers(len(CODES))][:, None])


def _shifted(rng: np.random.Generator, truth: Figures, lines: NDArray[np.intp]) -> Figures | None:
    printed, first = truth.copy(), int(rng.integers(len(lines) - 1))
    block = lines[first:] if rng.random() < 0.5 else lines[first:][::-1]
    printed[block[1:]] = truth[block[:-1]]
    printed[block[0]] = 0
    return printed


def rows_swapped(rng: np.random.Generator, truth: Figures) -> Figures:
    """Two neighbouring rows are swapped, of which one at least is no result."""
    printed, first = truth.copy(), rng.choice([CODES.index("2"), PARTS[-1], TOTAL_ROW])
    printed[AT[[first, first + 1]]] = truth[AT[[first + 1, first]]]
    return printed


def columns_swapped(rng: np.random.Generator, truth: Figures) -> Figures:
    """The last two columns are swapped; of the others no relation could tell."""
    printed = truth.copy()
    printed[AT[:, [TOTAL_COLUMN - 1, TOTAL_COLUMN]]] = truth[AT[:, [TOTAL_COLUMN, TOTAL_COLUMN - 1]]]
    return printed


def split(rng: np.random.Generator, truth: Figures) -> Figures | None:
    """12 is printed as 1 and 2, the rest of the row is pushed on to the end or into the next cell."""
    places = np.argwhere(truth[AT[:, :-1]] >= 10)
    if not len(places):
        return None
    row, column = places[rng.integers(len(places))]
    text = str(int(truth[AT[row, column]]))
    cut, last = rng.integers(1, len(text)), rng.integers(column + 1, len(KEYS))
    printed = truth.copy()
    cells = AT[row, column + 1 : last + 1]
    printed[cells[1:]] = truth[cells[:-1]]
    printed[AT[row, column]], printed[cells[0]] = int(text[:cut]), int(text[cut:])
    return printed


def factor(rng: np.random.Generator, truth: Figures) -> Figures | None:
    """The parts of a total, or a line of totals, are 10, 100, 1000 or 10000 times too large."""
    lines = [AT[TOTAL_ROW], AT[:, TOTAL_COLUMN], AT[PARTS, rng.integers(TOTAL_COLUMN)], AT[rng.choice(CODES_WITH), :-1]]
    line = lines[rng.integers(len(lines))]
    if np.count_nonzero(truth[line]) < 2:
        return None
    printed = truth.copy()
    printed[line] *= 10 ** rng.integers(1, 5)
    return printed


CODES_WITH = [0, 1, TOTAL_ROW, len(CODES) - 1]


def copied(rng: np.random.Generator, truth: Figures) -> Figures | None:
    """The total row repeats another row with two figures or more."""
    rows = [row for row in range(len(CODES)) if row != TOTAL_ROW and np.count_nonzero(truth[AT[row]]) > 1]
    if not rows:
        return None
    printed = truth.copy()
    printed[AT[TOTAL_ROW]] = truth[AT[rng.choice(rows)]]
    return printed
