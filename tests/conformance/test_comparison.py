"""The conformance suite of many reports: cases as data, described in conformance/comparison/README.md."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

from govstats import comparison
from govstats.comparison import Compared, InMemory, Roster, Unit, compare
from govstats.model.report import Report
from tests.conformance.test_conformance import Given

FOLDER = Path(__file__).parent / "comparison"
CASES = [
    pytest.param(case, id=f"{path.stem}-{case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    for case in yaml.safe_load(path.read_text("utf-8"))
]
KEYS = {"name", "reports", "units", "aliases", "unread", "findings"}
EXPECTED_KEYS = {"rule", "severity", "report", "agency", "year", "accused", "unique", "other"}


def reports_of(case: dict[str, Any]) -> list[Report]:
    return [
        replace(Given(each).report(each), path=f"{number}/{each['agency']}{each['year']}")
        for number, each in enumerate(case["reports"])
    ]


@pytest.mark.parametrize("case", CASES)
def test_reports_are_compared_as_a_case_says(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    reports = reports_of(case)
    aliases = case.get("aliases", {})
    units = tuple(
        Unit(name, parent or None, tuple(aliases.get(name, ()))) for name, parent in case.get("units", {}).items()
    )
    roster = Roster(units).checked() if units else None
    left = [told for told in compare(InMemory(reports), roster, case.get("unread", ())) if told.finding]
    for expected in case["findings"]:
        assert set(expected) <= EXPECTED_KEYS
        same = [told for told in left if all(told_of(told, key, reports) == want for key, want in expected.items())]
        assert same, (expected, [(str(told.finding), told) for told in left])
        left.remove(same[0])
    assert left == [], [str(told.finding) for told in left]


def told_of(told: Compared, key: str, reports: list[Report]) -> Any:
    """What a finding says under a key of the suite."""
    finding = told.finding
    assert finding is not None
    paths = [report.path for report in reports]
    return {
        "report": told.number,
        "agency": told.agency,
        "year": told.year,
        "accused": {f"{cell.row}/{cell.column}": cell.expected for cell in finding.accused},
        "unique": bool(finding.unique),
        "other": paths.index(finding.other) if finding.other in paths else None,
        "rule": finding.rule,
        "severity": finding.severity,
    }[key]


def test_every_rule_of_comparing_is_met() -> None:
    met = {each["rule"] for parameter in CASES for each in parameter.values[0]["findings"]}  # type: ignore[union-attr,index]
    assert met == set(comparison.RULES)


def test_every_key_of_a_case_is_explained() -> None:
    explained = (FOLDER / "README.md").read_text("utf-8")
    for key in KEYS | EXPECTED_KEYS:
        assert f"`{key}`" in explained, key
