"""What the eye sees in an Office file is what is read, or it is said to be unread; and Office files in one XML file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

import govstats
from govstats.errors import ReadError
from govstats.model.document import Document
from govstats.readers import read_document
from govstats.readers._office.marks import OBJECT, STRUCK
from govstats.readers.excel.numberformat import shown_otherwise, text_otherwise
from govstats.text.figures import State, figure
from tests.containers import flat, odf, sheets, word
from tests.dresses import DRESSES
from tests.figuresets import sample
from tests.judge import count
from tests.readers.test_docx import ODF, cell, para, plain_row, row, run, table, writer
from tests.readers.test_docx import word as word_file
from tests.stories import story

SHOWN: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("numberformats.yaml").read_text("utf-8"))
WORD_2010 = "http://schemas.microsoft.com/office/word/2010/wordml"
DRAWN = (
    '<w:r><w:drawing><wp:{kind} xmlns:wp="urn:wp" {more}><wp:extent cx="{size}" cy="{size}"/>'
    '<a:blip xmlns:a="urn:a"/></wp:{kind}></w:drawing></w:r>'
)


def grid_texts(document: Document) -> list[list[str]]:
    return [list(line.texts) for grid in document.grids for line in grid.rows]


def in_word(content: str, styles: str = "") -> str:
    """The text of a cell with this in its paragraph."""
    parts = {"word__styles": f'<w:styles xmlns:w="{word._WORD}">{styles}</w:styles>'} if styles else {}
    data = word_file(table(row(cell(f"<w:p>{content}</w:p>"), cell(para("x")))), **parts)
    return grid_texts(read_document(data))[0][0]


def in_writer(content: str, styles: str = "", before: str = "") -> str:
    body = f"{before}<table:table><table:table-row><table:table-cell>{content}</table:table-cell>"
    return grid_texts(read_document(writer(f"{body}<table:table-cell/></table:table-row></table:table>", styles)))[0][0]


def test_a_picture_in_a_cell_of_word_is_neither_blank_nor_a_figure() -> None:
    inline = DRAWN.format(kind="inline", more="", size=5_000_000)
    assert in_word(inline) == OBJECT
    assert figure(in_word(run("12") + inline)).state is State.UNREADABLE
    floating = DRAWN.format(kind="anchor", more="", size=300_000)
    assert in_word(floating) == OBJECT
    assert in_word(run("12") + floating) == "12"


@pytest.mark.parametrize("far", [{"size": 2_000_000}, {"size": 300_000, "more": 'behindDoc="1"'}])
def test_a_seal_over_a_blank_cell_leaves_it_blank(far: dict[str, object]) -> None:
    assert in_word(DRAWN.format(**{"kind": "anchor", "more": "", **far})) == ""


@pytest.mark.parametrize(
    "content",
    [
        '<w:r><w:object><v:shape><v:imagedata/></v:shape><o:OLEObject xmlns:o="urn:o"/></w:object></w:r>',
        "<w:r><w:instrText> EQ \\o(1,2) </w:instrText></w:r>",
        '<w:r><w:drawing><wp:inline xmlns:wp="urn:wp"><c:chart xmlns:c="urn:c"/></wp:inline></w:drawing></w:r>',
    ],
    ids=["ole", "eq", "chart"],
)
def test_objects_formulas_and_charts_are_not_blank(content: str) -> None:
    assert in_word(content) == OBJECT


def test_a_chosen_entry_and_letters_as_a_shape_are_read() -> None:
    entries = '<w:listEntry w:val="12"/><w:listEntry w:val="13"/>'
    chosen = f'<w:ddList><w:result w:val="1"/>{entries}</w:ddList>'
    assert in_word(f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{chosen}</w:ffData></w:fldChar></w:r>') == "13"
    assert in_word('<w:r><w:pict><v:shape><v:textpath string="12"/></v:shape></w:pict></w:r>') == "12"


@pytest.mark.parametrize("mark", ['<w:position w:val="8"/>', '<w:position w:val="-6"/>'])
def test_a_mark_moved_off_its_line_is_no_digit(mark: str) -> None:
    assert in_word(run("11") + run("1", mark)).split() == ["11", "1"]
    assert in_word(run("1", mark) + run("1", mark)).strip() == "11"


def test_white_on_white_is_not_read_and_on_a_shade_it_is() -> None:
    white = '<w:color w:val="FFFFFF"/>'
    assert in_word(run("9", white) + run("11")).strip() == "11"
    assert in_word(run("12", white + '<w:shd w:val="clear" w:fill="1F4E79"/>')).strip() == "12"
    shaded = cell(f"<w:p>{run('12', white)}</w:p>", '<w:shd w:val="clear" w:fill="1F4E79"/>')
    assert grid_texts(read_document(word_file(table(row(shaded, cell(para("x")))))))[0][0] == "12"


def test_styles_of_paragraphs_and_those_they_are_based_on_hide_and_strike() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Gone"><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="More"><w:basedOn w:val="Gone"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Out"><w:rPr><w:strike/></w:rPr></w:style>'
    )
    assert in_word(f'<w:pPr><w:pStyle w:val="More"/></w:pPr>{run("12")}', styles) == ""
    assert in_word(f'<w:pPr><w:pStyle w:val="Out"/></w:pPr>{run("12")}', styles).strip() == f"12{STRUCK}"


@pytest.mark.parametrize(
    ("mark", "seen"),
    [
        ('<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="FF0000"/>', "12"),
        ('<w:color w:val="FF0000"/><w:shd w:val="clear" w:fill="FFFF00"/>', "129"),
        ('<w:rStyle w:val="Old"/><w:strike w:val="0"/>', "129"),
        (
            f'<w14:textFill xmlns:w14="{WORD_2010}"><w14:noFill/></w14:textFill>',
            "12",
        ),
    ],
)
def test_letters_without_a_colour_of_their_own_and_those_no_longer_struck(mark: str, seen: str) -> None:
    styles = '<w:style w:type="character" w:styleId="Old"><w:rPr><w:strike/></w:rPr></w:style>'
    assert in_word(run("12") + run("9", mark), styles).strip() == seen


@pytest.mark.parametrize(
    ("look", "seen"),
    [
        ('fo:font-size="1pt"', "11"),
        ('fo:font-size="10pt"', "911"),
        ('fo:color="#ff0000" fo:background-color="#ff0000"', "11"),
    ],
)
def test_letters_that_nobody_sees_in_writer(look: str, seen: str) -> None:
    fo = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    styles = f'<style:style style:name="x" style:family="text"><style:text-properties {fo} {look}/></style:style>'
    assert in_writer('<text:p><text:span text:style-name="x">9</text:span>11</text:p>', styles).strip() == seen
    assert in_writer('<text:p>11<text:hidden-text text:is-hidden="true">9</text:hidden-text></text:p>') == "11"


def test_a_cell_struck_out_alone_is_unreadable() -> None:
    assert figure(in_word(run("1", "<w:strike/>") + run("2", "<w:strike/>"))).state is State.UNREADABLE


def test_hidden_rows_and_deleted_cells_are_not_there() -> None:
    hidden = plain_row("甲", "9", settings="<w:hidden/>")
    deleted = row(cell(para("乙")), cell(para("9"), '<w:cellDel w:id="1"/>'), cell(para("2")))
    shown = plain_row("丙", "3", settings='<w:hidden w:val="0"/>')
    assert grid_texts(read_document(word_file(table(hidden, deleted, shown)))) == [["乙", "2"], ["丙", "3"]]


def test_pictures_and_controls_in_writer() -> None:
    frame = '<draw:frame text:anchor-type="{}" svg:width="1cm" svg:height="{}"><draw:image/></draw:frame>'
    assert in_writer(f"<text:p>{frame.format('as-char', '9cm')}</text:p>") == OBJECT
    assert in_writer(f"<text:p>{frame.format('paragraph', '5mm')}</text:p>") == OBJECT
    assert in_writer(f"<text:p>{frame.format('paragraph', '9cm')}</text:p>") == ""
    forms = (
        '<office:forms xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"><form:form>'
        '<form:text form:id="c1" form:current-value="12"/></form:form></office:forms>'
    )
    assert in_writer('<text:p><draw:control draw:control="c1"/></text:p>', before=forms) == "12"


def test_styles_of_writer_strike_hide_and_are_inherited() -> None:
    fo = 'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    styles = (
        '<style:style style:name="out" style:family="paragraph"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="more" style:family="paragraph" style:parent-style-name="out"/>'
        f'<style:style style:name="white" style:family="text"><style:text-properties {fo} fo:color="#ffffff"/>'
        "</style:style>"
    )
    assert in_writer('<text:p text:style-name="more">12</text:p>', styles) == f"12{STRUCK}"
    assert in_writer('<text:p><text:span text:style-name="white">9</text:span>11</text:p>', styles) == "11"
    assert ODF


@pytest.mark.parametrize("case", SHOWN, ids=lambda case: f"{case['value']} {case['format']}")
def test_a_number_is_read_as_its_format_shows_it(case: dict[str, Any]) -> None:
    assert shown_otherwise(float(case["value"]), case["format"]) == case.get("shown", "")


@pytest.mark.parametrize(
    ("pattern", "shown"), [('@"8"', "238"), ('0;-0;0;@"件"', ""), (";;;", "23 [;;;]"), ("_ @_ ", "")]
)
def test_a_text_is_read_as_its_format_shows_it(pattern: str, shown: str) -> None:
    assert text_otherwise("23", pattern) == shown


@pytest.mark.parametrize(("pattern", "state"), [("[White]0", "unreadable"), ("[Red]0", "number"), ('@"8"', "number")])
def test_a_format_may_paint_a_figure_white(pattern: str, state: str) -> None:
    def fill(sheet: Any) -> None:
        sheet["B2"].number_format = pattern

    assert figure(workbook(fill)[1][1]).state.name.lower() == state


def workbook(fill: Callable[[Any], None]) -> list[list[str]]:
    """The texts of a sheet with a header and a row of two cells, once it was filled."""
    book = openpyxl.Workbook()
    book.active.append(["名称", "数量"])
    book.active.append(["规章", 12])
    fill(book.active)
    made = io.BytesIO()
    book.save(made)
    return grid_texts(read_document(made.getvalue()))


def test_marks_in_cells_of_a_sheet() -> None:
    def rich(**font: object) -> Callable[[Any], None]:
        def fill(sheet: Any) -> None:
            sheet["B2"] = CellRichText("12", TextBlock(InlineFont(**font), "3"))

        return fill

    assert workbook(rich(vertAlign="superscript"))[1][1] == "12 3"
    assert workbook(rich(strike=True))[1][1] == f"12 3{STRUCK}"
    assert workbook(rich(color="FFFFFFFF"))[1][1].strip() == "12"
    assert workbook(rich(b=True))[1][1] == "123"


def test_looks_of_whole_cells_of_a_sheet() -> None:
    def look(font: Font, fill: PatternFill | None = None) -> str:
        def dress(sheet: Any) -> None:
            sheet["B2"].font = font
            if fill:
                sheet["B2"].fill = fill

        return workbook(dress)[1][1]

    assert figure(look(Font(strike=True))).state is State.UNREADABLE
    assert figure(look(Font(color="FFFFFFFF"))).state is State.UNREADABLE
    assert look(Font(color="FFFFFFFF"), PatternFill("solid", fgColor="FF1F4E79")) == "12"


@pytest.mark.parametrize("size", [{"hidden": True}, {"width": 0.0}], ids=str)
def test_a_hidden_column_of_figures_is_not_read_whatever_it_is_called(size: dict[str, Any]) -> None:
    def fill(sheet: Any) -> None:
        sheet.insert_cols(2)
        sheet["B1"], sheet["B2"] = "上年数量", 11
        sheet.append(["规范性文件", 7, 3])
        sheet.append(["规范性文件", 7, 4])
        sheet.column_dimensions["B"].width = 10
        for name, value in size.items():
            setattr(sheet.column_dimensions["B"], name, value)

    data = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["名称", "数量"])
    book.active.append(["规章", 12])
    fill(book.active)
    book.save(data)
    texts = grid_texts(read_document(_with_width(data.getvalue(), size.get("width", 10))))
    assert [line for line in texts[0] if line] == ["名称", "数量"]


def _with_width(data: bytes, width: float) -> bytes:
    """The workbook, its width written in, which openpyxl leaves out where it is 0."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            part = old.read(name)
            if name.endswith("sheet1.xml") and not width:
                part = part.replace(b"<sheetData>", b'<cols><col min="2" max="2" width="0" /></cols><sheetData>')
            new.writestr(name, part)
    return made.getvalue()


