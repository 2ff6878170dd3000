"""Sections of one line (D010): a sentence is a sentence; what a page prints below a report is none."""

from __future__ import annotations

import pytest

from govstats.checks.sections import _EMPTY, _is_said

SAID = [
    "本年度未收取与信息公开有关的费用。",
    "我单位没有其他相关事项需要说明",
    "本局未开设门户网站及微信公众号。",
    "未收取信息处理费（编辑：综合科）",
    "附件材料已一并报送，无其他事项。",
    "全年共承办建议2件、提案1件，均已办结。",
    "栏目打印功能不稳定，正在修复。",
    "图解偏少，明年每件政策配一图读懂。",
    "网站备案信息更新不及时。",
    "来源渠道较单一，需要改进。",
]
FURNITURE = [
    "【打印】 【关闭】",
    "打印本页 关闭窗口",
    "上一篇：某县某局年度报告",
    "责任编辑：张三",
    "附件1：统计表.xlsx",
    "分享到：微信 微博",
    "主办：某县人民政府",
    "版权所有 某县人民政府办公室",
    "滇ICP备05001234号-1",
    "相关链接",
    "2024年1月20日",
]


@pytest.mark.parametrize("line", SAID)
def test_a_short_sentence_says_something(line: str) -> None:
    assert _is_said(line, _EMPTY)


@pytest.mark.parametrize("line", FURNITURE)
def test_what_a_page_prints_below_a_report_says_nothing(line: str) -> None:
    assert not _is_said(line, _EMPTY)
