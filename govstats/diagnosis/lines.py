"""TableForm → its lines: rows and columns of cells in printed order, and how relations give every cell of a line.

Nothing here knows a particular table: lines come from the form's rows, columns and relations.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby

from govstats.model.forms import Relation, Row, TableForm

Line = tuple[int, ...]
"""Cells (positions) that are printed in one line."""
Derivation = tuple[int, ...]
"""For each cell of a line, the relation (position) that gives it from the cells of other lines."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Lines of equal length that are printed one after the other.

    `axis`: `row` (whole rows), `column` (whole columns), or `cell` (the cells of one printed row, a line each).
    """

    axis: str
    lines: tuple[Line, ...]


@lru_cache(maxsize=64)
def sequences(form: TableForm) -> tuple[Sequence, ...]:
    """All sequences of a form. Rows of different columns do not follow one another."""
    made: list[Sequence] = []
    for keys, run in groupby(form.data_rows, key=lambda row: row.columns):
        rows = tuple(run)
        by_row = tuple(tuple(form.position(row.code, key) for key in keys) for row in rows)
        made += [Sequence("row", by_row), Sequence("column", tuple(zip(*by_row, strict=True)))]
        if not form.side_by_side:
            made += [_cells_of((row,), form) for row in rows]
    if form.side_by_side:
        made.append(_cells_of(form.data_rows, form))
    return tuple(each for each in made if len(each.lines) > 1)


def _cells_of(rows: tuple[Row, ...], form: TableForm) -> Sequence:
    return Sequence("cell", tuple((form.position(row.code, key),) for row in rows for key in row.columns))


@lru_cache(maxsize=64)
def whole_lines(form: TableForm) -> tuple[Line, ...]:
    """All rows and columns of more than one cell, each once."""
    lines = (line for each in sequences(form) if each.axis != "cell" for line in each.lines if len(line) > 1)
    return tuple(dict.fromkeys(lines))


@lru_cache(maxsize=64)
def total_lines(form: TableForm) -> tuple[Line, ...]:
    """The lines of totals that the form states: what stands alone on the right of a family of sums."""
    return tuple(
        tuple(relation.right[0] for _, relation in family)
        for family in _families(form)
        if all(relation.is_sum for _, relation in family)
    )


@lru_cache(maxsize=512)
def parts_of(form: TableForm, line: Line) -> Line:
    """The cells that are added up in a line of totals."""
    sums = (relation for relation in form.relations if relation.is_sum and relation.right[0] in line)
    return tuple(sorted({cell for relation in sums for cell in relation.left} - set(line)))


@lru_cache(maxsize=64)
def total_cells(form: TableForm) -> frozenset[int]:
    """All cells that are the total of others."""
    return frozenset(relation.right[0] for relation in form.relations if relation.is_sum)


@lru_cache(maxsize=4096)
def derivations(form: TableForm, line: Line) -> tuple[Derivation, ...]:
    """The families of relations that each give every cell of a line, from the cells of other lines."""
    return tuple(found for family in _families(form) if (found := _one_each(family, line)))


@lru_cache(maxsize=64)
def _families(form: TableForm) -> tuple[tuple[tuple[int, Relation], ...], ...]:
    numbered = groupby(enumerate(form.relations), key=lambda pair: pair[1].family)
    return tuple(tuple(family) for _, family in numbered)


def _one_each(family: tuple[tuple[int, Relation], ...], line: Line) -> Derivation:
    """For each cell of a line the relation of a family that holds it and no other cell of the line; () if none does."""
    found: list[int] = []
    for cell in line:
        members = [(position, {*relation.left, *relation.right} & set(line)) for position, relation in family]
        alone = [position for position, held in members if held == {cell}]
        if len(alone) != 1:
            return ()
        found.append(alone[0])
    return tuple(found)
