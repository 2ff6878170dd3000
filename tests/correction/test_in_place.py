"""A document corrected in place: just the figures asked for, all else as it was, to accept or to reject."""

from __future__ import annotations

import copy
import io
import os
import re
import zipfile
from collections.abc import Iterator
from typing import Any

import openpyxl
import pytest
from lxml import etree

import govstats
from govstats.correction.inplace import Corrected, in_place, surgeons
from govstats.correction.marks import Mark, marks
from govstats.correction.own import list_beside, own_copy
from govstats.model.audits import Audited
from govstats.model.report import Report
from govstats.pipeline import checked, parse, parse_all
from govstats.readers import reader_of
from govstats.text.figures import State
from tests.containers import CONTAINERS, odf, pages, sheets, word
from tests.correction.settled import WORD, insertions, replaced, settled
from tests.correction.test_fix import audited, figures, tied
from tests.factory import document
from tests.figuresets import sample
from tests.stories import Story, story

DATE = "2025-01-31T00:00:00Z"
SAMPLE = next(path for path in govstats.samples() if "zhaotong" in path.name)
NIGHTLY = bool(os.environ.get("GOVSTATS_NIGHTLY"))
BUILDS = {
    "by hand.docx": word.by_hand,
    "python-docx.docx": word.by_library,
    "by hand.odt": odf.odt,
    "page.html": lambda told: pages.html(told, "utf-8", "plain"),
    "sheets.xlsx": sheets.sheet_per_table,
    "sheet.xlsx": sheets.one_sheet,
    "sheet.ods": odf.ods,
}
TRACKED = [name for name in BUILDS if name.endswith((".docx", ".odt", ".html"))]


def zhaotong() -> Story:
    """昭通 2021 as published: the totals row is 0."""
    tables = govstats.read(SAMPLE).to_dict()["tables"]
    return story(tables, "昭通市人民政府办公室2021年政府信息公开工作年度报告")


def corrected(data: bytes, name: str) -> Corrected:
    made = own_copy(data, [audited(data)], DATE)
    assert made is not None, name
    return made


def suffix(name: str) -> str:
    return name[name.rindex(".") :]


