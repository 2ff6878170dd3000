"""Figures go to their cells by labels and context, or to no cell at all."""

from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govstats
from govstats.model.wording import row_name
from govstats.text.figures import State
from tests.factory import FORMAT, LOSSY_SHAPES, TEXT_SHAPES, as_figures, document, random_valid, traditional

APPLICANTS = ["自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他", "总计"]


def pipes(*lines: str) -> govstats.Report:
    """A report whose one table is these lines."""
    return govstats.read("\n".join(lines) + "\n")


def table(header: list[str], rows: dict[str, list[object]]) -> govstats.Report:
    """An applications table in one-line-header form: `项目 | 自然人 | …`."""
    body = [" | ".join([label, *map(str, figures)]) + " |" for label, figures in rows.items()]
    return pipes(" | ".join(["项目", *header]) + " |", *body)


def row(report: govstats.Report, code: str) -> list[float | None]:
    found = report.tables["applications"]
    return [found.value(code, key) for key in found.form.columns]


def rules(report: govstats.Report) -> set[str]:
    return {finding.rule for finding in govstats.check(report).findings} - {"D002", "D003"}


ISSUED = "<tr><td>信息内容</td><td>本年制发件数</td><td>本年废止件数</td><td>现行有效件数</td></tr>"
NEW = "一、本年新收政府信息公开申请数量"
CARRIED = "二、上年结转政府信息公开申请数量"
NEXT = "四、结转下年度继续办理"


@given(
    st.integers(0, 2**32 - 1), st.sampled_from(["html", *TEXT_SHAPES]), st.booleans(), st.sampled_from([0.05, 0.5, 1])
)
@settings(max_examples=60)
def test_any_valid_report_in_any_shape_is_read_exactly(
    seed: int, shape: str, in_traditional: bool, density: float
) -> None:
    vectors = random_valid(np.random.default_rng(seed), density, 5000)
    text = document(as_figures(vectors), shape)
    report = govstats.read((traditional(text) if in_traditional else text).encode())
    assert {name: list(found.values) for name, found in report.tables.items()} == {
        name: list(vector) for name, vector in vectors.items()
    }
    assert govstats.check(report).findings == ()


def test_columns_follow_the_header_and_not_their_usual_order() -> None:
    order = ["总计", *APPLICANTS[:-1]]
    report = table(order, {NEW: [21, 1, 2, 3, 4, 5, 6], CARRIED: [0] * 7})
    assert row(report, "1") == [1, 2, 3, 4, 5, 6, 21]


def test_a_column_that_the_form_does_not_have_is_left_out() -> None:
    order = ["自然人", "小计", *APPLICANTS[1:]]
    report = table(order, {NEW: [1, 20, 2, 3, 4, 5, 6, 21], CARRIED: [0] * 8})
    assert row(report, "1") == [1, 2, 3, 4, 5, 6, 21]


def test_a_missing_column_is_absent_and_told() -> None:
    order = [name for name in APPLICANTS if name != "科研机构"]
    report = table(order, {NEW: [1, 2, 4, 5, 6, 18], CARRIED: [0] * 6, NEXT: [0] * 6})
    assert row(report, "1") == [1, 2, None, 4, 5, 6, 18]
    assert report.source("applications/1/research").state is State.ABSENT
    assert "D004" in rules(report)


def test_one_row_that_is_short_by_a_figure_is_lost_and_not_shifted() -> None:
    report = table(APPLICANTS, {NEW: [1, 2, 3, 4, 5, 6], CARRIED: [0] * 7, NEXT: [0] * 7})
    assert row(report, "1") == [None] * 7
    assert report.source("applications/1/natural_person").raw == "1 | 2 | 3 | 4 | 5 | 6"
    assert "D007" in rules(report)


def test_a_header_that_lost_a_word_does_not_excuse_a_row_that_lost_a_figure() -> None:
    order = [name for name in APPLICANTS if name != "科研机构"]
    report = table(order, {NEW: [1, 2, 3, 4, 5, 6], CARRIED: [0] * 7, NEXT: [0] * 7})
    assert row(report, "1") == [None] * 7
    assert row(report, "2") == [0] * 7


