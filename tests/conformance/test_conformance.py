"""The conformance suite: cases as data, described in conformance/README.md so that others can run them too."""

from __future__ import annotations

from collections.abc import Iterator
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path
from typing import Any

import pytest
import yaml

from govstats import checks
from govstats.catalog.formats import get_format
from govstats.catalog.rules import known_rules
from govstats.diagnosis.examine import Examined, examine
from govstats.identity import identify
from govstats.model.document import Document, Paragraph
from govstats.model.finding import Finding
from govstats.model.report import Report
from govstats.model.table import Table
from govstats.pipeline import assembled, parse

FOLDER = Path(__file__).parent
BASES = yaml.safe_load((FOLDER / "bases.yaml").read_text("utf-8"))
CASES = [
    pytest.param(case, id=f"{path.stem}-{case['name']}")
    for path in sorted(FOLDER.glob("*.yaml"))
    if path.stem != "bases"
    for case in yaml.safe_load(path.read_text("utf-8"))
]
KEYS = {
    "name", "format", "table", "rows", "base", "changes", "add", "swap", "agency", "year", "prose", "document",
    "ignore", "outcomes", "values", "findings", "at_least", "errors", "causes", "truth", "listed",
}  # fmt: skip
EXPECTED_KEYS = {"rule", "severity", "cells", "involves", "relation", "unique"}
Address = tuple[str, str, str]


class Given:
    """A case's tables: what is printed in each cell, and what stood there in the valid table that it started from."""

    def __init__(self, case: dict[str, Any]) -> None:
        self.forms = get_format(case.get("format", "national-2021")).tables
        bases = case.get("base", [])
        starts = [BASES[name] for name in ([bases] if isinstance(bases, str) else bases)] or [case]
        self.base = dict(_cells(self.forms, starts))
        self.printed = dict(self.base)
        for pattern, text in case.get("changes", {}).items():
            self.printed |= dict.fromkeys(self.matching(pattern), text)
        for pattern, more in case.get("add", {}).items():
            self.printed |= {cell: self.base[cell] + more for cell in self.matching(pattern)}
        if "swap" in case:
            first, second = case["swap"]
            other = {first: second, second: first}
            for table, row, column in [cell for cell in self.base if cell[1] in other]:
                self.printed[table, row, column] = self.base[table, other[row], column]

    def matching(self, pattern: str) -> list[Address]:
        """`3.7/*` or `applications/3.7/*` → the cells."""
        whole = pattern if pattern.count("/") == 2 else f"*/{pattern}"
        found = [cell for cell in self.base if fnmatchcase("/".join(cell), whole)]
        assert found, f"{pattern} names no cell"
        return found

    def report(self, case: dict[str, Any]) -> Report:
        """The report of the case."""
        tables = {}
        for name in dict.fromkeys(cell[0] for cell in self.base):
            form = self.forms[name]
            rows = {row.code: [self.printed[name, row.code, key] for key in row.columns] for row in form.data_rows}
            tables[name] = Table.from_texts(form, rows)
        prose = tuple(Paragraph(text, line) for line, text in enumerate(case.get("prose", ()), 1))
        document = Document("text", "utf-8", prose)
        who = identify(document)._replace(agency=case.get("agency"), year=case.get("year"))
        return assembled("<case>", document, tables, case.get("format", "national-2021"), who)


def _cells(forms: Any, starts: list[dict[str, Any]]) -> Iterator[tuple[Address, Any]]:
    for start in starts:
        form = forms[start["table"]]
        for row in form.data_rows:
            texts = start.get("rows", {}).get(row.code, [0] * len(row.columns))
            for column, text in zip(row.columns, texts, strict=True):
                yield (form.name, row.code, column), text


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_judged_as_it_says(case: dict[str, Any]) -> None:
    assert set(case) <= KEYS
    given = None if "document" in case else Given(case)
    report = given.report(case) if given else parse("<case>", case["document"].encode())
    examined = examine([report])[0]
    ignored = set(case.get("ignore", ())) | ({"D002"} if given else set()) | _nobodys(case)
    found = [finding for finding in checks.findings(examined) if finding.rule not in ignored]
    if "findings" in case:
        _all_as_expected(case["findings"], found, given)
    for rules in case.get("at_least", ()):
        wanted = {rules} if isinstance(rules, str) else set(rules)
        assert wanted & {finding.rule for finding in found}, wanted
    if "errors" in case:
        assert {"none": False, "at least one": True}[case["errors"]] == any(f.severity == "error" for f in found)
    if "causes" in case:
        assert len({finding.cause for finding in found if finding.cause}) == case["causes"]
    if "truth" in case and given:
        _only_the_truth(case["truth"], found, given)
    if "listed" in case and given:
        _truth_is_listed(case["listed"], found, given)
    _outcomes_and_values(case, examined)


