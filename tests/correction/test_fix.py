"""`govstats fix`: the sheet of proposals, and corrected copies that hold what is certain and nothing else."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import numpy as np
import openpyxl
import pytest
from rich.cells import cell_len

import govstats
from govstats.cli import _run
from govstats.correction.changes import certain, proposed
from govstats.correction.copy import corrected
from govstats.correction.marks import marks
from govstats.correction.proposals import COLUMNS, Proposal, proposals
from govstats.correction.sheet import SHEETS, Sheet
from govstats.correction.targets import Targets, safe_stem
from govstats.correction.writers import writers
from govstats.display.untrusted import csv_safe, markdown_safe
from govstats.errors import UsageError
from govstats.model.audits import Audited
from govstats.model.finding import Change
from govstats.model.recognised import Recognised, Trust
from govstats.pipeline import parse
from govstats.sources import plan
from govstats.text.figures import State
from tests.containers.pdf import pdf
from tests.containers.word import by_library
from tests.factory import as_figures, document, random_valid
from tests.stories import story

WRITERS = sorted(writers())
TRUE_TOTALS = [78, 3, 0, 0, 0, 0, 81]
SAMPLE = next(path for path in govstats.samples() if "zhaotong" in path.name)


def audited(source: Any) -> Audited:
    (entry,) = govstats.check(source).audited
    return entry


def figures(seed: int = 5, **changed: object) -> dict[str, Any]:
    """Valid figures of all tables; `changed` maps `table__row__column` (`_` for `.`) to what is printed instead."""
    made = as_figures(random_valid(np.random.default_rng(seed), 1.0))
    for name, text in changed.items():
        table, row, column = name.split("__")
        made[table][row.replace("_", ".")][column] = text
    return made


def rows_of(sheet: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sheet.decode("utf-8-sig"))))


# The sheet


def test_the_sheet_of_zhaotong_shows_what_each_total_should_be(zhaotong: Path, tmp_path: Path) -> None:
    target = tmp_path / "sheet.csv"
    assert _run(["fix", str(zhaotong), "-o", str(target)]) == 0
    rows = [row for row in rows_of(target.read_bytes()) if row["规则"].startswith("T304")]
    assert [int(row["建议"]) for row in rows] == TRUE_TOTALS
    assert [int(row["印作"]) for row in rows] == [0] * 7
    assert [row["把握"] for row in rows] == ["唯一", "唯一", "不用改", "不用改", "不用改", "不用改", "唯一"]
    first = rows[0]
    assert (first["机关"], first["年度"], first["行号"], first["行"], first["列"]) == (
        "昭通市人民政府办公室", "2021", "3.7", "(七)总计", "自然人",
    )  # fmt: skip
    assert first["规则"] == "T304 总计未填"
    assert first["等式两边"] == "T301 自然人: 78 ≠ 0；B201 自然人: 78 ≠ 0"
    assert "第 51 行" in first["位置"]


def test_the_same_lines_stand_in_excel_and_markdown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "sheet.xlsx"
    assert _run(["fix", str(SAMPLE), "missing.html", "-o", str(target)]) == 2
    book = openpyxl.load_workbook(target)
    assert book.sheetnames == ["建议表", "没有读成的文件"]
    table = list(book["建议表"].iter_rows(values_only=True))
    start = table.index(tuple(str(header) for header in COLUMNS.values()))
    assert [row[list(COLUMNS).index("proposed")] for row in table[start + 1 :]] == TRUE_TOTALS
    assert book["没有读成的文件"]["A2"].value == "missing.html"
    capsys.readouterr()
    assert _run(["fix", str(SAMPLE), "missing.html"]) == 2
    shown = capsys.readouterr().out
    assert shown.count("| 唯一 |") == 3
    assert "## 没有读成的文件" in shown
    assert "- missing.html: 找不到" in shown


def test_no_cell_of_the_sheet_is_cut_off() -> None:
    """A row may be 409 points high, a column 255 wide; each text fits into its own, at two places for a 汉字."""
    texts = ("短", "差 3：三处之一。" * 300, "one of many possibilities " * 60 + "\n" * 3, "/a/very/long/path" * 20)
    sheet = Sheet(lines=[Proposal(dict.fromkeys(COLUMNS, text)) for text in texts])
    page = openpyxl.load_workbook(io.BytesIO(SHEETS[".xlsx"](sheet))).active
    for row in page.iter_rows(min_row=4):
        height = page.row_dimensions[row[0].row].height
        assert height <= 409
        for cell in row:
            width = page.column_dimensions[cell.column_letter].width
            lines = sum(1 + cell_len(part) // (width - 1) for part in cell.value.split("\n"))
            assert width <= 255
            assert height >= 15 * lines


def test_english_is_a_switch(capsys: pytest.CaptureFixture[str]) -> None:
    assert _run(["fix", str(SAMPLE), "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "| (7) Total | Natural persons | 0 | 78 | the only one |" in shown


def test_findings_without_a_repair_are_listed_with_both_sides() -> None:
    made = figures()
    made["litigation"]["review"]["total"] += 7
    lines = list(proposals(audited(document(made).encode())))
    (line,) = [each for each in lines if str(each.values["rule"]).startswith("T303")]
    assert line.values["certainty"] == "无法判断"
    assert "≠" in str(line.values["sides"])
    assert "proposed" not in line.values or line.values["proposed"] is None


def test_a_finding_about_one_cell_names_it_even_if_nothing_can_be_proposed() -> None:
    made = figures(disclosure__20_5_licences__decisions="1***")
    (line,) = proposals(audited(document(made).encode()))
    assert (line.values["row"], line.values["column"]) == ("行政许可", "本年处理决定数量")
    assert line.values["printed"] == "1***"
    assert line.values.get("proposed") is None


def test_a_missing_table_is_listed_by_its_official_name() -> None:
    lines = [line.values for line in proposals(audited(LOST.encode()))]
    missing = [line["table"] for line in lines if str(line["rule"]).startswith("D002")]
    assert missing == ["收到和处理政府信息公开申请情况", "政府信息公开行政复议、行政诉讼情况"]


def test_a_derived_figure_is_proposed_but_not_called_the_only_one() -> None:
    made = figures()
    truth = made["litigation"]["review"]["upheld"]
    made["litigation"]["review"]["upheld"] = ""
    (line,) = proposals(audited(document(made).encode()))
    assert (line.values["proposed"], line.values["printed"]) == (truth, "（空）")
    assert line.values["certainty"] == "由等式推算，请核实"
    assert not line.decided


def tied(entry: Audited) -> Audited:
    """The entry as if its first finding had three repairs of one size."""
    first = entry.findings[0]
    other = Change("applications", "1", "natural_person", 78, 0)
    ties = (first.repair, (other, first.repair[1]))
    certain_cells = ((first.repair[1].row, first.repair[1].column),)
    return replace(entry, findings=(replace(first, unique=False, n_ties=3, ties=ties, certain_cells=certain_cells),))


def test_ties_are_told_with_their_number_and_nothing_of_them_is_applied() -> None:
    entry = tied(audited(SAMPLE))
    lines = list(proposals(entry))
    assert lines[0].values["certainty"] == "几种可能之一（共 3 种）"
    assert lines[1].values["certainty"] == "几种可能之一（共 3 种）；每一种都要改这一格"
    assert str(lines[0].values["others"]).startswith("一、本年新收政府信息公开申请数量/自然人 78→0、")
    assert "另有 1 种" in str(lines[0].values["others"])
    assert certain(entry) == {}
    assert corrected(entry).changes == 0


def test_two_findings_that_disagree_make_nothing_certain() -> None:
    entry = audited(SAMPLE)
    first = entry.findings[0]
    other = replace(first, repair=(first.repair[0]._replace(to=77),), cells=())
    certain_cells = {key.column for key in certain(replace(entry, findings=(first, other)))}
    assert certain_cells == {"business", "total"}


def test_a_suppressed_finding_is_not_applied() -> None:
    entry = audited(SAMPLE)
    assert certain(replace(entry, findings=(replace(entry.findings[0], suppressed=True),))) == {}


# The copies


@pytest.mark.parametrize("form", WRITERS)
def test_the_applied_copy_of_zhaotong_passes_check(form: str, zhaotong: Path, tmp_path: Path) -> None:
    source = tmp_path / zhaotong.name
    source.write_bytes(zhaotong.read_bytes())
    target = tmp_path / f"copy.{form}"
    assert _run(["fix", str(source), "-o", str(tmp_path / "sheet.md"), "--apply", str(target)]) == 0
    assert source.read_bytes() == zhaotong.read_bytes()
    assert _run(["check", str(target)]) == 0
    before, after = govstats.read(source), govstats.read(target)
    assert (after.agency, after.year, after.format) == (before.agency, before.year, before.format)
    assert after.applications.loc["3.7"].tolist() == TRUE_TOTALS
    expected = before.to_dict()["tables"]
    expected["applications"]["3.7"] = after.to_dict()["tables"]["applications"]["3.7"]
    assert after.to_dict()["tables"] == expected


@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("seed", range(3))
def test_a_copy_read_again_has_every_figure_and_every_state(form: str, seed: int) -> None:
    """Blanks, marks, damaged figures, full width digits, a torn row: none of them becomes a figure or a 0."""
    made = figures(
        seed,
        applications__1__business="",
        applications__3_1__research="/",
        applications__3_2__welfare="1***",
        applications__3_3_1__other_org="12 3",
        applications__4__natural_person="１，１１３",
        litigation__direct__pending="—",
        disclosure__20_8_fees__amount="38.4410",
        disclosure__20_5_licences__decisions="-3",
    )
    entry = audited(document(made).encode())
    copy = corrected(entry)
    again = parse("copy", writers()[form].write(copy))
    for name, table in entry.report.tables.items():
        expected = [table.values.copy(), table.states.copy()]
        for position, cell in enumerate(copy.tables[list(entry.report.tables).index(name)].cells):
            if cell.changed:
                expected[0][position] = float(cell.text)
                expected[1][position] = State.NUMBER
        assert np.array_equal(again.tables[name].values, expected[0], equal_nan=True)
        assert np.array_equal(again.tables[name].states, expected[1])


LOST = "规章 | 1 | 0 | 5 |\n行政规范性文件 | 4 |\n行政许可 | 3 |\n行政许可 | 8 |\n行政处罚 | 6 |\n"


@pytest.mark.parametrize("form", WRITERS)
def test_what_could_not_be_placed_stays_unknown(form: str) -> None:
    """A row that lost figures, a row printed twice, rows that are not there: seen in the copy, but no figures."""
    entry = audited(LOST.encode())
    before = entry.report.tables["disclosure"]
    assert before.source("20.1.normative", "issued").state is State.UNREADABLE
    copy = corrected(entry)
    shown = dict(zip((cell[1:] for cell in before.form.cells), copy.tables[0].cells, strict=True))
    assert shown["20.1.normative", "issued"].text == "？4"
    assert "3" in shown["20.5.licences", "decisions"].note
    assert "8" in shown["20.5.licences", "decisions"].note
    again = parse("copy", writers()[form].write(copy)).tables["disclosure"]
    known = [before.has_state(State.NUMBER, State.ZERO), again.has_state(State.NUMBER, State.ZERO)]
    assert np.array_equal(*known)
    assert again.value("20.6.penalties", "decisions") == 6


@pytest.mark.parametrize("form", WRITERS)
def test_one_wrong_figure_in_each_of_two_places_is_put_right(form: str, tmp_path: Path) -> None:
    made = figures()
    made["applications"]["3.4.1"]["business"] += 10
    source, target = tmp_path / "r.html", tmp_path / f"r.{form}.{form}"
    source.write_text(document(made), "utf-8")
    assert _run(["fix", str(source), "-o", str(tmp_path / "s.md"), "--apply", str(target)]) == 0
    assert _run(["check", str(target)]) == 0
    truth = figures()["applications"]
    assert govstats.read(target).to_dict()["tables"]["applications"] == truth


def test_a_blank_total_row_is_filled_with_its_zeros(tmp_path: Path) -> None:
    made = figures()
    for row in made["applications"].values():
        row["total"] -= row["research"]
        row["research"] = 0
    made["applications"]["3.7"] = dict.fromkeys(made["applications"]["3.7"], "")
    entry = audited(document(made).encode())
    assert {change.to for change in proposed(entry.findings[0])} >= {0}
    again = audited(writers()["docx"].write(corrected(entry)))
    assert again.findings == ()
    assert again.report.tables["applications"].value("3.7", "research") == 0


def test_changed_cells_are_coloured_and_say_what_stood_there(tmp_path: Path) -> None:
    copy = corrected(audited(SAMPLE))
    note = "原为 0，改为 78：总计未填（T304）"
    page = writers()["html"].write(copy).decode()
    assert f'<td class="changed" title="{note}">78</td>' in page
    assert page.count('class="changed"') == 3
    assert f"“(七)总计”行“自然人”列：{note}" in page
    sheet = openpyxl.load_workbook(io.BytesIO(writers()["xlsx"].write(copy)))["收到和处理政府信息公开申请情况"]
    noted = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(noted) == {78, 3, 81}
    assert noted[78].comment.text == note
    assert noted[78].fill.fgColor.rgb == "FFFFF2CC"
    parts = ZipFile(io.BytesIO(writers()["docx"].write(copy)))
    comments = ElementTree.fromstring(parts.read("word/comments.xml"))  # noqa: S314 - written by us
    assert "".join(next(iter(comments)).itertext()) == note
    assert parts.read("word/document.xml").decode().count('w:fill="FFF2CC"') == 3


def test_the_properties_of_a_word_cell_stand_in_the_order_of_the_schema() -> None:
    """Word calls a file damaged if they do not."""
    order = ["tcW", "gridSpan", "vMerge", "tcBorders", "shd", "noWrap", "tcMar", "textDirection", "vAlign"]
    parts = ZipFile(io.BytesIO(writers()["docx"].write(corrected(audited(SAMPLE)))))
    root = ElementTree.fromstring(parts.read("word/document.xml"))  # noqa: S314 - written by us
    for properties in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}tcPr"):
        names = [child.tag.rpartition("}")[2] for child in properties]
        assert names == sorted(names, key=order.index)


# What comes from a document is untrusted

FORMULA = '=HYPERLINK("http://example.org","点我")'
MARKUP = '<script>alert("x")</script>'


@pytest.mark.parametrize("text", [FORMULA, MARKUP, "+1+cmd|' /C calc'!A0", "@SUM(A1)", "\x07\x00bell", "a|b"])
def test_text_in_a_cell_stays_text(text: str) -> None:
    made = figures(disclosure__20_5_licences__decisions=text)
    entry = audited(document(made).encode())
    copy = corrected(entry)
    for row in openpyxl.load_workbook(io.BytesIO(writers()["xlsx"].write(copy)))["主动公开政府信息情况"].iter_rows():
        assert all(cell.data_type != "f" for cell in row)
    assert "<script" not in writers()["html"].write(copy).decode()
    writers()["docx"].write(copy)
    sheet = Sheet()
    sheet.add(entry)
    for row in openpyxl.load_workbook(io.BytesIO(SHEETS[".xlsx"](sheet)))["建议表"].iter_rows():
        assert all(cell.data_type != "f" for cell in row)
    for line in rows_of(SHEETS[".csv"](sheet)):
        assert not any(value.startswith(("=", "@", "+")) for value in line.values())
    assert "<script" not in SHEETS[".md"](sheet).decode()
    assert len({line.count(" | ") for line in SHEETS[".md"](sheet).decode().splitlines() if line.startswith("|")}) == 1


def test_an_agency_that_is_a_formula_stays_text() -> None:
    report = replace(govstats.read(SAMPLE), agency=FORMULA, path=FORMULA)
    entry = audited(report)
    book = openpyxl.load_workbook(io.BytesIO(writers()["xlsx"].write(corrected(entry))))
    assert all(cell.data_type != "f" for page in book for row in page.iter_rows() for cell in row)
    sheet = Sheet()
    sheet.add(entry)
    assert rows_of(SHEETS[".csv"](sheet))[0]["文件"] == f"'{FORMULA}"


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("=1+1", "'=1+1"),
        ("-417", "-417"),
        ("-", "-"),
        ("-1+cmd", "'-1+cmd"),
        ("+5.5%", "+5.5%"),
        ("@a", "'@a"),
        ("甲", "甲"),
    ],
)
def test_a_field_of_csv_is_no_formula(text: str, safe: str) -> None:
    assert csv_safe(text) == safe


def test_markdown_shows_the_characters_as_they_are() -> None:
    assert markdown_safe("a|b *c* [d](e) <i>&amp;\n# f") == r"a\|b \*c\* \[d\](e) &lt;i&gt;&amp;amp; \# f"


# Where files go


@pytest.mark.parametrize("option", ["-o", "--apply"])
@pytest.mark.parametrize("link", [None, os.symlink, os.link])
def test_a_source_is_never_overwritten(option: str, link: Any, tmp_path: Path) -> None:
    source = tmp_path / "report.html"
    source.write_bytes(SAMPLE.read_bytes())
    target = source
    if link:
        target = tmp_path / "linked.html"
        link(source, target)
    if option == "-o":
        target = target.rename(tmp_path / "named.md")
        source = target if not link else source
    assert _run(["fix", str(source), option, str(target)]) == 2
    assert source.read_bytes() == SAMPLE.read_bytes()


def test_many_reports_go_into_a_folder_without_collisions(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("a/昭通.html", "b/昭通.html", "c/昭通.HTM", "c/con.html", "c/x:y?.html"):
        (tmp_path / "in" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "in" / name).write_bytes(SAMPLE.read_bytes())
    arguments = ["fix", str(tmp_path / "in"), "-o", str(tmp_path / "s.csv"), "--apply", f"{tmp_path}/out/"]
    assert _run([*arguments, "--format", "html"]) == 0
    first = sorted(path.name for path in (tmp_path / "out").iterdir())
    assert first == sorted(
        [
            f"{name}.html"
            for name in (*(f"昭通.附表改正稿{n}" for n in ("", "-2", "-3")), "_con.附表改正稿", "x_y_.附表改正稿")
        ]
    )
    assert "改了 3 格，再读无错误" in capsys.readouterr().err
    (tmp_path / "out" / "昭通.附表改正稿.html").write_text("改过的", "utf-8")
    assert _run([*arguments, "--format", "html"]) == 0
    assert (tmp_path / "out" / "昭通.附表改正稿.html").read_text("utf-8") == "改过的", "what lies there is kept"
    assert len(list((tmp_path / "out").iterdir())) == 10


@pytest.mark.parametrize(
    ("source", "stem"),
    [
        ("a/b.html", "b"),
        ("https://x.gov.cn/a?id=1", "a_id=1"),
        ("x.zip/..\\..\\evil.docx", "evil"),
        ("..", "_"),
        ("nul.txt", "_nul"),
        ("-", "_"),
        ("--format.html", "format"),
        (".html", "html"),
        ("长" * 300 + ".html", "长" * 60),
    ],
)
def test_names_of_copies_are_safe(source: str, stem: str) -> None:
    assert safe_stem(source) == stem


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "sheet.pdf"],
        ["-o", "sheet"],
        ["--format", "docx"],
        ["-o", "no/folder.csv"],
        ["-o", "same.xlsx", "--apply", "same.xlsx"],
        ["--apply", "copy.docx", "--format", "html"],
        ["--comments"],
        ["--date", "2025-01-31"],
        ["--apply", "copies/", "--format", "html", "--comments"],
        ["--apply", "copy.odt"],
        [str(next(path for path in govstats.samples() if path != SAMPLE)), "--apply", "copy.docx"],
    ],
)
def test_wrong_use_is_told_before_anything_is_written(
    arguments: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert _run(["fix", str(SAMPLE), *arguments]) == 2
    assert capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_report_without_anything_certain_gets_no_copy(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source = tmp_path / "r.txt"
    source.write_text(LOST, "utf-8")
    assert _run(["fix", str(source), "-o", str(tmp_path / "s.md"), "--apply", str(tmp_path / "out")]) == 0
    assert not (tmp_path / "out").exists()
    assert "1 份报告没有唯一的改法" in capsys.readouterr().err


def test_every_line_of_the_sheet_has_the_same_keys_as_its_header() -> None:
    sources: Mapping[str, bytes] = {
        "lost": LOST.encode(),
        "sample": SAMPLE.read_bytes(),
        "prose": "只有文字。".encode(),
    }
    for source in sources.values():
        for line in proposals(audited(source)):
            assert set(line.values) <= set(COLUMNS)


def test_a_row_that_the_source_lacks_is_missed_in_the_copy_as_well(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "a.html"
    page = (
        next(path for path in govstats.samples() if path.name == "suqian-2023.html")
        .read_text("utf-8")
        .replace("<td>3402</td>", "<td>3420</td>")
    )
    source.write_text("\n".join(line for line in page.split("\n") if "3.要求提供公开出版物" not in line), "utf-8")
    run = _run(["fix", str(source), "-o", str(tmp_path / "s.csv"), "--apply", str(tmp_path / "a.copy.html")])
    assert run == 0
    told = capsys.readouterr().err
    assert "还有 1 个错误须人工核对" in told
    assert "再读无错误" not in told
    again = govstats.check(tmp_path / "a.copy.html")
    assert [each.rule for each in again.findings if each.severity == "error"] == ["D003"]


# The document itself

TEXT = document(figures(5, applications__1__natural_person="8431"), "A1")


def test_the_document_itself_is_given_back(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, copies = tmp_path / "in", tmp_path / "out"
    folder.mkdir()
    sources = {
        "甲.html": SAMPLE.read_bytes(),
        "乙.docx": by_library(
            story(govstats.read(SAMPLE).to_dict()["tables"], "某市某局2021年政府信息公开工作年度报告")
        ),
        "丙.txt": TEXT.encode("gb18030"),
    }
    for name, content in sources.items():
        (folder / name).write_bytes(content)
    arguments = ["fix", str(folder), "-o", str(tmp_path / "s.csv"), "--apply", f"{copies}/", "--date", "2025-01-31"]
    assert _run(arguments) == 0
    names = ["丙.改正稿.txt", "丙.改正稿.改动说明.txt", "乙.改正稿.docx", "甲.改正稿.html"]
    assert sorted(path.name for path in copies.iterdir()) == names
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == sources, "no source is touched"
    told = capsys.readouterr().err
    assert told.count("再读无错误") == 3
    assert [govstats.check(copies / name).ok for name in names if "说明" not in name] == [True] * 3
    first = {path.name: path.read_bytes() for path in copies.iterdir()}
    assert _run(arguments) == 0
    assert first.items() <= {path.name: path.read_bytes() for path in copies.iterdir()}.items(), "nor what lies there"
    for name in ("乙.改正稿.docx", "甲.改正稿.html", "丙.改正稿.txt"):
        again = (copies / name.replace(".改正稿", ".改正稿-2")).read_bytes()
        assert again == first[name], "a fixed date, the same bytes"


def test_copies_beside_their_sources_are_no_reports_of_their_own(tmp_path: Path, tmp_path_factory: Any) -> None:
    sheet = tmp_path_factory.mktemp("sheet") / "s.csv"
    for name, content in {"甲.html": SAMPLE.read_bytes(), "丙.txt": TEXT.encode()}.items():
        (tmp_path / name).write_bytes(content)
    (tmp_path / "乙.docx").write_bytes(by_library(story(govstats.read(SAMPLE).to_dict()["tables"])))
    assert _run(["fix", str(tmp_path), "-o", str(sheet), "--apply", f"{tmp_path}/"]) == 0
    assert len(list(tmp_path.iterdir())) == 7
    assert [Path(source.name).name for source in plan([tmp_path]).sources] == ["丙.txt", "乙.docx", "甲.html"]
    for name in ("甲.html", "丙.txt", "乙.docx"):
        (tmp_path / name).unlink()
    left = ["丙.改正稿.txt", "乙.改正稿.docx", "甲.改正稿.html"]
    assert [Path(source.name).name for source in plan([tmp_path]).sources] == left, (
        "where they took the place, they are"
    )


def test_that_a_text_holds_no_comments_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "r.txt").write_text(TEXT, "utf-8")
    arguments = ["fix", str(tmp_path / "r.txt"), "-o", str(tmp_path / "s.csv"), "--apply", f"{tmp_path}/out/"]
    assert _run([*arguments, "--comments"]) == 0
    told = capsys.readouterr().err
    assert "放不了批注" in told
    assert "唯一" not in told, "there is a correction that is certain"


def test_each_copy_is_told_with_its_source(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sources = [tmp_path / "in" / name / "年报.html" for name in ("甲局", "乙局")]
    for source in sources:
        source.parent.mkdir(parents=True)
        source.write_bytes(SAMPLE.read_bytes() + source.parent.name.encode())
    assert _run(["fix", f"{tmp_path}/in", "-o", str(tmp_path / "s.csv"), "--apply", f"{tmp_path}/out/"]) == 0
    told = [line.split("：")[0].split(" → ") for line in capsys.readouterr().err.splitlines() if " → " in line]
    assert sorted(Path(source) for source, _ in told) == sorted(sources)
    for source, copy in told:
        assert Path(copy).read_bytes().endswith(Path(source).read_bytes()[-6:])


@pytest.mark.parametrize("part", ["_xmlsignatures/sig1.xml", "META-INF/documentsignatures.xml", ""])
def test_that_a_signature_is_no_longer_valid_is_said(
    part: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "r.docx"
    source.write_bytes(by_library(story(govstats.read(SAMPLE).to_dict()["tables"])))
    if part:
        with ZipFile(source, "a") as package:
            package.writestr(part, "<Signature/>")
    assert _run(["fix", str(source), "-o", str(tmp_path / "s.csv"), "--apply", f"{tmp_path}/out/"]) == 0
    assert ("签名在里面已经失效" in capsys.readouterr().err) is bool(part)


def test_a_copy_that_cannot_be_written_whole_is_not_left_behind(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource")
    targets = Targets.of(f"{tmp_path}/out/", None)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, before[1]))
    try:
        with pytest.raises(UsageError):
            targets.write(bytes(1000), "r.html", "改正稿", ".html")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert list((tmp_path / "out").iterdir()) == []


def test_who_names_a_document_that_is_never_written_does_not_mean_a_folder(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.html").write_bytes(SAMPLE.read_bytes())
    assert _run(["fix", str(tmp_path / "r.html"), "--apply", str(tmp_path / "r.pdf")]) == 2
    assert "改正稿不能写成 .pdf 文件" in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir()] == ["r.html"]


@pytest.mark.parametrize("name", ["comments", "nothing certain"])
def test_comments_without_a_changed_figure(name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    right = figures(5)
    told = story(right)
    told[2] = f"全年共收到政府信息公开申请{right['applications']['1']['total'] + 2}件，均按时答复。"
    source = tmp_path / "r.docx"
    source.write_bytes(by_library(told))
    options = ["--comments"] if name == "comments" else []
    assert _run(["fix", str(source), "-o", str(tmp_path / "s.md"), "--apply", f"{tmp_path}/out/", *options]) == 0
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["r.批注稿.docx"]
    assert "只加批注，1 条，没有改数" in capsys.readouterr().err


def test_a_member_of_an_archive_is_given_back_as_it_lies_there(tmp_path: Path) -> None:
    with ZipFile(tmp_path / "r.zip", "w") as packed:
        packed.writestr("某局/甲.html", SAMPLE.read_bytes())
    assert _run(["fix", str(tmp_path / "r.zip"), "-o", str(tmp_path / "s.md"), "--apply", f"{tmp_path}/out/"]) == 0
    (copy,) = (tmp_path / "out").iterdir()
    assert copy.name == "甲.改正稿.html"
    assert govstats.check(copy).ok


def test_of_a_kind_that_is_not_corrected_in_place_the_tables_are_given(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "r.pdf").write_bytes(pdf(story(figures(5, applications__1__natural_person="8431"))))
    assert _run(["fix", str(tmp_path / "r.pdf"), "-o", str(tmp_path / "s.md"), "--apply", f"{tmp_path}/out/"]) == 0
    (copy,) = (tmp_path / "out").iterdir()
    assert copy.name == "r.附表改正稿.docx"
    assert "另出官方格式的附表" in capsys.readouterr().err


def test_a_figure_that_was_recognised_is_never_changed_as_certain() -> None:
    """A lone wrong figure, certain in print; in a picture it may be the reading that is wrong."""
    printed = audited(document(figures(applications__3_1__natural_person=977)).encode())
    assert len(certain(printed)) == 1
    report = printed.report
    tables = {
        name: replace(table, recognised={at: Recognised(raw or "", Trust.AGREED) for at, raw in enumerate(table.raws)})
        for name, table in report.tables.items()
    }
    entry = audited(replace(report, tables=tables))
    assert {finding.severity for finding in entry.findings} <= {"warning", "info"}
    assert certain(entry) == {}
    assert corrected(entry).changes == 0
    (proposal,) = [each for each in proposals(entry) if each.values.get("proposed") is not None]
    assert not proposal.decided
    assert "先与原图比对" in str(proposal.values["certainty"])
    assert list(marks(entry)) == []