def test_a_header_that_contradicts_itself_is_not_guessed_at() -> None:
    report = table(["总计", "自然人"], {NEW: [1, 2, 3, 4, 5, 6, 21], CARRIED: [0] * 7})
    assert row(report, "1") == [None] * 7
    assert "D007" in rules(report)


def test_labels_without_figures_are_lost() -> None:
    report = table(APPLICANTS, {NEW: [], CARRIED: [0] * 7, NEXT: [0] * 7})
    assert row(report, "1") == [None] * 7
    assert "D007" in rules(report)


def test_blank_cells_keep_their_places() -> None:
    report = table(APPLICANTS, {NEW: [3, "", "", "", "", "", 3], CARRIED: ["", 1, "", "", "", "", ""]})
    assert row(report, "1") == [3, None, None, None, None, None, 3]
    assert row(report, "2") == [None, 1, None, None, None, None, None]
    assert report.source("applications/1/business").state is State.BLANK


def test_empty_cells_of_merged_labels_are_told_from_blanks_by_the_other_rows() -> None:
    report = pipes(
        f"{NEW} | | | 5 | 1 | 0 | 0 | 0 | 0 | 6 |",
        f"{CARRIED} | | | | 1 | 0 | 0 | 0 | 0 | |",
        f"{NEXT} | | | 0 | 0 | 0 | 0 | 0 | 0 | 0 |",
    )
    assert row(report, "2") == [None, 1, 0, 0, 0, 0, None]


def test_a_row_that_could_be_read_in_two_ways_is_lost() -> None:
    report = pipes(f"{NEW} | | 1 | 0 | 0 | 0 | 0 | 2 | |", f"{CARRIED} | | 1 | 0 | 0 | 0 | 0 | 2 | |")
    assert row(report, "1") == [None] * 7
    assert "D007" in rules(report)


def test_the_same_row_twice_with_other_figures_uses_neither() -> None:
    report = table(APPLICANTS, {NEW: [1, 0, 0, 0, 0, 0, 1], CARRIED: [0] * 7, f"{NEW} ": [2, 0, 0, 0, 0, 0, 2]})
    assert row(report, "1") == [None, 0, 0, 0, 0, 0, None]
    assert "D005" in rules(report)


def test_the_same_table_twice_is_read_once() -> None:
    rows: dict[str, list[object]] = {NEW: [1, 0, 0, 0, 0, 0, 1], CARRIED: [0] * 7}
    once = table(APPLICANTS, rows).document
    text = "\n".join(" | ".join(line.texts) + " |" for line in once.grids[0].rows)
    report = govstats.read(f"{text}\n另附同一张表\n{text}\n")
    assert row(report, "1") == [1, 0, 0, 0, 0, 0, 1]
    assert "D005" not in rules(report)


def test_two_reports_in_one_file_are_one_finding_a_table() -> None:
    one, other = (document(as_figures(random_valid(np.random.default_rng(seed), 1.0)), "html") for seed in (3, 4))
    audit = govstats.check(one + other)
    told = [finding for finding in audit.findings if finding.rule == "D005"]
    assert sorted(str(finding.table) for finding in told) == ["applications", "disclosure", "litigation"]
    assert all("两份报告" in finding.message.zh for finding in told)
    for finding in told:
        form = FORMAT.tables[str(finding.table)]
        assert {cell.row for cell in finding.cells} == {each.code for each in form.data_rows}
        assert all(row_name(form, each.code).zh in finding.message.zh for each in form.data_rows)


def test_one_row_that_is_printed_twice_is_told_by_its_name() -> None:
    report = table(APPLICANTS, {NEW: [1, 0, 0, 0, 0, 0, 1], CARRIED: [0] * 7, f"{NEW} ": [2, 0, 0, 0, 0, 0, 2]})
    (told,) = [finding for finding in govstats.check(report).findings if finding.rule == "D005"]
    assert "“一、本年新收政府信息公开申请数量”行出现了两次" in told.message.zh
    assert "两份报告" not in told.message.zh


