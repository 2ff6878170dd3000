"""Kinds of sentences, each in words and figures of its own: the right ones get nothing, the wrong ones their rule."""

from __future__ import annotations

import pytest

from govstats.prose.answers import About
from tests.prose.cases import claims_of, report_of_sentences, sentences

FILES = [sentences(name) for name in ("kinds", "named", "unnamed")]
CASES = [
    (where, want, text) for kinds in FILES for where in kinds for want in kinds[where] for text in kinds[where][want]
]


@pytest.mark.parametrize(("where", "want", "text"), CASES, ids=lambda value: value)
def test_a_kind_gets_its_verdict(where: str, want: str, text: str) -> None:
    found = claims_of(text, about=report_of_sentences() if where == "with_table" else None)
    told = {(claim.rule, claim.severity) for claim in found if claim.rule}
    if want == "silent":
        assert told == set()
    elif want.endswith(" info"):
        assert told == {(want.removesuffix(" info"), "info")}
    else:
        assert (want, "warning") in told
        assert {rule for rule, severity in told if severity == "warning"} == {want}


def test_one_column_with_two_figures_is_a_hint() -> None:
    found = claims_of("我局通过县政府网站农业信息栏目公开信息45条。", "全年通过农业信息专栏公开政府信息38条。")
    assert [(claim.rule, claim.severity) for claim in found] == [("N504", "info")]


def test_requests_received_with_two_figures_are_a_hint_if_nothing_else_tells_them_apart() -> None:
    first, second = "我局发布信息113条；受理依申请公开办件1件，全部已办结。", "今年共受理依申请公开2件，均已答复。"
    found = claims_of(first, second)
    assert [(claim.rule, claim.severity) for claim in found if claim.rule] == [("N504", "info")]
    lawful = (
        "全县共受理依申请公开2件。",
        "上年结转1件，共受理依申请公开2件。",
        "受理网上依申请公开2件。",
        "未收到当面申请。",
        "全年未收到法人提出的政府信息公开申请。",
        "部分科室未收到政府信息公开申请。",
    )
    for other in lawful:
        assert not [claim.rule for claim in claims_of(first, other) if claim.rule]


def test_words_that_none_came_and_a_count_are_two_figures_of_one_quantity() -> None:
    found = claims_of(
        "2018年受理、承办各类政府信息依申请公开件共计3个。", "2018年度没有收到信息公开申请，也没有行政复议。"
    )
    assert [(claim.rule, claim.severity) for claim in found if claim.rule] == [("N504", "info")]
    assert found[-1].values == {"name": "政府信息公开申请", "figures": [3, 0]}


def test_an_account_on_a_platform_is_one_by_its_name() -> None:
    first, second = "公众号“安岭发布”全年推送信息95条。", "公众号“安岭发布”全年推送信息74条，关注人数2.1万人。"
    assert [claim.rule for claim in claims_of(first, second) if claim.rule] == ["N504"]
    assert not [claim.rule for claim in claims_of(first, second.replace("安岭", "青塘")) if claim.rule]


def test_a_share_of_the_total_may_be_of_one_told_in_a_paragraph_before() -> None:
    before, share = "本局共受理公开申请20件。", "在已经答复的18件申请中，同意公开的13件，占总数的65%。"
    assert [claim.rule for claim in claims_of(share) if claim.rule] == ["N503"]
    assert [claim.rule for claim in claims_of(before, share) if claim.rule] == []


def test_a_heading_says_of_whose_results_its_paragraphs_speak() -> None:
    heading, told = "（二）依申请公开情况", "全年共收到42件，答复52件；接待咨询800人次。"
    under = [claim.rule for claim in claims_of(heading, told, about=report_of_sentences()) if claim.rule]
    assert under == ["N501", "N501"]
    other = claims_of("（一）主动公开情况", told, about=report_of_sentences())
    assert [claim.rule for claim in other if claim.rule] == []
    of_others = claims_of(heading, "收到信访举报300件，办结290件，其中其他处理113件。", about=report_of_sentences())
    assert [claim.rule for claim in of_others if claim.rule] == []


OWN = ("我局", "本局", "我单位", "本单位")
NARROWER = ("局机关", "全局", "本机关")
WIDER = ("我县", "全县", "全系统", "全市", "县本级", "局属各单位", "市直部门")


@pytest.mark.parametrize("agency", ["某县教育局", "某县人民政府"])
@pytest.mark.parametrize("word", [*OWN, *NARROWER, *WIDER])
def test_a_bureau_speaks_of_itself_and_a_government_may_speak_of_less(word: str, agency: str) -> None:
    about = About(report_of_sentences().tables, 2023, agency)
    found = claims_of(f"2023年，{word}共收到政府信息公开申请99件，均按时答复。", about=about)
    excused = word in WIDER or (word in NARROWER and agency.endswith("政府"))
    told = [(claim.rule, claim.severity) for claim in found if claim.rule]
    assert told == [("N501", "info" if excused else "warning")]


def test_a_row_of_totals_is_read_however_long() -> None:
    assert claims_of("收到申请24件，" + "合计24件，" * 2000, about=report_of_sentences())
