"""Reports → Examined: the outcome of every relation, evaluated for all reports of a form at once, and the causes."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from govstats.diagnosis import Cause, diagnose, localise
from govstats.diagnosis.system import Floats
from govstats.model.forms import TableForm
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.report import Report
from govstats.model.table import Table


@dataclass(frozen=True, eq=False)
class Examined:
    """A report with the outcomes of its relations, a vector per table, and the causes of those that fail."""

    report: Report
    outcomes: dict[str, NDArray[np.uint8]] = field(default_factory=dict)
    causes: dict[str, list[Cause]] = field(default_factory=dict)

    @property
    def counts(self) -> Counter[Outcome]:
        """How many relations passed, failed, could not be verified, could not be evaluated."""
        counts: Counter[Outcome] = Counter()
        for outcomes in self.outcomes.values():
            for outcome, count in enumerate(np.bincount(outcomes).tolist()):
                if count:
                    counts[Outcome(outcome)] += count
        return counts


def examine(reports: list[Report]) -> list[Examined]:
    """One matrix product for each form, however many reports; only tables with open relations are diagnosed."""
    examined = [Examined(report) for report in reports]
    stacks: defaultdict[TableForm, list[tuple[Examined, Table]]] = defaultdict(list)
    for each in examined:
        for table in each.report.tables.values():
            stacks[table.form].append((each, table))
    for form, stack in stacks.items():
        values = np.stack([table.values for _, table in stack])
        states = np.stack([table.states for _, table in stack])
        evaluated = evaluate(form, values, states)
        located = _located(form, values, states, evaluated)
        for number, ((each, table), outcomes) in enumerate(zip(stack, evaluated, strict=True)):
            each.outcomes[form.name] = outcomes
            each.causes[form.name] = diagnose(table, outcomes, located.get(number))
    return examined


def _located(
    form: TableForm, values: Floats, states: NDArray[np.uint8], outcomes: NDArray[np.uint8]
) -> dict[int, tuple[int, float]]:
    """Of the tables in which a relation fails: number → the one cell that explains all, and its figure."""
    failing = np.flatnonzero((outcomes == Outcome.FAIL).any(axis=1))
    if not failing.size:
        return {}
    found = localise(form, values[failing], states[failing])
    return {int(failing[number]): cell for number, cell in found.items()}
