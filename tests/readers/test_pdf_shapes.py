"""PDF: what the eye sees is read, or said to be unread: corrections, pictures, vertical type, split rows, scans."""

from __future__ import annotations

import re
import zlib
from io import BytesIO
from itertools import pairwise, product
from pathlib import Path

import pytest
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

import govstats
from govstats.errors import ReadError
from govstats.model.document import GARBLED, PICTURED, UNRULED
from govstats.readers import pdf
from govstats.text.figures import State, figure
from tests.containers.pdf import pdf as printed
from tests.containers.prints import PRINTS
from tests.factory import FORMAT, Figures
from tests.figuresets import sample
from tests.judge import count
from tests.readers.test_pdf import document_of, file_of
from tests.stories import story

FONT = "STSong-Light"


class Sheet:
    """One page or several, on which cells are drawn: left, right, top, bottom (from above), text."""

    def __init__(self) -> None:
        pdfmetrics.registerFont(UnicodeCIDFont(FONT))
        self._saved = BytesIO()
        self.canvas = Canvas(self._saved, (600, 800), invariant=1)

    def cell(self, left: float, right: float, top: float, bottom: float, *lines: str, size: float = 10) -> None:
        self.canvas.rect(left, 800 - bottom, right - left, bottom - top)
        for number, line in enumerate(lines):
            self.canvas.setFont("Helvetica" if line.isascii() else FONT, size)
            self.canvas.drawString(left + 5, 800 - top - size - 2 - number * 1.2 * size, line)

    def row(self, top: float, bottom: float, *texts: str, edges: tuple[float, ...] = (50, 200, 300, 400)) -> None:
        for (left, right), text in zip(pairwise(edges), texts, strict=True):
            self.cell(left, right, top, bottom, *text.split("\n"))

    def data(self) -> bytes:
        self.canvas.save()
        return self._saved.getvalue()

    def rows(self) -> list[tuple[str, ...]]:
        return [row.texts for grid in pdf.read(self.data()).grids for row in grid.rows]


def a_picture(solid: int = 255) -> ImageReader:
    from PIL import Image

    return ImageReader(Image.new("RGBA", (40, 20), (180, 30, 30, solid)))


# What takes the place of text


@pytest.mark.parametrize("over", ["picture", "outlines", "strokes"])
def test_a_cell_that_holds_a_picture_is_unreadable_and_not_blank(over: str) -> None:
    sheet = Sheet()
    sheet.row(100, 120, "规章", "", "3")
    sheet.row(120, 140, "行政许可", "", "4")
    if over == "picture":
        sheet.canvas.drawImage(a_picture(), 230, 684, 20, 12)
    elif over == "strokes":
        sheet.canvas.ellipse(230, 684, 236, 694)
        sheet.canvas.line(350, 680, 400, 700)
    else:
        path = sheet.canvas.beginPath()
        path.moveTo(230, 684)
        path.curveTo(234, 690, 240, 690, 244, 694)
        path.curveTo(240, 698, 236, 690, 232, 690)
        path.lineTo(232, 686)
        path.lineTo(231, 685)
        path.lineTo(230, 684)
        sheet.canvas.drawPath(path, stroke=0, fill=1)
    states = [[figure(text).state for text in row[1:]] for row in sheet.rows()]
    assert states == [[State.UNREADABLE, State.NUMBER], [State.BLANK, State.NUMBER]]


@pytest.mark.parametrize("shape", ["diagonal", "frame with round corners", "cross"])
def test_a_cell_that_is_only_ruled_is_blank(shape: str) -> None:
    sheet = Sheet()
    sheet.row(100, 120, "规章", "", "3")
    if shape == "frame with round corners":
        sheet.canvas.roundRect(202, 682, 96, 16, 3)
    else:
        sheet.canvas.line(200, 680, 300, 700)
    if shape == "cross":
        sheet.canvas.line(200, 700, 300, 680)
    assert sheet.rows() == [("规章", "", "3")]


def test_a_seal_over_cells_with_text_changes_nothing() -> None:
    sheet = Sheet()
    sheet.row(100, 120, "规章", "", "3")
    sheet.row(120, 140, "行政许可", "2", "4")
    sheet.canvas.drawImage(a_picture(90), 180, 650, 240, 60, mask="auto")
    assert sheet.rows() == [("规章", "", "3"), ("行政许可", "2", "4")]


# Corrections by hand


