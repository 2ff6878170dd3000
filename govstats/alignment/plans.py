"""Shape → Plan: which text of a document of this shape is the figure of which cell.

A plan is learnt from a document that was aligned; others of the same shape are read by it, without aligning them.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any, NamedTuple

import numpy as np

from govstats.alignment.detect import Detected
from govstats.alignment.shapes import Shape
from govstats.model.table import Table
from govstats.text.figures import ABSENT, Figure

_MOST = 256
_MOST_SEEN = 4096
_NOWHERE = -1


class Found(NamedTuple):
    """The tables of a document by name, in its order; `detected` has the form of each, and why."""

    tables: dict[str, Table]
    detected: Mapping[str, Detected]


@dataclass(frozen=True, slots=True)
class _TablePlan:
    """`model`: the table that it was learnt from. `positions`: for each cell of the form where its text stands among
    the texts of the shape, −1 for a cell that is not there; `readers`: what reads it."""

    model: Table
    positions: tuple[int, ...]
    readers: tuple[Callable[[str], Figure], ...]

    @classmethod
    def of(cls, model: Table, shape: Shape) -> _TablePlan | None:
        """The plan of this table; None if a cell has another text than stands in its place."""
        starts, at = {}, 0
        for number, row in zip(shape.numbers, shape.rows, strict=True):
            starts[number] = at
            at += len(row.texts)
        positions = []
        for place, raw in zip(model.places, model.raws, strict=True):
            if place is None:
                positions.append(_NOWHERE)
                continue
            position = starts[place.table, place.line] + place.column - 1
            if raw != shape.texts[position]:
                return None
            positions.append(position)
        readers = (
            _nothing if raw is None else reader for raw, reader in zip(model.raws, model.form.readers, strict=True)
        )
        return cls(model, tuple(positions), tuple(readers))

    def table(self, texts: tuple[str, ...]) -> Table:
        """The table of a document with these texts."""
        raws = tuple([None if position < 0 else texts[position] for position in self.positions])
        figures = [read(raw or "") for read, raw in zip(self.readers, raws, strict=True)]
        return replace(
            self.model,
            values=np.array([figure.value for figure in figures], dtype=np.float64),
            states=np.frombuffer(bytearray([figure.state for figure in figures]), dtype=np.uint8),
            raws=raws,
        )


def _nothing(_: str) -> Figure:
    return ABSENT


@dataclass(frozen=True, slots=True)
class Plan:
    """All tables of a shape."""

    tables: Mapping[str, _TablePlan]
    detected: Mapping[str, Detected]

    def found(self, shape: Shape) -> Found:
        """The tables of a document of this shape."""
        return Found({name: plan.table(shape.texts) for name, plan in self.tables.items()}, self.detected)


class Plans:
    """The plans learnt so far, few of them: the oldest are forgotten."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._plans: dict[Hashable, Plan] = {}
        self._seen: dict[int, None] = {}

    def find(self, shape: Shape) -> Plan | None:
        """The plan of a shape, if there is one."""
        return self._plans.get(shape.key)

    def learn(self, shape: Shape, found: Found) -> None:
        """Learn from a document in which nothing but its shape decided; not yet from the first of its shape."""
        seen = hash(shape.key)
        if seen not in self._seen:
            self._remember(self._seen, seen, None, _MOST_SEEN)
            return
        tables = {name: _TablePlan.of(table, shape) for name, table in found.tables.items()}
        whole = {name: plan for name, plan in tables.items() if plan is not None}
        if len(whole) == len(tables) and all(_same(plan.table(shape.texts), plan.model) for plan in whole.values()):
            self._remember(self._plans, shape.key, Plan(whole, found.detected), _MOST)

    def _remember(self, known: dict[Any, Any], key: Hashable, value: object, most: int) -> None:
        with self._lock:
            while len(known) >= most:
                del known[next(iter(known))]
            known[key] = value


def _same(one: Table, other: Table) -> bool:
    """Do both hold the same figures?"""
    return np.array_equal(one.states, other.states) and np.array_equal(one.values, other.values, equal_nan=True)
