"""Real reports: every cell as a careful human reads it, and the findings that an auditor would expect."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import govstats
from govstats.cli import _run
from tests.factory import TEXT_SHAPES, document, traditional

TRUE_TOTALS = {
    "natural_person": 78,
    "business": 3,
    "research": 0,
    "welfare": 0,
    "legal_service": 0,
    "other_org": 0,
    "total": 81,
}


def figures(report: govstats.Report) -> dict[str, Any]:
    told: dict[str, Any] = report.to_dict()["tables"]
    return told


def of_tables(audit: govstats.Audit) -> list[govstats.Finding]:
    """The findings that are not about the prose (tests/prose/test_gold.py has those)."""
    return [finding for finding in audit.findings if not finding.rule.startswith("N")]


def test_every_cell_of_zhaotong_is_read_as_printed(zhaotong: Path, gold: dict[str, Any]) -> None:
    report = govstats.read(zhaotong)
    expected = gold["003"]
    assert figures(report) == expected["tables"]
    assert (report.agency, report.year, report.format) == (expected["agency"], expected["year"], expected["format"])


def test_zhaotong_has_one_finding_with_one_cause(zhaotong: Path) -> None:
    (finding,) = of_tables(govstats.check(zhaotong))
    assert (finding.rule, finding.severity, finding.table) == ("T304", "error", "applications")
    assert {cell.column: cell.expected for cell in finding.cells} == TRUE_TOTALS
    assert {cell.row for cell in finding.cells} == {"3.7"}
    assert {cell.column for cell in finding.accused} == {"natural_person", "business", "total"}
    assert {(each.column, each.from_, each.to) for each in finding.repair} == {
        ("natural_person", 0, 78),
        ("business", 0, 3),
        ("total", 0, 81),
    }
    assert {each.rule for each in finding.evidence} == {"B201", "T301"}
    assert len(finding.evidence) == 6
    assert finding.unique


def test_zhaotong_exits_with_1_and_its_mended_copy_with_0(
    zhaotong: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert _run(["check", str(zhaotong)]) == 1
    text = zhaotong.read_text("utf-8")
    wrong = "(七)總計 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |"
    assert text.count(wrong) == 1
    mended = tmp_path / "mended.txt"
    mended.write_text(text.replace(wrong, "(七)總計 | 78 | 3 | 0 | 0 | 0 | 0 | 81 |"), "utf-8")
    assert of_tables(govstats.check(mended)) == []
    assert _run(["check", str(mended)]) == 0
    assert "42 条勾稽关系全部成立" in capsys.readouterr().out


@pytest.mark.parametrize("seed", ["000", "001", "002"])
def test_a_seed_without_tables_gets_d001_and_nothing_else_of_its_kind(shared: Path, seed: str) -> None:
    path = next((shared / "seeds").glob(f"{seed}_*.txt"))
    findings = govstats.check(path).findings
    assert [finding.rule for finding in findings if finding.rule.startswith("D")] == ["D001"]


@pytest.mark.parametrize("shape", ["html", *TEXT_SHAPES])
@pytest.mark.parametrize("year", [2023, 2024])
@pytest.mark.parametrize("script", ["simplified", "traditional"])
@pytest.mark.parametrize("charset", ["utf-8", "gb18030"])
def test_suqian_is_read_exactly_and_is_clean(
    suqian: dict[int, Any], shape: str, year: int, script: str, charset: str, tmp_path: Path
) -> None:
    expected = suqian[year]
    text = document(expected["tables"], shape, f"宿迁市{year}年政府信息公开工作年度报告")
    path = tmp_path / ("report.html" if shape == "html" else "report.txt")
    path.write_bytes((traditional(text) if script == "traditional" else text).encode(charset))
    report = govstats.read(path)
    assert figures(report) == expected["tables"]
    assert (report.agency, report.year) == ("宿迁市", year)
    assert govstats.check(report).findings == ()
    assert _run(["check", str(path)]) == 0


def test_the_samples_hold_the_published_figures(gold: dict[str, Any], suqian: dict[int, Any]) -> None:
    published = {
        ("昭通市人民政府办公室", 2021): gold["003"]["tables"],
        ("宿迁市", 2023): suqian[2023]["tables"],
        ("宿迁市", 2024): suqian[2024]["tables"],
    }
    read = {(report.agency, report.year): figures(report) for report in govstats.audit(govstats.samples()).reports}
    assert read == published