@pytest.mark.parametrize(("old", "new", "read"), [("12", "11", "11"), ("7", "8", "8"), ("1204", "0", "0")])
def test_a_figure_with_a_line_through_it_gives_way_to_the_new_one(old: str, new: str, read: str) -> None:
    sheet = Sheet()
    sheet.row(100, 120, "规章", "", "3")
    width = sheet.canvas.stringWidth(old, "Helvetica", 10)
    sheet.canvas.setFont("Helvetica", 10)
    sheet.canvas.drawString(205, 688, old + new)
    sheet.canvas.line(205, 691.5, 205 + width, 691.5)
    assert sheet.rows() == [("规章", read, "3")]


def test_a_figure_that_is_only_struck_out_is_unreadable() -> None:
    sheet = Sheet()
    sheet.row(100, 120, "规章", "12", "3")
    sheet.canvas.line(205, 691.5, 217, 691.5)
    ((_, struck, other),) = sheet.rows()
    assert figure(struck).state is State.UNREADABLE
    assert other == "3"


@pytest.mark.parametrize(("fill", "again", "seen"), [(0, "", ""), (1, "", ""), (1, "7", "7"), (0.5, "7", "7")])
def test_what_lies_under_a_box_is_not_read(fill: float, again: str, seen: str) -> None:
    sheet = Sheet()
    sheet.row(100, 120, "规章", "12", "13")
    sheet.canvas.setFillGray(fill)
    sheet.canvas.rect(202, 682, 90, 16, stroke=0, fill=1)
    sheet.canvas.setFillGray(1 if not fill else 0)
    sheet.canvas.drawString(205, 688, again)
    ((_, covered, other),) = sheet.rows()
    assert covered == seen if seen else figure(covered).state is State.UNREADABLE
    assert other == "13"


def test_a_figure_that_is_crossed_out_is_unreadable() -> None:
    sheet = Sheet()
    sheet.row(100, 120, "规章", "12", "13")
    sheet.canvas.line(204, 686, 217, 696)
    sheet.canvas.line(204, 696, 217, 686)
    ((_, crossed, other),) = sheet.rows()
    assert (figure(crossed).state, other) == (State.UNREADABLE, "13")


def test_an_underline_strikes_nothing_out() -> None:
    sheet = Sheet()
    sheet.row(100, 120, "规章", "12", "3")
    sheet.canvas.line(205, 686.5, 217, 686.5)
    assert sheet.rows() == [("规章", "12", "3")]


# Narrow cells and ends of pages


@pytest.mark.parametrize(
    ("lines", "read"),
    [("344\n0", "3440"), ("140\n8", "1408"), ("123\n456\n78", "12345678"), ("12\n3", None), ("12\n345", None)],
)
def test_a_figure_goes_on_below_only_where_its_cell_is_full(lines: str, read: str | None) -> None:
    sheet = Sheet()
    sheet.row(100, 150, "规章", lines, "3", edges=(50, 200, 228, 300))
    ((_, text, _),) = sheet.rows()
    assert text == read if read else figure(text).state is State.UNREADABLE


def _split(above: tuple[str, ...], below: tuple[str, ...], wide: str = "") -> list[tuple[str, ...]]:
    sheet = Sheet()
    edges = (50, 125, 200, 275)
    if wide == "above":
        sheet.row(680, 700, "结果", "1", "2", "3", edges=(50, 125, 275, 300, 400))
    sheet.row(700, 720, "信息内容", "甲乙", "丙丁", edges=edges)
    sheet.row(720, 740, *above, edges=edges)
    sheet.canvas.showPage()
    sheet.row(60, 80, *below, edges=edges)
    sheet.row(80, 100, "最后一行", "8", "9", edges=edges)
    if wide == "below":
        sheet.row(100, 120, "结果", "1", "2", "3", edges=(50, 125, 275, 300, 400))
    return sheet.rows()[1 + (wide == "above") : -1 - (wide == "below")]


