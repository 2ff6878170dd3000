"""Labels in any dress compare equal."""

from __future__ import annotations

import pytest

from govstats.charset import decode
from govstats.text import Label, label


@pytest.mark.parametrize(
    ("printed", "ordinal", "words"),
    [
        ("（三）不予公開", "3", "不予公开"),
        ("(三) 不予公开", "3", "不予公开"),
        ("一、本年新收政府信息公开申请数量", "1", "本年新收政府信息公开申请数量"),
        ("1.属于国家秘密", "1", "属于国家秘密"),
        ("1、属于国家秘密", "1", "属于国家秘密"),
        ("１．属于国家秘密", "1", "属于国家秘密"),
        ("(1)属于国家秘密", "1", "属于国家秘密"),
        ("十二、其他", "12", "其他"),
        ("二十、其他", "20", "其他"),
        ("（二）部分公开（区分处理的，只计这一情形，不计其他情形）", "2", "部分公开"),
        ("第二十条第（一）项", "", "第二十条第(一)项"),
        ("商業\u3000企業", "", "商业企业"),
        ("本年收费金额（单位：万元，保留4位小数）", "", "本年收费金额"),
        ("危及“三安全一稳定”", "", "危及三安全一稳定"),
        ("现行有效件数(历史累计)", "", "现行有效件数"),
        ("（本列数据）", "", "本列数据"),
        ("本年新收政府資訊公開申請數量", "", "本年新收政府信息公开申请数量"),
        ("行政規範性檔案", "", "行政规范性文件"),
        ("發(fā)布機(jī)構(gòu)", "", "发布机构"),
        ("予以😀公开", "", "予以公开"),
    ],
)
def test_a_label_is_its_ordinal_and_its_words(printed: str, ordinal: str, words: str) -> None:
    assert label(printed) == Label(ordinal, words)


REPORT = "某市人民政府2021年政府信息公开工作年度报告。本机关收到申请81件，行政规范性文件12件。"


@pytest.mark.parametrize("charset", ["utf-8", "utf-8-sig", "utf-16", "gbk", "gb18030"])
def test_a_report_is_decoded_whatever_its_charset(charset: str) -> None:
    assert decode(REPORT.encode(charset))[0] == REPORT


def test_big5_is_told_from_gb18030() -> None:
    text = "某市人民政府2021年政府資訊公開工作年度報告。本機關收到申請81件,行政情況如下。"
    assert decode(text.encode("big5"))[0] == text


@pytest.mark.parametrize("declared", ["gb2312", "GBK", "utf-8", "nonsense"])
def test_a_wrong_declaration_does_not_mislead(declared: str) -> None:
    page = f'<meta charset="{declared}">{REPORT}'
    assert decode(page.encode("gb18030"))[0] == page
    assert decode(page.encode("utf-8"))[0] == page


def test_a_broken_byte_loses_one_character_and_no_more() -> None:
    data = REPORT.encode("utf-8") * 3
    read, _ = decode(data[:100] + b"\xff" + data[100:])
    assert read.count("年度报告") >= 2
    assert "81件" in read
