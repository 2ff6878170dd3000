"""Table: one form's figures as read, in the form's cell order, each with its state and where it was printed."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray

from govstats.model.document import Place
from govstats.model.forms import TableForm
from govstats.model.recognised import Recognised, Trust
from govstats.text.figures import State, or_none

DIVIDED = " / "
"""Between the name of a row of the form and the kind that an agency divides it into, where that is unexpected."""
_NOWHERE = Place(-1)


def _numbers(place: Place | None) -> Place:
    return _NOWHERE if place is None else place


def _places(numbers: bytes) -> tuple[Place | None, ...]:
    """The reverse of what `Table` is pickled with."""
    flat = iter(array("i", numbers))
    places = map(Place._make, zip(flat, flat, flat, strict=True))
    return tuple([None if place == _NOWHERE else place for place in places])


class Source(NamedTuple):
    """How a cell was printed: raw text (None if the document has no such cell), state, place, and the unit printed
    with its figure (`万元`; empty if none was)."""

    raw: str | None
    state: State
    place: Place | None
    unit: str = ""

    @property
    def recognised(self) -> bool:
        """Was it read from a picture?"""
        return False


class SeenSource(Source):
    """The source of a cell that was read from a picture."""

    __slots__ = ()

    @property
    def recognised(self) -> bool:
        """It was."""
        return True


class Repeat(NamedTuple):
    """A row printed twice with different figures: the texts of both, in the row's column order.

    `place` is that of the second; `copy`: the second stands in a second copy of the whole table.
    """

    row: str
    first: tuple[str, ...]
    second: tuple[str, ...]
    place: Place
    copy: bool = False


@dataclass(frozen=True, eq=False)
class Table:
    """One table of one report.

    `values` (float64, NaN unless the state is NUMBER or ZERO, or the figure is derived) and `states` (uint8, State)
    have one entry per cell of `form.cells`; `raws` and `places` likewise. `labels` maps row codes to labels as printed.
    `lost` are the rows whose label is there but whose figures cannot be placed; `repeats` the rows printed
    twice with different figures; `unexpected` the rows with figures that the form does not have; `units` the units of
    money that headers, captions and labels name for amounts (position → 元); `derived` the blanks (positions) that hold
    the one figure which all others leave to them, in data for which that was asked; `recognised` the cells (positions)
    that were read from a picture; `rivals` the formats whose table this may be as well: no word of it tells which.
    """

    form: TableForm
    place: Place
    values: NDArray[np.float64]
    states: NDArray[np.uint8]
    raws: tuple[str | None, ...]
    places: tuple[Place | None, ...]
    labels: Mapping[str, str] = field(default_factory=dict)
    lost: tuple[str, ...] = ()
    repeats: tuple[Repeat, ...] = ()
    unexpected: tuple[tuple[str, Place], ...] = ()
    units: Mapping[int, str] = field(default_factory=dict)
    derived: tuple[int, ...] = ()
    recognised: Mapping[int, Recognised] = field(default_factory=dict)
    rivals: tuple[str, ...] = ()

    @classmethod
    def from_texts(cls, form: TableForm, rows: Mapping[str, Sequence[object]]) -> Table:
        """A table without a document: row code → figures as printed, in the row's column order; other rows are 0."""
        texts = [str(text) for row in form.data_rows for text in rows.get(row.code, ("0",) * len(row.columns))]
        reads = [figure.read(text) for figure, text in zip(form.figures, texts, strict=True)]
        return cls(
            form=form,
            place=Place(0),
            values=np.array([read.value for read in reads]),
            states=np.array([read.state for read in reads], dtype=np.uint8),
            raws=tuple(texts),
            places=(None,) * len(texts),
            labels={row.code: row.label.zh for row in form.data_rows},
        )

    def __getstate__(self) -> dict[str, Any]:
        """Pickled a thousand times a second: the places of its cells as plain numbers, three each."""
        state = {name: value for name, value in self.__dict__.items() if name != "figures"}
        places = map(_numbers, self.places) if None in self.places else cast(tuple[Place, ...], self.places)
        return {**state, "places": array("i", chain.from_iterable(places)).tobytes()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, places=_places(state["places"]))

    def source(self, row: str, column: str) -> Source:
        """How a cell was printed. Raises UsageError if the form has no such cell."""
        position = self.form.position(row, column)
        raw = self.raws[position]
        unit = self.form.figures[position].read(raw).unit if raw else ""
        state = State(int(self.states[position]))
        kind = SeenSource if position in self.recognised else Source
        return kind(raw, state, self.places[position], unit)

    def unit(self, position: int) -> str | None:
        """The unit of a cell: as printed with its figure, else that of its header, else of the form; None where nothing
        says it."""
        figure, raw = self.form.figures[position], self.raws[position]
        printed = figure.read(raw).unit if raw else ""
        return printed or self.units.get(position) or (None if figure.units else figure.unit)

    def value(self, row: str, column: str) -> float | None:
        """A cell's figure, None where there is none to read."""
        return self.figures[self.form.position(row, column)]

    @cached_property
    def figures(self) -> list[float | None]:
        """`values` as Python has them, None where there is none to read."""
        return or_none(self.values.tolist())

    def has_state(self, *states: State) -> NDArray[np.bool_]:
        """Which cells are in one of these states (a boolean per cell)."""
        wanted = np.zeros(len(State), dtype=np.bool_)
        wanted[list(states)] = True
        found: NDArray[np.bool_] = wanted[self.states]
        return found

    @property
    def is_derived(self) -> NDArray[np.bool_]:
        """Which cells hold a derived figure (a boolean per cell)."""
        found = np.zeros(len(self.states), dtype=np.bool_)
        found[list(self.derived)] = True
        return found

    @property
    def unproved(self) -> frozenset[int]:
        """The cells (positions) that were read from a picture and are not proved."""
        return frozenset(at for at, each in self.recognised.items() if each.trust is not Trust.PROVED)

    @property
    def is_recognised(self) -> NDArray[np.bool_]:
        """Which cells were read from a picture (a boolean per cell)."""
        found = np.zeros(len(self.states), dtype=np.bool_)
        found[list(self.recognised)] = True
        return found

    @property
    def absent_rows(self) -> tuple[str, ...]:
        """Rows of the form that the document does not have."""
        return tuple(row.code for row in self.form.data_rows if row.code not in self.labels)

    @property
    def missing_rows(self) -> tuple[str, ...]:
        """The absent rows that every edition of the form prints."""
        return tuple(code for code in self.absent_rows if not self.form.rows[code].optional)

    @property
    def missing_columns(self) -> tuple[str, ...]:
        """Columns that are absent in every row that was read."""
        absent = self.has_state(State.ABSENT)
        if not absent.any():
            return ()
        seen = [position for position, cell in enumerate(self.form.cells) if cell.row in self.labels]
        keys = {self.form.cells[position].column for position in seen}
        there = {self.form.cells[position].column for position in seen if not absent[position]}
        return tuple(key for key in self.form.columns if key in keys - there)
