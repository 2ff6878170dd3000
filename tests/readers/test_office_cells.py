"""Cells of Office files: what lies over them, styles that take a mark back, lines without a size, charsets of XML."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
import yaml

from govstats.errors import ReadError
from govstats.readers import read_document
from govstats.readers._office.marks import OBJECT
from govstats.readers.excel.axis import Axis
from govstats.readers.excel.biffsheet import BiffSheet
from govstats.readers.rtf import _has_its_bytes
from tests.containers import flat, odf, word
from tests.figuresets import sample
from tests.readers.test_office_seen import grid_texts, in_word, in_writer
from tests.stories import story

CELLS: list[dict[str, Any]] = yaml.safe_load(Path(__file__).with_name("officecells.yaml").read_text("utf-8"))
READ = {"word": in_word, "writer": in_writer}
ROW = "<table:table-row{}><table:table-cell><text:p>{}</text:p></table:table-cell>{}</table:table-row>"
BLANK = "<table:table-cell>{}</table:table-cell>"
NUMBER = '<table:table-cell office:value-type="float" office:value="7"><text:p>7</text:p></table:table-cell>'
BOX = '<draw:{0} svg:width="9mm" svg:height="4mm">{1}</draw:{0}>'


@pytest.mark.parametrize("case", CELLS, ids=lambda case: case["why"])
def test_a_cell_is_read_as_it_is_seen(case: dict[str, Any]) -> None:
    read = READ[case["in"]](case["cell"], case.get("styles", ""))
    assert " ".join(read.split()) == case["seen"]


def in_calc(cell: str, shapes: str = "", styles: str = "") -> list[list[str]]:
    """The texts of a sheet of two rows: 甲 with a figure, 乙 with this cell."""
    rows = ROW.format("", "甲", NUMBER) + ROW.format("", "乙", cell)
    body = f'<table:table table:name="表">{shapes}{rows}</table:table>'
    with zipfile.ZipFile(io.BytesIO(odf.book([]))) as package:
        content = package.read("content.xml").decode()
    head = f"<office:automatic-styles>{styles}</office:automatic-styles><office:body>"
    flat_book = content.replace("<office:body>", head).replace("<office:spreadsheet>", f"<office:spreadsheet>{body}")
    return grid_texts(read_document(flat_book.replace("office:document-content", "office:document").encode()))


@pytest.mark.parametrize(
    ("over", "seen"),
    [
        (BOX.format("frame", "<draw:text-box><text:p>12</text:p></draw:text-box>"), "12"),
        (BOX.format("custom-shape", "<text:p>12</text:p>"), "12"),
        (BOX.format("g", BOX.format("rect", "<text:p>12</text:p>")), "12"),
        (BOX.format("path", ""), OBJECT),
        (BOX.format("ellipse", ""), OBJECT),
        ('<draw:line svg:x1="1mm" svg:x2="1mm" svg:y1="0mm" svg:y2="4mm"/>', OBJECT),
        ('<draw:line svg:x1="1mm" svg:x2="20mm" svg:y1="0mm" svg:y2="4mm"/>', ""),
        (BOX.format("frame", "<draw:image/>"), OBJECT),
        ('<draw:frame svg:width="40mm" svg:height="40mm"><draw:image/></draw:frame>', ""),
        (BOX.format("custom-shape", "<text:p/>"), ""),
        ("<office:annotation><text:p>12</text:p></office:annotation>", ""),
    ],
    ids=["box", "shape", "group", "by hand", "ring", "a 1", "diagonal", "picture", "seal", "frame", "note"],
)
def test_what_lies_over_a_blank_cell_of_calc(over: str, seen: str) -> None:
    assert in_calc(BLANK.format(over))[1] == ["乙", seen]
    both = in_calc(NUMBER.replace("</table:table-cell>", f"{over}</table:table-cell>"))[1]
    assert both == ["乙", "7 12" if seen == "12" else "7"]


def test_a_button_of_calc_shows_its_label() -> None:
    form = 'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0"'
    forms = f'<office:forms {form}><form:form><form:button form:id="c1" form:label="12"/></form:form></office:forms>'
    button = '<draw:control draw:control="c1" svg:width="9mm" svg:height="4mm"/>'
    assert in_calc(BLANK.format(button), shapes=forms)[1] == ["乙", "12"]


def test_a_shape_on_the_page_of_calc_lies_where_it_is_drawn() -> None:
    box = BOX.format("frame", "<draw:text-box><text:p>12</text:p></draw:text-box>")
    box = box.replace("<draw:frame", '<draw:frame svg:x="25mm" svg:y="5mm"').replace('"4mm"', '"3mm"')
    assert in_calc("<table:table-cell/>", shapes=f"<table:shapes>{box}</table:shapes>")[1] == ["乙", "12"]


def test_places_along_rows() -> None:
    rows = Axis(0.5)
    rows.add(2, None)
    rows.add(3, 2.0)
    rows.add(1, 0.0)
    assert [rows.at(place) for place in (0.0, 0.6, 1.1, 3.5, 6.9)] == [0, 1, 2, 3, 4]


def test_a_row_of_calc_without_height_is_hidden() -> None:
    style = (
        '<style:style style:name="flat" style:family="table-row"><style:table-row-properties style:row-height="{}"/>'
        "</style:style>"
    )
    twice = BLANK.format("") + "</table:table-row>" + ROW.format(' table:style-name="flat"', "甲", NUMBER)
    twice = twice.removesuffix("</table:table-row>")
    assert [row[0] for row in in_calc(twice, styles=style.format("0cm")) if row[0]] == ["甲", "乙"]
    assert [row[0] for row in in_calc(twice, styles=style.format("0.5cm")) if row[0]] == ["甲", "乙", "甲"]


def biff(*records: tuple[int, bytes]) -> BiffSheet:
    sheet = BiffSheet((), {})
    for kind, content in records:
        sheet.take(kind, content)
    return sheet


def test_lines_of_an_old_workbook_without_a_size_are_hidden() -> None:
    row, columns = 0x0208, 0x007D
    seen = biff(
        (row, struct.pack("<HHHH6xH", 3, 0, 9, 0, 0)),
        (row, struct.pack("<HHHH6xH", 4, 0, 9, 285, 0)),
        (columns, struct.pack("<HHHHH2x", 1, 2, 0, 15, 0)),
        (columns, struct.pack("<HHHHH2x", 5, 6, 2048, 15, 0)),
    ).seen
    assert (seen.hidden_rows, seen.hidden_columns) == ({3}, {1, 2})


@pytest.mark.parametrize(("kind", "laid"), [(6, "12"), (2, "12"), (0x19, None)], ids=["text box", "shape", "note"])
def test_the_text_of_a_shape_of_an_old_workbook(kind: int, laid: str | None) -> None:
    anchor = b"\x10\xf0\x12\0\0\0" + struct.pack("<9H", 0, 2, 0, 5, 0, 2, 0, 5, 0)
    seen = biff(
        (0x00EC, b"\x12\0\x0a\xf0\x08\0\0\0" + bytes(8) + anchor),
        (0x005D, struct.pack("<HHH", 0x15, 0x12, kind)),
        (0x01B6, struct.pack("<10xHHH", 2, 0, 0)),
        (0x003C, b"\x0012"),
    ).seen
    assert seen.laid_over == ([] if laid is None else [(((5, 2),), laid)])


def shape_of_biff(kind: int, right: int = 300, properties: bytes = b"") -> BiffSheet:
    """A shape in the cell of row 5, column 2."""
    anchor = b"\x10\xf0\x12\0\0\0" + struct.pack("<9H", 0, 2, 200, 5, 10, 2, right, 5, 240)
    head = struct.pack("<H", kind << 4 | 2) + b"\x0a\xf0\x08\0\0\0" + bytes(8)
    return biff((0x00EC, head + properties + anchor), (0x005D, struct.pack("<HHH", 0x15, 0x12, 0x1E)))


@pytest.mark.parametrize(
    ("made", "is_ink"),
    [
        (shape_of_biff(20), True),
        (shape_of_biff(20, 1000), False),
        (shape_of_biff(3), True),
        (shape_of_biff(1), False),
        (shape_of_biff(1, properties=b"\x81\x01\0\0\0\0"), True),
        (shape_of_biff(1, properties=b"\x81\x01\xff\xff\xff\0"), False),
        (shape_of_biff(1, properties=b"\x81\x01\0\0\0\0\xbf\x01\0\0\x10\0"), False),
        (shape_of_biff(136), True),
    ],
    ids=["a 1", "diagonal", "ring", "frame", "blot", "patch", "not filled", "letters as a shape"],
)
def test_small_shapes_of_an_old_workbook_are_ink(made: BiffSheet, is_ink: bool) -> None:
    assert made.seen.laid_over == [(((5, 2),), OBJECT)] * is_ink


def test_letters_as_a_shape_of_an_old_workbook_with_a_text_are_that_text() -> None:
    sheet = shape_of_biff(3)
    for kind, content in ((0x01B6, struct.pack("<10xHHH", 2, 0, 0)), (0x003C, b"\x0012")):
        sheet.take(kind, content)
    assert sheet.seen.laid_over == [(((5, 2),), "12")]


@pytest.mark.parametrize("charset", ["utf-16-le", "utf-16-be", "utf-16", "utf-32-le"])
def test_xml_of_several_bytes_a_character(charset: str) -> None:
    told = word.by_hand(story(sample("dense", 1).figures))
    read = grid_texts(read_document(flat.word_2003(told)))
    assert read
    made = flat.word_2003(told, charset)
    assert grid_texts(read_document(made)) == read


def test_bytes_that_an_rtf_announces_are_there() -> None:
    assert _has_its_bytes(rb"{\rtf1 {\x\bin4 }}{{} a}")
    assert _has_its_bytes(rb"{\rtf1 {\x\bin18 \bin99999999 xxxxx} \\bin99999999 \binfsxn2}")
    for count in ("99999999999", "-3", "40"):
        assert not _has_its_bytes(rb"{\rtf1 \bin%s abc}" % count.encode())
        with pytest.raises(ReadError):
            read_document(rb"{\rtf1 \bin%s abc}" % count.encode())


def test_blanks_that_a_row_of_separated_values_leaves_out() -> None:
    rows = "表,,\n项目,甲,乙\n规章,1,2\n文件,3,4\n许可,5,6\n处罚\n"
    assert grid_texts(read_document(rows.encode()))[-1] == ["处罚", "", ""]
