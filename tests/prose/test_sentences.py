"""The grammar of sentences: what is a figure, where claims stand, how they are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import govstats
from govstats.cli import _run
from govstats.model.document import Paragraph, Place
from govstats.prose import arithmetic
from govstats.prose.figures import figures
from govstats.prose.passages import _pieces
from govstats.prose.words import number_of
from tests.prose.cases import claims_of, report_of_sentences


@pytest.mark.parametrize(
    ("text", "value", "unit", "approx"),
    [
        ("申请3,119件", 3119, "件", ""),
        ("信息4.59万条", 45900, "条", ""),
        ("投入300余万元", 3_000_000, "元", ">"),
        ("近30件", 30, "件", "<"),
        ("约50户", 50, "户", "~"),
        ("100人以上", 100, "人", ">"),
        ("受理二十四件", 24, "件", ""),
        ("占86.92%", 86.92, "%", ""),
        ("数量2160 批", 2160, "批", ""),
        ("点击量达130万，", 1_300_000, "", ""),
        ("与38个部门", 38, "个", ""),
    ],
)
def test_a_figure_has_its_value_unit_and_approximation(text: str, value: float, unit: str, approx: str) -> None:
    (figure,) = figures(text)
    assert (figure.value, figure.unit, figure.approx) == (value, unit, approx)


@pytest.mark.parametrize(
    "text",
    [
        "2021年12月31日",
        "〔2021〕30号",
        "电话0883-2143207",
        "“12345”热线",
        "第3批",
        "第二十条",
        "三安全一稳定",
        "一是加强领导，二是完善制度",
        "1.网络申请",
        "全省第7，",
        "9:00-17:00",
        "IPv6升级",
        "GB/T 39477-2020标准",
        "一次性告知",
        "版本2.3.1，",
    ],
)
def test_dates_codes_orders_and_items_are_no_figures(text: str) -> None:
    assert figures(text) == []


def test_lists_of_bare_figures_are_no_thousands() -> None:
    assert [figure.value for figure in figures("分别为30,94,104,152，")] == [30, 94, 104, 152]


@pytest.mark.parametrize(
    ("numeral", "number"),
    [("三", 3), ("十", 10), ("二十四", 24), ("一百零五", 105), ("两百", 200), ("三五", None), ("十百", None)],
)
def test_numerals_are_read_or_refused(numeral: str, number: int | None) -> None:
    assert number_of(numeral) == number


def test_places_are_those_of_the_sentence_as_printed() -> None:
    (claim,) = claims_of("前一句。全年發布信息９６條，其中通知公告41條、工作動態55條。后一句。")
    assert claim.text == "全年發布信息９６條，其中通知公告41條、工作動態55條。"
    assert [claim.text[start:end] for start, end in claim.places] == ["９６條", "41條", "55條"]
    assert claim.marked.startswith("全年發布信息【９６條】，其中通知公告【41條】")


@pytest.mark.parametrize(
    "text",
    [
        "其中:1.政府网站公开数 2994 54977",
        "共10件 | 其中甲8件，乙8件 |",
        "一、本年新收政府信息公开申请数量 24 3 0",
        "浏览次数：30481 字体：14px",
    ],
)
def test_rows_of_tables_and_page_furniture_claim_nothing(text: str) -> None:
    assert claims_of(text, about=report_of_sentences()) == ()


def test_a_claim_tells_its_arithmetic() -> None:
    (claim,) = claims_of("共81件，其中甲类47件、乙类30件、丙类5件。")
    assert claim.arithmetic is not None
    assert claim.arithmetic.zh == "47 + 30 + 5 = 82，写的是 81，多 1"
    assert claim.arithmetic.en == "47 + 30 + 5 = 82, printed as 81, 1 more"


def _wrong(text: str) -> list[str]:
    return [claim.arithmetic.zh for claim in claims_of(text) if claim.arithmetic]


def test_a_total_that_is_printed_nowhere_is_told_as_what_makes_it() -> None:
    """Nobody finds a 43 in a sentence that says 40 and 3."""
    (claim,) = claims_of("新收申请40件，上年结转3件，办结35件，结转下年度办理5件。")
    assert claim.arithmetic is not None
    assert claim.arithmetic.zh == "35 + 5 = 40，写的是 40 + 3 = 43，少 3"
    assert claim.arithmetic.en == "35 + 5 = 40, printed as 40 + 3 = 43, 3 less"
    ways = "通过网站公开信息60条，通过公众号公开信息30条，其他方式10条。其中，微博800条、公众号90条、网站60条。"
    assert _wrong(ways) == ["800 + 90 + 60 = 950，写的是 60 + 30 + 10 = 100，多 850"]
    outlet = "公开信息88条，其中概况类2条，动态类60条，目录类29条，微信公众号410条。"
    assert _wrong(outlet) == ["2 + 60 + 29 = 91，写的是 88，多 3"]
    assert arithmetic.of_sum([20, 18], 37, [3, 40]).zh == "20 + 18 = 38，写的是 40 - 3 = 37，多 1"
    assert arithmetic.of_sum([20, 18], 37, [1, 2]).zh == "20 + 18 = 38，写的是 37，多 1"


def test_a_cell_claim_names_the_cell_in_the_words_of_the_form() -> None:
    (claim,) = claims_of("我局收到政府信息公开申请29件。", about=report_of_sentences())
    assert claim.arithmetic is not None
    assert "“一、本年新收政府信息公开申请数量”行“总计”列是 24" in claim.arithmetic.zh
    assert [str(cell) for cell in claim.cells] == ["applications/1/total"]


def test_a_scope_in_the_sentence_accuses_nobody() -> None:
    (claim,) = claims_of("全县共收到政府信息公开申请29件。", about=report_of_sentences())
    assert (claim.severity, claim.rule) == ("info", "N501")
    assert claim.reason is not None
    assert "全县" in claim.reason.zh


@pytest.mark.parametrize("text", ["2022年收到政府信息公开申请31件。", "去年收到政府信息公开申请31件。"])
def test_another_year_is_not_compared_with_this_years_table(text: str) -> None:
    assert claims_of(text, about=report_of_sentences()) == ()


def test_a_percentage_may_be_cut_off_or_rounded() -> None:
    for percent in ("96.87", "96.88"):
        (claim,) = claims_of(f"办理93件，占总数96件的{percent}%。")
        assert claim.holds


def test_shares_that_no_whole_fits_are_one_finding() -> None:
    text = "甲类386条，占14.4%；乙类360条，占13.1%；丙类171条，占6.1%；丁类33条，占1.2%。\n"
    (finding,) = (each for each in govstats.check(f"本年度情况。\n{text}").findings if each.rule == "N503")
    assert finding.message.zh.count("【") == 8


def test_parts_of_zero_with_shares_stop_nothing() -> None:
    claims = claims_of("收到申请20件。", "其中信函0件，占0%；网络0件，占3%，来访0件，占5%。")
    assert [claim.holds for claim in claims] == [True, False, False]
    assert all(claim.values["of"] == [0, 20] for claim in claims)


SENTENCES = "一、总体情况\n2023年，我局发布信息96条，其中公告51条、动态55条。\n占总数50件的12%，即6件。\n"


def test_claims_are_in_the_frame_in_json_and_in_show(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = govstats.read(SENTENCES)
    assert list(report.claims["kind"]) == ["sum", "percent"]
    assert list(report.claims["holds"]) == [False, True]
    path = tmp_path / "report.txt"
    path.write_text(SENTENCES, "utf-8")
    _run(["show", str(path), "--format", "json"])
    (told,) = json.loads(capsys.readouterr().out)
    assert told["claims"][0] == {
        "text": "2023年，我局发布信息96条，其中公告51条、动态55条。",
        "kind": "sum",
        "values": {"total": 96, "parts": [51, 55]},
        "holds": False,
    }
    _run(["show", str(path)])
    assert "和 96 : 51 + 55" in capsys.readouterr().out


MONOTONOUS = [
    "其中1件、", "申请10件，其中甲5件，乙5件；", "共10件(其中，", "1,111,", "占1%、", "3件，占5%，", "未收到关于，",
    "无政府信息公开，", "收到政府信息公开申请3件，", "三件，", "1件:", "局局局办公室，3件", "由3件增加到5件，增长7%，",
    "上年结转2件，办结4件，", "三",
]  # fmt: skip


@pytest.mark.parametrize("unit", MONOTONOUS)
@pytest.mark.timeout(120)
def test_a_long_text_of_one_kind_is_read(unit: str) -> None:
    line = (unit * 19_000)[:19_000]
    claims_of(*[line] * 100, about=report_of_sentences())


def test_a_single_part_above_its_whole_says_so() -> None:
    (claim,) = claims_of("共收到来信24封，其中表扬信30封。")
    assert (claim.kind, claim.rule, claim.severity) == ("part", "N502", "warning")
    assert claim.arithmetic is not None
    assert claim.arithmetic.zh == "其中的 30 大于总数 24"


def test_a_paragraph_too_long_is_read_in_pieces() -> None:
    sentence = "全年发布信息96条，其中公告51条、动态55条。"
    text = f"{'推进政务公开工作，' * 4000}{sentence}{'完善制度。' * 5000}{sentence}"
    assert [claim.text for claim in claims_of(text) if claim.severity == "warning"][-1] == sentence
    assert sum(claim.severity == "warning" for claim in claims_of(text)) == 2


def test_pieces_are_the_paragraph() -> None:
    for text in ("甲" * 50_001, "共1件。" * 9_000, "共1件，" * 9_000, "1" * 45_000):
        pieces = [piece.text for piece in _pieces(Paragraph(text, 1))]
        assert "".join(pieces) == text
        assert max(map(len, pieces)) <= 20_000


def test_what_is_too_much_to_read_is_told() -> None:
    lines = ["收到来信10封，其中甲5封，乙5封。"] * 2_000
    *_, last = claims_of(*lines)
    assert (last.kind, last.values, last.holds) == ("unread", {"figures": 1_002}, None)
    assert last.place == Place(0, 1_667)
    assert "没有读出 1002" in str(govstats.read("\n".join(lines)))
