"""Sentences of section 六: which of them say that 行政事业性收费 were charged, which that they were not."""

from __future__ import annotations

import pytest

from govstats import checks
from govstats.catalog.formats import get_table_form
from govstats.checks._feenotes import fee_notes
from govstats.diagnosis.examine import examine
from govstats.model.document import Document, Paragraph
from govstats.model.report import Report
from govstats.model.table import Table

HEADING = "六、其他需要报告的事项"
NOTHING = [
    "无。",
    "无其他需要报告的事项。",
    "本年度无其他需要报告的事项",
    "没有需要报告的其他事项。",
    "本机关2021年依申请公开政府信息未收取任何费用。",
    "2021年未收取信息处理费。",
    "依据《政府信息公开信息处理费管理办法》，2022年本机关未产生信息处理费。",
    "按照《国务院办公厅关于印发〈政府信息公开信息处理费管理办法〉的通知》（国办函〔2020〕109号）规定，收取信息处理费0元。",
    "2021年,按照《云南省人民政府办公厅关于贯徹落實政府信息公開信息處理費管理辦法的通知》规定,未收取信息處理費用。",
    "全市对25件申请收取了信息处理费，一共2950元。",
    "本年度发出收费通知3件，总金额为2230元，实际收取信息处理费2230元。",
    "本机关2023年收取信息处理费共计12.5万元。",
    "未收取检索、复制、邮寄等成本费用。",
    "政府信息公开工作未收取费用，公开渠道畅通。",
    "本年度办理人大代表建议12件、政协提案8件，公开率100%。",
    "规范行政事业性收费公示，公开收费目录清单12项。",
    "本年度取消行政事业性收费3项，减免行政事业性收费120万元。",
    "全年免收行政事业性收费35.6万元。",
    "未发生违规收取行政事业性收费的行为。",
    "未收到有关行政事业性收费的投诉。",
    "依法依规收取行政事业性收费，严格执行收费标准。",
    "除行政事业性收费外，未收取其他费用。",
    "2020年未收取行政事业性收费。",
    "上年未收取行政事业性收费。",
    "行政事业性收费比上年减少12.3万元。",
    "无行政事业性收费以外的费用。",
    "2021年，我局政府信息公开工作未产生行政事业性收费。",
    "在政府信息公开工作中未收取行政事业性收费。",
    "在政务公开工作中，本机关没有收取行政事业性收费。",
    "本年度依申请公开未收取行政事业性收费。",
    "依申请公开行政事业性收费为0元。",
    "政府信息公开行政事业性收费情况：无。",
    "对申请人没有收取行政事业性收费。",
    "本年度未向申请人收取行政事业性收费。",
    "未收取信息处理费等行政事业性收费。",
    "未收取政府信息公开行政事业性收费。",
    "根据国办函〔2020〕109号文件，本机关2021年未收取行政事业性收费。",
    "按照《政府信息公开信息处理费管理办法》，全年未产生行政事业性收费。",
    "就依申请公开，本机关全年收取行政事业性收费400元。",
    "处理政府信息公开申请收取行政事业性收费400元。",
    "2021年，无收取信息处理费情况。",
    "信息公开免费提供，未收取任何费用。",
]
NONE = [
    "2021年本机关未收取行政事业性收费。",
    "本单位无行政事业性收费。",
    "无行政事业性收费项目。",
    "本年度没有收取任何行政事业性收费",
    "未产生行政事业性收费。",
    "本局不涉及行政事业性收费事项，未收取信息处理费。",
    "行政事业性收费0万元。",
    "行政事业性收费金额为0元，信息处理费为0元。",
    "全年行政事业性收费为零。",
    "本年度行政事业性收费情况：无。",
    "未收取信息处理费和行政事业性收费。",
    "未收取行政事业性收费和信息处理费。",
    "本機關未收取行政事業性收費。",
    "未收取信息处理费，没有行政事业性收费。",
    "根据有关规定，本机关2021年未收取行政事业性收费。",
    "根据《政府信息公开条例》第二十条，公开行政许可2条，行政事业性收费0元。",
    "本年度未收取任何费用。",
    "2021年度本单位无收费情况。",
]
SOME = [
    "全年收取行政事业性收费38.44万元。",
    "行政事业性收费共计1,200.5万元。",
    "2021年行政事业性收费金额为3500元，未收取信息处理费。",
    "本年度行政事业性收费收入12万元，全部上缴国库。",
    "收取12.5万元行政事业性收费。",
    "未收取信息处理费，全年收取行政事业性收费12.5万元。",
]