@pytest.mark.parametrize(
    ("above", "below", "whole"),
    [
        (("四、结转下年度", "", ""), ("", "118", "5"), [("四、结转下年度", "118", "5")]),
        (("行政规范性文", "3", "0"), ("件", "", ""), [("行政规范性文件", "3", "0")]),
        (("行政规范性文", "", ""), ("件", "3", "0"), [("行政规范性文件", "3", "0")]),
        (("规章", "3", "0"), ("行政许可", "1", "2"), [("规章", "3", "0"), ("行政许可", "1", "2")]),
        (("规章", "", ""), ("行政许可", "1", "2"), [("规章", "", ""), ("行政许可", "1", "2")]),
        (("规章规章规章", "3", "0"), ("（二）其他", "", ""), [("规章规章规章", "3", "0"), ("（二）其他", "", "")]),
    ],
)
def test_a_row_that_the_page_divides_is_one_row_where_that_is_sure(
    above: tuple[str, ...], below: tuple[str, ...], whole: list[tuple[str, ...]]
) -> None:
    assert _split(above, below) == whole


@pytest.mark.parametrize("wide", ["above", "below"])
def test_a_row_that_the_page_divides_is_one_row_also_where_other_rows_are_wider(wide: str) -> None:
    (row,) = _split(("四、结转下年度", "", ""), ("", "118", "5"), wide)
    assert (row[0], [text for text in row[1:] if text]) == ("四、结转下年度", ["118", "5"])


@pytest.mark.parametrize("edges", [(60, 135, 210, 285), (50, 100, 200, 275), (50, 125, 200, 300)])
def test_tables_whose_columns_do_not_go_on_are_two(edges: tuple[int, ...]) -> None:
    sheet = Sheet()
    sheet.row(700, 720, "信息内容", "甲乙", "丙丁", edges=(50, 125, 200, 275))
    sheet.row(720, 740, "规章", "1", "2", edges=(50, 125, 200, 275))
    sheet.canvas.showPage()
    sheet.row(60, 80, "行政许可", "1", "2", edges=edges)
    sheet.row(80, 100, "结果", "1", "2", "3", edges=(50, 125, 275, 300, 400))
    assert len(pdf.read(sheet.data()).grids) == 2


@pytest.mark.parametrize("scale", [0.05, 1, 2.5])
def test_vertical_type_lies_where_it_is_painted(scale: float) -> None:
    vertical = UnicodeCIDFont(FONT, isVertical=True)
    vertical.fontName = vertical.name = "vertical"
    pdfmetrics.registerFont(vertical)
    sheet = Sheet()
    sheet.cell(50, 70, 100, 180)
    for number in range(4):
        sheet.row(
            100 + 20 * number, 120 + 20 * number, f"（{'一二三四'[number]}）项", str(number), edges=(70, 200, 300)
        )
    text = sheet.canvas.beginText()
    text.setTextTransform(scale, 0, 0, scale, 56, 695)
    text.setFont("vertical", 8 / scale)
    text.textOut("办理结果")
    sheet.canvas.drawText(text)
    assert [row[1:] for row in sheet.rows()] == [(f"（{'一二三四'[n]}）项", str(n)) for n in range(4)]


# Tables without ruling


BLANKS: Figures = {
    name: {cell.row: dict.fromkeys(form.rows[cell.row].columns, "") for cell in form.cells}
    for name, form in FORMAT.tables.items()
}
WORDS: Figures = {
    name: {row: {key: "见附件" if key == "total" else "7" for key in cells} for row, cells in rows.items()}
    for name, rows in BLANKS.items()
}


@pytest.mark.parametrize("name", ["bare", "level"])
@pytest.mark.parametrize("figures", [BLANKS, WORDS], ids=["blanks", "words"])
def test_what_cannot_be_placed_without_ruling_is_never_called_missing(name: str, figures: Figures) -> None:
    audit = govstats.check(printed(story(figures), printed=PRINTS[name]))
    assert {finding.rule for finding in audit.findings} & {"D002", "D003", "D004", "D005"} == set()
    assert any(finding.rule in {"D007", "D013"} for finding in audit.findings)


@pytest.mark.parametrize("name", ["bare", "level"])
def test_gaps_without_ruling_are_placed(name: str) -> None:
    made = sample("gaps", 3)
    counted = count(govstats.read(printed(story(made.figures), printed=PRINTS[name])), made.truth)
    assert dict(counted) == {"exact": 180, "gap": 20}


