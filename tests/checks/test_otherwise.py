"""Bodies that report by another rule are not asked for the tables of the forms, and are told so; all others are."""

from __future__ import annotations

from pathlib import Path

import pytest

import govstats
from govstats.catalog.yamlfiles import load_yaml

OPENINGS = load_yaml(Path(__file__).with_name("otherwise.yaml"))


@pytest.mark.parametrize("opening", OPENINGS["other_rule"])
def test_who_reports_by_another_rule_is_told_which_and_nothing_else(opening: str) -> None:
    (finding,) = govstats.check(opening.encode()).findings
    assert (finding.rule, finding.severity) == ("D001", "info")
    assert "附表不是对它的要求" in finding.message.zh
    assert ("高等学校" in finding.message.zh) == ("高等" in opening or "学年" in opening)


@pytest.mark.parametrize("opening", OPENINGS["asked"])
def test_whoever_reports_on_government_information_is_asked_for_the_tables(opening: str) -> None:
    severities = [each.severity for each in govstats.check(opening.encode()).findings if each.rule == "D001"]
    assert severities == ["warning"]


def test_a_college_that_fills_in_the_form_is_checked_like_anyone() -> None:
    table = "\n".join(
        [
            "云岭医科大学2021-2022学年信息公开工作年度报告，根据《高等学校信息公开办法》编制。",
            "一、本年新收政府信息公开申请数量 | 1 | 0 | 0 | 0 | 0 | 0 | 2 |",
            "二、上年结转政府信息公开申请数量 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
            "三、本年度办理结果 | （一）予以公开 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            "（七）总计 | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
            "四、结转下年度继续办理 | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
        ]
    )
    assert {"D002", "D003"} <= {each.rule for each in govstats.check(table.encode()).findings}