def test_misspelt_labels_are_known_by_ordinal_group_and_likeness() -> None:
    report = pipes(
        f"{NEW} | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
        "三、本年度办理结果 | （二）部分公开（区分处理的，只计这一情况） | 1 | 0 | 0 | 0 | 0 | 0 | 1 |",
        "（三）不予公开 | 5.属于三类内容事务信息 | 2 | 0 | 0 | 0 | 0 | 0 | 2 |",
        "6．属于四类过程性信息 | 3 | 0 | 0 | 0 | 0 | 0 | 3 |",
    )
    assert [row(report, code)[0] for code in ("3.2", "3.3.5", "3.3.6")] == [1, 2, 3]


def test_a_cell_merged_over_two_rows_of_figures_belongs_to_neither() -> None:
    report = govstats.read(
        f"<table><tr><td>项目</td>{''.join(f'<td>{name}</td>' for name in APPLICANTS)}</tr>"
        f"<tr><td>{NEW}</td><td rowspan=2>4</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>4</td></tr>"
        f"<tr><td>{CARRIED}</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td><td>0</td></tr></table>"
    )
    assert row(report, "1")[0] == 4
    assert report.source("applications/2/natural_person").state is State.UNREADABLE
    assert "C101" in rules(report)


@pytest.mark.parametrize("inside", ["<p>12</p>", "12<br>", "<span>1</span><span>2</span>", "&nbsp;12&#12288;", "１２"])
def test_a_figure_in_markup_is_read(inside: str) -> None:
    report = govstats.read(
        f"<table>{ISSUED}<tr><td>规章</td><td>{inside}</td><td>0</td><td>0</td></tr>"
        "<tr><td>行政许可</td><td>0</td></tr></table>"
    )
    assert report.tables["disclosure"].value("20.1.rules", "issued") == 12


@pytest.mark.parametrize("inside", ["<p>1</p><p>2</p>", "1<br>2", "1 2"])
def test_two_figures_in_one_cell_are_none(inside: str) -> None:
    report = govstats.read(
        f"<table>{ISSUED}<tr><td>规章</td><td>{inside}</td><td>0</td><td>0</td></tr>"
        "<tr><td>行政许可</td><td>0</td></tr></table>"
    )
    assert report.source("disclosure/20.1.rules/issued").state is State.UNREADABLE


def test_all_tables_in_one_and_layout_tables_around_them_are_seen_through() -> None:
    vectors = random_valid(np.random.default_rng(4))
    page = document(as_figures(vectors), "html")
    site = "<table><tr><td>索引号</td><td>01012021</td><td>发布机构</td><td>某局</td></tr></table>"
    in_layout = page.replace("<body>", f"<body><table><tr><td>{site}").replace("</body>", "</td></tr></table></body>")
    in_one = re.sub(r"</table><h2>([^<]*)</h2><table border='1'>", r"<tr><td>\1</td></tr>", page)
    assert in_one.count("<table") == 1
    for text in (in_layout, in_one):
        report = govstats.read(text)
        assert {name: list(found.values) for name, found in report.tables.items()} == {
            name: list(vector) for name, vector in vectors.items()
        }
        assert govstats.check(report).findings == ()


def test_a_table_cut_in_two_is_one_table() -> None:
    vectors = random_valid(np.random.default_rng(8))
    page = document(as_figures(vectors), "A5")
    cut = page.replace("（四）无法提供", "第 3 页\n（四）无法提供").replace("(四)无法提供", "— 3 —\n(四)无法提供")
    assert cut != page
    report = govstats.read(cut)
    assert list(report.tables["applications"].values) == list(vectors["applications"])


