"""40 agencies × 8 years, and 30 units with their government: every planted fault is told once, at the guilty report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable

import pytest

from tests.comparison.trial import Trial, planted, units

SEEDS = range(10)


@pytest.mark.parametrize("made", [planted, units])
def test_every_fault_is_told_once_at_the_guilty_report_and_nobody_else_turns_red(
    made: Callable[[int], Trial], capsys: pytest.CaptureFixture[str]
) -> None:
    table: Counter[tuple[str, str]] = Counter()
    for seed in SEEDS:
        trial = made(seed)
        trial.run()
        table += trial.confusion()
    with capsys.disabled():
        print(f"\n  {made.__name__}, {len(SEEDS)} seeds")
        for (kind, outcome), n in sorted(table.items()):
            print(f"  {kind:22} {outcome:8} {n:5}")
    assert {outcome for _, outcome in table} == {"once", "silent"}


def test_a_report_affected_by_another_names_it_and_its_cause_is_the_same() -> None:
    trial = planted(3)
    trial.run()
    causes = {each.cause: entry.path for entry in trial.entries for each in entry.findings if each.cause}
    affected = [(entry.path, each) for entry in trial.entries for each in entry.affected]
    assert affected
    assert all(causes[each.cause] == each.by != path for path, each in affected)
    assert all("改正" in each.message.zh and "后相符" in each.message.zh for _, each in affected)
