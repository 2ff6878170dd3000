"""Whose report, for which year: right, or unknown; never wrong."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml

import govstats
from govstats.identity import Identity, identify
from govstats.identity.cleaning import clean, clean_all, spaced, spaced_all
from govstats.model.document import Document, Paragraph
from govstats.model.finding import Finding
from govstats.readers import read_document
from tests.factory import as_figures, document, random_valid
from tests.work import calls

CASES = Path(__file__).parent
BODY = "\n一、总体情况\n按照条例的规定开展各项工作。\n二、主动公开政府信息情况\n另见附表。\n"


def verdict(got: Any, expected: Any) -> str:
    if got == expected:
        return "right"
    return "none" if got is None else "wrong"


def judged(name: str) -> tuple[Counter[str], list[str]]:
    """Counts of right, none and wrong, agency and year apart; and the cases that are not right."""
    counts: Counter[str] = Counter()
    missed = []
    for text, agency, year in yaml.safe_load((CASES / name).read_text("utf-8")):
        whole = text if "<html>" in text or "一、总体情况" in text else text + BODY
        got = identify(read_document(whole.encode()))
        for what, one, other in (("agency", got.agency, agency), ("year", got.year, year)):
            counts[verdict(one, other)] += 1
            if one != other:
                missed.append(f"{what} {one} for {other}: {text!r}")
    return counts, missed


@pytest.mark.parametrize("name", ["titles.yaml", "heldout.yaml", "hunted.yaml", "whose.yaml"])
def test_titles_are_read_right_or_not_at_all(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    counts, missed = judged(name)
    with capsys.disabled():
        print(f"\n{name}: {counts['right']} right, {counts['none']} None, {counts['wrong']} wrong")
    assert not counts["wrong"], missed
    assert counts["right"] >= 0.95 * counts.total(), missed


def identity_of(*lines: str) -> Identity:
    return identify(read_document("\n".join(lines).encode()))


def rules(*lines: str) -> set[str]:
    """Rules found in a report whose three tables stand after the lines."""
    return {finding.rule for finding in findings(*lines)}


def findings(*lines: str) -> tuple[Finding, ...]:
    """All that is found in such a report."""
    table = (
        document(as_figures(random_valid(np.random.default_rng(1))), "A1")
        .split("二、主动公开政府信息情况", 1)[1]
        .split("五、存在", 1)[0]
    )
    text = "\n".join(lines).replace("[tables]", f"二、主动公开政府信息情况{table}")
    return tuple(govstats.check(text.encode()).findings)


WHOLE = (
    "一、总体情况",
    "我局公开12条。",
    "[tables]",
    "五、存在的主要问题及改进情况",
    "解读还少。",
    "六、其他需要报告的事项",
    "无。",
)


@pytest.mark.parametrize("seed", ["000", "001", "002", "003", "004"])
def test_the_identity_of_the_seeds_is_as_a_careful_human_reads_it(
    shared: Path, gold: dict[str, Any], seed: str
) -> None:
    report = govstats.read(next((shared / "seeds").glob(f"{seed}_*.txt")))
    assert (report.agency, report.year) == (gold[seed]["agency"], gold[seed]["year"])
    assert report.several == (seed == "001")
    found = {finding.rule for finding in govstats.check(report).findings}
    assert not found & {"D008", "D009", "D010"}


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("本报告中所列数据的统计期限自2018年1月1日起至2018年12月31日止。", date(2018, 1, 1), date(2018, 12, 31)),
        ("統計期限為2021年1月1日至12月31日。", date(2021, 1, 1), date(2021, 12, 31)),
        ("数据统计期限：2021.1.1-2021.12.31", date(2021, 1, 1), date(2021, 12, 31)),
        ("报告期为2022年1月—12月。", date(2022, 1, 1), date(2022, 12, 31)),
        ("所列数据的统计期限从2008年5月1日到2008年12月31日。", date(2008, 5, 1), date(2008, 12, 31)),
        ("统计期限为二〇一九年1月1日至12月31日", date(2019, 1, 1), date(2019, 12, 31)),
    ],
)
def test_a_period_is_read_as_printed(line: str, start: date, end: date) -> None:
    found = identity_of("政府信息公开工作年度报告", line, "一、总体情况", "我局公开12条。")
    assert found.period == (start, end)
    assert found.year == start.year


@pytest.mark.parametrize(
    "line",
    [
        "2021年5月1日至5月15日开展了宣传活动，取得很好效果。",
        "统计期限为2021年13月1日至2021年12月41日。",
        "统计期限为1月1日至12月31日。",
    ],
)
def test_what_is_no_period_is_none(line: str) -> None:
    assert identity_of("某市某局政府信息公开工作年度报告", line).period is None


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("格式（国办公开办函〔2021〕30号）", "国办公开办函〔2021〕30号"),
        ("格式(国办公开办函[2019]60号)", "国办公开办函〔2019〕60号"),
        ("格式（國辦公開辦函〔2021〕30號）", "国办公开办函〔2021〕30号"),
        ("格式（国办公开办函〔202130号）", None),
        ("国办公开办函〔2019〕60号、国办公开办函〔2021〕30号", None),
        ("闽政办〔2018〕43号", None),
    ],
)
def test_the_form_cited_is_told_with_proper_brackets_or_not_at_all(text: str, form: str | None) -> None:
    assert identity_of("某市某局2021年政府信息公开工作年度报告", f"根据{text}要求，编制本报告。").form_cited == form


@pytest.mark.parametrize(
    ("lines", "day"),
    [
        (["发布日期: 2019-02-11 11:30 信息来源: 市政府办公室"], date(2019, 2, 11)),
        (["发布时间：2022/1/5 9:30 浏览次数：3"], date(2022, 1, 5)),
        (["成文日期：2022年1月20日", "发布日期：2022年1月25日"], date(2022, 1, 25)),
        (["一、总体情况", "我局公开12条。", "某市某局", "2022年2月20日"], date(2022, 2, 20)),
        (["发布日期：2022-01-20", "发布日期：2023-01-20"], None),
        (["发布日期：", "浏览次数：20"], None),
    ],
)
def test_the_day_of_publication_is_what_is_printed(lines: list[str], day: date | None) -> None:
    assert identity_of("某市某局2021年政府信息公开工作年度报告", *lines).published == day


REPORT = "{}\n一、总体情况\n{}年，公开{}条。\n二、主动公开政府信息情况\n见附表。\n三、依申请公开情况\n没有收到申请。\n"


def test_two_reports_in_one_page_are_several_and_nobodys() -> None:
    first, second = "某市某局{}年政府信息公开工作年度报告", "某市某厅{}年政府信息公开工作年度报告"
    by_year = REPORT.format(first.format(2020), 2020, 10) + REPORT.format(first.format(2021), 2021, 12)
    by_agency = REPORT.format(first.format(2021), 2021, 10) + REPORT.format(second.format(2021), 2021, 12)
    for text in (by_year, by_agency):
        assert identify(read_document(text.encode())) == Identity(several=True)
    report = govstats.read(by_year.encode())
    assert (report.agency, report.year, report.several) == (None, None, True)
    assert "多份" in str(report.title)


def test_a_report_printed_twice_is_one_report() -> None:
    text = REPORT.format("某市某局2021年政府信息公开工作年度报告", 2021, 12)
    assert identify(read_document((text + text).encode()))[:2] == ("某市某局", 2021)


def test_a_list_of_other_reports_does_not_make_several() -> None:
    text = REPORT.format("某市某局2021年政府信息公开工作年度报告", 2021, 12)
    links = "".join(f"某市某局{year}年政府信息公开工作年度报告\n" for year in range(2015, 2021))
    found = identify(read_document((text + "相关链接\n" + links).encode()))
    assert (found.agency, found.year, found.several) == ("某市某局", 2021, False)


def test_the_work_grows_no_faster_than_the_text() -> None:
    """Only the beginning and the end are looked at closely: a text a hundred times as long takes hardly longer."""

    def work(paragraphs: int) -> int:
        line = "2021年，我局按照条例公开政府信息公开工作年度报告，现公布统计数据"
        blocks = tuple(Paragraph(line, number) for number in range(paragraphs))
        document = Document("text", "utf-8", (*blocks, Paragraph(line * paragraphs, paragraphs)))
        return calls(lambda: identify(document))

    work(500)
    assert work(50_000) < 20 * work(500)


def test_a_whole_report_with_one_year_has_no_finding_of_these_rules() -> None:
    title = "某市某局2021年政府信息公开工作年度报告"
    assert not rules(title, *WHOLE) & {"D008", "D009", "D010"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("2021年我局通过信函等形式受理政府信息公开申请0件。", ["warning"]),
        ("（一）公开情况：截至2021年12月31日，我办通过网站公布信息187条。", ["warning"]),
        ("2021年度我单位共制作、获取政府信息总数84条。", ["warning"]),
        ("2021年我局公开信息57条。全年制发文件3件。", ["info"]),
        ("我局2023年全年公开信息57条。", ["warning"]),
        ("截至2023年1月，我局公开信息57条。", []),
        ("2021年我局公开信息57条，2022年公开60条。", []),
        ("2021年我局公布2021年度部门决算1份。", []),
        ("2022年我局公开60条，比2021年我局公开57条增加3条。", []),
        ("2021年我局收到申请结转1件。", []),
        ("2021年共收到政府信息公开申请111件，均按时答复。", ["info"]),
        ("2023年累计发布政策解读信息2条。", ["info"]),
        ("2021年度作出行政处罚决定38件，行政许可决定410件。", ["info"]),
        ("2020年度，县卫生健康局主动公开政府信息87条。", ["info"]),
        ("2023年，本局未收到政府信息公开申请。", ["info"]),
        ("2021年以来共收到政府信息公开申请111件，其中本年3件。", []),
        ("2021年公开57条，全年公开60条。", []),
        ("2021年共召开会议11次。", []),
        ("本年报是由区政府办公室编制的2021年度政府信息公开年度报告。", ["info"]),
        ("本年报在2021年度政府信息公开年度报告的基础上编制。", []),
        ("截至2087年底，信息公开工作运行正常。", ["info"]),
        ("力争截至2025年底建成平台。", []),
        (f"{'1' * 200}号：2021年{'1' * 200}", []),
    ],
)
def test_a_sentence_of_another_year_that_was_left_in_is_told(sentence: str, expected: list[str]) -> None:
    found = findings("某市某局2022年政府信息公开工作年度报告", "2022年，我局召开会议3次。", sentence)
    assert [str(each.severity) for each in found if each.rule == "D008"] == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("某市某局2021年政府信息公开工作年度报告", "统计期限为2020年1月1日至12月31日。"), True),
        (("某市某局2021年政府信息公开工作年度报告", "现公布某市某局2020年政府信息公开工作年度报告。"), True),
        (("某市某局2023年政府信息公开工作年度报告", "一、总体情况", "2022年，我局公开12条。"), True),
        (("某市某局2023年政府信息公开工作年度报告", "五是发布某局2022年度政府信息公开工作年度报告。"), False),
        (("某市某局2021年政府信息公开工作年度报告", "发布日期：2022-01-20"), False),
        (("某市某局2023年政府信息公开工作年度报告", "一、总体情况", "2022年，公开12条，2023年，公开15条。"), False),
        (("某市某局2023年政府信息公开工作年度报告", "一、总体情况", "2024年，我局将继续努力。"), False),
        (("某市某局2021年政府信息公开工作年度报告", "上一篇：某市某局2020年政府信息公开工作年度报告"), False),
        (("统计期限为2020年1月1日至12月31日。",), False),
    ],
)
def test_years_disagree_or_do_not(lines: tuple[str, ...], expected: bool) -> None:
    assert ("D008" in rules(*lines)) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("（请根据实际情况填写）", True),
        ("（請根據實際情況填寫）", True),
        ("本年度共收到申请XX件。", True),
        ("××县人民政府办公室", True),
        ("20XX年1月20日", True),
        ("办结____件", True),
        ("主动公开政府信息  条，通知公告8条。", True),
        ("在网站发布和更新信息条。其中政策法规58条。", True),
        ("公开各类信息 条目清晰，更新信息条理分明。", False),
        ("{{ title }}", True),
        ("此处填写本单位情况", True),
        ("申请人李××不服××局的答复，提起诉讼。", False),
        ("联系电话：139****1234，身份证号5303XXXXXXXX1234", False),
        ("公开某某路改造情况，投资3×4亿元", False),
        ("我局根据实际情况及时修订指南，按照“三安全一稳定”的要求审查。", False),
        ("VIPxx娱乐城365 http://xx.gov.cn XXL", False),
        ("总投资XX项目中心已建成", False),
    ],
)
def test_text_of_a_template_is_told_from_masked_names(line: str, expected: bool) -> None:
    assert ("D009" in rules("某市某局2021年政府信息公开工作年度报告", line)) == expected


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (WHOLE, False),
        ((*WHOLE[:4], *WHOLE[5:]), True),
        (WHOLE[:5], True),
        ((WHOLE[0], *WHOLE[2:]), True),
        ((*WHOLE[:4], "略", *WHOLE[5:]), True),
        ((*WHOLE[:6],), True),
        ((*WHOLE[:6], "某市某局", "2022年1月20日", "打印 关闭"), True),
        ((*WHOLE[:5], "六、其他需要报告的事项：无。"), False),
        (("[tables]",), False),
        (("总体情况见附件。", "[tables]", "解读还少。"), False),
        (("目录", *(line for line in WHOLE if line[1:2] == "、"), *WHOLE), False),
        ((*WHOLE[:5], "本年度没有收取信息处理费。"), False),
        (("一、概述", *WHOLE[1:3], "五、存在的不足和改进措施", *WHOLE[4:5], "六、需要报告的其他事项", "没有。"), False),
    ],
)
def test_a_section_is_missed_only_in_what_is_clearly_a_whole_report(lines: tuple[str, ...], expected: bool) -> None:
    assert ("D010" in rules("某市某局2021年政府信息公开工作年度报告", *lines)) == expected


@pytest.mark.parametrize(
    ("line", "start", "end"),
    [
        ("统计期限自2015年1月1日起，至2015年12月31日止。", date(2015, 1, 1), date(2015, 12, 31)),
        ("统计期限：2015年1月1日零时至2015年12月31日24时。", date(2015, 1, 1), date(2015, 12, 31)),
        ("数据统计期限为二〇一五年一月一日至二〇一五年十二月三十一日。", date(2015, 1, 1), date(2015, 12, 31)),
        ("所列数据的统计期限为2022年12月至2023年11月。", date(2022, 12, 1), date(2023, 11, 30)),
        ("统计期限为2023年1月1日至2024年12月31日。", date(2023, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_is_read_with_words_inside_and_as_long_as_it_is(line: str, start: date, end: date) -> None:
    assert identity_of("政府信息公开工作年度报告", line, "一、总体情况").period == (start, end)


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (("某市某局2023年政府信息公开工作年度报告", "统计期限为2022年12月1日至2023年11月30日。"), True),
        (("某市某局2023年政府信息公开工作年度报告", "统计期限为2023年1月1日至2023年11月30日。"), True),
        (("某市某局2023年政府信息公开工作年度报告", "统计期限为2023年1月1日至2024年12月31日。"), True),
        (("某市某局2008年政府信息公开工作年度报告", "统计期限为2008年5月1日至2008年12月31日。"), False),
        (("某某大学2022-2023学年信息公开年度报告", "统计期限为2022年9月1日至2023年8月31日。"), False),
        (("某市某局2023年政府信息公开工作年度报告", "2021年3月1日至2023年6月30日开展了专项行动。"), False),
    ],
)
def test_the_period_should_be_one_whole_year(lines: tuple[str, ...], expected: bool) -> None:
    assert ("D008" in rules(*lines)) == expected


def test_what_is_unknown_is_told_with_why_and_what_was_not_compared() -> None:
    text = "市财政局2021年政府信息公开工作年度报告\n一、总体情况\n我局做好公开。\n[tables]"
    assert "D011" in rules(*text.split("\n"))
    found = identity_of(*text.split("\n"))
    assert (found.agency, found.called) == (None, "市财政局")
    assert "不知道是哪里的" in found.because["agency"].zh
    two = identity_of(
        "临水县柳河镇2021年政府信息公开工作年度报告", "现公布临水县松树镇2021年政府信息公开工作年度报告。"
    )
    assert two.agency is None
    assert set(two.rivals) == {"临水县柳河镇", "临水县松树镇"}


def test_lines_are_cleaned_together_as_each_alone():
    texts = [
        "二〇二三年 十月三日",
        "某市 財政局●",
        "<b>公开</b>",
        "",
        "机(jī)构?",
        "a\tb\u3000c",
        "１２月３１日",
        "一" * 700,
    ]
    assert clean_all(texts) == [clean(text) for text in texts]
    assert clean_all([*texts, "two\nlines"]) == [clean(text) for text in [*texts, "two\nlines"]]
    assert spaced_all(texts) == [spaced(text) for text in texts]


def test_a_deed_of_two_years_in_two_paragraphs_may_be_compared() -> None:
    title, earlier = "某市某局2022年政府信息公开工作年度报告", "2021年我局公开信息57条。"
    for own, severity in (("2022年我局公开信息60条。", "info"), ("2022年我局收到申请3件。", "warning")):
        found = [each for each in findings(title, own, earlier) if each.rule == "D008"]
        assert [str(each.severity) for each in found] == [severity]
