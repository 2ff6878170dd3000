"""What stands among the ties, and what is no cause: a slip that is simple to say beside single cells, and no more."""

from __future__ import annotations

import numpy as np
import pytest

from govstats.catalog.formats import get_table_form
from govstats.diagnosis import Cause, causes, diagnose, milp
from govstats.diagnosis.trial import Trial
from govstats.model.forms import TableForm
from govstats.model.outcomes import evaluate
from govstats.model.table import Table
from tests import slips
from tests.slips import AT, FORM, PARTS, TOTAL_COLUMN, TOTAL_ROW, Figures

LITIGATION = get_table_form("national-2021", "litigation")
OLDER = get_table_form("national-2014", "summary")
ROW_2, ROW_3_1, ROW_4 = (FORM.data_rows.index(row) for row in FORM.data_rows if row.code in {"2", "3.1", "4"})


def told(table: Table) -> list[Cause]:
    return diagnose(table, evaluate(table.form, table.values[None], table.states[None])[0])


def listed(form: TableForm, found: list[Cause]) -> list[dict[tuple[str, str], float]]:
    """Every tie: row and column of the cells, and their figures."""
    return [{form.cells[cell][1:]: figure for cell, figure in tie} for cause in found for tie in cause.ties]


def of(form: TableForm, texts: dict[str, list[str]]) -> list[Cause]:
    return told(Table.from_texts(form, texts))


def printed(figures: Figures, zero: str) -> dict[str, list[str]]:
    rows = {row.code: [FORM.position(row.code, key) for key in row.columns] for row in FORM.data_rows}
    return {code: [f"{figures[cell]:.0f}" if figures[cell] else zero for cell in cells] for code, cells in rows.items()}


def lawsuits(direct: str, after_review: str = "0 0 0 0 0") -> dict[str, list[str]]:
    return {"review": ["0"] * 5, "direct": direct.split(), "after_review": after_review.split()}


def test_a_row_that_may_be_moved_on_is_told_beside_its_single_cells() -> None:
    found = of(LITIGATION, lawsuits("25 27 30 175 0", "1 0 0 0 1"))
    moved = dict(zip([("direct", key) for key in LITIGATION.columns], (93, 25, 27, 30, 175), strict=True))
    assert [cause.unique for cause in found] == [False]
    assert moved in listed(LITIGATION, found)
    assert {("direct", "total"): 257} in listed(LITIGATION, found)
    assert [slip and slip.kind for slip in found[0].slips] == [None, "shifted"]


def test_rows_that_may_be_moved_on_together_are_told_first() -> None:
    found = of(LITIGATION, lawsuits("0 77 8 4 29", "118 41 7 16 93"))
    first = listed(LITIGATION, found)[0]
    assert [cause.unique for cause in found] == [False]
    assert [first["after_review", key] for key in LITIGATION.columns] == [41, 7, 16, 93, 157]


def test_a_total_of_nothing_but_zeros_was_not_left_out() -> None:
    """答复总数 55 over 5: that 不予公开 should be 50 is one of many ways, though it is 0 and a total of others."""
    (cause,) = of(OLDER, {"answered": ["55"], "answered.not_ours": ["5"], "answered.denied.privacy": [""]})
    assert cause.kind == "cells"
    assert {("answered", "count"): 5} in listed(OLDER, [cause])


def test_rows_exchanged_in_a_table_of_blanks_are_named() -> None:
    named = 0
    for _, truth in slips.valid_tables(5, 20):
        figures = truth.copy()
        figures[AT[ROW_2]], figures[AT[ROW_4]] = truth[AT[ROW_4]], truth[AT[ROW_2]]
        if np.count_nonzero((truth[AT[ROW_2]] != truth[AT[ROW_4]])[:-1]) > 2:
            found = of(FORM, printed(figures, ""))  # nothing, where the blanks of an empty row take it all
            assert [cause.edit and cause.edit.kind for cause in found] in (["swapped"], [])
            named += len(found)
    assert named > 5