@pytest.mark.parametrize("name", ["bare", "level"])
@pytest.mark.parametrize(("gap", "lost"), [("无", 4), ("無", 4), ("1***", 4), ("", 4), ("见附件", 22)])
@pytest.mark.parametrize("column", ["natural_person", "total"])
def test_what_stands_for_a_figure_without_ruling_costs_itself_alone(
    name: str, gap: str, lost: int, column: str
) -> None:
    """Words cost their row."""
    made = sample("dense", 4)
    figures = {table: {row: dict(cells) for row, cells in rows.items()} for table, rows in made.figures.items()}
    for row in ("3.1", "3.5.5", "3.6.2"):
        figures["applications"][row][column] = gap
    figures["litigation"]["direct"]["pending"] = gap
    report = govstats.read(printed(story(figures), printed=PRINTS[name]))
    counted = count(report, made.truth)
    assert counted["wrong"] + counted["invented zero"] == 0
    assert counted["unreadable"] == lost


def test_tables_without_ruling_are_named_in_the_meta_data() -> None:
    document = pdf.read(printed(story(sample("dense", 1).figures), printed=PRINTS["bare"]))
    assert document.meta[UNRULED].startswith("1")


# Scans


@pytest.mark.parametrize("shown", ["nothing", "white", "a line", "an emblem"])
def test_paper_on_which_nothing_is_printed_is_no_scan(shown: str) -> None:
    sheet = Sheet()
    if shown == "white":
        sheet.canvas.setFillGray(1)
        sheet.canvas.drawString(60, 750, "2023")
    elif shown == "a line":
        sheet.canvas.line(60, 750, 500, 750)
    elif shown == "an emblem":
        sheet.canvas.drawImage(a_picture(), 60, 750, 40, 20)
    sheet.canvas.showPage()
    data = sheet.data()
    assert PICTURED not in pdf.read(data).meta
    assert [finding.rule for finding in govstats.check(data).findings] == ["D001"]


def test_a_table_all_of_whose_letters_are_drawings_is_a_picture() -> None:
    sheet = Sheet()
    for x, y in product(range(60, 540, 12), range(200, 700, 20)):
        sheet.canvas.ellipse(x, y, x + 6, y + 10, stroke=0, fill=1)
    assert pdf.read(sheet.data()).meta[PICTURED] == "0"


def test_pages_that_are_pictures_are_told_once_and_no_table_is_called_missing() -> None:
    sheet = Sheet()
    sheet.canvas.setFont(FONT, 10)
    sheet.canvas.drawString(60, 750, "二、主动公开政府信息情况")
    sheet.canvas.drawString(60, 730, "三、收到和处理政府信息公开申请情况")
    sheet.canvas.showPage()
    sheet.canvas.drawImage(a_picture(), 20, 20, 560, 760)
    data = sheet.data()
    assert pdf.read(data).meta[PICTURED] == "2"
    rules = [finding.rule for finding in govstats.check(data).findings]
    assert rules.count("D012") == 1
    assert "D002" not in rules


@pytest.mark.parametrize(
    ("name", "agency", "year", "told"),
    [
        ("青山县教育局2023年政府信息公开工作年度报告.pdf", "青山县教育局", 2023, "机关和年度取自文件名"),
        ("青山县教育局-2022.pdf", "青山县教育局", 2022, "机关和年度取自文件名"),
        ("2021年政府信息公开工作年度报告.pdf", None, 2021, "年度取自文件名"),
        ("关于做好2023年政府信息公开工作年度报告的通知.pdf", None, None, ""),
        ("扫描20230115.pdf", None, None, ""),
    ],
)
def test_whose_a_scan_is_its_file_may_tell_and_that_is_said(
    tmp_path: Path, name: str, agency: str | None, year: int | None, told: str
) -> None:
    sheet = Sheet()
    sheet.canvas.drawImage(a_picture(), 20, 20, 560, 760)
    (tmp_path / name).write_bytes(sheet.data())
    audit = govstats.check(str(tmp_path / name))
    ((report,), (finding,)) = audit.reports, audit.findings
    assert (report.agency, report.year) == (agency, year)
    assert ("取自文件名" in finding.message.zh) is bool(told)
    assert told in finding.message.zh


