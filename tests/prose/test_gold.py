"""The prose of real reports: every claim that a careful human found, and no warning beside those."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import govstats
from govstats.comparison import Filing
from govstats.model.claim import Claim
from govstats.prose.growth import judged
from tests.factory import TEXT_SHAPES, document, traditional
from tests.prose.cases import sentences

SEEDS = ["000", "001", "002", "003", "004"]
OTHER_SHARES = 2994
"""Seed 004 prints ten shares of a total of 2994 that no total fits; the gold names the first of them."""


def read(shared: Path, seed: str) -> govstats.Report:
    return govstats.read(next((shared / "seeds").glob(f"{seed}_*.txt")))


def is_about(claim: Claim, expected: dict[str, Any]) -> bool:
    values = claim.values
    if "parts" in expected:
        return claim.kind in ("sum", "flow") and [values["total"], values["parts"]] == [
            expected["total"],
            expected["parts"],
        ]
    if "percent" in expected:
        return claim.kind == "percent" and [values["percent"], values["of"]] == [expected["percent"], expected["of"]]
    if "equals_cell" in expected:
        return claim.kind == "cell" and values["cells"] == [expected["equals_cell"]]
    return claim.kind == "quantity" and values["figures"] == expected["contradiction"]


@pytest.mark.parametrize("seed", SEEDS)
def test_every_claim_of_the_gold_is_found_with_its_verdict(shared: Path, gold: dict[str, Any], seed: str) -> None:
    claims = read(shared, seed).stated
    for expected in gold[seed]["claims"]:
        found = {(claim.holds, claim.severity) for claim in claims if is_about(claim, expected)}
        assert (expected["holds"], expected.get("severity")) in found, expected["text"]


@pytest.mark.parametrize("seed", SEEDS)
def test_there_is_no_warning_beside_the_gold(shared: Path, gold: dict[str, Any], seed: str) -> None:
    for claim in read(shared, seed).stated:
        if claim.severity == "warning":
            known = any(is_about(claim, expected) for expected in gold[seed]["claims"])
            assert known or claim.values.get("of", [0, 0])[1] == OTHER_SHARES, claim


@pytest.mark.parametrize("seed", SEEDS)
def test_warnings_of_the_gold_become_findings_in_both_languages(shared: Path, gold: dict[str, Any], seed: str) -> None:
    findings = [each for each in govstats.check(read(shared, seed)).findings if each.rule.startswith("N")]
    expected = [each for each in gold[seed]["claims"] if each.get("severity") == "warning"]
    assert sum(each.severity == "warning" for each in findings) == len(expected)
    for finding in findings:
        assert "【" in finding.message.zh
        assert "【" in finding.message.en
        assert finding.place is not None


def suqian_report(tables: dict[str, Any], year: int, shape: str = "A1") -> govstats.Report:
    prose = "\n".join(sentences("suqian")[year])
    return govstats.read(f"{document(tables, shape, f'宿迁市{year}年政府信息公开工作年度报告')}\n{prose}\n")


@pytest.mark.parametrize("shape", TEXT_SHAPES)
@pytest.mark.parametrize("year", [2023, 2024])
def test_suqian_has_no_warning_inside_one_report(suqian: dict[int, Any], year: int, shape: str) -> None:
    report = suqian_report(suqian[year]["tables"], year, shape)
    assert [claim for claim in report.stated if claim.severity == "warning"] == []


def test_suqian_2024_hints_at_the_scope_of_its_reviews_and_lawsuits(suqian: dict[int, Any]) -> None:
    report = suqian_report(suqian[2024]["tables"], 2024)
    hints = {(claim.values["value"], claim.values["table"]) for claim in report.stated if claim.severity == "info"}
    assert hints == {(134, 170), (57, 77)}


def test_suqian_received_new_and_carried_over(suqian: dict[int, Any]) -> None:
    cells = {
        claim.values["value"]: claim.values["cells"]
        for claim in suqian_report(suqian[2023]["tables"], 2023).stated
        if claim.kind == "cell"
    }
    assert cells[3607] == ["applications/1/total", "applications/2/total"]
    assert {1191, 328, 142, 1078, 406, 341, 121} <= set(cells)


def test_growth_needs_both_years(suqian: dict[int, Any]) -> None:
    reports = {year: suqian_report(suqian[year]["tables"], year) for year in (2023, 2024)}
    now, before = (Filing.of(0, reports[year]) for year in (2024, 2023))
    (claim,) = [judged(each, before.tables) for each in now.growth]
    assert claim
    assert (claim.rule, claim.severity, claim.holds) == ("N503", "warning", False)
    assert claim.values == {"percent": 1.05, "from": 3607, "to": 3646}
    assert "1.08%" in str(claim.arithmetic)
    (other,) = [judged(each, now.tables) for each in before.growth]
    assert other
    assert other.values["percent"] == 70.3


def test_the_script_makes_no_difference(suqian: dict[int, Any]) -> None:
    texts = ["\n".join(sentences("suqian")[2023]), *sentences("claims")["warning"]["N502"]]
    for text in texts:
        simple, other = govstats.read(f"{text}\n"), govstats.read(f"{traditional(text)}\n")
        assert [claim.values for claim in simple.stated] == [claim.values for claim in other.stated]
        assert [claim.places for claim in simple.stated] == [claim.places for claim in other.stated]
