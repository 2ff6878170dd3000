"""The header of one form over the rows of another: an error about the header, never another meaning of the figures."""

from __future__ import annotations

import pytest

import govstats

TABLE = """某市某局2023年政府信息公开工作年度报告
二、主动公开政府信息情况
第二十条第（一）项 |
信息内容 | {} | {} | {} |
规章 | 0 | 0 | 1 |
行政规范性文件 | 2 | 0 | 9 |
第二十条第（五）项 |
信息内容 | {} |
行政许可 | 31 |
第二十条第（六）项 |
信息内容 | {} |
行政处罚 | 4 |
行政强制 | 5 |
第二十条第（八）项 |
信息内容 | {} |
行政事业性收费 | 12.5 |
"""
OF_2021 = ("本年制发件数", "本年废止件数", "现行有效件数", *2 * ("本年处理决定数量",), "本年收费金额（单位：万元）")
OF_2019 = ("本年新制作数量", "本年新公开数量", "对外公开总数量", *2 * ("处理决定数量",), "本年增/减")
NORMATIVE = ("issued", "repealed", "in_force")


@pytest.mark.parametrize("old", [(0, 1, 2), (0,), (1,), (2,), (0, 1, 2, 3, 4)], ids=str)
def test_columns_that_only_another_form_has_are_not_read_and_all_others_are(old: tuple[int, ...]) -> None:
    names = [OF_2019[at] if at in old else OF_2021[at] for at in range(6)]
    report = govstats.read(TABLE.format(*names))
    table = report.tables["disclosure"]
    read = {key: table.value("20.1.normative", key) for key in NORMATIVE}
    assert table.form.format == "national-2021"
    assert [key for key, value in read.items() if value is None] == [NORMATIVE[at] for at in old if at < 3]
    assert [table.value(row, "decisions") for row in ("20.5.licences", "20.6.penalties", "20.6.coercion")] == [31, 4, 5]
    assert table.value("20.8.fees", "amount") == 12.5
    errors = {finding.rule for finding in govstats.check(report).findings if finding.table == "disclosure"}
    assert errors & {"D004", "D007"}


def test_the_message_names_the_columns_of_the_other_form() -> None:
    report = govstats.read(TABLE.format(*OF_2019[:3], *OF_2021[3:]))
    (told,) = [finding for finding in govstats.check(report).findings if finding.rule == "D007"]
    assert "本年新公开数量" in told.message.zh
