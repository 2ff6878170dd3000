"""Addresses of cells (applications/3.1/total) and tables → Answers: what the cells hold, as sentences may mean it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from functools import lru_cache

from govstats.model.forms import CellKey, TableForm
from govstats.model.table import Table
from govstats.prose.nouns import nouns
from govstats.text.figures import State

Tables = dict[str, Table]
Answers = list[tuple[tuple[CellKey, ...], float]]


@dataclass(frozen=True, eq=False)
class About:
    """What a report is about: its tables, its year, its agency (None: unknown)."""

    tables: Tables
    year: int | None = None
    agency: str | None = None
    _answers: dict[tuple[tuple[str, ...], str], Answers] = field(default_factory=dict, repr=False)

    def answers(self, addresses: tuple[str, ...], column: str = "") -> Answers:
        """For each address that its tables have: the cells, and their sum; worked out once."""
        key = addresses, column
        if key not in self._answers:
            self._answers[key] = list(_answers(addresses, column, self.tables))
        return self._answers[key]

    def is_account(self, values: Iterable[float]) -> bool:
        """Are they the figures of the table's account of requests: new, carried in, handled, carried on?"""
        return {*values} <= self.account()

    def account(self) -> set[float]:
        """Those figures; empty if one is unknown."""
        sides = [self.answers(nouns().roles[role]) for role in ("new", "due", "handled", "next")]
        return {value for answers in sides for _, value in answers} if all(sides) else set()

    def has_gaps(self, cells: tuple[CellKey, ...]) -> bool:
        """Is one of the cells blank or marked, so that it may hold anything that the total of its column allows?"""
        return any(
            self.tables[cell.table].states[self.tables[cell.table].form.position(cell.row, cell.column)] in _GAPS
            and not _leaves_nothing(self.tables[cell.table], cell)
            for cell in cells
        )


_GAPS = (State.BLANK, State.MARK)


def _leaves_nothing(table: Table, cell: CellKey) -> bool:
    """Do the other parts of one of the form's sums make its total already, so that the blank ones can only be 0?"""
    form = table.form
    position = form.position(cell.row, cell.column)
    return any(
        position in sum_of.left and _is_made(table, [form.cells[part] for part in sum_of.left], form.cells[total])
        for sum_of in form.relations
        if sum_of.is_sum
        for total in sum_of.right
    )


def _is_made(table: Table, parts: list[CellKey], total: CellKey) -> bool:
    values, whole = [_held(table, part) for part in parts], table.value(total.row, total.column)
    return whole is not None and None not in values and sum(value or 0 for value in values) == whole


def _answers(addresses: tuple[str, ...], column: str, tables: Tables) -> Iterator[tuple[tuple[CellKey, ...], float]]:
    """Cells and their sum; a total that its row contradicts counts both ways."""
    for address in addresses:
        table = tables.get(address.partition("/")[0])
        if table is not None:
            yield from _sums_of(table, address, column)


def _sums_of(table: Table, address: str, column: str) -> Iterator[tuple[tuple[CellKey, ...], float]]:
    form = table.form
    _, rows, *given = address.split("/")
    if given and column:  # this table does not tell applicants apart
        return
    codes = _codes(form, rows)
    keys = tuple((given or [column or "total"])[0].split("+"))
    cells = tuple(CellKey(form.name, code, key) for code in codes for key in keys if key in form.rows[code].columns)
    if not cells:
        return
    values = [_held(table, cell) for cell in cells]
    if all(value is not None for value in values):
        yield cells, float(sum(value or 0 for value in values))
    if keys == ("total",):
        others = [_others(table, code) for code in codes]
        if all(value is not None for value in others):
            yield cells, float(sum(value or 0 for value in others))
    if len(codes) == 1 and form.name == "applications":
        yield from _added_up(table, cells)


def _held(table: Table, cell: CellKey) -> float | None:
    """What a cell holds; a blank or mark is 0 first, what was lost is nothing."""
    if table.states[table.form.position(cell.row, cell.column)] in _GAPS:
        return 0.0
    return table.value(cell.row, cell.column)


@lru_cache(maxsize=1024)
def _codes(form: TableForm, rows: str) -> tuple[str, ...]:
    return tuple(row.code for pattern in rows.split("+") for row in form.data_rows if fnmatchcase(row.code, pattern))


def _others(table: Table, code: str) -> float | None:
    values = [table.value(code, key) for key in table.form.rows[code].columns if key != "total"]
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _added_up(table: Table, cells: tuple[CellKey, ...]) -> Iterator[tuple[tuple[CellKey, ...], float]]:
    """What the rows make of which a row is the total, where that row itself may be wrong (昭通 2021)."""
    parts = [_rows_of(table.form, cell) for cell in cells]
    values = [table.value(part.row, part.column) for row in parts for part in row]
    if all(parts) and None not in values:
        yield cells, float(sum(value or 0 for value in values))


def _rows_of(form: TableForm, total: CellKey) -> list[CellKey]:
    """The cells of its column of which one of the form's sums makes it; empty if none does."""
    at = form.position(total.row, total.column)
    for sum_of in form.relations:
        parts = [form.cells[part] for part in sum_of.left]
        if sum_of.right == (at,) and all(part.column == total.column for part in parts):
            return parts
    return []
