"""The arithmetic: valid tables are clean, any changed cell is told, pandera and the stack say the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govstats
from govstats import checks
from govstats.diagnosis.examine import examine
from govstats.frames import frame
from govstats.frames.pandera_schema import holds, schema
from govstats.model.finding import Finding
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.text.figures import State
from tests.factory import FORMAT, random_valid, valid_applications, valid_litigation
from tests.made import report_of, table_of

APPLICATIONS = FORMAT.tables["applications"]
DENSITIES = st.sampled_from([0.02, 0.1, 0.4, 1.0])
SEEDS = st.integers(0, 2**32 - 1)
AGREEMENT_CHUNKS, AGREEMENT_EACH = 10, 1000


def findings(report: Report) -> list[Finding]:
    return [each for each in checks.findings(examine([report])[0]) if each.rule != "D002"]


@given(SEEDS, DENSITIES)
def test_a_valid_report_gives_no_finding(seed: int, density: float) -> None:
    rng = np.random.default_rng(seed)
    report = report_of(**{name: table_of(name, vector) for name, vector in random_valid(rng, density).items()})
    assert findings(report) == []


def test_ten_thousand_valid_tables_pass_every_relation() -> None:
    rng = np.random.default_rng(7)
    values = np.stack([valid_applications(rng, rng.random(), 10_000) for _ in range(10_000)])
    assert (evaluate(APPLICATIONS, values, np.full(values.shape, State.NUMBER, dtype=np.uint8)) == Outcome.PASS).all()


@given(SEEDS, DENSITIES, st.data())
@settings(max_examples=300)
def test_any_one_changed_cell_is_an_error(seed: int, density: float, data: st.DataObject) -> None:
    rng = np.random.default_rng(seed)
    name = data.draw(st.sampled_from(["applications", "litigation"]))
    make = valid_applications if name == "applications" else valid_litigation
    vector = make(rng, density, 500)
    cell = data.draw(st.integers(0, len(vector) - 1))
    changed = data.draw(st.integers(0, 2000).filter(lambda value: value != vector[cell]))
    truth = vector[cell]
    vector[cell] = changed
    found = findings(report_of(**{name: table_of(name, vector)}))
    assert any(finding.severity == "error" for finding in found)
    causes = {finding.cause for finding in found}
    assert len(causes) == 1, "one fault is told as one cause"
    if name == "applications":
        (finding,) = found
        repaired = {(each.row, each.column): each.to for each in finding.repair}
        assert repaired == {(APPLICATIONS.cells[cell].row, APPLICATIONS.cells[cell].column): truth}
        assert finding.unique


WHOLE = 20
"""Of so many tables a chunk also what fails goes through pandera itself, which takes 10 ms to collect its cells."""


@pytest.mark.parametrize("chunk", range(AGREEMENT_CHUNKS))
def test_pandera_and_the_stack_agree_relation_by_relation(chunk: int) -> None:
    """10,000 tables in all, valid and corrupted, with and without blanks, marks and lost figures."""
    rng = np.random.default_rng(chunk)
    name, form = ("litigation", FORMAT.tables["litigation"]) if chunk % 5 == 4 else ("applications", APPLICATIONS)
    make = valid_litigation if name == "litigation" else valid_applications
    tables = [_disturbed(rng, table_of(name, make(rng, rng.random(), 300))) for _ in range(AGREEMENT_EACH)]
    values = np.stack([table.values for table in tables])
    states = np.stack([table.states for table in tables])
    outcomes = evaluate(form, values, states)
    gate = {
        f"{check.statistics['rule']}[{check.statistics['line']}]": check
        for check in schema("national-2021", name).checks
        if check.name == "govstats_relation"
    }
    assert list(gate) == [relation.name for relation in form.relations]
    seen = set()
    for number, (table, row) in enumerate(zip(tables, outcomes, strict=True)):
        made = frame(table)
        for relation, outcome in zip(form.relations, row, strict=True):
            check = gate[relation.name]
            said = {name: check.statistics[name] for name in ("left", "right", "form")}
            assert holds(made, **said) == (outcome != Outcome.FAIL), (relation.name, outcome)
            if outcome != Outcome.FAIL or number < WHOLE:
                assert bool(check(made).check_passed) == (outcome != Outcome.FAIL), (relation.name, outcome)
            seen.add(Outcome(int(outcome)))
    assert seen == set(Outcome)


def _disturbed(rng: np.random.Generator, table: Table) -> Table:
    """A third stays as it is; others get wrong figures, and blanks, marks, unreadable or absent cells."""
    kind = rng.integers(3)
    if kind:
        cells = rng.choice(len(table.values), rng.integers(1, 4), replace=False)
        table.values[cells] = rng.integers(0, 300, len(cells))
        table.states[cells] = np.where(table.values[cells] == 0, State.ZERO, State.NUMBER)
    if kind == 2:
        cells = rng.choice(len(table.values), rng.integers(1, 6), replace=False)
        table.values[cells] = np.nan
        gaps = (
            [State.BLANK, State.MARK]
            if rng.random() < 0.5
            else [State.BLANK, State.MARK, State.UNREADABLE, State.ABSENT]
        )
        table.states[cells] = rng.choice(gaps, len(cells))
    return table


def test_a_schema_that_was_saved_and_loaded_finds_the_same() -> None:
    from pandera.errors import SchemaErrors

    from govstats.frames.pandera_schema import from_yaml, to_yaml

    made = schema("national-2021", "applications")
    loaded = from_yaml(to_yaml(made))
    rng = np.random.default_rng(3)
    table = table_of("applications", valid_applications(rng, 0.4, 300))
    loaded.validate(frame(table))
    table.values[0] += 1
    told = []
    for each in (made, loaded):
        with pytest.raises(SchemaErrors) as raised:
            each.validate(frame(table), lazy=True)
        told.append(sorted(raised.value.failure_cases["check"]))
    assert told[0] == told[1]
    assert len(set(told[0])) == 2  # relations: each with its cells, row by row
    assert any("自然人" in text for text in told[0])


@pytest.mark.parametrize("kind", ["row", "column"])
@given(SEEDS, st.sampled_from([0.1, 0.4, 1.0]))
@settings(max_examples=150)
def test_a_zeroed_total_line_is_one_finding(kind: str, seed: int, density: float) -> None:
    vector = valid_applications(np.random.default_rng(seed), density, 500)
    line = [
        i
        for i, cell in enumerate(APPLICATIONS.cells)
        if (cell.row == "3.7" if kind == "row" else cell.column == "total")
    ]
    truth = vector[line].copy()
    if np.count_nonzero(truth) < 2:
        return
    vector[line] = 0
    (finding,) = findings(report_of(applications=table_of("applications", vector)))
    assert (finding.rule, finding.severity) == ("T304", "error")
    assert [cell.expected for cell in finding.cells] == list(truth)


@given(SEEDS, st.sampled_from([0.1, 0.4, 1.0]))
@settings(max_examples=60)
def test_a_blank_total_line_is_one_warning_that_derives_it(seed: int, density: float) -> None:
    vector = valid_applications(np.random.default_rng(seed), density, 500)
    line = [i for i, cell in enumerate(APPLICATIONS.cells) if cell.column == "total"]
    truth = vector[line].copy()
    table = table_of("applications", vector)
    table.values[line], table.states[line] = np.nan, State.BLANK
    found = findings(report_of(applications=table))
    if not truth.any():
        assert [each.rule for each in found] == ["C102"]
        return
    (finding,) = found
    assert (finding.rule, finding.severity) == ("T304", "warning")
    assert [cell.expected for cell in finding.cells] == list(truth)


def test_a_blank_total_of_which_no_figure_follows_is_told_with_its_line() -> None:
    table = table_of("litigation", np.array([0, 0, 4, 0, 0] + [0] * 5 + [35, 0, 0, 0, 0], dtype=float))
    blank = [1, 4, 14]
    table.values[blank], table.states[blank] = np.nan, State.BLANK
    table.states[1] = State.UNREADABLE
    found = {each.rule: each for each in findings(report_of(litigation=table))}
    told = [(cell.row, cell.actual, cell.expected) for cell in found["T304"].cells]
    assert told == [("direct", 0, 0), ("after_review", None, 35), ("review", None, None)]


def test_a_total_line_and_a_total_column_at_zero_are_two_causes() -> None:
    vector = valid_applications(np.random.default_rng(5), 0.6, 500)
    truth = vector.copy()
    for i, cell in enumerate(APPLICATIONS.cells):
        if cell.row == "3.7" or cell.column == "total":
            vector[i] = 0
    found = findings(report_of(applications=table_of("applications", vector)))
    assert [each.rule for each in found] == ["T304", "T304"]
    repaired = vector.copy()
    for each in found:
        for change in each.repair:
            repaired[APPLICATIONS.position(change.row, change.column)] = change.to
    assert (repaired == truth).all()


def test_a_failed_sum_of_a_single_relation_accuses_no_cell() -> None:
    vector = np.zeros(15)
    vector[[0, 4]] = [2, 3]
    vector[[5, 9]] = [1, 1]
    (finding,) = findings(report_of(litigation=table_of("litigation", vector)))
    assert finding.rule == "T303"
    assert finding.accused == ()
    assert finding.repair == ()
    assert (finding.evidence[0].left, finding.evidence[0].right) == (2, 3)


def test_a_blank_that_a_total_asks_for_is_derived() -> None:
    table = table_of("litigation", np.array([1, 0, 0, 2, 3] + [0] * 10, dtype=float))
    table.values[3], table.states[3] = np.nan, State.BLANK
    (finding,) = findings(report_of(litigation=table))
    assert (finding.rule, finding.severity) == ("C102", "info")
    assert [(cell.column, cell.actual, cell.expected) for cell in finding.cells] == [("pending", None, 2)]


def test_marks_that_leave_a_relation_open_are_told_with_it() -> None:
    table = table_of("litigation", np.array([1, 0, 0, 2, 3] + [0] * 10, dtype=float))
    table.values[[1, 3]], table.states[[1, 3]] = np.nan, State.MARK
    found = {each.rule: each for each in findings(report_of(litigation=table))}
    assert set(found) == {"C102", "C103"}
    assert [each.rule for each in found["C102"].evidence] == ["T303"]
    assert all(cell.expected is None for cell in found["C102"].cells), "two unknowns: nobody can say which is what"
    assert "“行政复议”行“结果纠正”列、“行政复议”行“尚未审结”列合计应为 2" in found["C102"].message.zh


def test_a_row_at_zero_is_one_finding_for_all_its_columns() -> None:
    vector = valid_applications(np.random.default_rng(11), 1.0, 500)
    for i, cell in enumerate(APPLICATIONS.cells):
        if cell.row == "3.4.1":
            vector[i] = 0
    (finding,) = findings(report_of(applications=table_of("applications", vector)))
    assert finding.rule == "T301"
    assert len(finding.evidence) == 7
    assert finding.accused == ()


def test_a_blank_that_no_figure_could_save_fails() -> None:
    table = table_of("litigation", np.array([5, 0, 0, 0, 3] + [0] * 10, dtype=float))
    table.values[1], table.states[1] = np.nan, State.BLANK
    assert {each.rule for each in findings(report_of(litigation=table))} == {"T303", "C102"}


def test_relations_without_any_figure_are_not_said_to_hold() -> None:
    table = lawsuits(*[[""] * 5] * 3)
    told = str(govstats.check(report_of(litigation=table)))
    assert "全部成立" not in told
    assert "3 条没有数字可核" in told


def test_blank_totals_are_not_said_to_fail() -> None:
    table = lawsuits([1, 0, 0, 2, ""], [0, 3, 0, 0, ""], [0, 0, 0, 0, ""])
    told = "".join(str(govstats.check(report_of(litigation=table))).split())
    assert "因此无法判断" in told
    assert "不成立" not in told
    assert "都是空白" in told


def test_a_single_sum_is_never_certain_whatever_the_sizes() -> None:
    table = lawsuits([440, 0, 0, 2, 0], [0, 3, 0, 0, 3], [0] * 5)
    (finding,) = [each for each in findings(report_of(litigation=table)) if each.rule == "T303"]
    assert finding.unique is False
    assert finding.repair == ()
    assert "442" in finding.message.zh


def test_a_negative_count_has_one_verdict() -> None:
    figures = valid_applications(np.random.default_rng(5), 1.0, 50)
    negative = figures.copy()
    negative[0] = -figures[0]
    found = {each.rule: each for each in findings(report_of(applications=table_of("applications", negative)))}
    assert found["C104"].unique == found["B201"].unique
    assert found["C104"].repair == found["B201"].repair != ()


def lawsuits(*rows: list[object]) -> Table:
    """The table of litigation with these texts in its three rows."""
    form = FORMAT.tables["litigation"]
    return Table.from_texts(form, dict(zip(form.rows, rows, strict=False)))