def members(data: bytes) -> dict[str, tuple[bytes, int, int]]:
    """Name → bytes, how they are packed, size when packed; in the order in which they stand."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        infos = sorted(package.infolist(), key=lambda info: info.header_offset)
        return {info.filename: (package.read(info), info.compress_type, info.compress_size) for info in infos}


def errors(data: bytes) -> list[str]:
    return [finding.rule for finding in govstats.check(data).findings if finding.severity == "error"]


@pytest.mark.parametrize("name", BUILDS)
def test_the_copy_is_without_errors_and_differs_in_three_cells(name: str) -> None:
    data = BUILDS[name](zhaotong())
    before = parse("r", data)
    made = corrected(data, name)
    after = parse("r", made.content)
    assert errors(made.content) == []
    assert [(mark.raw, mark.new) for mark in made.done] == [("0", 78), ("0", 3), ("0", 81)]
    expected = before.to_dict()["tables"]
    expected["applications"]["3.7"].update(natural_person=78, business=3, total=81)
    assert after.to_dict()["tables"] == expected
    assert after.document.text == before.document.text
    assert (after.agency, after.year) == (before.agency, before.year)


@pytest.mark.parametrize("name", TRACKED)
def test_accepted_it_is_right_and_rejected_it_is_the_source(name: str) -> None:
    data = BUILDS[name](zhaotong())
    made = corrected(data, name)
    assert insertions(made.content, suffix(name)) == ["78", "3", "81"]
    accepted = settled(made.content, suffix(name), accept=True)
    assert errors(accepted) == []
    assert parse("r", accepted).to_dict()["tables"] == parse("r", made.content).to_dict()["tables"]
    rejected, source = (parse("r", each) for each in (settled(made.content, suffix(name), accept=False), data))
    assert rejected.document.blocks == source.document.blocks
    assert rejected.to_dict()["tables"] == source.to_dict()["tables"]


def test_of_a_page_that_is_rejected_all_bytes_are_those_of_the_source() -> None:
    data = BUILDS["page.html"](zhaotong())
    assert settled(corrected(data, "page.html").content, ".html", accept=False) == data


CONCERNED = {
    ".docx": {"word/document.xml", "word/comments.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"},
    ".odt": {"content.xml"},
    ".ods": {"content.xml"},
    ".xlsx": {
        *("xl/styles.xml", "[Content_Types].xml", "xl/comments1.xml", "xl/drawings/vmlDrawing1.vml"),
        *(
            f"xl/worksheets/{part}"
            for each in (1, 2, 3)
            for part in (f"sheet{each}.xml", f"_rels/sheet{each}.xml.rels")
        ),
    },
}


@pytest.mark.parametrize("name", [name for name in BUILDS if not name.endswith(".html")])
def test_parts_that_are_not_concerned_stay_byte_for_byte_and_where_they_were(name: str) -> None:
    data = replaced(BUILDS[name](zhaotong()), {"customXml/own.bin": bytes(range(256)), "media/seal.png": b"\x89PNG"})
    before, after = members(data), members(corrected(data, name).content)
    others = [part for part in before if part not in CONCERNED[suffix(name)]]
    assert {part: after[part] for part in others} == {part: before[part] for part in others}
    assert [part for part in after if part in before] == list(before)
    assert {part for part in after if part not in before or after[part] != before[part]} <= CONCERNED[suffix(name)]


# Addresses

_MARKED = (State.NUMBER, State.ZERO, State.MARK)
_FOUND_AGAIN = [
    (name, shape)
    for name, container in CONTAINERS.items()
    for shape in container.shapes
    if shape != "hidden-figure"  # a cell whose figure is hidden is blank to the eye, and no place for another
    and name in {"text", "html", "page", "csv", "docx", "python-docx", "odt", "ods", "xlsx", "xlsx-sheets"}
]


def every_cell(report: Report, blanks: bool) -> Iterator[Mark]:
    """A mark for each cell: one more than it holds."""
    states = (*_MARKED, State.BLANK) if blanks else _MARKED
    for table in report.tables.values():
        for position, key in enumerate(table.form.cells):
            if table.states[position] in states:
                new = (table.figures[position] or 0) + 1
                yield Mark("试改。", key, table.places[position], table.raws[position] or "", new)


@pytest.mark.parametrize(("name", "shape"), _FOUND_AGAIN)
def test_the_address_of_every_cell_is_where_its_figure_stands(name: str, shape: str) -> None:
    """All figures of a document are changed at once, and read again."""
    kinds = ("sparse", "gaps", "full-width")
    at = _FOUND_AGAIN.index((name, shape))
    for kind in kinds if NIGHTLY else kinds[at % 3 : at % 3 + 1]:
        container = CONTAINERS[name]
        charsets = container.charsets or ("utf-8",)
        data = container.render(story(sample(kind, at).figures), charsets[at % min(len(charsets), 4)], shape)
        report = parse("r", data)
        asked = list(every_cell(report, blanks=name not in {"text", "csv"}))
        made = in_place(data, "r", [report], asked, DATE)
        assert made is not None, (kind, surgeons()[reader_of(data) or ""])
        assert len(made.done) == len(asked) > 100
        after = parse("r", made.content)
        for mark in asked:
            assert mark.key is not None
            assert after.tables[mark.key.table].value(mark.key.row, mark.key.column) == mark.new


# Word

CELL = re.compile(r"<w:r><w:rPr><w:rFonts w:hint=\"eastAsia\"/></w:rPr><w:t xml:space=\"preserve\">8431</w:t></w:r>")


def word_with(cell: str, **parts: str) -> bytes:
    """A .docx in which the one wrong cell (8431 for 843) is written so."""
    made = figures(5)
    total = made["applications"]["1"]["natural_person"]
    made["applications"]["1"]["natural_person"] = 8431
    data = word.by_hand(story(made))
    source = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml").decode()
    changed, times = CELL.subn(lambda _: cell, source)
    assert times == 1, total
    return replaced(data, {"word/document.xml": changed.encode(), **{n: p.encode() for n, p in parts.items()}})


RUN = "<w:r><w:rPr><w:b/></w:rPr><w:t>{}</w:t></w:r>"
CELLS = {
    "several runs": RUN.format("8") + '<w:proofErr w:type="spellStart"/>' + RUN.format("43") + RUN.format("1"),
    "content control": f"<w:sdt><w:sdtPr/><w:sdtContent>{RUN.format('8431')}</w:sdtContent></w:sdt>",
    "link": f'<w:hyperlink w:anchor="a">{RUN.format("8431")}</w:hyperlink>',
    "inserted by another": f'<w:ins w:id="7" w:author="张三">{RUN.format("8431")}</w:ins>',
    "link inserted by another": (
        f'<w:ins w:id="7" w:author="张三"><w:hyperlink w:anchor="a">{RUN.format("8431")}</w:hyperlink></w:ins>'
    ),
    "control inserted by another": (
        f'<w:ins w:id="7" w:author="张三"><w:sdt><w:sdtContent>{RUN.format("8431")}</w:sdtContent></w:sdt></w:ins>'
    ),
    "corrected by another": (
        '<w:del w:id="6" w:author="张三"><w:r><w:delText>12</w:delText></w:r></w:del>'
        f'<w:ins w:id="7" w:author="张三">{RUN.format("8431")}</w:ins>'
    ),
    "with its unit": RUN.format("8431件"),
    "text beside it in its run": "<w:r><w:tab/><w:t>8431</w:t><w:tab/></w:r>",
    "spaces": '<w:r><w:t xml:space="preserve"> 8431 </w:t></w:r>',
    "references": RUN.format("&#56;431"),
    "field": '<w:fldSimple w:instr=" =SUM(ABOVE) ">' + RUN.format("8431") + "</w:fldSimple>",
    "nested table": (
        "<w:r><w:t></w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p>"
        + RUN.format("8431")
        + "</w:p></w:tc></w:tr></w:tbl><w:p>"
    ),
}


@pytest.mark.parametrize("case", CELLS)
def test_a_cell_of_word_however_it_is_written_is_struck_and_inserted(case: str) -> None:
    data = word_with(CELLS[case])
    made = corrected(data, "r.docx")
    (change,) = made.changes
    assert errors(made.content) == []
    root = etree.fromstring(zipfile.ZipFile(io.BytesIO(made.content)).read("word/document.xml"))
    own = [node for node in root.iter(f"{WORD}ins", f"{WORD}del") if node.get(f"{WORD}author") == "govstats"]
    assert {node.get(f"{WORD}date") for node in own} == {DATE}
    struck = "".join("".join(node.itertext()) for node in own if node.tag == f"{WORD}del")
    assert struck == "8431"
    assert "".join("".join(node.itertext()) for node in own if node.tag == f"{WORD}ins") == f"{change.new:g}"
    ids = [node.get(f"{WORD}id") for node in root.iter(f"{WORD}ins", f"{WORD}del")]
    assert len(set(ids)) >= len(ids) - ("another" in case)
    if "w:b/" in CELLS[case]:
        (new,) = (node for node in own if node.tag == f"{WORD}ins")
        assert new.find(f".//{WORD}b") is not None, "it looks as the old figure did"


def test_a_comment_of_word_stands_around_the_change_and_says_why() -> None:
    made = corrected(BUILDS["python-docx.docx"](zhaotong()), "r.docx")
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        comments = etree.fromstring(package.read("word/comments.xml"))
        types, relations = (package.read(n).decode() for n in ("[Content_Types].xml", "word/_rels/document.xml.rels"))
        source = package.read("word/document.xml").decode()
    told = ["".join(each.itertext()) for each in comments]
    assert told[0].startswith("原为 0，改为 78。")
    assert "T304 总计未填" in told[0]
    assert types.count("/word/comments.xml") == 1
    assert relations.count('Target="comments.xml"') == 1
    for number in range(3):
        names = re.findall(rf'<w:(comment\w+) w:id="{number}"/>', source)
        assert names == ["commentRangeStart", "commentRangeEnd", "commentReference"]


def test_comments_that_are_there_stay() -> None:
    first = corrected(BUILDS["python-docx.docx"](zhaotong()), "r.docx").content
    again = in_place(first, "r", [parse("r", first)], list(every_cell(parse("r", first), blanks=False))[:2], DATE)
    assert again is not None
    comments = etree.fromstring(zipfile.ZipFile(io.BytesIO(again.content)).read("word/comments.xml"))
    assert [each.get(f"{WORD}id") for each in comments] == ["0", "1", "2", "3", "4"]
    types = zipfile.ZipFile(io.BytesIO(again.content)).read("[Content_Types].xml").decode()
    assert types.count("/word/comments.xml") == 1


# Workbooks


def book_with(change: Any) -> bytes:
    """昭通 2021 as a workbook of one sheet, changed by openpyxl."""
    book = openpyxl.load_workbook(io.BytesIO(BUILDS["sheet.xlsx"](zhaotong())))
    change(book.active)
    book.calculation.fullCalcOnLoad = False
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def row_of(sheet: Any, name: str) -> int:
    return next(cell.row for row in sheet.iter_rows() for cell in row if name in str(cell.value or ""))


def test_a_changed_cell_keeps_its_style_on_a_marked_ground_and_tells_why() -> None:
    def bold(sheet: Any) -> None:
        for cell in sheet[row_of(sheet, "(七)总计")]:
            cell.font = openpyxl.styles.Font(bold=True, name="仿宋")
            cell.number_format = "#,##0"

    made = corrected(book_with(bold), "r.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    noted = {cell.value: cell for row in sheet.iter_rows() for cell in row if cell.comment}
    assert set(noted) == {78, 3, 81}
    for cell in noted.values():
        assert (cell.font.b, cell.font.name, cell.number_format) == (True, "仿宋", "#,##0")
        assert cell.fill.fgColor.rgb == "FFFFF2CC"
    assert noted[78].comment.text.startswith("govstats：\n原为 0，改为 78。")
    assert noted[78].comment.author == "govstats"


def test_a_formula_whose_figure_is_wrong_gives_way_and_those_that_share_it_get_their_own() -> None:
    data = book_with(lambda sheet: None)
    part = "xl/worksheets/sheet1.xml"
    source = zipfile.ZipFile(io.BytesIO(data)).read(part).decode()
    sheet = openpyxl.load_workbook(io.BytesIO(data)).active
    row = row_of(sheet, "(七)总计")
    written = [("D", '<f t="shared" ref="D{0}:F{0}" si="0">SUM(D1:D2)</f>'), ("F", '<f t="shared" si="0"/>')]
    for column, formula in written:
        cell = re.compile(rf'(<c r="{column}{row}"[^>]*?)( t="n")?>(<v>[^<]*</v>)')
        source, times = cell.subn(lambda m, f=formula: f"{m[1]}>{f.format(row)}{m[3]}", source)
        assert times == 1
    chain = f'<calcChain xmlns="x"><c r="D{row}" i="1"/><c r="F{row}"/></calcChain>'
    types = zipfile.ZipFile(io.BytesIO(data)).read("[Content_Types].xml").decode()
    named = '<Override PartName="/xl/calcChain.xml" ContentType="x"/></Types>'
    data = replaced(
        data,
        {
            part: source.encode(),
            "xl/calcChain.xml": chain.encode(),
            "[Content_Types].xml": types.replace("</Types>", named).encode(),
        },
    )
    made = corrected(data, "r.xlsx")
    assert (
        "原公式 =SUM(D1:D2) 已换成数。" in zipfile.ZipFile(io.BytesIO(made.content)).read("xl/comments1.xml").decode()
    )
    with zipfile.ZipFile(io.BytesIO(made.content)) as package:
        assert "xl/calcChain.xml" not in package.namelist()
        assert "calcChain" not in package.read("[Content_Types].xml").decode()
        after = package.read(part).decode()
    assert "<f>SUM(F1:F2)</f>" in after
    assert 'si="0"' not in after


def with_formulas(formulas: dict[str, str]) -> bytes:
    """昭通 2021 as a workbook with formulas in the row of totals, by their columns."""
    data = book_with(lambda sheet: None)
    part = "xl/worksheets/sheet1.xml"
    source = zipfile.ZipFile(io.BytesIO(data)).read(part).decode()
    row = row_of(openpyxl.load_workbook(io.BytesIO(data)).active, "(七)总计")
    for column, formula in formulas.items():
        cell = re.compile(rf'(<c r="{column}{row}"[^>]*?)( t="n")?>(<v>[^<]*</v>)')
        source, times = cell.subn(lambda m, f=formula: f"{m[1]}>{f.format(row)}{m[3]}", source)
        assert times == 1
    return replaced(data, {part: source.encode()})


def test_cells_that_share_a_wrong_formula_and_all_change_get_their_figures() -> None:
    shared = dict.fromkeys("EFGHIJ", '<f t="shared" si="0"/>')
    data = with_formulas({"D": '<f t="shared" ref="D{0}:J{0}" si="0">SUM(D1:D2)</f>', **shared})
    made = corrected(data, "r.xlsx")
    assert [mark.new for mark in made.changes] == [78, 3, 81]
    after = zipfile.ZipFile(io.BytesIO(made.content)).read("xl/worksheets/sheet1.xml").decode()
    assert "<f>SUM(F1:F2)</f>" in after
    assert 'si="0"' not in after


def test_a_cell_that_the_formula_of_another_fills_is_not_changed_in_place() -> None:
    """Its figure would be gone as soon as Excel calculates."""
    data = with_formulas({"D": '<f t="array" ref="D{0}:J{0}">A1:G1*2</f>'})
    assert own_copy(data, [audited(data)], DATE) is None
    data = with_formulas({"G": '<f t="array" ref="G{0}">A1*2</f>'})
    assert own_copy(data, [audited(data)], DATE) is not None


def test_what_is_calculated_from_changed_figures_is_calculated_again() -> None:
    """Excel shows the results that are stored until somebody touches the cells that they come of; but not those of an
    older Excel."""

    def on_a_sheet_of_its_own(sheet: Any) -> None:
        sheet.parent.create_sheet("校验")["A1"] = f"='{sheet.title}'!D1+1"

    data = book_with(on_a_sheet_of_its_own)
    made = corrected(data, "r.xlsx")
    books = [openpyxl.load_workbook(io.BytesIO(each)) for each in (data, made.content)]
    assert [book.calculation.calcId for book in books] == [124519, 1]
    told = own_copy(data, [audited(data)], DATE, comments_only=True)
    assert told is not None
    assert members(told.content)["xl/workbook.xml"] == members(data)["xl/workbook.xml"]


def test_a_mark_at_a_row_as_a_whole_is_none_in_a_workbook() -> None:
    data = BUILDS["sheet.xlsx"](zhaotong())
    report = parse("r", data)
    cells = marks(audited(data))
    assert cells[0].place is not None
    row = Mark("这一行请核对。", place=cells[0].place._replace(column=0))
    made = in_place(data, "r", [report], [*cells, row], DATE)
    assert made is not None
    assert list(made.done) == cells


def test_what_a_surgeon_trips_over_is_no_end_of_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    def trip(*_: object) -> None:
        raise KeyError("as nobody foresaw")

    data = BUILDS["page.html"](zhaotong())
    monkeypatch.setattr(surgeons()["html"], "operate", trip)
    assert own_copy(data, [audited(data)], DATE) is None


def test_comments_of_a_sheet_that_are_there_stay() -> None:
    def noted(sheet: Any) -> None:
        sheet.cell(1, 1).comment = openpyxl.comments.Comment("题目", "张三")
        sheet.cell(row_of(sheet, "(七)总计"), 4).comment = openpyxl.comments.Comment("待核", "张三")

    made = corrected(book_with(noted), "r.xlsx")
    sheet = openpyxl.load_workbook(io.BytesIO(made.content)).active
    told = [cell.comment.text for row in sheet.iter_rows() for cell in row if cell.comment]
    assert len(told) == 4
    assert told[0] == "题目"
    assert told[1].startswith("待核")
    assert "改为 78" in told[1]


def test_cells_written_once_for_several_are_taken_apart() -> None:
    """In an .ods the zeros of the row are one cell; only that which changes gets another figure and style."""
    data = BUILDS["sheet.ods"](zhaotong())
    assert 'number-columns-repeated="7"' in zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
    content = zipfile.ZipFile(io.BytesIO(corrected(data, "r.ods").content)).read("content.xml").decode()
    assert content.count('table:style-name="gvc1"') == 3
    assert content.count("<office:annotation ") == 3


# Pages and texts

CARELESS = {
    "entities": ("<td>&nbsp;&#56;431&nbsp;</td>", "<td>&nbsp;<del>&#56;431</del><ins>{}</ins>&nbsp;</td>"),
    "spans": (
        "<td><p class=MsoNormal><span lang=EN-US>84</span><b><span>31<o:p></o:p></span></b></p></td>",
        "<td><p class=MsoNormal><span lang=EN-US><del>84</del></span>"
        "<b><span><del>31</del><ins>{}</ins><o:p></o:p></span></b></p></td>",
    ),
    "full width": ("<td>８４３１</td>", "<td><del>８４３１</del><ins>{wide}</ins></td>"),
    "thousands": ("<td>8,431</td>", "<td><del>8,431</del><ins>{:,}</ins></td>"),
    "no end tags": ("<TD ALIGN=center>8431", "<TD ALIGN=center><del>8431</del><ins>{}</ins>"),
    "line breaks": ("<td>\r\n\t8431\r\n</td>", "<td>\r\n\t<del>8431</del><ins>{}</ins>\r\n</td>"),
}


@pytest.mark.parametrize("charset", ["utf-8", "gb18030", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("case", CARELESS)
def test_of_a_page_only_the_figure_is_touched_in_its_own_charset(case: str, charset: str) -> None:
    made = figures(5)
    right = made["applications"]["1"]["natural_person"]
    made["applications"]["1"]["natural_person"] = 8431
    old, new = CARELESS[case]
    page = document(made).replace("<td>8431</td>", old).replace("utf-8", "gb2312" if charset == "gb18030" else "utf-8")
    copy_ = corrected(page.encode(charset), "r.html").content
    shown = re.sub(r'(<(?:del|ins)) datetime="[^"]*"(?: title="[^"]*")?>', r"\1>", copy_.decode(charset))
    wide = str(right).translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert shown == page.replace(old, new.format(right, wide=wide))
    assert errors(copy_) == []


def test_a_page_of_very_many_tags_is_corrected_as_well() -> None:
    page = BUILDS["page.html"](zhaotong()).replace(b"</body>", b"<p><b>1</b></p>" * 8_000 + b"</body>")
    made = corrected(page, "r.html")
    assert errors(made.content) == []
    assert settled(made.content, ".html", accept=False) == page
    in_vain = page.replace(b"</body>", b"<del>" * 40_000 + b"</body>")
    assert errors(in_vain) == errors(page), "deletions without end are none"


def test_bytes_that_mean_nothing_stay() -> None:
    page = BUILDS["page.html"](zhaotong()).replace("无。".encode(), b"\xff\xfe\x80" + "无。".encode())
    made = corrected(page, "r.html")
    assert b"\xff\xfe\x80" in made.content
    assert settled(made.content, ".html", accept=False) == page


def test_a_text_gets_its_figure_and_a_list_beside() -> None:
    made = figures(5)
    right = made["applications"]["1"]["natural_person"]
    made["applications"]["1"]["natural_person"] = 8431
    text = document(made, "A1")
    copy_ = corrected(text.encode("gb18030"), "r.txt")
    assert copy_.content == text.replace("8431", str(right)).encode("gb18030")
    told = list_beside(copy_, "r.txt").decode("utf-8-sig").splitlines()
    assert told[:2] == ["govstats 改动说明：r.txt", "改动（1）"]
    assert f"原为 8431，改为 {right}。" in told[2]


def test_tables_that_a_script_writes_are_not_corrected_in_place() -> None:
    data = CONTAINERS["json"].render(zhaotong(), "utf-8", "script")
    assert own_copy(data, [audited(data)], DATE) is None


# What is in doubt


@pytest.mark.parametrize("name", BUILDS)
def test_ties_are_comments_in_the_cells_concerned_and_no_figure_is_changed(name: str) -> None:
    data = BUILDS[name](zhaotong())
    entry = tied(audited(data))
    told = [mark for mark in marks(entry) if mark.key]
    assert {(mark.key.row, mark.key.column) for mark in told if mark.key} == {
        *(("3.7", column) for column in ("natural_person", "business", "total")),
        ("1", "natural_person"),
    }
    assert all(mark.new is None and "3处之一" in mark.note for mark in told)
    made = own_copy(data, [entry], DATE)
    assert made is not None
    assert not made.changes
    assert len(made.done) == 4
    assert parse("r", made.content).to_dict()["tables"] == parse("r", data).to_dict()["tables"]


@pytest.mark.parametrize("name", BUILDS)
def test_a_switch_for_comments_only(name: str) -> None:
    data = BUILDS[name](zhaotong())
    made = own_copy(data, [audited(data)], DATE, comments_only=True)
    assert made is not None
    assert [mark.note.partition("。")[0] for mark in made.done] == [
        f"印作 0，应为 {figure}，未改动" for figure in (78, 3, 81)
    ]
    assert parse("r", made.content).document.blocks == parse("r", data).document.blocks


@pytest.mark.parametrize("name", BUILDS)
def test_a_finding_of_prose_is_a_comment_at_its_sentence(name: str) -> None:
    right = figures(5)
    received = right["applications"]["1"]["total"]
    told = story(right)
    sentence = f"全年共收到政府信息公开申请{received + 2}件"
    told[2] = f"我单位认真落实条例要求。{sentence}，均按时答复。"
    data = BUILDS[name](told)
    entry = audited(data)
    assert [finding.rule for finding in entry.findings if finding.sentence] == ["N501"]
    made = own_copy(data, [entry], DATE)
    assert made is not None
    (mark,) = (mark for mark in made.done if mark.sentence)
    assert parse("r", made.content).to_dict()["tables"] == parse("r", data).to_dict()["tables"]
    if name.endswith(".docx"):
        source = zipfile.ZipFile(io.BytesIO(made.content)).read("word/document.xml").decode()
        within = source[source.index("<w:commentRangeStart") : source.index("<w:commentRangeEnd")]
        shown = "".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", within))
        assert sentence in shown
        assert shown == mark.sentence.strip()
    if name.endswith(".html"):
        assert re.search(rf'<mark title="[^"]*N501[^"]*">[^<]*{sentence}', made.content.decode())


def test_a_workbook_of_several_reports_is_put_right_in_one_copy() -> None:
    told = copy.deepcopy(zhaotong())
    book = openpyxl.load_workbook(io.BytesIO(BUILDS["sheet.xlsx"](told)))
    sheet = book.active
    sheet.title = "2021年"
    other = book.copy_worksheet(sheet)
    other.title = "2022年"
    for row in other.iter_rows():
        for cell in row:
            if isinstance(cell.value, str) and "2021" in cell.value:
                cell.value = cell.value.replace("2021", "2022")
    saved = io.BytesIO()
    book.save(saved)
    reports = parse_all("r.xlsx", saved.getvalue())
    assert [report.sheet for report in reports] == ["2021年", "2022年"]
    entries = [Audited(each.given, each.findings) for each in checked(reports)]
    made = own_copy(saved.getvalue(), entries, DATE)
    assert made is not None
    assert [mark.new for mark in made.changes] == [78, 3, 81, 78, 3, 81]
    assert errors(made.content) == []


def test_amounts_and_signs_are_written_as_they_were() -> None:
    from govstats.correction.inplace._figures import written

    assert [
        written(value, old)
        for value, old in ((1234, "1,334"), (12, "1,334"), (12.5, "１２．６"), (7, ""), (1234, "1，334"))
    ] == [
        *("1,234", "12", "１２．５", "7", "1，234"),
    ]
