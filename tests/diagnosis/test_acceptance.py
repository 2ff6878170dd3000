"""What diagnosis is held to, on random tables with one known fault. GOVSTATS_NIGHTLY=1 runs 10,000 of each.

*Told right*: what is asserted (unique causes) holds the true figures. A figure that is asserted and not true is a
wrong claim; of those there must be none where figures were moved, and none for one or two wrong cells.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from govstats import checks
from govstats.diagnosis import Cause, Repair, diagnose
from govstats.diagnosis.examine import examine
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.table import Table
from govstats.text.figures import State
from tests import slips
from tests.made import report_of, table_of
from tests.slips import AT, FORM, PARTS, TOTAL_COLUMN, TOTAL_ROW, Figures, Slip

NIGHTLY = os.environ.get("GOVSTATS_NIGHTLY") == "1"
EACH = 10_000 if NIGHTLY else 200
EMPTY = table_of("applications", np.zeros(len(FORM.cells)))


class Case:
    """A table with a known fault, and what diagnosis makes of it."""

    def __init__(self, truth: Figures, printed: Figures, state: State = State.ZERO) -> None:
        self.truth, self.printed = truth, printed
        self.table = made(printed)
        if state is not State.ZERO:
            self.table.states[(printed == 0) & (truth != 0)] = state
        outcomes = evaluate(FORM, self.table.values[None], self.table.states[None])[0]
        self.n_failing = int((outcomes == Outcome.FAIL).sum())
        self.visible = bool((outcomes != Outcome.PASS).any())
        self.causes: list[Cause] = diagnose(self.table, outcomes)

    @property
    def repair(self) -> Repair:
        """The true figures of the cells that are printed wrong."""
        cells = np.flatnonzero(self.truth != self.printed)
        return tuple((int(cell), float(self.truth[cell])) for cell in cells)

    @property
    def kinds(self) -> set[str]:
        return {cause.edit.kind if cause.edit else cause.kind for cause in self.causes}

    @property
    def asserted(self) -> dict[int, float]:
        """Cells and figures that are claimed without a doubt."""
        certain = (cause for cause in self.causes if cause.unique or cause.kind in ("cells", "edit"))
        return {cell: figure for cause in certain for cell, figure in cause.expected.items()}

    @property
    def claims_are_true(self) -> bool:
        return all(self.truth[cell] == figure for cell, figure in self.asserted.items())

    @property
    def is_located(self) -> bool:
        """All causes are unique, and together they are the truth."""
        return all(cause.unique for cause in self.causes) and set(self.repair) <= set(self.asserted.items())

    @property
    def truth_is_among_ties(self) -> bool:
        """Each wrong cell is asserted, or stands in a tie with its true figure (as far as ties are listed)."""
        listed = {pair for cause in self.causes for tie in cause.ties for pair in tie}
        more = any(cause.n_ties is not None and cause.n_ties > len(cause.ties) > 0 for cause in self.causes)
        return more or set(self.repair) <= listed | set(self.asserted.items())

    @property
    def figures_lost(self) -> int:
        """How many true figures are printed nowhere any more."""
        lost = Counter(self.truth[self.truth > 0].tolist()) - Counter(self.printed[self.printed > 0].tolist())
        return sum(lost.values())

    def is_named(self, *kinds: str) -> bool:
        """Told by one of these names, or by a repair that comes to the same figures."""
        first = {pair for cause in self.causes for pair in (cause.ties[0] if cause.ties else cause.expected.items())}
        return bool(self.kinds & set(kinds)) or set(self.repair) <= first


def made(printed: Figures) -> Table:
    return replace(EMPTY, values=printed, states=np.where(printed, State.NUMBER, State.ZERO).astype(np.uint8))


def cases(slip: Slip, seed: int = 0, state: State = State.ZERO) -> Iterator[Case]:
    for rng, truth in slips.valid_tables(seed, EACH):
        printed = slip(rng, truth)
        if printed is not None and (case := Case(truth, printed, state)).visible:
            yield case


def share(told: list[bool]) -> float:
    assert len(told) > EACH / 5, "too few tables had room for this fault"
    print(f"{sum(told)} of {len(told)}")
    return sum(told) / len(told)


def test_valid_tables_have_no_cause() -> None:
    for _ in range(10 if NIGHTLY else 1):
        values = np.stack([truth for _, truth in slips.valid_tables(1, 10_000 if NIGHTLY else 2_000)])
        states = np.where(values, State.NUMBER, State.ZERO).astype(np.uint8)
        assert (evaluate(FORM, values, states) == Outcome.PASS).all()


@pytest.mark.parametrize(("cells", "least"), [(1, 1.0), (2, 0.99), (3, 0.94)])
def test_wrong_cells_are_located(cells: int, least: float) -> None:
    found = list(cases(slips.wrong_cells(cells), cells))
    assert share([case.is_located for case in found]) >= least
    assert all(case.truth_is_among_ties for case in found)
    assert all(case.claims_are_true for case in found if cells < 3)


@pytest.mark.parametrize("line", [AT[TOTAL_ROW], AT[:, TOTAL_COLUMN]], ids=["row", "column"])
@pytest.mark.parametrize("state", [State.ZERO, State.BLANK, State.MARK])
def test_a_total_line_that_was_not_filled_is_one_cause(line: np.ndarray, state: State) -> None:
    for case in cases(slips.zeroed(line), 4, state):
        (cause,) = case.causes
        assert (cause.kind, cause.blank) == ("not-filled", state is not State.ZERO)
        assert cause.expected == {int(cell): case.truth[cell] for cell in line}


def test_a_total_row_of_zeros_and_a_typing_error_are_two_causes() -> None:
    found = list(cases(slips.zeroed_and_mistyped, 5))
    told = [case.kinds == {"not-filled", "cells"} and case.is_located for case in found]
    assert share(told) >= 0.95
    assert all(case.claims_are_true for case in found)


def test_a_part_mistyped_and_carried_into_its_total_is_told_by_column_and_difference() -> None:
    alone = 0
    for rng, truth in slips.valid_tables(6, EACH):
        printed = slips.carried(rng, truth)
        changed = np.flatnonzero(printed != truth)
        (finding,) = (
            each for each in checks.findings(examine([report_of(applications=made(printed))])[0]) if each.rule != "D002"
        )
        columns = {FORM.cells[cell].column for cell in changed}
        assert {each.line for each in finding.evidence} == columns
        difference = abs(float(printed[changed[0]] - truth[changed[0]]))
        assert {abs(each.left - each.right) for each in finding.evidence} == {difference}
        assert f"{difference:.0f}" in finding.message.zh
        told = {(each.row, each.column): each.to for each in finding.repair}
        true = {FORM.cells[cell][1:]: truth[cell] for cell in changed}
        assert (told == true) if finding.unique else not told
        assert finding.unique or all(true.get((c.row, c.column)) == c.expected for c in finding.accused)
        alone += bool(finding.unique)
    print(f"unique in {alone} of {EACH}")


@pytest.mark.parametrize(
    ("slip", "names"),
    [
        (slips.rows_shifted, ("shifted", "swapped")),
        (slips.columns_shifted, ("shifted", "swapped")),
        (slips.row_shifted, ("shifted",)),
        (slips.rows_swapped, ("swapped",)),
        (slips.columns_swapped, ("swapped",)),
        (slips.split, ("split",)),
        (slips.factor, ("factor",)),
        (slips.copied, ("copied",)),
    ],
    ids=lambda each: getattr(each, "__name__", None),
)
def test_slips_are_named_where_the_table_can_tell(slip: Slip, names: tuple[str, ...]) -> None:
    """It can if two relations more fail than figures were lost; a row swapped with an empty one was also shifted."""
    found = list(cases(slip, 7))
    assert all(case.claims_are_true for case in found)
    telling = [case for case in found if case.n_failing >= case.figures_lost + 2]
    print(f"visible {len(found)}, the table can tell")
    assert share([case.is_named(*names) for case in telling]) >= 0.95


def test_rows_that_no_relation_tells_apart_are_never_spoken_of() -> None:
    for _, truth in slips.valid_tables(8, 20):
        for one, other in [(0, 1), (PARTS[0], PARTS[1])]:
            printed = truth.copy()
            printed[AT[[one, other]]] = truth[AT[[other, one]]]
            assert Case(truth, printed).causes == []