def test_each_cell_knows_where_it_was_printed() -> None:
    vectors = random_valid(np.random.default_rng(8), 1.0)
    text = document(as_figures(vectors), "A1")
    report = govstats.read(text)
    for name, found in report.tables.items():
        for cell, value in zip(found.form.cells, vectors[name], strict=True):
            source = report.source((name, cell.row, cell.column))
            assert source.place is not None
            printed = text.splitlines()[source.place.line - 1].split("|")[source.place.column - 1]
            assert float(printed) == value


@pytest.mark.parametrize(
    "tail", ["无\n2023年1月20日", "附件\n1", "联系电话\n0871-63112233", "阅读\n1234\n邮编\n650000"]
)
@pytest.mark.parametrize("shape", ["A7", "A9", "plain"])
def test_short_lines_behind_a_table_of_short_lines_do_no_harm(shape: str, tail: str) -> None:
    vectors = random_valid(np.random.default_rng(21), 1.0)
    report = govstats.read(document(as_figures(vectors), shape) + f"\n{tail}\n")
    assert {name: list(found.values) for name, found in report.tables.items()} == {
        name: list(vector) for name, vector in vectors.items()
    }
    assert govstats.check(report).findings == ()


def test_page_numbers_among_short_lines_are_no_figures() -> None:
    vectors = random_valid(np.random.default_rng(22), 1.0)
    lines = document(as_figures(vectors), "plain").splitlines()
    for at in range(len(lines) - 5, 5, -25):
        lines.insert(at, "- 5 -" if at % 2 else "第 5 页")
    report = govstats.read("\n".join(lines) + "\n")
    assert {name: list(found.values) for name, found in report.tables.items()} == {
        name: list(vector) for name, vector in vectors.items()
    }


@given(st.integers(0, 2**32 - 1), st.sampled_from(LOSSY_SHAPES), st.sampled_from([0.05, 0.5, 1]))
@settings(max_examples=60)
def test_what_a_shape_has_lost_is_told_row_by_row(seed: int, shape: str, density: float) -> None:
    vectors = random_valid(np.random.default_rng(seed), density)
    report = govstats.read(document(as_figures(vectors), shape))
    told = {
        (finding.table, cell.row)
        for finding in govstats.check(report).findings
        if finding.rule == "D007"
        for cell in finding.cells
    }
    for name, form in FORMAT.tables.items():
        found = report.tables[name]
        for cell, value, printed in zip(form.cells, found.values, vectors[name], strict=True):
            assert value == printed or (np.isnan(value) and (name, cell.row) in told), (cell, value, printed)


def test_figures_of_one_digit_that_run_together_are_read() -> None:
    form = FORMAT.tables
    vectors = {name: np.arange(len(form[name].cells)) % 10.0 for name in ("disclosure", "applications", "litigation")}
    report = govstats.read(document(as_figures(vectors), "A10"))
    assert {name: list(found.values) for name, found in report.tables.items()} == {
        name: list(vector) for name, vector in vectors.items()
    }


@pytest.mark.parametrize("lost", ["A11", "A12"])
@pytest.mark.parametrize("shape", ["html", *TEXT_SHAPES])
def test_a_table_without_its_figures_is_lost_in_any_shape(shape: str, lost: str) -> None:
    vectors = random_valid(np.random.default_rng(5), 1.0)
    figures: dict[str, dict[str, dict[str, object]]] = as_figures(vectors)
    kept = 2 if lost == "A12" else 0
    few = {
        name: {
            code: {key: text if at < min(kept, len(row) - 1) else "" for at, (key, text) in enumerate(row.items())}
            for code, row in rows.items()
        }
        for name, rows in figures.items()
    }
    report = govstats.read(re.sub(r"(?:\|\s*)+$", "", document(few, shape), flags=re.MULTILINE))
    for name, found in report.tables.items():
        readable = ~np.isnan(found.values)
        assert not (readable & (found.values != vectors[name])).any()
        assert not readable.all()
    assert rules(report) & {"D007", "C102"} or not report.tables