def _nobodys(case: dict[str, Any]) -> set[str]:
    """Most cases are tables that nobody filed: this is told only where a case asks for it."""
    return set() if any("D011" in _rules(each) for each in case.get("findings", ())) else {"D011"}


def _all_as_expected(expected: list[dict[str, Any]], found: list[Finding], given: Given | None) -> None:
    """Each expected finding is one of those found, and none is left over."""
    left = list(found)
    for each in expected:
        assert set(each) <= EXPECTED_KEYS
        same = [finding for finding in left if finding.rule in _rules(each) and not _amiss(each, finding, given)]
        assert same, (each, [(str(finding), _amiss(each, finding, given)) for finding in left])
        left.remove(same[0])
    assert left == [], [str(finding) for finding in left]


def _rules(expected: dict[str, Any]) -> list[str]:
    return [expected["rule"]] if isinstance(expected["rule"], str) else list(expected["rule"])


def _amiss(expected: dict[str, Any], finding: Finding, given: Given | None) -> list[str]:
    """What is not as expected."""
    wrong = []
    if expected.get("severity", finding.severity) != finding.severity:
        wrong.append("severity")
    if "unique" in expected and bool(finding.unique) != expected["unique"]:
        wrong.append("unique")
    if "relation" in expected:
        sides = {(evidence.left, evidence.right) for evidence in finding.evidence}
        if (expected["relation"]["left"], expected["relation"]["right"]) not in sides:
            wrong.append(f"relation: {sides}")
    named = {f"{cell.row}/{cell.column}" for cell in finding.cells}
    if not set(expected.get("involves", ())) <= named:
        wrong.append(f"involves: {named}")
    if "cells" in expected:
        wanted = dict(_wanted(expected["cells"], finding, given))
        accused = {(cell.row, cell.column): cell for cell in finding.accused}
        if wanted.keys() != accused.keys():
            wrong.append(f"cells: {list(accused)}")
        elif any(
            accused[at].expected != want["expected"] or accused[at].actual != want.get("actual", accused[at].actual)
            for at, want in wanted.items()
        ):
            wrong.append(f"figures: {list(accused.values())}")
    return wrong


def _wanted(
    cells: list[dict[str, Any]], finding: Finding, given: Given | None
) -> Iterator[tuple[tuple[str, str], dict[str, Any]]]:
    """Patterns and `base` filled in; a cell that should hold what it holds is not accused."""
    for cell in cells:
        assert given is not None
        for at in given.matching(f"{finding.table}/{cell['row']}/{cell['column']}"):
            expected = given.base[at] if cell["expected"] == "base" else cell["expected"]
            if given.printed[at] != expected:
                yield at[1:], {**cell, "expected": expected}


def _only_the_truth(patterns: list[str], found: list[Finding], given: Given) -> None:
    """A change that is called the only one possible gives a cell back what stood there before."""
    truth = {cell for pattern in patterns for cell in given.matching(pattern)}
    for finding in found:
        for change in finding.repair if finding.unique else ():
            at = (change.table, change.row, change.column)
            assert at in truth, (str(finding), change)
            assert change.to == given.base[at], (str(finding), change)


def _truth_is_listed(patterns: list[str], found: list[Finding], given: Given) -> None:
    """What stood in these cells before is among what is proposed, be it as one of several possible changes."""
    proposed = {
        ((change.table, change.row, change.column), change.to)
        for finding in found
        for change in (*finding.repair, *chain(*finding.ties))
    }
    truth = {cell for pattern in patterns for cell in given.matching(pattern)}
    assert {(cell, given.base[cell]) for cell in truth if given.base[cell] != given.printed[cell]} <= proposed


def _outcomes_and_values(case: dict[str, Any], examined: Examined) -> None:
    if "outcomes" in case:
        counts = {outcome.name.lower(): count for outcome, count in examined.counts.items() if count}
        assert counts == case["outcomes"]
    for cell, value in case.get("values", {}).items():
        row, column = cell.split("/")
        (table,) = [each for each in examined.report.tables.values() if row in each.form.rows]
        assert table.value(row, column) == value


def test_there_are_enough_cases_and_they_meet_every_rule() -> None:
    """Rules that one report's tables can break; N, Y, R need prose, years or units; D012, D017 pictures, P406 years."""
    assert len(CASES) >= 60
    told: set[str] = set()
    for parameter in CASES:
        case = parameter.values[0]
        told |= {rule for each in case.get("findings", ()) for rule in _rules(each)}  # type: ignore[union-attr]
    assert {code for code in known_rules() if code[0] in "BCDPT"} - {"D012", "D017", "P406"} <= told


def test_every_key_of_a_case_is_explained() -> None:
    explained = (FOLDER / "README.md").read_text("utf-8")
    for key in KEYS | EXPECTED_KEYS:
        assert f"`{key}`" in explained, key
