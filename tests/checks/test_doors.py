"""One judgement by every door: pandera, `check`, `df.gov` and JSON agree on each relation of each table.

The tables are right ones and those of the generator of faults, of every form, with zeros printed, blank or marked.
GOVSTATS_NIGHTLY=1 tries 10,000.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from itertools import chain, islice
from typing import Any

import pytest

import govstats.accessor  # noqa: F401  (`df.gov`)
from govstats.api import check
from govstats.frames import frame
from govstats.frames.pandera_schema import schema
from govstats.model.finding import Finding
from govstats.model.forms import TableForm
from govstats.model.outcomes import Outcome, evaluate
from govstats.model.table import Table
from govstats.renderers import render
from tests.diagnosis.faults import faults, valid_tables
from tests.made import report_of

PARTS, TABLES = (20, 500) if os.environ.get("GOVSTATS_NIGHTLY") == "1" else (1, 120)
SUMS, CELLS = "TB", "TBC"
"""The letters of the rules whose findings are about relations of one table, and about its cells."""


def drawn(part: int) -> Iterator[Table]:
    """Two faulty tables, then a right one."""
    wrong, right = faults(TABLES, seed=31 + 2 * part), valid_tables(TABLES, seed=32 + 2 * part)
    threes = ((next(wrong), next(wrong), next(right)) for _ in range(TABLES))
    return (Table.from_texts(each.form, each.texts) for each in islice(chain.from_iterable(threes), TABLES))


@cache
def gates(form: TableForm) -> list[Any]:
    """The pandera checks of a form's relations, in their order."""
    made = schema(form.format, form.name).checks
    return [each for each in made if each.name == "govstats_relation"]


def told(findings: list[dict[str, Any]], table: str) -> set[tuple[str, str, str]]:
    """The relations that findings about sums have as evidence: rule, line, and sum (a rule may have several a line)."""
    about = [each for each in findings if each["table"] == table and each["rule"][0] in SUMS]
    return {(proof["rule"], proof["line"], proof["relation"]) for each in about for proof in each["evidence"]}


def as_data(findings: tuple[Finding, ...]) -> list[dict[str, Any]]:
    """What is said of the cells of a table and of their sums; not where, as a frame has no places."""
    about = [each.to_dict() for each in findings if each.rule[0] in CELLS]
    return [{name: value for name, value in each.items() if name != "where"} for each in about]


@pytest.mark.parametrize("part", range(PARTS))
def test_every_door_says_the_same_of_every_relation(part: int) -> None:
    seen: set[Outcome] = set()
    for table in drawn(part):
        form, made = table.form, frame(table)
        outcomes = [Outcome(int(each)) for each in evaluate(form, table.values[None], table.states[None])[0]]
        seen |= {*outcomes}
        named = dict(zip(((each.rule, each.line, each.text) for each in form.relations), outcomes, strict=True))
        assert len(named) == len(outcomes)
        assert [bool(each(made).check_passed) for each in gates(form)] == [each != Outcome.FAIL for each in outcomes]
        assert made.gov.relations()["outcome"].tolist() == [each.name.lower() for each in outcomes]
        audit = check(report_of(**{form.name: table}))
        (entry,) = audit.audited
        assert entry.counts == made.gov.check().audited[0].counts
        (written,) = json.loads("".join(map(str, render("json", audit.entries))))
        failing = {name for name, outcome in named.items() if outcome == Outcome.FAIL}
        open_ = {name for name, outcome in named.items() if outcome == Outcome.UNVERIFIABLE}
        assert failing <= told(written["findings"], form.name) <= failing | open_
        assert as_data(entry.findings) == as_data(made.gov.check().audited[0].findings)
    assert seen >= {Outcome.PASS, Outcome.FAIL, Outcome.UNVERIFIABLE}