def test_text_without_meaning_is_told() -> None:
    font = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>/Encoding<<>>>>"
    data = document_of(zlib.compress(b"BT /F 9 Tf 50 700 Td (\x01\x02\x03\x04\x05\x06) Tj ET"))
    document = pdf.read(data.replace(b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>", font))
    assert not document.blocks or GARBLED in document.meta


# Damage that loses nothing


def _with_comment(stream: bytes) -> bytes:
    content = zlib.compress(b"BT /F 9 Tf 50 700 Td (whole) Tj ET")
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream"
    return file_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 5 0 R>>>>/Contents 4 0 R>>",
            b"<</Length %d/Filter/FlateDecode>>\nstream\n%s\nendstream" % (len(content), content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
            form % (len(stream), stream),
        ]
    )


def _flushed(text: bytes) -> bytes:
    packer = zlib.compressobj()
    return packer.compress(text) + packer.flush(zlib.Z_SYNC_FLUSH)


_PACKED = zlib.compress(b"q 1 0 0 1 0 0 cm Q")


@pytest.mark.parametrize(
    "stream",
    [_flushed(b"q Q"), _PACKED[:-4], _PACKED[:-4] + bytes(4), _PACKED[:-4] + b"\0\0\0\1", _PACKED[:-1] + b" ", b""],
    ids=["flushed", "without checksum", "zero", "that of nothing", "a byte of the checksum", "nothing in it"],
)
def test_a_stream_that_was_not_closed_loses_nothing(stream: bytes) -> None:
    assert [block.text for block in pdf.read(_with_comment(stream)).paragraphs] == ["whole"]


@pytest.mark.parametrize("stream", [_PACKED[:-8], _PACKED[:-4] + b"\1\2\3\4"], ids=["cut", "another checksum"])
def test_a_stream_that_may_have_lost_something_is_damage(stream: bytes) -> None:
    with pytest.raises(ReadError, match="数据流已损坏"):
        pdf.read(_with_comment(stream))


@pytest.mark.parametrize("lost", [rb"%%EOF\n", rb"startxref[\s\S]*", rb"xref\n[\s\S]*(?=trailer)"])
def test_a_file_without_its_table_of_objects_is_read(lost: bytes) -> None:
    data = re.sub(lost, b"", _with_comment(_PACKED))
    assert [block.text for block in pdf.read(data).paragraphs] == ["whole"]


def test_a_file_cut_in_the_middle_of_its_objects_is_not_whole() -> None:
    data = _with_comment(_PACKED)
    with pytest.raises(ReadError, match="损坏"):
        pdf.read(data[: data.rfind(b"BaseFont")])


def test_the_word_do_in_a_sentence_calls_nothing() -> None:
    words = b"BT /F 9 Tf 50 700 Td " + b"(Do not. Do it!) Tj (What they Do) Tj " * 400 + b"ET"
    assert pdf.read(document_of(zlib.compress(words + b" " * 400_000))).paragraphs


@pytest.mark.parametrize("shared", [b"[%d 0 R %d 0 R]", b"[ %d 0 R\n%d 0 R ]"])
def test_fields_that_share_what_is_below_them_are_refused(shared: bytes) -> None:
    tree = [b"<</Kids " + shared % (number, number) + b"/Parent 3 0 R>>" for number in range(6, 36)]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]>>"
    head = [b"<</Type/Catalog/Pages 2 0 R/AcroForm 4 0 R>>", b"<</Type/Pages/Count 1/Kids[3 0 R]>>", page]
    leaf = b"<</Type/Annot/Subtype/Widget/FT/Tx/T(leaf)/Rect[0 0 1 1]>>"
    with pytest.raises(ReadError, match="嵌套过多"):
        pdf.read(file_of([*head, b"<</Fields[5 0 R]/NeedAppearances true>>", *tree, leaf]))


@pytest.mark.parametrize("word", [b"/Contents[", b"stream\n", b"<<>>\nstream\n", b"/Contents 4 0 R", b"/XObject<<"])
def test_bytes_that_repeat_one_word_are_walked_through_a_few_times(word: bytes) -> None:
    from govstats.readers.pdf.scale import Scale
    from govstats.readers.pdf.streams import streams

    data = _with_comment(_PACKED).replace(b"%%EOF", word * 30_000 + b"\n%%EOF")
    scale = Scale(data)
    try:
        for stream in streams(data):
            scale.weigh(stream)
    except ReadError:
        return
    assert scale.walked <= 8 * len(data) + (1 << 20)


@pytest.mark.parametrize("shape", ["overturned", "sideways"])
def test_a_page_that_is_turned_is_not_read_again_as_it_lies(shape: str) -> None:
    """A character without a meaning asks for a second reading, which knows nothing of turning."""
    made = sample("dense", 3)
    told = story(made.figures)
    report = govstats.read(printed([f"{told[0]}🔥", *told[1:]], printed=PRINTS[shape]))
    assert not count(report, made.truth)["unreadable"]
