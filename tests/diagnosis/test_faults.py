"""Diagnosis against a generator of faults that knows nothing of it (faults.py). GOVSTATS_NIGHTLY=1 runs 12,000 tables.

Nothing that is called certain may be wrong. A table with a fault passes only if figures for its blanks exist that make
all relations hold, and fails only if none do; both are proved by integer programming. The truth stands among what is
told, wherever no fewer cells explain the table.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from functools import cache

import numpy as np
import pytest

from govstats.diagnosis import Cause, diagnose
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.table import Table
from tests.diagnosis import faults
from tests.diagnosis.faults import Fault

pytest.importorskip("scipy")
NIGHTLY = os.environ.get("GOVSTATS_NIGHTLY") == "1"
FAULTS = 12_000 if NIGHTLY else 600
VALID = 100_000 if NIGHTLY else 2_000
Told = tuple[Fault, bool, list[Cause]]
"""A fault, whether a relation fails, and the causes."""


def judged(fault: Fault) -> Told:
    table = Table.from_texts(fault.form, fault.texts)
    outcomes = evaluate(fault.form, table.values[None], table.states[None])[0]
    return fault, bool((outcomes == Outcome.FAIL).any()), diagnose(table, outcomes)


@cache
def told() -> list[Told]:
    return [judged(fault) for fault in faults.faults(FAULTS, seed=7)]


def test_nothing_certain_is_wrong() -> None:
    for fault, _, causes in told():
        for cause in (each for each in causes if each.unique):
            assert all(fault.truth[cell] == figure for cell, figure in cause.expected.items()), (fault.kind, cause)


def test_a_fault_is_missed_just_where_a_filling_exists() -> None:
    for fault, fails, _ in told():
        if not fails or fault.blanks:
            assert faults.fillings_exist(fault.form, fault.texts) == (not fails), fault.kind


def asked() -> list[Told]:
    """Tables that fail, in which a figure is printed that is not the true one."""
    return [each for each in told() if each[1] and each[0].wrong]


def untold() -> list[Told]:
    return [each for each in asked() if not each[0].repair.items() <= set(_listed(each[2]))]


def test_the_truth_is_among_what_is_told() -> None:
    least = [fault.kind for fault, _, _ in untold() if _holds(faults.is_least_cost, fault)]
    assert len(least) <= len(asked()) / 100, least


def test_the_truth_is_among_what_is_told_with_slips_counted_as_one() -> None:
    """Unless the truth holds another explanation. Two lines exchanged in some places are told without their figures."""
    least = [
        fault.kind for fault, _, causes in untold() if not _is_between(fault, causes) and _is_strictly_least(fault)
    ]
    assert len(least) <= (len(asked()) - len(untold())) / 99, least


def _is_strictly_least(fault: Fault) -> bool:
    return _holds(lambda each: faults.is_least_cost(each, slips=True) and not faults.holds_another(each), fault)


def _is_between(fault: Fault, causes: list[Cause]) -> bool:
    """Are two lines named that hold all of the fault, each figure being where the other should be?"""
    figures = np.nan_to_num(fault.printed)
    for one, other in (cause.between for cause in causes if cause.between):
        exchanged = {at: figures[to] for pair in zip(one, other, strict=True) for at, to in (pair, pair[::-1])}
        if all(exchanged.get(cell) == fault.truth[cell] for cell in fault.wrong):
            return True
    return False


def _listed(causes: list[Cause]) -> Iterator[tuple[int, float]]:
    """Every cell with a figure that is asserted, or stands in a tie."""
    for cause in causes:
        yield from cause.expected.items()
        for tie in cause.ties:
            yield from tie


def _holds(asked: Callable[[Fault], bool], fault: Fault) -> bool:
    try:
        return asked(fault)
    except faults.UndecidedError:
        return False


def test_no_tie_holds_another_and_the_least_are_counted() -> None:
    for _, _, causes in told():
        for cause in causes:
            ties = [frozenset(tie) for tie in cause.ties]
            assert not any(one < other for one in ties for other in ties)
            assert cause.n_ties is None or cause.n_ties >= len(ties)


def test_valid_tables_never_fail() -> None:
    """With zeros printed, blank, or marked."""
    for fault in faults.valid_tables(VALID, seed=8):
        table = Table.from_texts(fault.form, fault.texts)
        outcomes = evaluate(fault.form, table.values[None], table.states[None])[0]
        assert not np.isin(outcomes, (Outcome.FAIL, Outcome.ERROR)).any()
