"""Labels in any dress compare equal."""

from __future__ import annotations

import opencc
import pytest

from govstats.readers._charset import decode
from govstats.text.labels import Label, figures_behind, label, simplified
from govstats.text.mojibake import mended


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
        ("（😀一）予以公开", "1", "予以公开"),
        ("三(sān)、本(běn)年度办理结果", "3", "本年度办理结果"),
        ("[1]二、上年结转", "2", "上年结转"),
        ("①二、上年结转〔2〕", "2", "上年结转"),
        ("1\f二、上年结转¹", "2", "上年结转"),
        ("规章（注1）", "", "规章"),
        ("规章000", "", "规章"),
        ("??（一）予以公開", "1", "予以公开"),
        ("（二）部分公开（区分处理的，只计这一情", "2", "部分公开"),
        ("全麵公開", "", "全面公开"),
        ("體係", "", "体系"),
        ("本年製定", "", "本年制定"),
        ("複議後起訴", "", "复议后起诉"),
        ("要求提供公開齣版物", "", "要求提供公开出版物"),
        ("屬於行政執法案捲", "", "属于行政执法案卷"),
    ],
)
def test_a_label_is_its_ordinal_and_its_words(printed: str, ordinal: str, words: str) -> None:
    assert label(printed) == Label(ordinal, words)


def slipped(text: str, lost: str) -> str:
    """The label behind an ideographic space, its GBK bytes read from the second one on. What GBK does not have
    becomes `lost`, or stays private for `private`."""
    read = f"\u3000{text}".encode("gbk")[1:].decode("gb18030", "replace").rstrip("\ufffd")
    if lost == "private":
        return read
    return "".join(lost if "\ue000" <= each <= "\uf8ff" else each for each in read)


@pytest.mark.parametrize("lost", ["?", "", "private"])
@pytest.mark.parametrize("ordinal", list(enumerate("一二三四五六七八九十", 1)), ids=lambda each: str(each[0]))
def test_a_label_whose_bytes_slipped_keeps_its_ordinal_and_first_word(ordinal: tuple[int, str], lost: str) -> None:
    mangled = "?" + slipped(f"（{ordinal[1]}）其他处理", lost)
    assert label(mangled).ordinal == str(ordinal[0])
    assert label(mangled).words.startswith("其")
    assert "其他处理".startswith(label(mangled).words)


@pytest.mark.parametrize("text", ["。", "。）", "发布。（一）予以公开", "？。六项", "。ㄒ"])
def test_ordinary_text_is_not_taken_for_slipped_bytes(text: str) -> None:
    assert mended(text) == text


@pytest.mark.parametrize(
    ("printed", "figures"),
    [("规章000", "000"), ("规章", ""), ("规章[1]", ""), ("规章①", ""), ("行政事业性收费38.44", "38.44"), ("12", "")],
)
def test_figures_that_run_on_from_a_label_are_found(printed: str, figures: str) -> None:
    assert figures_behind(printed) == figures


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


def test_what_needs_no_converting_is_what_the_converter_leaves_as_it_is():
    """All of GB 2312 one by one; and in pairs, what its converter has words for."""
    pairs = [(row, cell) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    characters = [bytes(pair).decode("gb2312", "ignore") for pair in pairs]
    words = ["答覆", "回覆", "乾净", "乾坤", "藉口", "沈重", "坏土", "英哩", "後来", "特徵", "摺叠"]
    converter = opencc.OpenCC("t2s")
    assert all(simplified(text) == converter.convert(text) for text in [*filter(None, characters), *words])