def told(*lines: str) -> list[bool]:
    paragraphs = tuple(Paragraph(line, number) for number, line in enumerate(lines, 1))
    return [note.charged for note in fee_notes(Document("text", "utf-8", paragraphs), 2021)]


@pytest.mark.parametrize("sentence", NOTHING)
def test_a_sentence_that_is_not_about_the_fees_of_the_table_says_nothing(sentence: str) -> None:
    assert told(HEADING, sentence) == []


@pytest.mark.parametrize("sentence", NONE)
def test_a_sentence_that_denies_fees(sentence: str) -> None:
    assert told(HEADING, sentence) == [False]


@pytest.mark.parametrize("sentence", SOME)
def test_a_sentence_that_tells_fees(sentence: str) -> None:
    assert told(HEADING, sentence) == [True]


@pytest.mark.parametrize(
    "heading",
    [
        "六、其他需要报告的事项",
        "六、其他需报告的事项",
        "其他需要报告的事项",
        "(六)其他需要报告的事项：",
        "六、其他需要報告的事項",
        "六、需要报告的其他事项",
    ],
)
def test_the_section_is_known_by_its_heading(heading: str) -> None:
    assert told("行政事业性收费12万元。", heading, "未收取行政事业性收费。") == [False]


def test_a_sentence_may_follow_its_heading_in_one_line() -> None:
    assert told("六、其他需要报告的事项：本单位无行政事业性收费。") == [False]


def test_other_sections_do_not_count() -> None:
    assert told("一、总体情况", "本年未收取行政事业性收费。") == []
    assert told("目录", HEADING, "一、总体情况", "未收取行政事业性收费。", HEADING, "无。") == []
    assert told(HEADING, "无。", "附件：某表", "未收取行政事业性收费。") == []


def test_all_fees_denied_in_a_section_on_information_is_about_information() -> None:
    assert told(HEADING, "本年度处理政府信息公开申请12件。", "未收取任何费用。") == []


def rules(amount: object, *lines: str) -> set[str]:
    form = get_table_form("national-2021", "disclosure")
    table = Table.from_texts(form, {"20.8.fees": [amount]})
    paragraphs = tuple(Paragraph(line, number) for number, line in enumerate(lines, 1))
    document = Document("text", "utf-8", paragraphs)
    report = Report("made", "", "某局", 2021, "national-2021", {"disclosure": table}, document)
    return {each.rule for each in checks.findings(examine([report])[0])}


@pytest.mark.parametrize("sentence", [*NOTHING, *SOME])
def test_fees_in_the_table_agree_with_all_but_denials(sentence: str) -> None:
    assert "P402" not in rules(12.5, HEADING, sentence)


@pytest.mark.parametrize("sentence", [*NOTHING, *NONE])
def test_no_fees_in_the_table_agree_with_all_but_fees(sentence: str) -> None:
    assert "P402" not in rules(0, HEADING, sentence)


@pytest.mark.parametrize("sentence", NONE)
def test_fees_in_the_table_and_a_denial_are_told(sentence: str) -> None:
    assert "P402" in rules("12.5", HEADING, sentence)


@pytest.mark.parametrize("sentence", SOME)
def test_fees_in_the_prose_and_none_in_the_table_are_told(sentence: str) -> None:
    assert "P402" in rules(0, HEADING, sentence)


@pytest.mark.parametrize("amount", ["", "/", "1***"])
def test_an_unknown_amount_is_compared_with_nothing(amount: str) -> None:
    assert "P402" not in rules(amount, HEADING, NONE[0])
    assert "P402" not in rules(amount, HEADING, SOME[0])


def test_prose_that_says_both_is_compared_with_nothing() -> None:
    assert "P402" not in rules(0, HEADING, NONE[0], SOME[0])
