"""A trial → Edits: the slips that, undone, make every relation hold. All are tried in one matrix product."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from govstats.diagnosis.cause import Edit
from govstats.diagnosis.exchanges import partly_swapped
from govstats.diagnosis.lines import Line, total_cells, total_lines, whole_lines
from govstats.diagnosis.moves import Moves, moves_of
from govstats.diagnosis.repairs import MOST_CELLS, Repair
from govstats.diagnosis.system import TOLERANCE, Floats, Indices, Mask, System, system_of
from govstats.diagnosis.trial import LOST, Trial, among
from govstats.model.forms import TableForm

FACTORS = (10.0, 100.0, 1000.0, 10000.0)


def edits(trial: Trial) -> list[Edit]:
    """The edits that explain every failing relation and break none, by how little they leave to the relations.

    Blanks and marks count as 0. None where a figure in a relation is lost: lines cannot be moved about it.
    """
    if not _movable(trial):
        return []
    found = sorted([*_moved(trial), *_scaled(trial), *_carried(trial), *partly_swapped(trial)], key=_order)
    told: dict[Repair, Edit] = {}
    for edit in found:
        told.setdefault(edit.repair, edit)
    return list(told.values())


def _movable(trial: Trial) -> bool:
    involved = np.abs(trial.form.matrix).any(axis=0)
    return not (among(trial.states, LOST) & involved).any()


def _system(trial: Trial) -> System:
    """All relations, whatever blanks leave undecided: a slip explains a table in which they are 0."""
    return system_of(trial.form)


def _residual(trial: Trial) -> Floats:
    residual: Floats = _system(trial).residuals(trial.values[None])[0]
    return residual


def _order(edit: Edit) -> tuple[int, int]:
    return edit.free, _ORDER.index(edit.kind)


_ORDER = ("factor", "rest-factor", "copied", "swapped", "shifted", "carried", "split", "line")
"""Of edits that come to the same table, the first is told."""


def _moved(trial: Trial) -> Iterator[Edit]:
    undone = _undone(trial, _balanced(trial, _reaches(trial)))
    for row in np.flatnonzero(~undone.residuals.any(axis=1) & (undone.tables >= 0).all(axis=1)):
        if edit := _edit(trial, undone.numbers[row], undone.tables[row]):
            yield edit


def edits_and_a_cell(trial: Trial) -> list[tuple[Edit, Repair]]:
    """As `edits`, each with one wrong cell besides."""
    if not _movable(trial):
        return []
    undone = _undone(trial, _nearly_reaches(trial))
    tables = undone.tables
    found = _system(trial).singles(undone.residuals)
    found = found.where(tables[found.rows, found.cells] + found.deltas >= 0)
    pairs = []
    for row, cell, delta in zip(*(each.tolist() for each in found), strict=True):
        edit = _edit(trial, undone.numbers[row], tables[row])
        if edit and (tables[row] >= 0).all() and cell not in edit.changes and cell not in edit.lost:
            pairs.append((edit, ((cell, float(tables[row, cell] + delta)),)))
    return sorted(pairs, key=lambda pair: _order(pair[0]))


class _Undone(NamedTuple):
    """Moves (numbers), the table as it would be without each, and what its relations come to."""

    numbers: Indices
    tables: Floats
    residuals: Floats


def _undone(trial: Trial, kept: Mask) -> _Undone:
    """The moves that are kept and possible, undone."""
    moves, columns = moves_of(trial.form), _system(trial).columns
    values = np.append(trial.values, 0.0)
    numbers = np.flatnonzero(kept)
    numbers = numbers[_possible(moves, values, numbers)]
    tables = values[moves.sources[numbers]]
    _join(moves, numbers, values, tables)
    rows, cells, relations = _lost(moves, numbers)
    changed = tables != trial.values
    changed[rows, cells] = moves.lines[numbers[rows]]
    telling = changed.any(axis=1)
    numbers, tables = numbers[telling], tables[telling]
    told = telling[rows]
    rows, cells, relations = (np.cumsum(telling) - 1)[rows[told]], cells[told], relations[told]
    residuals = tables @ columns
    tables[rows, cells] = -residuals[rows, relations] / trial.form.matrix[relations, cells] + 0.0
    residuals = tables @ columns
    residuals[np.abs(residuals) < TOLERANCE] = 0
    return _Undone(numbers, tables, residuals)


def _lost(moves: Moves, numbers: Indices) -> tuple[Indices, Indices, Indices]:
    """The lost cells of these moves: the row among them, the cell, the relation that gives it."""
    row_of = np.full(len(moves.moves), -1)
    row_of[numbers] = np.arange(len(numbers))
    lost_of, cells, relations = moves.lost
    kept = row_of[lost_of] >= 0
    return row_of[lost_of[kept]], cells[kept], relations[kept]


def _reaches(trial: Trial) -> Mask:
    """Which moves touch every failing relation?"""
    failing = _residual(trial) != 0
    reaches: Mask = moves_of(trial.form).touching(failing) == np.count_nonzero(failing)
    return reaches


def _balanced(trial: Trial, kept: Mask) -> Mask:
    """The kept moves without those exchanges that cannot make all relations hold: a mix of all of them tells."""
    moves = moves_of(trial.form)
    numbers = np.flatnonzero(kept & moves.exchanges)
    sums = trial.values[moves.sources[numbers]] @ _system(trial).mixed
    balanced = kept.copy()
    balanced[numbers] = np.abs(sums) < TOLERANCE * len(trial.values)
    return balanced


def _nearly_reaches(trial: Trial) -> Mask:
    """Which moves of whole lines or of cells touch every failing relation but those that one cell could mend?"""
    residual, moves = _residual(trial), moves_of(trial.form)
    most = int((_system(trial).columns != 0).sum(axis=1).max(initial=0))
    nearly: Mask = (moves.touching(residual != 0) >= np.count_nonzero(residual) - most) & ~moves.partial
    untouched = np.where(moves.touched[nearly], 0.0, residual)
    nearly[nearly] = _system(trial).within_reach(untouched, 1)
    return nearly


def _possible(moves: Moves, values: Floats, numbers: Indices) -> Mask:
    """Moves whose surplus line is empty, or repeats its twin; of splits those that continue a figure."""
    surplus, twin = (values[cells[numbers]] for cells in moves.surplus)
    shifts = ~surplus.any(axis=1) | (surplus == twin).all(axis=1)
    splits = (twin[:, 0] > 0) & (surplus[:, 0] >= 0)
    possible: Mask = np.where(moves.splits[numbers], splits, shifts)
    return possible


def _join(moves: Moves, numbers: Indices, values: Floats, tables: Floats) -> None:
    """12 printed as 1 and 2."""
    surplus, twin = moves.surplus
    for row in np.flatnonzero(moves.splits[numbers]):
        cell, end = twin[numbers[row], 0], surplus[numbers[row], 0]
        if values[cell].is_integer() and values[end].is_integer():
            tables[row, cell] = float(f"{values[cell]:.0f}{abs(values[end]):.0f}")  # -0 is printed too


def _valid(trial: Trial, tables: Floats) -> Mask:
    holds = (np.abs(tables @ trial.form.matrix.T) < TOLERANCE).all(axis=1)
    valid: Mask = np.logical_and(holds, (tables >= 0).all(axis=1))
    return valid


def _edit(trial: Trial, number: int, table: Floats) -> Edit | None:
    """A move as an edit; None if nothing but the lost line was changed, unless it is about that line."""
    move = moves_of(trial.form).moves[number]
    changes = trial.changes_to(table)
    lost = list(move.lost)
    if move.kind == "line":
        source = _repeated(trial, move.lines[0])
        if not source and len(changes) <= MOST_CELLS:
            return None  # these are found as cells
        lines = (*move.lines, source) if source else move.lines
        return Edit("copied" if source else "line", move.axis, lines, changes, len(changes), lost=move.lost)
    if not set(changes) - set(lost):
        return None
    free = int(np.count_nonzero(table[lost]))
    return Edit(move.kind, move.axis, move.lines, changes, free, move.forward, lost=move.lost)


def _repeated(trial: Trial, line: Line) -> Line | None:
    """The line whose figures, two or more, a line of totals repeats."""
    printed = trial.values[list(line)]
    if line not in total_lines(trial.form) or np.count_nonzero(printed) < 2:
        return None
    alike = (each for each in whole_lines(trial.form) if len(each) == len(line) and not set(each) & set(line))
    return next((each for each in alike if (trial.values[list(each)] == printed).all()), None)


def _scaled(trial: Trial) -> Iterator[Edit]:
    """Figures that are 10, 100, 1000 or 10000 times what they should be, or that part of it."""
    every, members, touches = _scalable(trial.form)
    failing = _residual(trial) != 0
    telling = ((members @ (trial.values != 0)) > 1) & touches[:, failing].all(axis=1)
    candidates = [every[number] for number in np.flatnonzero(telling)]
    factors = [factor for ten in FACTORS for factor in (ten, 1 / ten)]
    tables = np.tile(trial.values, (len(candidates) * len(factors), 1))
    for number, (_, cells, _) in enumerate(candidates):
        rows = range(number * len(factors), (number + 1) * len(factors))
        tables[np.ix_(rows, cells)] = np.round(np.outer(factors, trial.values[list(cells)]), 6)
    for row in np.flatnonzero(_valid(trial, tables) & _whole(trial.form, tables)):
        kind, _, line = candidates[row // len(factors)]
        axis = "row" if len({trial.form.cells[cell].row for cell in line}) == 1 else "column"
        yield Edit(kind, axis, (line,), trial.changes_to(tables[row]), 0, factor=factors[row % len(factors)])


def _carried(trial: Trial) -> Iterator[Edit]:
    """A cell that is mistyped, and every total above it worked out with it: all sums hold, other relations do not."""
    leaves, above = _totals_above(trial.form)
    effects, residual = above @ _system(trial).columns, _residual(trial)
    failing = residual != 0
    for number in np.flatnonzero((effects[:, failing] != 0).all(axis=1) & (above.sum(axis=1) > 1)):
        lead = int(failing.argmax())
        table = trial.values - above[number] * residual[lead] / effects[number, lead]
        if not (np.abs(table @ _system(trial).columns) > TOLERANCE).any() and (table >= 0).all():
            yield Edit("carried", "cell", ((leaves[number],),), trial.changes_to(table), 1)


@lru_cache(maxsize=64)
def _totals_above(form: TableForm) -> tuple[Line, Floats]:
    """The cells that are no total, and for each (a row) which cells rise by one if it does and all sums are kept."""
    leaves = tuple(cell for cell in np.flatnonzero(form.matrix.any(axis=0)).tolist() if cell not in total_cells(form))
    above = np.zeros((len(leaves), len(form.cells)))
    above[np.arange(len(leaves)), leaves] = 1
    sums = [relation for relation in form.relations if relation.is_sum]
    for _ in sums:
        before = above.copy()
        for relation in sums:
            above[:, relation.right[0]] = above[:, list(relation.left)].sum(axis=1)
        if (above == before).all():
            break
    return leaves, above


class _Scalable(NamedTuple):
    """What may be in another unit: its kind, its cells, and the line that tells it. `members`: which cells (a column
    each) each of them has; `touches`: in which relations."""

    candidates: tuple[tuple[str, Line, Line], ...]
    members: Floats
    touches: Mask


@lru_cache(maxsize=64)
def _scalable(form: TableForm) -> _Scalable:
    """A line, the parts of a total, all but a total line."""
    involved = np.flatnonzero(np.abs(form.matrix).any(axis=0)).tolist()
    lines = [("factor", line, line) for line in whole_lines(form)]
    parts = [("factor", relation.left, relation.left) for relation in form.relations if relation.is_sum]
    rests = [("rest-factor", tuple(c for c in involved if c not in line), line) for line in total_lines(form)]
    every = (*lines, *parts, *rests)
    members = np.zeros((len(every), len(form.cells)))
    for row, (_, cells, _) in zip(members, every, strict=True):
        row[list(cells)] = 1
    return _Scalable(every, members, members @ np.abs(form.matrix.T) > 0)


def _whole(form: TableForm, tables: Floats) -> Mask:
    counts = [form.columns[cell.column].number == "count" for cell in form.cells]
    whole: Mask = (tables == np.round(tables))[:, counts].all(axis=1)
    return whole
