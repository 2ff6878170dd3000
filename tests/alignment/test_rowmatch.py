"""A label names the row that a reader means: by its words, its ordinal, and the group that it is printed in."""

from __future__ import annotations

import pytest

from govstats.alignment.rowmatch import RowMatcher
from govstats.catalog.formats import get_table_form

STATISTICS = get_table_form("national-2014", "summary")
REQUESTS = get_table_form("national-2021", "applications")


def codes(labels: list[str]) -> list[str | None]:
    matcher = RowMatcher(STATISTICS)
    return [matcher.match([each]) for each in labels]


def test_the_same_words_below_two_rows_name_a_row_of_each() -> None:
    labels = [
        "四、行政复议数量",
        "(二)被依法纠错数",
        "(三)其他情形数",
        "五、行政诉讼数量",
        "(二)被依法纠错数",
        "(三)其他情形数",
    ]
    assert codes(labels) == [
        "reviews", "reviews.corrected", "reviews.other", "litigation", "litigation.corrected", "litigation.other",
    ]  # fmt: skip


def test_the_same_words_outside_their_groups_name_none() -> None:
    assert codes(["(二)被依法纠错数", "六、举报投诉数量", "(三)其他情形数"]) == [None, "complaints", None]


@pytest.mark.parametrize(
    ("above", "printed", "code"),
    [
        ("五、行政诉讼数量", "(二)被依法纠措数", "litigation.corrected"),
        ("四、行政复议数量", "(二)被依法纠错", "reviews.corrected"),
        ("四、行政复议数量", "(三)其他", "reviews.other"),
        ("五、行政诉讼数量", "(一)维持", "litigation.upheld"),
        ("(二)被依法纠错数", "五、行政诉讼", "litigation"),
        ("(一)收到申请数", "1.当面", "received.in_person"),
        ("(一)收到申请数", "3.网络申请数量", "received.online"),
        ("3.网络申请数", "4.信函", "received.letter"),
        ("(二)申请办结数", "2.延期", "completed.extended"),
        ("(三)申请答复数", "2.同意公开", "answered.granted"),
        ("(三)申请答复数", "3.同意部分", "answered.partly"),
        ("(二)通过不同渠道和方式公开政府信息的情况", "3.政务徽博公开政府信息数", "disclosed.weibo"),
        ("(二)通过不同渠道和方式公开政府信息的情况", "2.政府网站", "disclosed.website"),
        ("8.告知通过其他途径办理数", "六、举报投诉", "complaints"),
    ],
)
def test_a_shortened_or_misspelt_label_is_known_in_its_group(above: str, printed: str, code: str) -> None:
    assert codes([above, printed])[1] == code


@pytest.mark.parametrize(
    ("above", "printed"),
    [
        ("(三)申请答复数", "一、主动公开"),
        ("(一)收到申请数", "2.当面"),
        ("八、机构建设和保障经费情况", "(三)人员"),
        ("四、行政复议数量", "(一)维持具体行政行为数(二)被依法纠错数"),
        ("三、依申请公开情况", "其他"),
    ],
)
def test_a_label_that_may_be_two_rows_or_another_names_none(above: str, printed: str) -> None:
    assert codes([above, printed])[1] is None


def test_a_misspelt_heading_opens_its_group_and_is_no_row_with_figures() -> None:
    matcher = RowMatcher(REQUESTS)
    assert matcher.match(["(三)不予公幵", "1.属于国家秘密"]) == "3.3.1"
    assert matcher.match(["(四)无法提共", "1.本机关不掌握信息"]) == "3.4.1"
    assert matcher.match(["二、上年结转"]) == "2"
    assert matcher.match(["四、结转下年"]) == "4"
