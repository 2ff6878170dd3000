"""TableForm: one table of an official form, its cells in a fixed order and its relations as a matrix.

All arithmetic works on vectors in this order (figures in the unit of their column), so a stack of
N tables is an N × cells array, and `relations` is one relations × cells matrix of +1 (left), −1 (right).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from govstats.errors import UsageError, near_or
from govstats.lang import Text
from govstats.model.views import view
from govstats.text.figures import MONEY, UNREADABLE, Figure, amount, change, count


class CellKey(NamedTuple):
    """A cell's address: table, row code, column key. Written `applications/3.7/total`."""

    table: str
    row: str
    column: str

    def __str__(self) -> str:
        return "/".join(self)

    @classmethod
    def parse(cls, text: str) -> CellKey:
        """`applications/3.7/total` → CellKey. Raises UsageError for anything else."""
        parts = text.split("/")
        if len(parts) != 3 or not all(parts):
            raise UsageError(
                Text(f"“{text}”不是单元格。", f"“{text}” is not a cell."),
                Text(
                    "写作 表/行/列，如 applications/3.7/total。",
                    "Write table/row/column, as in applications/3.7/total.",
                ),
            )
        return cls(*parts)


@dataclass(frozen=True, slots=True)
class Column:
    """A figure column: its key, label, unit, and whether it counts (whole, not negative), is an amount (decimals),
    or a change (signed, or in words: 增10).

    `units` are the units that an amount may be printed in, where the form leaves that open.
    """

    key: str
    label: Text
    unit: str = "件"
    number: str = "count"
    group: str | None = None
    aliases: tuple[str, ...] = ()
    units: tuple[str, ...] = ()

    def read(self, text: str) -> Figure:
        """A printed figure of this column; a broken count, or an amount in a unit that is not of money, is UNREADABLE.

        An amount keeps the unit that it is printed with, be it the column's or not; nothing is converted.
        """
        return self.reader(text)

    @property
    def reader(self) -> Callable[[str], Figure]:
        """What reads its figures."""
        return {"count": count, "change": change}.get(self.number, self._amount)

    def _amount(self, text: str) -> Figure:
        read = amount(text)
        return read if read.unit in {"", self.unit, *self.units, *MONEY} else UNREADABLE

    def takes(self, unit: str | None) -> bool:
        """Is this a unit that the form has for its figures? One that is not printed is."""
        return unit in {None, self.unit, *self.units}


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the form: its code, label, and the columns that it has. A heading has none.

    `group` is the header printed above it, where rows stand side by side. `unit` and `number` say what its figures
    are, where that differs from the columns'. `optional`: some editions of the form do not print it.
    """

    code: str
    label: Text
    columns: tuple[str, ...]
    aliases: tuple[str, ...] = ()
    group: str | None = None
    unit: str | None = None
    number: str | None = None
    optional: bool = False

    @property
    def heading(self) -> bool:
        """True for a row that only groups others."""
        return not self.columns


@dataclass(frozen=True, slots=True)
class Relation:
    """A linear equation: the cells `left` sum to what the cells `right` sum to (positions in `cells`).

    `line` is what it was stated for: a column key or a row code. All relations of one `family`
    differ in their line only. `remainder`: why the left side may come to less, if no source says that it must add up.
    """

    rule: str
    family: int
    line: str
    each: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    text: str
    remainder: Text | None = None

    @property
    def name(self) -> str:
        """`T301[total]`: the rule and the line."""
        return f"{self.rule}[{self.line}]"

    @property
    def is_sum(self) -> bool:
        """True if the right side is one cell: the total of the left side."""
        return len(self.right) == 1


@dataclass(frozen=True, eq=False)
class TableForm:
    """One table of a format. `cells` fixes the order of every vector of figures of this table.

    `layout`, `corner` and `banner` say how it is printed (`schemas/formats/`); `within` names columns whose figures are
    counted in those of another one.
    """

    format: str
    name: str
    title: Text
    section: str
    columns: Mapping[str, Column]
    rows: Mapping[str, Row]
    relations: tuple[Relation, ...]
    layout: str = "rows"
    corner: str = ""
    banner: str | None = None
    noise: tuple[str, ...] = ()
    within: tuple[tuple[str, str], ...] = ()
    cells: tuple[CellKey, ...] = field(default=())

    @cached_property
    def figures(self) -> tuple[Column, ...]:
        """What the figure of each cell is: its column, with the unit and the number of its row."""
        return tuple(self._figure_of(self.rows[cell.row], self.columns[cell.column]) for cell in self.cells)

    @cached_property
    def readers(self) -> tuple[Callable[[str], Figure], ...]:
        """What reads the figure of each cell."""
        return tuple(column.reader for column in self.figures)

    @staticmethod
    def _figure_of(row: Row, column: Column) -> Column:
        return replace(column, unit=row.unit or column.unit, number=row.number or column.number)

    def has_fractions(self, key: str) -> bool:
        """Does any cell of a column hold an amount, so that decimals are allowed?"""
        cells = zip(self.cells, self.figures, strict=True)
        return any(figure.number == "amount" for cell, figure in cells if cell.column == key)

    def prints_like(self, other: TableForm) -> bool:
        """Are its rows and columns called the same, in the same order?"""
        return self._printed == other._printed

    @cached_property
    def _printed(self) -> tuple[list[tuple[str, str, tuple[str, ...]]], list[tuple[str, str]]]:
        rows = [(row.code, row.label.zh, row.columns) for row in self.rows.values()]
        return rows, [(column.key, column.label.zh) for column in self.columns.values()]

    @property
    def side_by_side(self) -> bool:
        """Are all rows printed in one line of figures?"""
        return self.layout == "side-by-side"

    @cached_property
    def index(self) -> dict[CellKey, int]:
        """Cell → its position."""
        return {cell: position for position, cell in enumerate(self.cells)}

    @cached_property
    def data_rows(self) -> tuple[Row, ...]:
        """The rows that have figures."""
        return tuple(row for row in self.rows.values() if not row.heading)

    def headings(self, row: str) -> list[str]:
        """The codes of the headings above a row, nearest first."""
        found, code = [], self.group_of(row)
        while code:
            if code in self.rows and self.rows[code].heading:
                found.append(code)
            code = self.group_of(code)
        return found

    @cached_property
    def matrix(self) -> NDArray[np.float64]:
        """relations × cells: +1 on the left, −1 on the right, 0 elsewhere."""
        matrix = np.zeros((len(self.relations), len(self.cells)))
        for number, relation in enumerate(self.relations):
            matrix[number, list(relation.left)] += 1
            matrix[number, list(relation.right)] -= 1
        return matrix

    @cached_property
    def free_cells(self) -> tuple[CellKey, ...]:
        """Cells that stand in no relation: no arithmetic can vouch for them."""
        used = np.abs(self.matrix).sum(axis=0) if self.relations else np.zeros(len(self.cells))
        return tuple(cell for cell, uses in zip(self.cells, used, strict=True) if not uses)

    def __reduce__(self) -> tuple[Callable[[str, str], TableForm], tuple[str, str]]:
        """A form is known by its name: what was read elsewhere (in a worker) has the very form that is known here."""
        return view("form"), (self.format, self.name)

    def position(self, row: str, column: str) -> int:
        """The position of a cell. Raises UsageError if the form has no such cell."""
        try:
            return self.index[CellKey(self.name, row, column)]
        except KeyError:
            raise UsageError(
                Text(
                    f"{self.format} 的 {self.name} 表没有 {row}/{column} 格。",
                    f"{self.format} has no cell {self.name}/{row}/{column}.",
                ),
                near_or(
                    f"{row}/{column}",
                    (f"{code}/{key}" for _, code, key in self.cells),
                    Text(
                        f"govstats formats {self.format} 列出全部行和列。",
                        f"`govstats formats {self.format}` lists its rows and columns.",
                    ),
                ),
            ) from None

    def group_of(self, code: str) -> str:
        """The code of the row that a row lies under, or an empty string."""
        return code.rpartition(".")[0]

    @cached_property
    def groups(self) -> frozenset[str]:
        """The rows that others lie under: headings, and rows with figures that have parts."""
        parents = {self.group_of(code) for code in self.rows}
        return frozenset(code for code, row in self.rows.items() if row.heading or code in parents)

    def groups_around(self, code: str) -> set[str]:
        """The groups that a row may be printed in: its own, and the heading before it if that has no rows by code."""
        return {self.group_of(code), self._headings_before[code]}

    @cached_property
    def _headings_before(self) -> dict[str, str]:
        before, heading = {}, ""
        for code, row in self.rows.items():
            before[code] = heading or self.group_of(code)
            if row.heading:
                heading = "" if any(self.group_of(each) == code for each in self.rows) else code
        return before


@lru_cache(maxsize=64)
def amounts(form: TableForm) -> tuple[int, ...]:
    """The positions of a form's amounts of money."""
    return tuple(at for at, figure in enumerate(form.figures) if figure.number == "amount")