def test_a_hidden_row_counts_only_where_no_shown_one_stands_for_it() -> None:
    def fill(sheet: Any) -> None:
        sheet.append(["规章", 13])
        sheet.append(["规范性文件", 5])
        sheet.row_dimensions[3].hidden = sheet.row_dimensions[4].hidden = True

    assert [texts for texts in workbook(fill) if any(texts)] == [["名称", "数量"], ["规章", "12"], ["规范性文件", "5"]]


def one_report(title: str, seed: int) -> list[Any]:
    return list(story(sample("dense", seed).figures, title))


def book_of(*named: tuple[str, list[Any]], hidden: tuple[str, ...] = ()) -> bytes:
    """A workbook with a report on each sheet."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, told in named:
        sheet = book.create_sheet(name)
        sheets.fill(sheet, told)
        sheet.sheet_state = "hidden" if name in hidden else "visible"
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def test_a_sheet_a_year_is_a_report_a_year() -> None:
    years = {year: one_report(f"青山县教育局{year}年政府信息公开工作年度报告", year) for year in (2022, 2023)}
    data = book_of(*((f"{year}年", told) for year, told in years.items()))
    audit = govstats.check(data)
    assert [(report.year, report.path) for report in audit.reports] == [
        (2022, "<bytes>/2022年"),
        (2023, "<bytes>/2023年"),
    ]
    assert all(
        not count(report, sample("dense", year).truth)["wrong"]
        for report, year in zip(audit.reports, years, strict=True)
    )
    with pytest.raises(ReadError, match="2 份报告"):
        govstats.read(data)


def test_names_of_sheets_tell_what_bare_tables_leave_open() -> None:
    bare = [one_report("", seed)[3:] for seed in (1, 2)]
    audit = govstats.check(book_of(("2022年", bare[0]), ("2023年", bare[1])))
    assert [report.year for report in audit.reports] == [2022, 2023]


def test_the_same_report_on_two_sheets_stays_one() -> None:
    told = one_report("青山县教育局2023年政府信息公开工作年度报告", 3)
    assert len(govstats.check(book_of(("公示", told), ("备份", told))).reports) == 1


def test_a_hidden_sheet_of_last_year_is_left_alone() -> None:
    old, new = (one_report(f"青山县教育局{year}年政府信息公开工作年度报告", year) for year in (2022, 2023))
    (report,) = govstats.check(book_of(("本年", new), ("去年", old), hidden=("去年",))).reports
    assert report.year == 2023
    assert not count(report, sample("dense", 2023).truth)["unreadable"]


FLAT = {
    "word-2003": (word.by_hand, flat.word_2003),
    "flat-package": (word.by_hand, flat.package),
    "fodt": (odf.odt, flat.open_document),
    "fods": (odf.ods, flat.open_document),
    "flat-workbook": (sheets.one_sheet, flat.package),
}


@pytest.mark.parametrize("kind", FLAT)
@pytest.mark.parametrize("charset", ["utf-8", "utf-16"])
def test_one_xml_file_is_read_like_its_package(kind: str, charset: str) -> None:
    make, flatten = FLAT[kind]
    packed = make(DRESSES["plain"](story(sample("dense", 4).figures)))
    assert read_document(flatten(packed, charset)).blocks == read_document(packed).blocks


def test_a_sheet_of_excel_2003_is_read() -> None:
    rows = (
        '<Row><Cell ss:MergeDown="1"><Data ss:Type="String">甲</Data></Cell>'
        '<Cell><Data ss:Type="Number">12</Data>'
        '<Comment><ss:Data>9</ss:Data></Comment></Cell></Row><Row ss:Index="2"><Cell ss:Index="2" ss:StyleID="s1">'
        '<Data ss:Type="Number">120000</Data></Cell>'
        '<Cell><ss:Data ss:Type="String">12<Sup>1</Sup></ss:Data></Cell></Row>'
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    styles = '<Styles><Style ss:ID="s1"><NumberFormat ss:Format="0,"/></Style></Styles>'
    sheet = f'<Worksheet ss:Name="表"><Table>{rows}</Table></Worksheet>'
    data = f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}">{styles}{sheet}</Workbook>'
    found = grid_texts(read_document(data.encode()))
    assert (found[0], found[1][:2], found[1][2].split()) == (["甲", "12", ""], ["甲", "120"], ["12", "1"])


def test_an_xml_file_that_is_a_drawing_is_refused_by_name() -> None:
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    with pytest.raises(ReadError, match="XML"):
        read_document(f'<office:document xmlns:office="{office}"><office:body/></office:document>'.encode())


def reordered(data: bytes, first: str, content: bytes, slash: str = "/") -> bytes:
    """The package with this part before all others."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        if first:
            new.writestr(first, content, zipfile.ZIP_STORED)
        for name in reversed(old.namelist()):
            new.writestr(name.replace("/", slash), old.read(name))
    data = made.getvalue()
    return data.replace(b"word/document.xml", b"word\\document.xml") if slash == "\\" else data


@pytest.mark.parametrize("first", ["", "word/media/image1.png", "customXml/item1.xml", "Thumbnails/thumbnail.png"])
@pytest.mark.parametrize("make", [word.by_hand, odf.odt, odf.ods, sheets.one_sheet], ids=["docx", "odt", "ods", "xlsx"])
def test_a_package_is_known_whatever_comes_first(make: Callable[[Any], bytes], first: str) -> None:
    data = make(story(sample("dense", 6).figures))
    assert read_document(reordered(data, first, bytes(9_000))).blocks == read_document(data).blocks
