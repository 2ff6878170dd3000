"""Reports → batches of the table `series`: what can be compared across forms (schemas/harmonised.yaml).

A series that the report's form does not count is one row, `total`, without a figure.
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govstats.catalog.formats import get_table_form
from govstats.catalog.series import TOTAL, cells_in, harmonised
from govstats.model.forms import CellKey
from govstats.model.report import Report
from govstats.panels.schema import arranged
from govstats.panels.vocabulary import Vocabulary
from govstats.panels.who import Who


class _Plan(NamedTuple):
    """Which cells make which figure, in reports with the same tables: positions in their cells, one after another.

    `starts` says where the positions of each figure begin. Position 0 holds no figure: it stands for what is not
    counted.
    """

    lines: tuple[tuple[str, str, str], ...]
    positions: NDArray[np.int64]
    starts: NDArray[np.int64]


@cache
def _plan(tables: tuple[tuple[str, str], ...]) -> _Plan:
    """The plan for tables (name, format) in this order."""
    at: dict[CellKey, int] = {}
    size = 1
    for name, form in tables:
        cells = get_table_form(form, name).cells
        at |= {cell: size + position for position, cell in enumerate(cells)}
        size += len(cells)
    lines, groups = [], []
    for series in harmonised().series:
        for column, parts in (cells_in(dict(tables), series) or {TOTAL: []}).items():
            lines.append((series.key, column, series.unit))
            groups.append([at[cell] for cell in parts] or [0])
    starts = np.cumsum([0, *map(len, groups)])[:-1]
    return _Plan(tuple(lines), np.array([each for group in groups for each in group]), starts)


class Comparable:
    """Figures of series that wait for a batch."""

    def __init__(self) -> None:
        self._words = {name: Vocabulary() for name in ("series", "column", "unit")}
        self._plans: dict[tuple[tuple[str, str], ...], tuple[_Plan, NDArray[np.int32]]] = {}
        self._clear()

    def _clear(self) -> None:
        self._who = Who()
        self._lines: list[NDArray[np.int32]] = []
        self._values: list[NDArray[np.float64]] = []
        self._derived: list[NDArray[np.bool_]] = []
        self._recognised: list[NDArray[np.bool_]] = []

    @property
    def count(self) -> int:
        """How many wait."""
        return self._who.count

    def add(self, report: Report) -> None:
        """Take up a report's series. A sum with a cell that holds no figure has none either."""
        plan, lines = self._planned(tuple((name, table.form.format) for name, table in report.tables.items()))
        vector = np.concatenate([[np.nan], *(table.values for table in report.tables.values())])
        derived = np.concatenate([[False], *(table.is_derived for table in report.tables.values())])
        recognised = np.concatenate([[False], *(table.is_recognised for table in report.tables.values())])
        self._values.append(np.add.reduceat(vector[plan.positions], plan.starts))
        self._derived.append(np.logical_or.reduceat(derived[plan.positions], plan.starts))
        self._recognised.append(np.logical_or.reduceat(recognised[plan.positions], plan.starts))
        self._lines.append(lines)
        self._who.add(report, len(plan.lines))

    def _planned(self, tables: tuple[tuple[str, str], ...]) -> tuple[_Plan, NDArray[np.int32]]:
        """The plan for these tables, and its lines as an array of one line for each of series, column, unit."""
        if tables not in self._plans:
            plan = _plan(tables)
            parts = zip(self._words.values(), zip(*plan.lines, strict=True), strict=True)
            lines = np.array([[words.index(text) for text in part] for words, part in parts], np.int32)
            self._plans[tables] = plan, lines
        return self._plans[tables]

    def batch(self) -> pa.Table:
        """The figures as a table of Arrow, and none wait any more."""
        lines = np.concatenate([np.empty((len(self._words), 0), np.int32), *self._lines], axis=1)
        values = np.concatenate([np.empty(0), *self._values])
        unknown = np.isnan(values)
        columns = {
            **self._who.columns(),
            **{name: words.column(codes) for (name, words), codes in zip(self._words.items(), lines, strict=True)},
            "value": pa.array(np.where(unknown, 0, values).astype(np.int64), pa.int64(), mask=unknown),
            "derived": pa.array(np.concatenate([np.empty(0, np.bool_), *self._derived])),
            "recognised": pa.array(np.concatenate([np.empty(0, np.bool_), *self._recognised])),
        }
        self._clear()
        return arranged("series", columns)
