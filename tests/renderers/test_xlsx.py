"""The workbook: what it lists, how cells are marked, that nothing calculates, and what LibreOffice makes of it."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
import time
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from govstats.catalog.rules import known_rules
from govstats.cli import _run, common
from govstats.display.look import Look
from govstats.model.audits import Entry
from govstats.renderers import render
from govstats.renderers._booksheets import shares, sheet_name
from tests import audits

SOFFICE = shutil.which("soffice")
SUMMARY, FINDINGS, REPORTS, UNREAD, ABOUT = "汇总", "问题", "报告", "未读", "说明"
FORMULA = ("=", "+", "-", "@")
needs_soffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")


def written(entries: Iterable[Entry], lang: str = "zh") -> bytes:
    return b"".join(chunk for chunk in render("xlsx", entries, Look(lang=lang)) if isinstance(chunk, bytes))


def opened(entries: Iterable[Entry], lang: str = "zh") -> Any:
    return openpyxl.load_workbook(io.BytesIO(written(entries, lang)))


def lines(page: Any) -> list[dict[str, Any]]:
    """The rows of a list by the names of its columns."""
    header, *rows = page.iter_rows(values_only=True)
    return [dict(zip(header, row, strict=True)) for row in rows]


def convert(data: bytes, kind: str, folder: Path) -> list[Path]:
    """What LibreOffice makes of a workbook."""
    source = folder / "audit.xlsx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [str(SOFFICE), profile, "--headless", "--convert-to", kind, "--outdir", str(folder / "out"), str(source)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    return sorted((folder / "out").iterdir())


def test_every_finding_is_a_line_with_its_cells_figures_and_what_to_do() -> None:
    book = opened(audits.audit())
    found = lines(book[FINDINGS])
    assert len(found) == sum(len(entry.findings) for entry in audits.faulty())
    zeroed = next(each for each in found if each["规则"] == "T304")
    assert "“(七)总计”行“自然人”列" in zeroed["格"]
    assert set(zeroed["印作"].split("；")) == {"0"}
    assert all(figure.isdigit() for figure in zeroed["应为"].split("；"))
    assert zeroed["怎么改"]
    assert zeroed["年度"] == 2018
    tied = next(each for each in found if "无法断定" in each["问题"])
    assert "或应为" in tied["应为"]


def test_every_report_and_every_document_that_was_not_read_is_told() -> None:
    book = opened(audits.audit())
    assert book.sheetnames[:5] == [SUMMARY, FINDINGS, REPORTS, UNREAD, ABOUT]
    told = {each["文件"]: each for each in lines(book[REPORTS])}
    results = [each["结果"] for each in lines(book[REPORTS])]
    assert results.count("有错误") == len(audits.faulty())
    assert results.count("没有问题") == len(audits.clean())
    assert told[audits.unverified().report.path]["结论"].endswith("不能说明数字无误。")
    told_of = {"文件": "扫描件.png", "可能是谁的": None, "为什么没有读成": "这是图片。", "怎么办": "请提供文字版。"}
    assert lines(book[UNREAD]) == [told_of]
    assert "核对了 9 份报告" in book[ABOUT]["A2"].value


def test_lists_have_filters_frozen_headers_and_wrapped_text() -> None:
    book = opened(audits.audit())
    for name in (FINDINGS, REPORTS, UNREAD):
        page = book[name]
        assert page.freeze_panes == "A2"
        assert page.auto_filter.ref == page.dimensions
        assert page["A2"].alignment.wrap_text
        assert all(page.column_dimensions[cell.column_letter].width > 5 for cell in page[1])


def test_marked_cells_stand_in_the_official_layout_with_the_reason_and_the_figure() -> None:
    entry = audits.faulty()[0]
    finding = next(each for each in entry.findings if each.rule == "T304")
    book = opened([entry])
    page = book[book.sheetnames[-1]]
    row = next(row for row in page.iter_rows() if any(cell.value == "(七)总计" for cell in row))
    noted = [cell for cell in row if cell.comment]
    assert len(noted) == len(finding.accused)
    for cell, accused in zip(noted, finding.accused, strict=True):
        assert cell.value == 0
        assert f"应为 {accused.expected:g}\n" in cell.comment.text
        assert "T304 总计未填" in cell.comment.text
        assert cell.fill.fgColor.rgb == "FFFDDCDA"
        assert cell.border.left.style == "medium"
    assert {"自然人", "法人或其他组织", "申请人情况"} <= {cell.value for row in page.iter_rows() for cell in row}


def test_links_stay_inside_and_lead_to_sheets_that_are_there() -> None:
    content = written(audits.audit())
    book = openpyxl.load_workbook(io.BytesIO(content))
    links = [cell.hyperlink for page in book for row in page.iter_rows() for cell in row if cell.hyperlink]
    assert len(links) > 10
    for link in links:
        assert link.target is None
        assert re.fullmatch(r"'(.+)'!A1", link.location)[1] in book.sheetnames
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        relations = [parts.read(name) for name in parts.namelist() if name.endswith(".rels")]
    assert not any(b"External" in each for each in relations)


def test_past_a_hundred_reports_the_findings_are_listed_without_sheets_and_it_is_said() -> None:
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(audits.many(500))))
    _, *reports = book.get_sheet_by_name(REPORTS).to_python()
    assert len(reports) > 100
    assert len(book.sheet_names) == 4 + 100
    assert f"共 {len(reports)} 份，只有前 100 份" in str(book.get_sheet_by_name(ABOUT).to_python()[2][0])
    assert [row[-1] for row in reports] == ["看附表"] * 100 + ["—"] * (len(reports) - 100)


def test_the_summary_names_the_worst_and_leads_to_their_tables() -> None:
    book = opened(audits.audit())
    page = book[SUMMARY]
    told = [str(row[0]) for row in page.iter_rows(values_only=True)]
    first = told.index("先看这些报告（错误多的在前）") + 2
    assert page.cell(first, 1).value
    assert page.cell(first, 2).value.startswith("错误")
    target = re.fullmatch(r"'(.+)'!A1", page.cell(first, 4).hyperlink.location)
    assert target
    assert target[1].startswith("1 "), "the worst report has the first sheet"
    assert any(text.startswith("没有读成的文件") for text in told)


def test_in_english_headers_and_findings_are_english() -> None:
    book = opened([audits.faulty()[0], audits.unread()], "en")
    assert book.sheetnames[:5] == ["Summary", "Findings", "Reports", "Not read", "About"]
    assert not re.search(r"[\u4e00-\u9fff]", "".join(str(cell.value) for cell in book["Findings"][1]))
    assert lines(book["Findings"])[0]["Severity"] == "error"


def test_the_same_audit_is_the_same_file() -> None:
    first = written(audits.audit())
    time.sleep(1.1)
    assert written(audits.audit()) == first


def test_no_text_of_a_hostile_document_is_a_formula() -> None:
    book = opened(audits.hostile())
    seen = 0
    for page in book:
        for row in page.iter_rows():
            for cell in row:
                assert cell.data_type != "f", f"{page.title}!{cell.coordinate} is a formula: {cell.value}"
                if isinstance(cell.value, str) and cell.value.startswith(FORMULA):
                    seen += 1
                    assert cell.quotePrefix, f"{page.title}!{cell.coordinate}: {cell.value}"
    assert seen > 20
    with zipfile.ZipFile(io.BytesIO(written(audits.hostile()))) as parts:
        assert not any(b"<f>" in parts.read(name) or b"<f " in parts.read(name) for name in parts.namelist())


def test_what_xml_cannot_hold_is_shown_as_a_replacement() -> None:
    entry = audits.faulty()[0]
    odd = replace(entry, given=replace(entry.report, agency="某\x00市\x0b局\ud800\uffff"))
    (first, *_) = lines(opened([odd])[FINDINGS])
    assert first["机关"] == "某�市 局��"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_findings_of_every_rule_can_be_listed(lang: str) -> None:
    entries = list(audits.of_every_rule())
    book = CalamineWorkbook.from_filelike(io.BytesIO(written(entries, lang)))
    _, *found = book.get_sheet_by_index(1).to_python()
    assert {row[4] for row in found} == set(known_rules())
    assert len(found) == sum(len(entry.findings) for entry in entries)
    assert not any("None" in str(cell) or "nan" in str(cell) for row in found for cell in row)


def test_an_empty_audit_is_a_workbook_too() -> None:
    assert opened([]).sheetnames == [SUMMARY, FINDINGS, REPORTS, ABOUT]


@given(st.integers(1, 100), st.text(max_size=60))
def test_names_of_sheets_are_such_as_every_program_takes(number: int, title: str) -> None:
    name = sheet_name(number, title)
    assert 0 < len(name.encode("utf-16-le")) <= 62
    assert not set(name) & set("[]:*?/\\'")
    assert name.startswith(str(number))
    assert not name[len(str(number)) :][:1].isdigit()


@given(st.lists(st.integers(0, 60), max_size=4), st.integers(1, 11))
def test_columns_of_a_table_fill_the_sheet_or_stay_within_it(labels: list[int], figures: int) -> None:
    parts = shares(labels, figures, 15)
    assert len(parts) == len(labels) + figures
    assert min(parts) >= 1
    assert sum(parts) == 15 if labels else sum(parts) <= 15


def test_ten_thousand_findings_make_a_file_that_can_be_sent() -> None:
    assert len(written(list(audits.many(10_000)))) < 10_000_000


def test_a_terminal_is_not_given_a_workbook(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(common.sys.stdout, "isatty", lambda: True)
    assert _run(["check", "--samples", "--format", "xlsx"]) == 2
    assert "-o audit.xlsx" in capsys.readouterr().err


def test_a_workbook_goes_to_a_file_or_through_a_pipe(tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    target = tmp_path / "audit.xlsx"
    assert _run(["check", "--samples", "-o", str(target)]) == 1
    assert not capfdbinary.readouterr().out
    assert FINDINGS in openpyxl.load_workbook(target).sheetnames
    assert _run(["check", "--samples", "--format", "xlsx"]) == 1
    assert capfdbinary.readouterr().out == target.read_bytes()


@needs_soffice
def test_libreoffice_keeps_marks_and_comments_and_finds_no_formula(tmp_path: Path) -> None:
    (converted,) = convert(written([audits.faulty()[0], *audits.hostile()]), "xlsx:Calc MS Excel 2007 XML", tmp_path)
    book = openpyxl.load_workbook(converted)
    cells = [cell for page in book for row in page.iter_rows() for cell in row]
    assert not [cell.value for cell in cells if cell.data_type == "f"]
    noted = [cell for cell in cells if cell.comment and "应为" in cell.comment.text]
    assert noted
    assert all(cell.fill.fgColor.rgb in {"FFFDDCDA", "FFFFF0C2"} for cell in noted)


@needs_soffice
def test_libreoffice_shows_hostile_text_as_it_is(tmp_path: Path) -> None:
    every_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    sheets = convert(written(audits.hostile()), every_sheet, tmp_path)
    (findings,) = [path for path in sheets if FINDINGS in path.name]
    agencies = {row["机关"] for row in csv.DictReader(findings.read_text("utf-8").splitlines())}
    assert {audits.HOSTILE[2], audits.HOSTILE[3], "=1+1"} <= agencies
