"""P404: this year's figure beside the cumulative one, as they are printed; only one that is plainly larger is told."""

from __future__ import annotations

import pytest

import govstats

LEFT_ALONE = [
    ("0", "0"), ("1", "1"), ("0", "12106"), ("2069", "12106"), ("2543", "78967"), ("12", "12"), ("7", "28"),
    ("", ""), ("5", ""), ("", "5"), ("/", "/"), ("5", "/"), ("/", "5"), ("—", "12"), ("12", "—"), ("-", "-"),
    ("无", "3"), ("3", "无"), ("1,200", "1,200"), ("1，200", "12，000"), ("１２", "12"), ("12", "１２"), ("0条", "3条"),
    ("12条", "120条"), (" 12 ", " 12 "), ("12", "1***"), ("1***", "12"), ("12", "约100"), ("0", ""), ("", "0"),
    ("12", "12.0"), ("012", "12"), ("999", "1000"), ("12", "不详"),
]  # fmt: skip
TOLD = [("12", "9"), ("1", "0"), ("1,200", "120"), ("12条", "9条"), ("１２", "9"), ("2069", "2068")]
HEADERS = {"fujian-2018": "主动公开文件数", "fujian-2013": "主动公开信息数"}


def rules(form: str, year: str, cumulative: str, turned: bool = False) -> list[str]:
    """The rules told of a report whose table has this pair in its first row, the other columns in order or turned."""
    columns = ("2013年度", "历年累计")
    rows = [("指标名称", "计量单位", *columns), (HEADERS[form], "条", year, cumulative), ("行政复议数", "件", "0", "0"),
            ("行政诉讼数", "件", "0", "0"), ("其中：1.当面申请数", "条", "0", "3")]  # fmt: skip
    lines = [" | ".join((*row[:2], *(row[:1:-1] if turned else row[2:]))) for row in rows]
    title = "青山县人民政府2013年政府信息公开工作年度报告"
    report = govstats.read("\n".join((title, "一、概述", "2013年，工作正常开展。", "附表", *lines, "")))
    assert "summary" in report.tables
    return [finding.rule for finding in govstats.check(report).findings if finding.rule == "P404"]


@pytest.mark.parametrize("form", HEADERS)
@pytest.mark.parametrize(("year", "cumulative"), LEFT_ALONE)
def test_what_is_not_plainly_above_is_left_alone(form: str, year: str, cumulative: str) -> None:
    assert rules(form, year, cumulative) == []


@pytest.mark.parametrize("form", HEADERS)
@pytest.mark.parametrize(("year", "cumulative"), TOLD)
def test_a_year_above_all_years_is_told(form: str, year: str, cumulative: str) -> None:
    assert rules(form, year, cumulative) == ["P404"]


@pytest.mark.parametrize(("year", "cumulative"), [("12", "120"), ("0", "3")])
def test_columns_in_the_other_order_are_not_taken_for_one_another(year: str, cumulative: str) -> None:
    assert rules("fujian-2018", year, cumulative, turned=True) == []
