"""Reports → batches of the table `panel`: each cell a row, in the order of the run and of the form.

Only the arrays of a table are kept, never the report, so that what waits for a batch is small.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from govstats.catalog.formats import get_format
from govstats.model.forms import TableForm
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.panels.schema import arranged
from govstats.panels.vocabulary import Vocabulary
from govstats.panels.who import Who
from govstats.text.figures import State
from govstats.text.labels import has_han

_FIXED = ("format", "table", "row", "column", "unit")


class Cells:
    """Cells that wait for a batch."""

    def __init__(self) -> None:
        self._words = {name: Vocabulary() for name in _FIXED}
        self._names_of_states = Vocabulary(State(number).name.lower() for number in range(len(State)))
        self._forms: dict[TableForm, NDArray[np.int32]] = {}
        self._clear()

    def _clear(self) -> None:
        self._who = Who()
        self._fixed: list[NDArray[np.int32]] = []
        self._values: list[NDArray[np.float64]] = []
        self._states: list[NDArray[np.uint8]] = []
        self._derived: list[NDArray[np.bool_]] = []
        self._recognised: list[NDArray[np.bool_]] = []

    @property
    def count(self) -> int:
        """How many wait."""
        return self._who.count

    def add(self, report: Report) -> None:
        """Take up the cells of a report; those of a table that its format has and the document has not are absent."""
        for table in report.tables.values():
            self._put(report, self._fixed_of(table), table.values, table.states, table.is_derived, table.is_recognised)
        for form in missing_forms(report):
            self._put(report, self._coded(form), *_absent(form))

    def _put(
        self,
        report: Report,
        fixed: NDArray[np.int32],
        values: NDArray[np.float64],
        states: NDArray[np.uint8],
        derived: NDArray[np.bool_] | None = None,
        recognised: NDArray[np.bool_] | None = None,
    ) -> None:
        self._who.add(report, len(values))
        self._fixed.append(fixed)
        self._values.append(values)
        self._states.append(states)
        none = np.zeros(len(values), np.bool_)
        self._derived.append(none if derived is None else derived)
        self._recognised.append(none if recognised is None else recognised)

    def _coded(self, form: TableForm) -> NDArray[np.int32]:
        """What the form says of its cells: an array of one line for each of format, table, row, column, unit."""
        if form not in self._forms:
            says = [
                (form.format, *cell, None if figure.units else figure.unit)
                for cell, figure in zip(form.cells, form.figures, strict=True)
            ]
            lines = zip(self._words.values(), zip(*says, strict=True), strict=True)
            self._forms[form] = np.array([[words.index(each) for each in line] for words, line in lines], np.int32)
        return self._forms[form]

    def _fixed_of(self, table: Table) -> NDArray[np.int32]:
        """What the form says of the cells, with the units that are printed with figures."""
        coded = self._coded(table.form)
        if not table.units and not has_han("".join(filter(None, table.raws))):
            return coded
        printed = coded.copy()
        for position, raw in enumerate(table.raws):
            if (raw and has_han(raw)) or position in table.units:
                printed[-1, position] = self._words["unit"].index(table.unit(position))
        return printed

    def batch(self) -> pa.Table:
        """The cells as a table of Arrow, and none wait any more."""
        fixed = np.concatenate([np.empty((len(_FIXED), 0), np.int32), *self._fixed], axis=1)
        columns = {
            **self._who.columns(),
            **{name: words.column(codes) for (name, words), codes in zip(self._words.items(), fixed, strict=True)},
            "value": pa.array(np.concatenate([np.empty(0), *self._values]), pa.float64(), from_pandas=True),
            "state": self._names_of_states.column(np.concatenate([np.empty(0, np.uint8), *self._states])),
            "derived": pa.array(np.concatenate([np.empty(0, np.bool_), *self._derived])),
            "recognised": pa.array(np.concatenate([np.empty(0, np.bool_), *self._recognised])),
        }
        self._clear()
        return arranged("panel", columns)


def missing_forms(report: Report) -> Iterator[TableForm]:
    """The tables that the report's format has and the document has not (D002)."""
    if report.format is not None:
        for name, form in get_format(report.format).tables.items():
            if name not in report.tables:
                yield form


@cache
def _absent(form: TableForm) -> tuple[NDArray[np.float64], NDArray[np.uint8]]:
    size = len(form.cells)
    return np.full(size, np.nan), np.full(size, State.ABSENT, dtype=np.uint8)
