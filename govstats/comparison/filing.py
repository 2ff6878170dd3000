"""Filing: what comparing needs of one report, as plain data that a ledger can keep in a few hundred bytes."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from govstats.catalog.formats import get_table_form
from govstats.comparison.notes import Note, notes
from govstats.comparison.suspects import Suspect, suspects
from govstats.comparison.traits import NONE, Traits, traits
from govstats.errors import UsageError
from govstats.lang import Text
from govstats.model.claim import Growth, Quantity
from govstats.model.finding import Finding
from govstats.model.forms import CellKey, TableForm
from govstats.model.report import Report
from govstats.prose.wrapped import unwrapped
from govstats.text.figures import or_none
from govstats.text.labels import simplified
from govstats.text.width import half_width

_VERSION = 2
FEES = CellKey("disclosure", "20.8.fees", "amount")
"""行政事业性收费."""


@dataclass(frozen=True, eq=False)
class TableFigures:
    """One table's figures: `values` (float64, NaN where there is none) and `states` (uint8), one per cell of `form`;
    `unproved`: those (positions) that were recognised in a picture and are not proved."""

    form: TableForm
    values: NDArray[np.float64]
    states: NDArray[np.uint8]
    unproved: frozenset[int] = frozenset()

    def value(self, row: str, column: str) -> float | None:
        """A cell's figure, None where there is none to read. Raises UsageError if the form has no such cell."""
        return self.at(self.form.position(row, column))

    def at(self, position: int) -> float | None:
        """The figure at a position of the form's cells, None where there is none."""
        return self._figures[position]

    @cached_property
    def _figures(self) -> list[float | None]:
        return or_none(self.values.tolist())

    def keys(self, row: str) -> tuple[str, ...]:
        """The columns that a row has; empty if the form has no such row."""
        return self.form.rows[row].columns if row in self.form.rows else ()

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which cells hold a figure."""
        return ~np.isnan(self.values)


@dataclass(frozen=True, eq=False)
class Filing:
    """What comparing needs of one report.

    `number` is its position in the run; `growth` is what the prose says of growth against the year before; `notes` are
    its sentences that give reasons; `suspects` what its own relations leave to choose from; `fees` are those of the
    table, in 万元 whatever unit is printed; `traits` tell copies, and are not in a store's bytes.
    """

    number: int
    path: str
    agency: str | None
    year: int | None
    tables: Mapping[str, TableFigures]
    growth: tuple[Growth, ...] = ()
    notes: tuple[Note, ...] = ()
    suspects: tuple[Suspect, ...] = ()
    fees: float | None = None
    traits: Traits = NONE

    @classmethod
    def of(cls, number: int, report: Report, findings: Iterable[Finding] = ()) -> Filing:
        """A report as read, and what was found in it alone → what is kept of it."""
        tables = {
            name: TableFigures(table.form, table.values, table.states, table.unproved)
            for name, table in report.tables.items()
        }
        text = _prose(report)
        return cls(
            number,
            report.path,
            report.agency,
            report.year,
            tables,
            report.growth,
            notes(text),
            suspects(findings),
            _fees(report),
            traits(report, text),
        )

    @cached_property
    def forms(self) -> tuple[TableForm, ...]:
        """The forms of its tables. What follows from them alone is worked out once for all filings that share them."""
        return tuple([figures.form for figures in self.tables.values()])

    def is_unproved(self, cell: CellKey) -> bool:
        """Was a cell recognised in a picture, and is it not proved?"""
        figures = self.tables.get(cell.table)
        return figures is not None and figures.form.index.get(cell, -1) in figures.unproved

    @property
    def n_known(self) -> int:
        """How many cells hold a figure."""
        return sum(int(figures.known.sum()) for figures in self.tables.values())

    def to_bytes(self) -> bytes:
        """A compact form for a store; `number` and `path` are not in it."""
        head: dict[str, Any] = {
            "agency": self.agency,
            "year": self.year,
            "forms": [(figures.form.format, name) for name, figures in self.tables.items()],
            "growth": [_stated_to_list(each) for each in self.growth],
            "notes": self.notes,
            "fees": self.fees,
            "suspects": [each.to_list() for each in self.suspects],
        }
        unproved = {name: sorted(figures.unproved) for name, figures in self.tables.items() if figures.unproved}
        head |= {"unproved": unproved} if unproved else {}
        text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode()
        planes = [_planes(figures.values) for figures in self.tables.values()]
        states = [figures.states.tobytes() for figures in self.tables.values()]
        body = len(text).to_bytes(4, "little") + text + b"".join([*planes, *states])
        return bytes([_VERSION]) + zlib.compress(body, 1)

    @classmethod
    def from_bytes(cls, number: int, path: str, data: bytes) -> Filing:
        """The reverse. Raises UsageError for what another version wrote."""
        if data[:1] != bytes([_VERSION]):
            raise UsageError(
                Text(f"{path} 的存档是别的版本写的。", f"What is stored of {path} was written by another version."),
                Text("重新核对这些报告。", "Check these reports again."),
            )
        body = zlib.decompress(data[1:])
        start = 4 + int.from_bytes(body[:4], "little")
        head = json.loads(body[4:start])
        forms = [get_table_form(*names) for names in head["forms"]]
        sizes = [len(form.cells) for form in forms]
        behind = start + 8 * sum(sizes)
        values, states = body[start:behind], np.frombuffer(body, np.uint8, offset=behind)
        tables, first = {}, 0
        for form, size in zip(forms, sizes, strict=True):
            plane = values[8 * first : 8 * (first + size)]
            unproved = frozenset(head.get("unproved", {}).get(form.name, ()))
            tables[form.name] = TableFigures(form, _unplaned(plane), states[first : first + size], unproved)
            first += size
        growth = tuple(_stated_from_list(each) for each in head["growth"])
        told = tuple(Note(kind, text, tuple(counts)) for kind, text, counts in head["notes"])
        doubtful = tuple(map(Suspect.from_list, head["suspects"]))
        return cls(number, path, head["agency"], head["year"], tables, growth, told, doubtful, head["fees"])


def _fees(report: Report) -> float | None:
    table = report.tables.get(FEES.table)
    if table is None or FEES not in table.form.index:
        return None
    with suppress(UsageError):
        return report.amount(FEES)
    return None


def _prose(report: Report) -> str:
    """The prose, simplified and half width, a paragraph a line."""
    document = report.document
    paragraphs = unwrapped(document.paragraphs) if document.kind == "text" else document.paragraphs
    text = "\n".join(each.text for each in paragraphs)
    return half_width(simplified(text))


def _planes(values: NDArray[np.float64]) -> bytes:
    """First the first bytes of all figures, then the second ones …: mostly zeros in a row."""
    little = np.ascontiguousarray(values, dtype="<f8")
    return little.view(np.uint8).reshape(-1, 8).T.tobytes()


def _unplaned(data: bytes) -> NDArray[np.float64]:
    bytes_ = np.frombuffer(data, np.uint8).reshape(8, -1).T
    return np.ascontiguousarray(bytes_).view("<f8").reshape(-1).astype(np.float64, copy=False)


def _stated_to_list(rate: Growth) -> list[Any]:
    meanings = [["/".join(cell) for cell in cells] for cells in rate.meanings]
    return [rate.text, rate.places, rate.line, list(rate.percent), rate.way, rate.value, meanings]


def _stated_from_list(kept: list[Any]) -> Growth:
    text, places, line, percent, way, value, meanings = kept
    return Growth(
        text,
        tuple((start, end) for start, end in places),
        line,
        Quantity(*percent),
        way,
        value,
        tuple(tuple(CellKey.parse(cell) for cell in cells) for cells in meanings),
    )
