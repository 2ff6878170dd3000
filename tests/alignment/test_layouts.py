"""Layouts that were once read wrongly, as data: the document, and what a human reads in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import govstats
from govstats.readers import text

CASES = yaml.safe_load((Path(__file__).parent / "layouts.yaml").read_text("utf-8"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: str(case["name"]))
def test_a_layout_is_read_as_a_human_reads_it(case: dict[str, Any]) -> None:
    report = govstats.read((case.get("html") or case["text"]).encode())
    for name in ("disclosure", "applications", "litigation", "summary"):
        for code, expected in case.get(name, {}).items():
            table = report.tables[name]
            assert [table.value(code, key) for key in table.form.rows[code].columns] == expected, (name, code)
    labels = [code for table in report.tables.values() for code in table.labels]
    assert set(case.get("named", [])) <= set(labels)
    unexpected = [name for table in report.tables.values() for name, _ in table.unexpected]
    assert case.get("unexpected", unexpected) == unexpected
    found = {finding.rule for finding in govstats.check(report).findings}
    assert set(case.get("rules", [])) <= found
    assert not set(case.get("not", [])) & found


def test_a_rule_of_dashes_counts_to_the_rows_around_it() -> None:
    (grid,) = text.read("a规章 1 2 3\na\n-----\n规章 1 2 3a".encode()).grids
    assert [row.texts[0] for row in grid.rows] == ["a规章", "a", "规章"]
