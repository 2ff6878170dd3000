"""Forms that changed a little from year to year: each edition is read whole and lacks no row of another one."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

import govstats

EDITIONS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("editions.yaml").read_text("utf-8"))
HEADER = ("指标名称", "计量单位", "{year}年度", "历年累计")


def page(edition: dict[str, Any], between: str, line: str) -> str:
    header = [each.format(year=edition["year"]) for each in HEADER]
    lines = [line.format(between.join(map(str, row))) for row in (header, *edition["rows"])]
    title = f"青山县人民政府{edition['year']}年政府信息公开工作年度报告"
    return "\n".join(
        (title, "一、概述", f"{edition['year']}年，工作正常开展。", "附表 政府信息公开情况统计表", *lines, "")
    )


@pytest.mark.parametrize(
    ("between", "line"), [(" | ", "{}"), (" | ", "| {} |"), ("\n", "{}")], ids=["bars", "framed", "lines"]
)
@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition["name"])
def test_every_edition_is_read_whole_and_lacks_nothing(edition: dict[str, Any], between: str, line: str) -> None:
    report = govstats.read(page(edition, between, line))
    assert (report.format, report.year) == (edition["format"], edition["year"])
    frame = report.table("summary")
    unread = [code for code in frame.index if frame.loc[code].isna().any()]
    assert unread == edition.get("without", [])
    printed = sorted(float(figure) for row in edition["rows"] for figure in row[2:])
    assert sorted(frame.drop(index=unread).to_numpy(dtype=float).ravel().tolist()) == printed
    assert [finding.rule for finding in govstats.check(report).findings] == []


@pytest.mark.parametrize("edition", EDITIONS, ids=lambda edition: edition["name"])
def test_a_row_that_every_edition_prints_is_missed(edition: dict[str, Any]) -> None:
    less = {**edition, "rows": [row for row in edition["rows"] if row[0] != "行政复议数"]}
    assert [finding.rule for finding in govstats.check(govstats.read(page(less, " | ", "{}"))).findings] == ["D003"]