def test_columns_exchanged_in_rows_that_are_no_neighbours_are_among_the_ties() -> None:
    figures = np.zeros(len(FORM.cells))
    for row, one, other in ((3, 40, 0), (9, 7, 0), (15, 0, 90), (20, 300, 5)):
        figures[AT[row, [1, 3]]] = one, other
    rows = [row.code for row in FORM.data_rows]
    figures[AT[rows.index("3.7"), [1, 3]]] = figures[AT[rows.index("1"), [1, 3]]] = figures[AT[:, [1, 3]]].sum(axis=0)
    figures[AT[:, 6]] = figures[AT[:, [1, 3]]].sum(axis=1)
    wrong = figures.copy()
    for row in (3, 15):
        wrong[AT[row, [1, 3]]] = figures[AT[row, [3, 1]]]
    found = of(FORM, printed(wrong, "0"))
    mended = {FORM.cells[cell][1:]: figures[cell] for cell in np.flatnonzero(wrong != figures)}
    assert mended in listed(FORM, found) or mended == {FORM.cells[c][1:]: f for c, f in found[0].expected.items()}


def test_a_failing_relation_that_no_cause_is_about_is_told_by_itself() -> None:
    table = Table.from_texts(LITIGATION, lawsuits("1 1 1 1 9", "1 1 1 1 7"))
    outcomes = evaluate(LITIGATION, table.values[None], table.states[None])[0]
    start = Trial.of(table, outcomes)
    assert [cause.relations for cause in causes._all_told(start, [])] == [(1,), (2,)]
    about = Cause("cells", 1, (1,), {}, unique=False)
    assert [(cause.number, cause.relations) for cause in causes._all_told(start, [about])] == [(1, (1,)), (2, (2,))]


def test_the_slips_of_one_row_stand_beside_its_cells_though_another_row_is_wrong_too() -> None:
    """Each row of lawsuits is told apart, with what may have happened to it alone."""
    rows = {"review": "0 0 24 15 338", "direct": "0 0 0 0 0", "after_review": "15 15 16 26 71"}
    found = of(LITIGATION, {row: figures.split() for row, figures in rows.items()})
    assert [cause.unique for cause in found] == [False, False]
    moved = dict(zip([("review", key) for key in list(LITIGATION.columns)[1:]], (24, 15, 338, 377), strict=True))
    assert moved in listed(LITIGATION, found[:1])
    assert {("after_review", "total"): 72} in listed(LITIGATION, found[1:])


def _exchanged_in(rows: list[int], zero: str = "0") -> list[Cause]:
    """Two columns stand in each other's place in these rows, whose figures are 10, 20, 30 … and 1, 2, 3 …"""
    figures = np.zeros(len(FORM.cells))
    for turn, row in enumerate(PARTS[:8], 1):
        figures[AT[row, :2]] = (3**turn, 2 * turn)
    figures[AT[TOTAL_ROW]] = figures[AT[PARTS]].sum(axis=0)
    figures[AT[0]] = figures[AT[TOTAL_ROW]]
    figures[AT[:, TOTAL_COLUMN]] = figures[AT[:, :TOTAL_COLUMN]].sum(axis=1)
    wrong = figures.copy()
    wrong[AT[rows, 0]], wrong[AT[rows, 1]] = figures[AT[rows, 1]], figures[AT[rows, 0]]
    return of(FORM, printed(wrong, zero))


def test_two_columns_exchanged_in_places_that_nobody_can_tell_are_said_to_be() -> None:
    for zero in ("0", ""):
        (cause,) = _exchanged_in([PARTS[at] for at in (0, 2, 4, 6)], zero)
        assert [{FORM.cells[cell].column for cell in line} for line in cause.between] == [
            {"natural_person"},
            {"business"},
        ]
        assert not cause.unique
        assert not cause.expected


def test_nothing_is_exchanged_where_blanks_leave_both_lines_open() -> None:
    rows = {"review": ["", "0", "0", "0", "1"], "direct": ["0"] * 5, "after_review": ["1", "0", "0", "0", ""]}
    assert of(LITIGATION, rows) == []


def test_a_search_that_was_given_up_is_no_proof(monkeypatch: pytest.MonkeyPatch) -> None:
    """Many wrong cells: without a search to its end nobody knows if a repair is the only one, or if there is any."""
    _, truth = next(iter(slips.valid_tables(3, 1)))
    figures = truth.copy()
    figures[[AT[PARTS[at], at] for at in range(5)]] += 7.0
    monkeypatch.setattr(milp, "_optimum", lambda *_: milp._Optimum(None, False))
    found = of(FORM, printed(figures, "0"))
    assert found
    assert all(cause.given_up and not cause.unique and not cause.expected for cause in found)
