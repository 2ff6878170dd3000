"""Sentences that a plain text breaks over lines are read whole, and nothing else is joined to them."""

from __future__ import annotations

from itertools import pairwise
from textwrap import wrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

import govstats
from govstats.model.document import Paragraph
from govstats.prose.wrapped import unwrapped
from tests.prose.cases import claims_of, sentences

COLUMNS = 30
BODY = (
    "2023年，我局认真贯彻落实条例，围绕重点领域主动公开政府信息，全年共收到政府信息公开申请24件，"
    "其中自然人申请20件，商业企业申请3件，其他申请2件，均在规定期限内答复申请人。"
)
HEADED = ["一、总体情况", *wrap(BODY, COLUMNS), "二、主动公开政府信息情况", *wrap(BODY, COLUMNS)]


def joined(*lines: str) -> list[str]:
    return [each.text for each in unwrapped([Paragraph(text, line) for line, text in enumerate(lines, 1)])]


def test_a_broken_sentence_is_one_claim_at_the_line_of_its_first_figure() -> None:
    for text in ("\n".join(HEADED), "\r\n".join(HEADED)):
        claims = govstats.read(f"{text}\n").stated
        assert [(claim.values, claim.severity) for claim in claims] == [
            ({"total": 24, "parts": [20, 3, 2]}, "warning")
        ] * 2
        for claim in claims:
            assert claim.place is not None
            assert "24件" in text.splitlines()[claim.place.line - 1]
            assert [claim.text[start:end] for start, end in claim.places] == ["24件", "20件", "3件", "2件"]


def test_headings_stand_alone() -> None:
    assert joined(*HEADED) == ["一、总体情况", BODY, "二、主动公开政府信息情况", BODY]


def test_a_comma_goes_on_however_short_its_line() -> None:
    assert joined("我局收到申请10件，", "其中网络6件，信函5件。") == ["我局收到申请10件，其中网络6件，信函5件。"]


@pytest.mark.parametrize("at", [1, 2])
def test_no_line_begins_with_the_end_of_a_sentence(at: int) -> None:
    sentence = "办理提案141件，已答复134件，占95.04%。"
    assert joined(sentence[:-at], sentence[-at:], BODY) == [sentence, BODY]


@pytest.mark.parametrize(
    "below",
    [
        "（二）其他情况，共5件。", "2.信函申请，共5件。", "二是加强培训，共3次。", "甲局 | 3件，",
        "附件：报告，共3页。", "联系电话：12345，",
        "3\t5，", "12345", "·栏目建设，共5个。", "① 信函，5件。",
    ],
)  # fmt: skip
def test_what_begins_a_line_of_its_own_is_never_joined(below: str) -> None:
    assert joined("我局收到申请10件，", below) == ["我局收到申请10件，", below]
    assert joined(*wrap(BODY, COLUMNS)[:2], below)[-1] == below


@pytest.mark.parametrize(
    ("above", "below"),
    [
        ("全年发布信息30条。", "其中公告51条，动态20条。"),
        ("浏览次数：30481", "发布信息30条，其中公告51条。"),
        ("昭通市水利局", "2024年1月20日，昭通市水利局。"),
        ("收到申请1,", "303件，其中网络3件。"),
    ],
)
def test_lines_that_are_not_one_sentence_stay_apart(above: str, below: str) -> None:
    assert joined(above, below) == [above, below]


def test_titles_as_long_as_each_other_are_not_joined() -> None:
    titles = ["某市人民政府办公室关于印发实施方案的通知", "某市人民政府办公室关于做好信息公开的通知"] * 3
    assert joined(*titles, "一、总体情况", BODY) == [*titles, "一、总体情况", BODY]


def test_a_gap_between_the_lines_parts_paragraphs() -> None:
    lines = [Paragraph("我局收到申请10件，", 1), Paragraph("其中网络6件，信函5件。", 3)]
    assert unwrapped(lines) == lines


@given(st.permutations([text for text in sentences("none") if len(text) > COLUMNS]), st.integers(20, 45))
def test_a_wrapped_text_reads_as_it_was_written(texts: list[str], width: int) -> None:
    """No character is lost or told twice, and what was not broken stays whole."""
    lines = [line for text in texts[:8] for line in (wrap(text, width) or [text])]
    found = joined(*lines)
    assert "".join(found) == "".join(lines)
    assert all(whole in "\n".join(found) for whole in texts[:8] if "：" not in whole and len(wrap(whole, width)) == 1)


def test_each_offset_is_where_its_line_begins() -> None:
    lines = [Paragraph(text, line) for line, text in enumerate(wrap(BODY, COLUMNS), 5)]
    (whole,) = unwrapped(lines)
    starts = [(0, whole.line), *whole.breaks]
    assert [whole.text[a:b] for (a, _), (b, _) in pairwise([*starts, (None, 0)])] == [each.text for each in lines]
    assert [line for _, line in starts] == [each.line for each in lines]


@pytest.mark.parametrize("between", ["\n", "\n\n", "</p>\n<p>"])
def test_what_divides_the_sentence_above_is_read_with_it(between: str) -> None:
    above = "2021年，我局共主动公开政府信息50条，全文电子化率达100%。"
    below = "在主动公开的信息中，规划类信息4条，占总体的比例为12%；动态类信息46条，占总体的比例为92%。"
    text = f"<html><body><p>{above}{between}{below}</p></body></html>" if "<" in between else above + between + below
    told = govstats.read(text).stated
    assert [(each.kind, each.holds) for each in told] == [("sum", True), ("percent", False), ("percent", True)]
    assert told[1].values == {"percent": 12, "of": [4, 50]}


def test_a_heading_between_them_parts_them() -> None:
    above, below = "2021年，我局主动公开政府信息50条。", "在主动公开的信息中，规划类4条；动态类49条。"
    assert govstats.read(f"{above}\n二、情况\n{below}\n").stated == ()


def test_pages_are_not_texts() -> None:
    html = "".join(f"<p>{line}</p>" for line in ["我局收到申请10件，", "其中网络6件，信函5件。"])
    assert govstats.read(html).stated == ()


@pytest.mark.parametrize(
    "line", ["甲，", "收到申请10件，其中网络6件，", "（", "一二三四五六七八九十" * 5, "。”” " * 500]
)
@pytest.mark.timeout(120)
def test_a_long_text_of_short_lines_is_read(line: str) -> None:
    text = f"{line}\n" * (400_000 // len(line))
    assert govstats.read(text).stated is not None


def test_a_list_of_semicolons_goes_on_in_the_next_paragraph() -> None:
    above = "我局公开信息820条。其中：政策解读261条；通知公告287条；"
    for below, told in (("业务动态272条。", []), ("业务动态292条。", [("N502", "warning")])):
        assert [(claim.rule, claim.severity) for claim in claims_of(above, below) if claim.rule] == told


def test_a_list_in_a_paragraph_of_its_own_is_of_what_the_one_above_counts() -> None:
    above = "通过门户网站公开信息83条。"
    for below, told in (
        ("具体包括文件1条，公告3条，其他信息79条。", []),
        ("具体包括文件1条，公告3条，其他信息74条。", [("N502", "warning")]),
    ):
        assert [(claim.rule, claim.severity) for claim in claims_of(above, below) if claim.rule] == told
    assert not [claim for claim in claims_of("全年召开会议。", "其中文件1条，公告3条，其他信息79条。") if claim.rule]
