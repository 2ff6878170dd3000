"""Word and OpenDocument files: merged cells, tracked changes, text boxes; and files that are damaged or hostile."""

from __future__ import annotations

import contextlib
import io
import re
import struct
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path
from xml.sax.saxutils import escape

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import govstats
from govstats.errors import ReadError
from govstats.model.document import Document, Grid, Paragraph, Span
from govstats.readers import docx, html, odt
from govstats.readers._office.marks import OBJECT, STRUCK
from tests.containers import odf
from tests.containers import word as word_file
from tests.factory import LAYOUTS, SECTIONS, Box, Figures, Layout, as_figures, html_table, random_valid, traditional
from tests.folders import DOCUMENTS
from tests.made import faults

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
TITLE = "某市某局2023年政府信息公开工作年度报告"
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{full}:1.0"'
    for name, full in {
        "office": "office",
        "style": "style",
        "text": "text",
        "table": "table",
        "draw": "drawing",
        "svg": "svg-compatible",
        "manifest": "manifest",
    }.items()
)


def packed(parts: dict[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", compression) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return file.getvalue()


def word(body: str, namespace: str = WORD, **parts: str | bytes) -> bytes:
    """A docx with this in its body; further parts by name, with `__` for `/`."""
    document = (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{namespace}" '
        'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml" '
        'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math" '
        'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships">'
        f"<w:body>{body}<w:sectPr/></w:body></w:document>"
    )
    first = {"[Content_Types].xml": "<Types/>", "word/document.xml": document}
    return packed({**first, **{name.replace("__", "/") + ".xml": part for name, part in parts.items()}})


def para(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def cell(content: str, settings: str = "") -> str:
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{content}</w:tc>"


def row(*cells: str, settings: str = "") -> str:
    return f"<w:tr><w:trPr>{settings}</w:trPr>{''.join(cells)}</w:tr>"


def table(*rows: str) -> str:
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(rows)}</w:tbl>"


def plain_row(*texts: str, settings: str = "") -> str:
    return row(*(cell(para(text)) for text in texts), settings=settings)


def writer(body: str, styles: str = "", **parts: str | bytes) -> bytes:
    """An odt with this as its text; further parts by name, with `__` for `/`."""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {ODF}><office:automatic-styles>{styles}'
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>"
    )
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.text", zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        for name, part in parts.items():
            package.writestr(name.replace("__", "/") + ".xml", part)
    return file.getvalue()


def odf_rows(*rows: Iterable[str]) -> str:
    lines = (
        "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in texts) for texts in rows
    )
    return "<table:table>" + "".join(f"<table:table-row>{line}</table:table-row>" for line in lines) + "</table:table>"


def word_report(figures: Figures, namespace: str = WORD) -> bytes:
    body = "".join(para(SECTIONS[name]) + word_file.table(make(figures)) for name, make in LAYOUTS.items())
    return word(para(TITLE) + para("一、总体情况") + body, namespace)


def odf_report(figures: Figures) -> bytes:
    body = "".join(f"<text:h>{SECTIONS[name]}</text:h>{odf.table(make(figures))}" for name, make in LAYOUTS.items())
    return writer(f"<text:h>{TITLE}</text:h>{body}")


def figures_of(report: govstats.Report) -> dict[str, list[float]]:
    return {name: list(table.values) for name, table in report.tables.items()}


def grid(data: bytes) -> Grid:
    """The only grid of a document."""
    (found,) = (odt if data[30:38] == b"mimetype" else docx).read(data).grids
    return found


def texts(data: bytes) -> list[list[str]]:
    return [list(line.texts) for line in grid(data).rows]


def prose(document: Document) -> list[str]:
    return [block.text for block in document.blocks if isinstance(block, Paragraph)]


def in_cell(content: str, **parts: str | bytes) -> str:
    """The text of one cell with this content."""
    return texts(word(table(row(cell(content), cell(para("旁")))), **parts))[0][0]


def run(text: str, settings: str = "") -> str:
    return f"<w:r><w:rPr>{settings}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize("make", [word_report, odf_report])
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("script", [str, traditional])
def test_the_three_tables_are_read_exactly(
    make: Callable[[Figures], bytes], seed: int, script: Callable[[str], str]
) -> None:
    vectors = random_valid(np.random.default_rng(seed))
    data = make(as_figures(vectors))
    data = packed({name: script(content.decode()) for name, content in unpacked(data).items()})
    report = govstats.read(data)
    assert figures_of(report) == {name: list(vector) for name, vector in vectors.items()}
    assert not govstats.check(report).findings
    assert (report.agency, report.year) == ("某市某局", 2023)


def unpacked(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


def test_a_strict_file_is_read_as_well() -> None:
    vectors = random_valid(np.random.default_rng(7))
    report = govstats.read(word_report(as_figures(vectors), STRICT))
    assert figures_of(report) == {name: list(vector) for name, vector in vectors.items()}


def test_the_kind_the_title_and_the_order_of_blocks_are_told() -> None:
    core = '<c xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title> 某局 年报 </dc:title></c>'
    document = docx.read(word(para("前") + table(plain_row("甲", "1")) + para("后"), docProps__core=core))
    assert (document.kind, document.charset, document.meta) == ("docx", "utf-8", {"title": "某局 年报"})
    assert [type(block) for block in document.blocks] == [Paragraph, Grid, Paragraph]
    assert [block.line for block in document.blocks if isinstance(block, Paragraph)] == [1, 2]
    document = odt.read(writer("<text:p>前</text:p>" + odf_rows(["甲", "1"]), meta=core))
    assert (document.kind, document.charset, document.meta) == ("odt", "utf-8", {"title": "某局 年报"})
    assert [type(block) for block in document.blocks] == [Paragraph, Grid]


def test_broken_meta_data_do_not_stop_a_report() -> None:
    assert docx.read(word(para("正文"), docProps__core="<c>")).meta == {}


def test_covered_positions_repeat_the_text_and_say_what_covers_them() -> None:
    layout = [[Box("角", 2, 2), Box("头", 2)], [Box("甲"), Box("乙")], [Box("行", 2), Box("1"), Box("2")]]
    for data in (word(word_file.table(layout)), writer(odf.table(layout))):
        assert texts(data) == [["角", "角", "头", "头"], ["角", "角", "甲", "乙"], ["行", "行", "1", "2"]]
        assert [row.spans for row in grid(data).rows] == [
            (Span.OWN, Span.FROM_LEFT, Span.OWN, Span.FROM_LEFT),
            (Span.FROM_ABOVE, Span.FROM_ABOVE, Span.OWN, Span.OWN),
            (Span.OWN, Span.FROM_LEFT, Span.OWN, Span.OWN),
        ]


@st.composite
def layouts(draw: st.DrawFn) -> Layout:
    """Rectangles that fill a grid; every text is different."""
    height, width = draw(st.integers(1, 6)), draw(st.integers(2, 7))
    taken: set[tuple[int, int]] = set()
    layout: Layout = [[] for _ in range(height)]
    for line, column in ((line, column) for line in range(height) for column in range(width)):
        if (line, column) in taken:
            continue
        free = next((n for n in range(column, width) if (line, n) in taken), width)
        box = Box(f"{line}行{column}", draw(st.integers(1, free - column)), draw(st.integers(1, height - line)))
        layout[line].append(box)
        taken |= {(line + down, column + right) for down in range(box.height) for right in range(box.width)}
    return layout


@given(layouts())
@settings(max_examples=200, deadline=None)
def test_a_table_reads_alike_in_a_page_in_word_and_in_writer(layout: Layout) -> None:
    (page,) = html.read(f"<html>{html_table(layout)}</html>".encode()).grids
    assert cells(grid(word(word_file.table(layout)))) == cells(page)
    assert cells(grid(writer(odf.table(layout)))) == cells(page)


def cells(grid: Grid) -> list[list[tuple[str, Span]]]:
    """Every position's text, and what covers it."""
    return [[(text, row.span(column)) for column, text in enumerate(row.texts)] for row in grid.rows]


def test_a_merge_that_goes_on_from_nothing_is_a_cell() -> None:
    rows = plain_row("甲", "乙"), row(cell(para("3"), "<w:vMerge/>"), cell(para("4")))
    (_, second) = grid(word(table(*rows))).rows
    assert (second.texts, second.spans) == (("3", "4"), (Span.OWN, Span.OWN))


def test_a_covered_cell_of_another_width_keeps_a_text_of_its_own() -> None:
    first = row(cell(para("上"), '<w:vMerge w:val="restart"/>'), cell(para("1")), cell(para("2")))
    second = row(cell(para("5"), '<w:gridSpan w:val="2"/><w:vMerge w:val="continue"/>'), cell(para("6")))
    blank = row(cell(para(""), '<w:gridSpan w:val="2"/><w:vMerge/>'), cell(para("6")))
    assert texts(word(table(first, second)))[1] == ["5", "5", "6"]
    assert texts(word(table(first, blank)))[1] == ["上", "上", "6"]


def test_a_new_merge_ends_the_one_above() -> None:
    restart = '<w:vMerge w:val="restart"/>'
    rows = [
        row(cell(para(text), merge), cell(para(figure)))
        for text, merge, figure in [
            ("甲", restart, "1"),
            ("", "<w:vMerge/>", "2"),
            ("乙", restart, "3"),
            ("", "<w:vMerge/>", "4"),
        ]
    ]
    assert texts(word(table(*rows))) == [["甲", "1"], ["甲", "2"], ["乙", "3"], ["乙", "4"]]


def test_cells_merged_to_the_left_in_the_old_way_are_covered() -> None:
    cells = cell(para("头"), '<w:hMerge w:val="restart"/>'), cell(para(""), "<w:hMerge/>"), cell(para("3"))
    (only,) = grid(word(table(row(*cells)))).rows
    assert (only.texts, only.spans) == (("头", "头", "3"), (Span.OWN, Span.FROM_LEFT, Span.OWN))
    kept = cell(para("7"), "<w:hMerge/>")
    assert texts(word(table(row(cells[0], kept)))) == [["头", "7"]]


def test_columns_without_a_cell_are_positions_but_no_cells() -> None:
    ragged = plain_row("1", settings='<w:gridBefore w:val="2"/><w:gridAfter w:val="1"/>')
    _, second = grid(word(table(plain_row("甲", "乙", "丙", "丁"), ragged))).rows
    assert second.texts == ("", "", "1", "")
    assert [position for position, span in enumerate(second.spans) if span is Span.OWN] == [2]
    below = '<w:vMerge w:val="restart"/>'
    rows = [
        row(cell(para("角")), cell(para("甲"), below), cell(para("1"))),
        row(cell(para(""), "<w:vMerge/>"), cell(para("2")), settings='<w:gridBefore w:val="1"/>'),
    ]
    assert texts(word(table(*rows)))[1] == ["", "甲", "2"]


def test_a_layout_table_is_prose_around_its_inner_table() -> None:
    inner = table(plain_row("新制作", "12"))
    outer = table(row(cell(para("左栏")), cell(para("前") + inner + para("后"))))
    document = docx.read(word(outer))
    kinds = [block.text if isinstance(block, Paragraph) else block.rows[0].texts for block in document.blocks]
    assert kinds == ["左栏", "前", ("新制作", "12"), "后"]
    assert document.grids[0].table == 2
    nested = odf_rows(["左栏", "</text:p>" + odf_rows(["新制作", "12"]) + "<text:p>后"])
    assert [row.texts for row in grid(writer(nested)).rows] == [("新制作", "12")]


def test_an_inner_table_of_one_column_is_text_of_its_cell() -> None:
    inner = table(plain_row("12"), plain_row("3"))
    assert in_cell(inner + para("")) == "12\f3"


@pytest.mark.parametrize(
    "wrapper",
    [
        "<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>",
        '<w:ins w:id="1" w:author="a">{}</w:ins>',
        "<w:smartTag>{}</w:smartTag>",
        '<w:customXml w:element="e">{}</w:customXml>',
    ],
)
def test_wrappers_do_not_hide_rows_cells_paragraphs_or_runs(wrapper: str) -> None:
    inner_run = f"<w:p>{wrapper.format(run('12'))}</w:p>"
    inner_cell = wrapper.format(cell(wrapper.format(inner_run)))
    rows = wrapper.format(row(inner_cell, cell(para("3"))))
    assert texts(word(wrapper.format(table(rows)))) == [["12", "3"]]


def test_links_and_fields_are_text() -> None:
    linked = f'<w:p><w:hyperlink r:id="a">{run("12")}</w:hyperlink></w:p>'
    assert in_cell(linked) == "12"
    assert in_cell(f'<w:p><w:fldSimple w:instr="=SUM(ABOVE)">{run("12")}</w:fldSimple></w:p>') == "12"
    field = '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>=1+2</w:instrText></w:r>' + run("3")
    assert in_cell(f"<w:p>{field}</w:p>") == "3"


def test_tracked_deletions_are_not_text() -> None:
    deleted = '<w:del w:id="1"><w:r><w:delText>1</w:delText></w:r></w:del>'
    moved = f'<w:moveFrom w:id="2">{run("9")}</w:moveFrom><w:moveTo w:id="3">{run("5")}</w:moveTo>'
    assert in_cell(f"<w:p>{deleted}{run('2')}{moved}</w:p>") == "25"
    gone = plain_row("丙", "9", settings='<w:del w:id="1" w:author="a"/>')
    assert texts(word(table(plain_row("甲", "1"), gone, plain_row("乙", "2")))) == [["甲", "1"], ["乙", "2"]]


def test_a_deleted_row_inside_a_merge_does_not_end_it() -> None:
    first = row(cell(para("甲"), '<w:vMerge w:val="restart"/>'), cell(para("1")))
    gone = row(cell(para(""), "<w:vMerge/>"), cell(para("9")), settings="<w:del/>")
    last = row(cell(para(""), "<w:vMerge/>"), cell(para("2")))
    assert texts(word(table(first, gone, last))) == [["甲", "1"], ["甲", "2"]]


def test_two_figures_in_one_cell_never_become_one_number() -> None:
    assert in_cell(para("12") + para("3")) == "12\f3"
    assert in_cell("<w:p><w:r><w:t>12</w:t><w:br/><w:t>3</w:t></w:r></w:p>") == "12\f3"
    assert in_cell("<w:p><w:r><w:t>12</w:t><w:cr/><w:t>3</w:t></w:r></w:p>") == "12\f3"
    assert in_cell("<w:p><w:r><w:t>12</w:t><w:tab/><w:t>3</w:t></w:r></w:p>") == "12\t3"
    assert in_cell(f"<w:p>{run('1')}{run('2')}</w:p>") == "12"


def test_tab_stops_are_no_tabs_and_hyphens_are_kept() -> None:
    stops = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="1"/></w:tabs></w:pPr>'
    assert in_cell(f"<w:p>{stops}{run('1')}{stops}{run('2')}</w:p>") == "12"
    assert in_cell("<w:p><w:r><w:noBreakHyphen/></w:r></w:p>") == "-"


@pytest.mark.parametrize(
    "mark",
    [
        '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="1"/><w:t>1</w:t></w:r>',
        run("1", '<w:vertAlign w:val="superscript"/>'),
        run("1", '<w:rStyle w:val="Note"/>'),
        run("1", "<w:strike/>"),
        "<m:oMath><m:r><m:t>1</m:t></m:r></m:oMath>",
    ],
)
def test_note_marks_raised_and_struck_digits_do_not_glue_to_a_figure(mark: str) -> None:
    styles = (
        f'<w:styles xmlns:w="{WORD}"><w:style w:styleId="Note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr>'
        '</w:style><w:style w:styleId="Bold"><w:rPr><w:b/></w:rPr></w:style></w:styles>'
    )
    read = in_cell(f"<w:p>{run('12')}{mark}</w:p>", word__styles=styles)
    assert read.replace(STRUCK, "").split() == ["12", "1"]
    assert (STRUCK in read) == ("strike" in mark)
    plain = run("3", '<w:rStyle w:val="Bold"/><w:vertAlign w:val="baseline"/><w:strike w:val="0"/>')
    assert in_cell(f"<w:p>{run('12')}{plain}</w:p>", word__styles=styles) == "123"


def test_a_numbered_note_leaves_the_figure_alone() -> None:
    assert in_cell(f'<w:p>{run("12")}<w:r><w:footnoteReference w:id="1"/></w:r></w:p>') == "12"


def test_a_fraction_set_as_a_formula_is_not_one_number() -> None:
    part = "<m:r><m:t>{}</m:t></m:r>"
    fraction = f"<m:f><m:num>{part.format(1)}</m:num><m:den>{part.format(2)}</m:den></m:f>"
    assert in_cell(f"<w:p><m:oMath>{fraction}</m:oMath></w:p>").split() == ["1", "2", OBJECT]


def test_hidden_text_is_not_read() -> None:
    assert in_cell(f"<w:p>{run('9', '<w:vanish/>')}{run('12')}</w:p>") == "12"
    shown = run("12", '<w:vanish w:val="0"/>')
    assert in_cell(f"<w:p>{shown}</w:p>") == "12"


def test_a_sign_of_a_symbol_font_is_no_figure_and_no_blank() -> None:
    sign = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    assert in_cell(f"<w:p>{sign}</w:p>") == "□"
    assert in_cell(f"<w:p>{run('1')}{sign}{run('2')}</w:p>") == "1□2"


def test_readings_above_characters_are_not_text() -> None:
    ruby = f"<w:ruby><w:rubyPr/><w:rt>{run('xin')}</w:rt><w:rubyBase>{run('新')}</w:rubyBase></w:ruby>"
    assert in_cell(f"<w:p><w:r>{ruby}</w:r></w:p>") == "新"


def test_a_text_box_is_read_once_with_its_paragraphs_and_tables() -> None:
    box = f"<w:txbxContent>{para('框内')}{table(plain_row('新收', '12'))}</w:txbxContent>"
    both = (
        f'<mc:AlternateContent><mc:Choice Requires="wps"><w:drawing>{box}</w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent>"
    )
    document = docx.read(word(f"<w:p>{run('标')}<w:r>{both}</w:r>{run('题')}</w:p>"))
    assert prose(document) == ["框内", "标题"]
    assert [row.texts for row in document.grids[0].rows] == [("新收", "12")]
    only = f"<w:p><w:r><mc:AlternateContent><mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    assert len(docx.read(word(only)).grids) == 1
    fallbacks = "<mc:AlternateContent>" + "<mc:Fallback/>" * 100_000 + "</mc:AlternateContent>"
    assert prose(docx.read(packed(unpacked(word(fallbacks)), zipfile.ZIP_STORED))) == []


def test_text_outside_of_paragraphs_is_not_lost() -> None:
    assert texts(word(table(row(cell(run("12")), cell(run("3")))))) == [["12", "3"]]


def test_a_file_whose_text_stands_in_another_part_is_an_error() -> None:
    with pytest.raises(ReadError, match="altChunk"):
        docx.read(word('<w:altChunk r:id="a"/>'))


def test_the_main_part_may_have_another_name() -> None:
    parts = unpacked(word(para("正文")))
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
    relations = f'<Relationships><Relationship Type="{kind}" Target="/word/document2.xml"/></Relationships>'
    moved = packed({"_rels/.rels": relations, "word/document2.xml": parts["word/document.xml"]})
    assert prose(docx.read(moved)) == ["正文"]
    assert prose(docx.read(packed({"Word\\Document.xml": parts["word/document.xml"]}))) == ["正文"]


def test_odf_spaces_tabs_breaks_and_notes() -> None:
    body = "<text:note-body><text:p>注</text:p></text:note-body>"
    note = f"<text:note><text:note-citation>1</text:note-citation>{body}</text:note>"
    cells = [
        "1<text:s text:c='2'/>2",
        "1<text:tab/>2",
        "1<text:line-break/>2",
        f"12{note}",
        "1<text:span>2</text:span>3",
    ]
    assert texts(writer(odf_rows(cells))) == [["1  2", "1\t2", "1\f2", "12", "123"]]
    two = ["12</text:p><text:p>3", "x"]
    assert texts(writer(odf_rows(two))) == [["12\f3", "x"]]


def test_odf_raised_struck_and_hidden_text() -> None:
    kinds = {
        "up": 'style:text-position="super 58%"',
        "out": 'style:text-line-through-style="solid"',
        "gone": 'text:display="none"',
        "same": 'style:text-position="0% 100%"',
    }
    styles = "".join(
        f'<style:style style:name="{name}" style:family="text"><style:text-properties {setting}/></style:style>'
        for name, setting in kinds.items()
    )
    cells = [f'12<text:span text:style-name="{name}">3</text:span>' for name in kinds]
    assert texts(writer(odf_rows(cells), styles)) == [["12 3", f"12 3{STRUCK}", "12", "123"]]


def test_odf_deletions_comments_and_names_of_pictures_are_not_text() -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>删</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    comment = "<office:annotation><text:p>批注</text:p></office:annotation>"
    frame = "<draw:frame><draw:text-box><text:p>框内</text:p></draw:text-box><svg:desc>图</svg:desc></draw:frame>"
    section = f"<text:section><text:p>正{comment}{frame}文</text:p></text:section>"
    assert prose(odt.read(writer(changes + section))) == ["框内", "正文"]


def test_odf_repeated_cells_and_rows_are_repeated() -> None:
    cells = (
        "<table:table-cell><text:p>甲</text:p></table:table-cell>"
        "<table:table-cell table:number-columns-repeated='3'><text:p>0</text:p></table:table-cell>"
    )
    rows = f"<table:table-row table:number-rows-repeated='2'>{cells}</table:table-row>"
    header = f"<table:table-header-rows>{odf_rows(['头', '一'])[13:-14]}</table:table-header-rows>"
    found = texts(writer(f"<table:table>{header}{rows}</table:table>"))
    assert found == [["头", "一"], ["甲", "0", "0", "0"], ["甲", "0", "0", "0"]]
    wide = cells.replace("'3'", "'99999999999999999999'")
    assert max(map(len, texts(writer(f"<table:table><table:table-row>{wide}</table:table-row></table:table>")))) == 65


def test_an_uncovered_covered_cell_keeps_its_text() -> None:
    rows = odf_rows(["甲", "7"])
    (only,) = grid(writer(re.sub("table-cell(?=><text:p>7|></table:table-row)", "covered-table-cell", rows))).rows
    assert (only.texts, only.spans) == (("甲", "7"), (Span.OWN, Span.OWN))


@pytest.mark.parametrize("value", ["9" * 5000, "-3", "x", "", "0", "٣"])
def test_absurd_spans_are_bounded(value: str) -> None:
    wide = row(cell(para("1"), f'<w:gridSpan w:val="{value}"/>'), cell(para("2")))
    (only,) = grid(word(table(wide))).rows
    assert len(only.texts) == (65 if value.startswith("9") else 2)
    many = row(*[cell(para("1"), '<w:gridSpan w:val="64"/>')] * 50)
    assert len(grid(word(table(many))).rows[0].texts) == 128


def test_settings_of_a_run_are_no_text_and_those_that_set_it_apart_are_seen() -> None:
    font = '<w:rFonts w:ascii="仿宋"/><w:sz w:val="32"/>'
    raised = f'{font}<w:vertAlign w:val="superscript"/>'
    line = "".join(f"<w:r><w:rPr>{each}</w:rPr><w:t>{text}</w:t></w:r>" for each, text in [(font, "12"), (raised, "1")])
    assert texts(word(table(row(cell(f"<w:p>{line}</w:p>"), cell(para("7")))))) == [["12 1", "7"]]


def test_code_points_that_the_reader_uses_itself_mark_nothing() -> None:
    marks = "".join(map(chr, range(0xFDD0, 0xFDDA)))
    wide = cell(para("3"), f'<w:gridSpan w:val="{marks}2;"/>')
    assert texts(word(table(plain_row(f"1{marks}2", "\ufdd7--9;"), row(wide)))) == [["12", "--9;"], ["3", "3"]]


# What cannot be read is a ReadError that says what to do.


def error_of(data: bytes) -> ReadError:
    reader = odt if odt.sniff(data[:4096]) else docx
    with pytest.raises(ReadError) as raised:
        reader.read(data)
    error = raised.value
    assert error.hint
    for text in (error.message, error.hint):
        assert text.zh
        assert not re.search("[㐀-鿿]", text.en)
    return error


@pytest.mark.parametrize("make", [word_report, odf_report])
def test_a_truncated_file_is_an_error(make: Callable[[Figures], bytes]) -> None:
    data = make(as_figures(random_valid(np.random.default_rng(1))))
    for length in (30, 100, len(data) // 2, len(data) - 30):
        assert "损坏" in str(error_of(data[:length]))
    assert "损坏" in str(error_of(b"PK\3\4 no zip at all"))


def test_a_missing_part_is_an_error() -> None:
    assert "word/document.xml" in str(error_of(packed({"word/styles.xml": "<a/>"})))
    assert "content.xml" in str(error_of(packed({"mimetype": "application/vnd.oasis.opendocument.text"})))


def test_broken_xml_is_an_error() -> None:
    assert "XML" in str(error_of(packed({"word/document.xml": "<w:document><w:body>"})))
    assert "XML" in str(error_of(word("<w:p>&nosuch;</w:p>")))
    assert "XML" in str(error_of(packed({"word/document.xml": b"\0\1\2"})))
    assert "Word" in str(error_of(packed({"word/document.xml": "<html/>"})))


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "utf-16-be"])
def test_a_doctype_is_refused(charset: str) -> None:
    entities = "".join(f'<!ENTITY a{n + 1} "{f"&a{n};" * 10}">' for n in range(9))
    mark = "\ufeff" if charset == "utf-16-be" else ""
    bomb = f'{mark}<?xml version="1.0"?><!DOCTYPE d [<!ENTITY a0 "1">{entities}]><d>&a9;</d>'
    assert "DOCTYPE" in str(error_of(packed({"word/document.xml": bomb.encode(charset)})))


def test_a_doctype_in_an_odd_charset_is_refused() -> None:
    page = '<?xml version="1.0" encoding="IBM037"?><!DOCTYPE d [<!ENTITY a "1">]><d>&a;</d>'
    assert error_of(packed({"word/document.xml": page.encode("cp037")}))


def test_an_external_entity_is_not_fetched(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("机密", "utf-8")
    page = f'<!DOCTYPE d [<!ENTITY x SYSTEM "{secret.as_uri()}">]><d>&x;</d>'
    assert "DOCTYPE" in str(error_of(packed({"word/document.xml": page})))


@pytest.mark.parametrize("name", ["word/document.xml", "word/styles.xml"])
def test_a_zip_bomb_is_refused_before_it_is_unpacked(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = {"word/document.xml": b"", **unpacked(word(f"<w:p>{run('1', '<w:rStyle/>')}</w:p>"))}
    data = packed({**parts, name: b" " * (8 << 20)})
    opened: list[str] = []
    real = zipfile.ZipFile.open

    def spy(self: zipfile.ZipFile, info: zipfile.ZipInfo, *args: object, **named: object) -> object:
        opened.append(info.filename)
        return real(self, info)

    monkeypatch.setattr(zipfile.ZipFile, "open", spy)
    assert "压缩比" in str(error_of(data))
    assert name not in opened


def test_parts_that_are_too_large_together_are_refused() -> None:
    noise = np.random.default_rng(1).bytes(33 << 20)
    data = packed(
        {"mimetype": "application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": noise, "content.xml": noise},
        zipfile.ZIP_STORED,
    )
    with pytest.raises(ReadError):
        odt.read(data)
    assert "过大" in str(error_of(packed({"word/document.xml": noise + noise}, zipfile.ZIP_STORED)))


def test_a_size_that_lies_is_an_error() -> None:
    data = bytearray(word(para("正文" * 5000)))
    for magic, at in ((b"PK\1\2", 24), (b"PK\3\4", 22)):
        place = -1
        while (place := data.find(magic, place + 1)) >= 0:
            data[place + at : place + at + 4] = struct.pack("<I", 100)
    assert "损坏" in str(error_of(bytes(data)))


def test_a_tree_of_too_many_elements_is_refused() -> None:
    noise = "".join(f"<a{n % 9973}/>" for n in range(2_100_000))
    assert "过大" in str(error_of(word(noise)))


def test_deep_nesting_is_an_error() -> None:
    assert "嵌套" in str(error_of(word("<w:p>" * 5000 + "</w:p>" * 5000)))
    inner = para("1")
    for _ in range(51):
        inner = f"<w:tbl><w:tr><w:tc>{inner}</w:tc></w:tr></w:tbl>"
    assert "嵌套超过 50 层" in str(error_of(word(inner)))


def test_many_wrappers_are_no_depth() -> None:
    assert prose(docx.read(word("<w:sdt>" * 200 + para("深") + "</w:sdt>" * 200))) == ["深"]


def test_too_many_cells_are_an_error() -> None:
    rows = row(*[cell("", '<w:gridSpan w:val="64"/>')] * 2) * 1600
    assert "200,000" in str(error_of(word(table(rows))))
    assert "200,000" in str(error_of(packed(unpacked(word(table("<w:tr/>" * 200_001))), zipfile.ZIP_STORED)))
    repeated = odf_rows(["1"] * 2).replace("<table:table-row>", "<table:table-row table:number-rows-repeated='64'>")
    wide = repeated.replace("<table:table-cell>", "<table:table-cell table:number-columns-repeated='64'>")
    assert "200,000" in str(error_of(writer(wide * 30)))


@pytest.mark.parametrize(
    "body",
    [
        cell(para("1")),
        row(cell(para("1"))),
        table(cell(para("1"))),
        table(row(row(cell(para("1"))))),
        table(row(cell(cell(para("1"))))),
        table(row(table(row(cell(para("1")))))),
    ],
)
def test_cells_outside_of_rows_are_an_error(body: str) -> None:
    assert "表格结构" in str(error_of(word(body)))


def test_a_part_that_is_there_twice_is_an_error() -> None:
    one = word(para("甲"))
    # A second name of the same length becomes the first name.
    parts = {**unpacked(one), "word/document.xm2": unpacked(word(para("乙")))["word/document.xml"]}
    assert "损坏" in str(error_of(packed(parts).replace(b"document.xm2", b"document.xml")))


def test_an_encrypted_file_is_an_error() -> None:
    data = bytearray(word(para("正文")))
    for magic, at in ((b"PK\1\2", 8), (b"PK\3\4", 6)):
        place = -1
        while (place := data.find(magic, place + 1)) >= 0:
            data[place + at] |= 1
    assert "密码" in str(error_of(bytes(data)))
    entry = "<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"
    keys = f"<manifest:manifest {ODF}>{entry}</manifest:manifest>"
    assert "密码" in str(error_of(writer("<text:p>1</text:p>", **{"META-INF__manifest": keys})))


def test_packing_that_word_does_not_use_is_an_error() -> None:
    assert error_of(packed({"word/document.xml": "<a/>"}, zipfile.ZIP_LZMA))


# Which bytes are whose.


def test_a_spreadsheet_is_not_a_word_file() -> None:
    sheet = {"[Content_Types].xml": "<Types>spreadsheetml</Types>", "xl/workbook.xml": "<a/>"}
    assert not docx.sniff(packed(sheet)[:4096])
    assert not docx.sniff(packed({"docs/word.xml": "word/document.xml"}, zipfile.ZIP_STORED)[:4096])
    assert not docx.sniff(packed({"word/年报.html": "<p>"})[:4096])
    assert not odt.sniff(packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet"})[:4096])
    for head in (b"PK", b"PK\3\4", b"PK\3\4" + b"\xff" * 40, b"", b"PK\5\6" + b"\0" * 18):
        assert not docx.sniff(head)
        assert not odt.sniff(head)


def test_a_real_spreadsheet_is_not_a_word_file() -> None:
    openpyxl = pytest.importorskip("openpyxl")
    file = io.BytesIO()
    openpyxl.Workbook().save(file)
    assert not docx.sniff(file.getvalue()[:4096])


def test_a_word_file_is_known_by_its_content_types_where_its_parts_come_late() -> None:
    picture = np.random.default_rng(1).bytes(9000)
    types = "<Types>application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml</Types>"
    data = packed({"[Content_Types].xml": types, "docProps/thumbnail.jpeg": picture, "word/document.xml": "<a/>"})
    assert docx.sniff(data[:4096])


# Files that others have written.


def test_a_file_of_python_docx_is_read_exactly() -> None:
    made = pytest.importorskip("docx").Document()
    vectors = random_valid(np.random.default_rng(3))
    figures = as_figures(vectors)
    made.add_heading(TITLE)
    for make in LAYOUTS.values():
        layout = make(figures)
        sheet = made.add_table(len(layout), max(sum(box.width for box in boxes) for boxes in layout))
        taken: set[tuple[int, int]] = set()
        for line, boxes in enumerate(layout):
            column = 0
            for box in boxes:
                while (line, column) in taken:
                    column += 1
                taken |= {(line + down, column + right) for down in range(box.height) for right in range(box.width)}
                last = sheet.cell(line + box.height - 1, column + box.width - 1)
                sheet.cell(line, column).merge(last).text = box.text
    file = io.BytesIO()
    made.save(file)
    report = govstats.read(file.getvalue())
    assert figures_of(report) == {name: list(vector) for name, vector in vectors.items()}
    assert not govstats.check(report).findings


@pytest.mark.parametrize("path", sorted(DOCUMENTS.glob("*/libreoffice-seed*.*")), ids=lambda path: path.name)
def test_files_of_libreoffice_are_read_exactly(path: Path) -> None:
    """Converted from the page of `factory.document` with `random_valid` of the seed that stands in the name."""
    seed = int(re.findall(r"\d+", path.stem)[-1])
    vectors = random_valid(np.random.default_rng(seed), plausible=False)
    report = govstats.read(path)
    assert report.document.kind == path.suffix[1:]
    assert figures_of(report) == {name: list(vector) for name, vector in vectors.items()}
    assert not faults(govstats.check(report))
    assert (report.agency, report.year) == ("某市某局", 2023)


# Damage.

WHOLE = {
    "docx": word_report(as_figures(random_valid(np.random.default_rng(4)))),
    "odt": odf_report(as_figures(random_valid(np.random.default_rng(4)))),
}


def damaged(data: bytes, draw: st.DataObject) -> bytes:
    found = bytearray(data)
    for _ in range(draw.draw(st.integers(1, 6))):
        at = draw.draw(st.integers(0, len(found) - 1))
        match draw.draw(st.sampled_from(["set", "cut", "insert", "end"])):
            case "set":
                found[at] = draw.draw(st.integers(0, 255))
            case "cut":
                del found[at : at + draw.draw(st.integers(1, 50))]
            case "insert":
                found[at:at] = draw.draw(st.binary(max_size=20))
            case _:
                # The central directory stands at the end: where damage is worst.
                tail = min(len(found), 400)
                found[len(found) - 1 - draw.draw(st.integers(0, tail - 1))] = draw.draw(st.integers(0, 255))
        if not found:
            break
    return bytes(found)


@given(st.sampled_from(sorted(WHOLE)), st.data())
@settings(max_examples=300, deadline=None)
def test_damaged_bytes_raise_nothing_but_a_read_error(kind: str, draw: st.DataObject) -> None:
    data = damaged(WHOLE[kind], draw)
    with contextlib.suppress(ReadError):
        (odt if kind == "odt" else docx).read(data)


@given(st.sampled_from(sorted(WHOLE)), st.data())
@settings(max_examples=200, deadline=None)
def test_damaged_xml_raises_nothing_but_a_read_error(kind: str, draw: st.DataObject) -> None:
    """As above, but inside the zip, so that no checksum shields the XML."""
    parts = unpacked(WHOLE[kind])
    main = "content.xml" if kind == "odt" else "word/document.xml"
    pieces = re.split(rb"(?=<)", parts[main])
    for _ in range(draw.draw(st.integers(1, 3))):
        at, other = (draw.draw(st.integers(0, len(pieces) - 1)) for _ in range(2))
        match draw.draw(st.sampled_from(["delete", "swap", "copy"])):
            case "delete" if len(pieces) > 1:
                del pieces[at]
            case "swap":
                pieces[at], pieces[other] = pieces[other], pieces[at]
            case _:
                pieces.insert(at, pieces[other])
        if other >= len(pieces):
            break
    data = packed({**parts, main: b"".join(pieces)})
    with contextlib.suppress(ReadError):
        (odt if kind == "odt" else docx).read(data)
