"""What cells hold: figures that are none, blanks, marks, negative and broken counts. One finding a table and rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from govstats.catalog.rules import get_rule
from govstats.diagnosis import Cause, derive
from govstats.diagnosis.examine import Examined
from govstats.lang import Text
from govstats.model.finding import CellFinding, Change, Evidence, Finding
from govstats.model.forms import amounts
from govstats.model.outcomes import Outcome
from govstats.model.report import converted
from govstats.model.table import Table
from govstats.model.wording import cell_name, evidence_of, figure_text, listed, table_name
from govstats.text.figures import State, figure
from govstats.text.unseen import THING

RULES = ("C101", "C102", "C103", "C104", "C105", "C106")


def check(examined: Examined) -> Iterator[Finding]:
    for name, table in examined.report.tables.items():
        yield from _units(table)
        if _is_plain(table):
            continue
        told = _already_told(table, examined.causes[name])
        yield from _unreadable(table, told)
        yield from _negatives(table, examined.causes[name])
        yield from _blanks(table, examined.outcomes[name], examined.causes[name], told)
        marks = [cell for cell in _where(table.has_state(State.MARK)) if cell not in told]
        yield from _finding("C103", table, marks)


def _is_plain(table: Table) -> bool:
    """Does it hold nothing but figures, none of them negative?"""
    return int(table.states.max()) <= State.ZERO and not (table.values < 0).any()


def _units(table: Table) -> Iterator[Finding]:
    """Amounts, not 0, in another unit than the form's: nothing is converted, but both are told."""
    for cell in amounts(table.form):
        unit, figure = table.unit(cell), table.form.figures[cell]
        if figure.takes(unit) or unit is None or not table.values[cell] > 0:
            continue
        fields = {
            "table": table_name(table),
            "cell": cell_name(table.form, cell),
            "printed": f"{figure_text(float(table.values[cell]))} {unit}",
            "unit": figure.unit,
            "converted": figure_text(converted(float(table.values[cell]), unit, figure.unit)),
        }
        key = table.form.cells[cell]
        cells = (CellFinding(key.row, key.column, float(table.values[cell]), None),)
        yield get_rule("C106").finding(fields, table=table.form.name, cells=cells, place=table.places[cell])


def _negatives(table: Table, causes: list[Cause]) -> Iterator[Finding]:
    """Negative counts, with the figures that the only repair gives them: one cell, one verdict."""
    cells = _negative(table)
    certain = {cell: figure for cause in causes if cause.unique for cell, figure in cause.expected.items()}
    figures = {cell: certain[cell] for cell in cells if cell in certain}
    for found in _finding("C104", table, cells, figures):
        yield replace(found, unique=True, repair=_changes(table, figures)) if len(figures) == len(cells) else found


def _changes(table: Table, figures: dict[int, float]) -> tuple[Change, ...]:
    return tuple(Change(*table.form.cells[cell], float(table.values[cell]), figures[cell]) for cell in figures)


def _negative(table: Table) -> list[int]:
    return [cell for cell in _where(table.values < 0) if table.form.figures[cell].number != "change"]


def _where(condition: NDArray[np.bool_]) -> list[int]:
    positions: list[int] = np.flatnonzero(condition).tolist()
    return positions


def _already_told(table: Table, causes: list[Cause]) -> set[int]:
    """Cells that rules D005, D007, D017 and T304 speak of: one fault is told once."""
    rows = {*table.lost, *(repeat.row for repeat in table.repeats)}
    lines = {cell for cause in causes if cause.kind == "not-filled" for cell in (*cause.expected, *cause.untold)}
    return (
        lines
        | table.recognised.keys()
        | {position for position, cell in enumerate(table.form.cells) if cell.row in rows}
    )


def _unreadable(table: Table, told: set[int]) -> Iterator[Finding]:
    unread = (cell for cell in _where(table.has_state(State.UNREADABLE)) if cell not in told)
    cells = [cell for cell in unread if THING not in (table.raws[cell] or "")]
    broken = [cell for cell in cells if _is_broken_count(table, cell)]
    yield from _finding("C105", table, broken)
    yield from _finding("C101", table, [cell for cell in cells if cell not in broken])


def _is_broken_count(table: Table, cell: int) -> bool:
    """1.5 in a column that counts."""
    read = figure(table.raws[cell] or "")
    return table.form.figures[cell].number != "amount" and read.state is State.NUMBER and read.value != int(read.value)


