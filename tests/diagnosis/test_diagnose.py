"""The rungs of the ladder, one by one: searches are complete, ranks prove nothing, gaps are respected."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from govstats import checks
from govstats.catalog.formats import known_formats
from govstats.diagnosis import causes, diagnose, localise, milp
from govstats.diagnosis.examine import examine
from govstats.diagnosis.repairs import smallest_repairs
from govstats.diagnosis.system import system_of
from govstats.model.finding import Finding
from govstats.model.forms import TableForm
from govstats.model.outcomes import evaluate
from govstats.model.table import Table
from govstats.text.figures import State
from govstats.text.keying import slip
from tests import slips
from tests.diagnosis.test_acceptance import Case, made
from tests.made import report_of, table_of
from tests.slips import AT, FORM, TOTAL_COLUMN, TOTAL_ROW

FORMS = [form for known in known_formats().values() for form in known.tables.values() if form.relations]


def findings(**tables: Table) -> list[Finding]:
    return [each for each in checks.findings(examine([report_of(**tables)])[0]) if each.rule != "D002"]


def causes_of(table: Table) -> list[object]:
    outcomes = evaluate(table.form, table.values[None], table.states[None])[0]
    return list(diagnose(table, outcomes))


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.format}-{form.name}")
def test_every_few_cells_can_be_peeled(form: TableForm) -> None:
    """Of any independent two or three cells, some relation holds just one: what the search rests on."""
    signatures = np.unique(form.matrix.T[form.matrix.any(axis=0)], axis=0)
    involved = (signatures != 0).astype(np.int8)
    for one in range(len(involved)):
        pairs = involved[one] + involved[one + 1 :]
        for at in np.flatnonzero(~(pairs == 1).any(axis=1)):
            assert np.linalg.matrix_rank(signatures[[one, one + 1 + at]]) < 2
        for other in range(len(pairs)):
            triples = pairs[other] + involved[one + other + 2 :]
            for at in np.flatnonzero(~(triples == 1).any(axis=1)):
                assert np.linalg.matrix_rank(signatures[[one, one + 1 + other, one + other + 2 + at]]) < 3


def test_all_ties_of_two_cells_are_found() -> None:
    """Compared with trying every pair of cells."""
    rng = np.random.default_rng(2)
    system = system_of(FORM)
    for _, truth in slips.valid_tables(2, 4):
        printed = slips.carried(rng, truth)
        residual = system.residuals(printed[None])[0]
        tried = set()
        for pair in combinations(range(len(printed)), 2):
            columns = system.matrix[:, pair]
            deltas, *_ = np.linalg.lstsq(columns, -residual, rcond=None)
            figures = printed[list(pair)] + np.round(deltas)
            if np.allclose(columns @ np.round(deltas), -residual) and (figures >= 0).all() and np.round(deltas).all():
                tried.add(tuple(zip(pair, figures.tolist(), strict=True)))
        found = smallest_repairs(system, residual, printed, np.ones(len(printed), dtype=bool))
        assert set(found) == tried


def test_a_stack_is_localised_as_its_tables_are() -> None:
    tables = [(truth, slips.wrong_cells(1)(rng, truth)) for rng, truth in slips.valid_tables(3, 50)]
    values = np.stack([printed for _, printed in tables])
    states = np.where(values, State.NUMBER, State.ZERO).astype(np.uint8)
    found = localise(FORM, values, states)
    assert len(found) > 40
    for number, (cell, figure) in found.items():
        assert tables[number][0][cell] == figure


def test_one_row_of_lawsuits_is_a_tie_that_accuses_no_cell() -> None:
    (finding,) = findings(litigation=table_of("litigation", np.array([2, 0, 0, 0, 3, 1, 0, 0, 0, 1] + [0] * 5)))
    assert finding.rule == "T303"
    assert (finding.unique, finding.n_ties, len(finding.ties)) == (False, 5, 5)
    assert (finding.accused, finding.repair, finding.certain_cells) == ((), (), ())
    assert finding.ties[0][0].column == "total", "totals are named before parts"
    assert "相差 1" in finding.message.zh
    assert "可能是" in finding.message.zh
    assert "共 5 种" in finding.message.zh


def test_faults_in_rows_of_lawsuits_are_told_apart() -> None:
    found = findings(litigation=table_of("litigation", np.array([2, 0, 0, 0, 3, 1, 0, 0, 0, 4] + [0] * 5)))
    assert [each.evidence[0].line for each in found] == ["review", "direct"]
    assert len({each.cause for each in found}) == 2


def test_a_digit_left_out_is_said() -> None:
    truth = next(truth for _, truth in slips.valid_tables(9, 9) if truth[AT[TOTAL_ROW, 0]] > 99)
    cell, printed = AT[TOTAL_ROW, 0], truth.copy()
    printed[cell] = truth[cell] // 10
    (finding,) = findings(applications=made(printed))
    assert finding.unique
    assert f"印作 {printed[cell]:.0f}，应为 {truth[cell]:.0f}（疑似少打一位）" in finding.message.zh


@pytest.mark.parametrize(
    ("printed", "meant", "kind"),
    [
        (27, 270, "left-out"), (270, 27, "added"), (12, 21, "swapped"), (132, 123, "swapped"), (128, 123, "replaced"),
        (1223, 123, "added"), (7, 70, None), (7, 9, None), (45, 81, None), (1234, 12, None), (12, 12, None),
        (12.5, 12, None),
    ],
)  # fmt: skip
def test_slips_of_the_finger(printed: float, meant: float, kind: str | None) -> None:
    assert slip(printed, meant) == kind


def test_a_slip_that_moved_rows_says_so_with_the_repair() -> None:
    truth = next(truth for _, truth in slips.valid_tables(4, 40) if np.count_nonzero(truth) > 120)
    printed = truth.copy()
    printed[AT[[TOTAL_ROW, TOTAL_ROW + 1]]] = truth[AT[[TOTAL_ROW + 1, TOTAL_ROW]]]
    (finding,) = findings(applications=made(printed))
    assert "互换" in finding.message.zh
    assert {(change.row, change.column): change.to for change in finding.repair} == {
        FORM.cells[cell][1:]: truth[cell] for cell in np.flatnonzero(printed != truth)
    }
    assert finding.unique
    assert finding.n_ties == 1


def test_a_lost_figure_is_never_proposed_for() -> None:
    for rng, truth in slips.valid_tables(5, 60):
        table = made(slips.wrong_cells(2)(rng, truth))
        lost = rng.choice(len(truth), 3, replace=False)
        table.values[lost], table.states[lost] = np.nan, [State.UNREADABLE, State.ABSENT, State.UNREADABLE]
        for finding in findings(applications=table):
            changed = {(c.row, c.column) for tie in (finding.repair, *finding.ties) for c in tie}
            if finding.rule != "T304":
                assert not changed & {FORM.cells[cell][1:] for cell in lost}


def test_negative_figures_are_findings_and_stop_nothing() -> None:
    """A 3 and a −1 side by side are no 31 that was torn apart."""
    for rng, truth in slips.valid_tables(3, 30):
        printed = truth.copy()
        printed[rng.choice(len(truth), 2, replace=False)] = -rng.integers(1, 9, 2)
        assert "C104" in {finding.rule for finding in findings(applications=table_of("applications", printed))}


def test_a_blank_total_column_beside_a_wrong_cell_is_told_once() -> None:
    truth = next(truth for _, truth in slips.valid_tables(10, 40) if np.count_nonzero(truth) > 120)
    printed = truth.copy()
    printed[AT[5, 2]] += 7
    table = made(printed)
    column = AT[:, TOTAL_COLUMN]
    table.values[column], table.states[column] = np.nan, State.BLANK
    found = findings(applications=table)
    assert [each.rule for each in found if each.rule.startswith("T304")] == ["T304"]
    assert len(found) == 2
    assert all(change.to >= 0 for each in found for change in each.repair)


def test_without_the_extra_unexplained_relations_show_both_sides(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (milp, causes):
        monkeypatch.setattr(module, "available", lambda: False)
    rng = np.random.default_rng(1)
    truth = next(truth for _, truth in slips.valid_tables(11, 9) if np.count_nonzero(truth) > 60)
    found = findings(applications=made(slips.wrong_cells(6)(rng, truth)))
    assert found
    assert all(each.repair == () and each.accused == () for each in found)
    assert all("scipy" in each.hint.zh for each in found)


def test_with_the_extra_many_cells_are_located() -> None:
    pytest.importorskip("scipy")
    located = 0
    for rng, truth in slips.valid_tables(12, 6):
        case = Case(truth, slips.wrong_cells(5)(rng, truth))
        assert case.claims_are_true
        located += case.is_located
    assert located >= 4
