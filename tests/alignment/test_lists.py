"""Lists as they are filled in: with numbers, codes, remarks and the figures of others beside their own, or not read.

The statistics of 2014 to 2018 were printed with a column 序号, with columns of the units beside a total, with rows that
a province added, and with 备注.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

import govstats
from govstats.catalog.formats import get_format
from tests.factory import Box, html_table

FORM = get_format("national-2014").tables["summary"]
ROWS = list(FORM.rows.values())
Shape = tuple[Sequence[str], Callable[[int, str, str, str], Sequence[str]]]
"""The header, and a row of it: number, label, unit, figure."""
READ: dict[str, Shape] = {
    "as the form": (("统计指标", "单位", "统计数"), lambda n, label, unit, x: (label, unit, x)),
    "numbered": (("序号", "统 计 指 标", "单位", "统计数"), lambda n, label, unit, x: (f"{n}", label, unit, x)),
    "numbered in two digits": (("序号", "统计指标", "统计数"), lambda n, label, unit, x: (f"{n:02}", label, x)),
    "numbers behind the label": (("指标", "序号", "单位", "数量"), lambda n, label, unit, x: (label, f"{n}", unit, x)),
    "codes before the figure": (
        ("指标名称", "计量单位", "代码", "统计数"),
        lambda n, label, unit, x: (label, unit, f"{n:02}", x),
    ),
    "the total first": (
        ("统计指标", "单位", "合计", "市级部门", "县区"),
        lambda n, label, unit, x: (label, unit, x, "3", "4"),
    ),
    "the total last": (
        ("统计指标", "单位", "市级部门", "县区", "合计"),
        lambda n, label, unit, x: (label, unit, "3", "4", x),
    ),
    "with remarks": (("统计指标", "单位", "统计数", "备注"), lambda n, label, unit, x: (label, unit, x, "")),
    "marks of headings": (("统计指标", "单位", "统计数"), lambda n, label, unit, x: (label, unit or "----", x)),
    "units behind the figures": (("统计指标", "统计数"), lambda n, label, unit, x: (label, x + unit if x else "")),
}
UNREAD: dict[str, Shape] = {
    "three units and no total": (
        ("序号", "统计指标", "单位", "区政府统计数", "区直单位统计数", "乡镇街道统计数"),
        lambda n, label, unit, x: (f"{n}", label, unit, x, "3", "4"),
    ),
    "codes under no header": (("", "", "", ""), lambda n, label, unit, x: (label, unit, f"{n:02}", x)),
}


def page(shape: Shape, figures: dict[str, int], *added: Sequence[str]) -> bytes:
    """The list in a shape, with rows that the form does not have behind its first figures."""
    head, row = shape
    rows = [head]
    for number, each in enumerate(ROWS, 1):
        figure = "" if each.heading else str(figures[each.code])
        rows.append(row(number, each.label.zh, "" if each.heading else each.unit or "件", figure))
        rows += added if each.code == "disclosed.normative_issued" else []
    title = "<p>青山县水利局2016年政府信息公开工作年度报告</p><p>附表：政府信息公开情况统计表</p>"
    return f"<html><body>{title}{html_table([[Box(text) for text in each] for each in rows])}</body></html>".encode()


def figures() -> dict[str, int]:
    """Every row has a figure of its own; sums are not looked at here."""
    return {each.code: 100 + at for at, each in enumerate(ROWS) if not each.heading}


def read(page: bytes) -> dict[str, float | None]:
    table = govstats.read(page).tables["summary"]
    return {code: table.value(code, "count") for code in figures()}


@pytest.mark.parametrize("name", READ)
def test_its_own_figures_are_read_beside_others(name: str) -> None:
    assert read(page(READ[name], figures())) == figures()


@pytest.mark.parametrize("name", UNREAD)
def test_figures_that_nothing_names_are_read_not_at_all_and_told(name: str) -> None:
    made = page(UNREAD[name], figures())
    assert set(read(made).values()) == {None}
    assert "D007" in {finding.rule for finding in govstats.check(made).findings}


def test_rows_that_a_province_added_change_nothing() -> None:
    added = (("8", "主动公开行政执法信息", "条", "7"), ("9", "主动公开规划计划、统计信息", "条", "5"))
    assert read(page(READ["numbered"], figures(), *added)) == figures()