def _blanks(table: Table, outcomes: NDArray[np.uint8], causes: list[Cause], told: set[int]) -> Iterator[Finding]:
    """Blank cells, and the marks that leave a relation open; with the figures that the relations ask for."""
    open_relations = _where(outcomes == Outcome.UNVERIFIABLE)
    in_open = table.form.matrix[open_relations].any(axis=0)
    cells = _where(table.has_state(State.BLANK) | (table.has_state(State.MARK) & in_open))
    found = derive(table, outcomes, causes)
    derived = {cell: value for cell, value in found.figures.items() if cell not in told}
    evidence = tuple(evidence_of(table, relation)._replace(open=True) for relation in open_relations)
    more = NOTHING if found.decided else _UNDECIDED
    if not causes:
        more = _joined(_together(table, open_relations, found.figures), more)
    for blank in _finding("C102", table, [cell for cell in cells if cell not in told], derived, evidence):
        yield replace(blank, message=_joined(blank.message, more))


def _together(table: Table, open_relations: list[int], derived: dict[int, float]) -> Text:
    """What the blanks of one side of an open relation hold in all, where nobody can say what each of them does."""
    certain = [each for each in open_relations if not table.form.relations[each].remainder]
    matrix, values = table.form.matrix[certain], np.nan_to_num(table.values)
    values[list(derived)] = list(derived.values())
    unknown = ~table.has_state(State.NUMBER, State.ZERO)
    unknown[list(derived)] = False
    told: dict[tuple[int, ...], Text] = {}
    for signs, rest in zip(np.where(unknown, matrix, 0.0), matrix @ values, strict=True):
        cells = tuple(_where(signs != 0))
        if len(cells) > 1 and len({*signs[list(cells)]}) == 1 and (total := -rest * signs[cells[0]]) > 0:
            names, figures = listed(cell_name(table.form, cell) for cell in cells), figure_text(total)
            told[cells] = Text(f"{names.zh}合计应为 {figures}", f"{names.en} should make {figures}")
    if not told:
        return NOTHING
    sums = list(told.values())[:_SUMS]
    zh, en = "；".join(each.zh for each in sums), "; ".join(each.en for each in sums)
    return Text(f"{zh}，各是多少表中看不出。", f" {en}; the table cannot tell how much each.")


def _joined(one: Text, other: Text) -> Text:
    return Text(one.zh + other.zh, one.en + other.en)


NOTHING = Text("", "")
_SUMS = 3
_UNDECIDED = Text(
    "这些空白能否填得使各条关系都成立，没有算完。", " Whether any filling makes all relations hold was not decided."
)


def _finding(
    code: str,
    table: Table,
    cells: Iterable[int],
    expected: dict[int, float] | None = None,
    evidence: tuple[Evidence, ...] = (),
) -> Iterator[Finding]:
    """One finding for all these cells, or none without cells."""
    positions = list(cells)
    if not positions:
        return
    expected = expected or {}
    readable = table.has_state(State.NUMBER, State.ZERO)
    printed = (
        Text(f"{name.zh}“{raw}”", f"{name.en} “{raw}”") if raw else name
        for position in positions
        for name, raw in [(cell_name(table.form, position), " ".join((table.raws[position] or "").split()))]
    )
    fields = {
        "table": table_name(table),
        "n": len(positions),
        "cells": listed(printed),
        "derived": _derived_text(table, expected, len(evidence)),
    }
    yield get_rule(code).finding(
        fields,
        table=table.form.name,
        cells=tuple(
            CellFinding(
                table.form.cells[position].row,
                table.form.cells[position].column,
                float(table.values[position]) if readable[position] else None,
                expected.get(position),
            )
            for position in positions
        ),
        evidence=evidence,
        place=table.places[positions[0]],
    )


def _derived_text(table: Table, derived: dict[int, float], open_relations: int) -> Text:
    """A sentence on the relations that stay open, and on the figures that they ask for; or nothing."""
    if not open_relations:
        return NOTHING
    still_open = Text(
        f"{open_relations} 条勾稽关系因此无法判断。", f" {open_relations} relations cannot be verified for them."
    )
    if not derived:
        return still_open
    told = listed(
        Text(f"{name.zh}应为 {figure_text(value)}", f"{name.en} should be {figure_text(value)}")
        for cell, value in derived.items()
        for name in [cell_name(table.form, cell)]
    )
    return Text(f"{still_open.zh}按勾稽关系推算：{told.zh}。", f"{still_open.en} By the relations: {told.en}.")
