"""What lies over the cells of a workbook: controls, old drawings, what is placed by its distance from the corner."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from govstats.readers import read_document
from govstats.readers._office.marks import OBJECT
from govstats.text.figures import State, figure
from tests.readers.test_office_seen import grid_texts

_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
_XDR = "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"
_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_VML = 'xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel"'
_PIXEL = 9_525

CONTROL = (
    '<v:shape id="s1" type="#t201" style="position:absolute;{style}">{content}'
    '<x:ClientData ObjectType="{kind}"><x:Anchor>1, 5, 1, 2, 1, 50, 1, 18</x:Anchor>{more}</x:ClientData></v:shape>'
)
CAPTION = '<v:textbox><div style="text-align:left"><font face="SimSun">12</font><br></div></v:textbox>'
TEXT = f'<xdr:sp><xdr:nvSpPr><xdr:cNvPr id="2" name="b"{{}}/></xdr:nvSpPr><a:t xmlns:a="{_A}">12</a:t></xdr:sp>'
TEXT = TEXT.replace("<a:t ", "<a:p xmlns:a='urn:a'><a:t ").replace("</a:t>", "</a:t></a:p>")
PICTURE = f'<xdr:pic><xdr:blipFill><a:blip xmlns:a="{_A}"/></xdr:blipFill></xdr:pic>'


def sheet(drawing: str = "", old: str = "", widths: str = "", behind: str = "") -> list[list[str]]:
    """The texts of a sheet 名称 数量 / 规章 (blank) / 文件 7, with drawings."""
    book = openpyxl.Workbook()
    for row in (["名称", "数量"], ["规章"], ["文件", 7]):
        book.active.append(row)
    made, packed = io.BytesIO(), io.BytesIO()
    book.save(made)
    with zipfile.ZipFile(made) as plain, zipfile.ZipFile(packed, "w") as package:
        for name in plain.namelist():
            part = plain.read(name).decode("utf-8", "replace")
            if name == "xl/worksheets/sheet1.xml":
                part = part.replace("<sheetData>", f"{widths}<sheetData>")
                drawn = f'<drawing xmlns:r="{_R}" r:id="rId1"/><legacyDrawing xmlns:r="{_R}" r:id="rId2"/>'
                part = part.replace("</worksheet>", f"{behind}{drawn}</worksheet>")
            package.writestr(name, part)
        targets = (("rId1", "drawing", "../drawings/drawing1.xml"), ("rId2", "vmlDrawing", "../drawings/vml1.vml"))
        relations = "".join(f'<Relationship Id="{id_}" Type="{_R}/{kind}" Target="{at}"/>' for id_, kind, at in targets)
        package.writestr(
            "xl/worksheets/_rels/sheet1.xml.rels", f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>'
        )
        package.writestr("xl/drawings/drawing1.xml", f'<xdr:wsDr xmlns:xdr="{_XDR}">{drawing}</xdr:wsDr>')
        package.writestr("xl/drawings/vml1.vml", f"<xml {_VML}>{old}</xml>")
    return grid_texts(read_document(packed.getvalue()))


def absolute(held: str, x: int, y: int, width: int = 30, height: int = 12) -> str:
    """What is held, at so many pixels from the sheet's corner."""
    x, y, width, height = (_PIXEL * each for each in (x, y, width, height))
    return (
        f'<xdr:absoluteAnchor><xdr:pos x="{x}" y="{y}"/><xdr:ext cx="{width}" cy="{height}"/>{held}'
        "<xdr:clientData/></xdr:absoluteAnchor>"
    )


@pytest.mark.parametrize(("held", "seen"), [(TEXT.format(""), "12"), (PICTURE, OBJECT)], ids=["text", "picture"])
def test_what_is_placed_by_its_distance_from_the_corner_lies_over_a_cell(held: str, seen: str) -> None:
    assert sheet(absolute(held, 70, 24))[1] == ["规章", seen]
    assert sheet(absolute(held, 70, 4))[1] == ["规章", ""]
    wide = '<cols><col min="1" max="1" width="40" customWidth="1"/></cols>'
    assert sheet(absolute(held, 300, 24), widths=wide)[1] == ["规章", seen]
    assert sheet(absolute(PICTURE, 70, 24, 300, 300))[1] == ["规章", ""]


def test_a_shape_that_is_hidden_shows_nothing() -> None:
    assert sheet(absolute(TEXT.format(' hidden="1"'), 70, 24))[1] == ["规章", ""]


@pytest.mark.parametrize(
    ("control", "seen"),
    [
        (CONTROL.format(kind="Label", content=CAPTION, style="", more=""), "12"),
        (CONTROL.format(kind="Checkbox", content=CAPTION, style="", more=""), "12"),
        (CONTROL.format(kind="Edit", content=CAPTION, style="", more=""), "12"),
        (CONTROL.format(kind="Rect", content=CAPTION, style="", more=""), "12"),
        (CONTROL.format(kind="Rect", content='<v:textpath style="a" string="12"/>', style="", more=""), "12"),
        (CONTROL.format(kind="Pict", content='<v:imagedata o:relid="rId1"/>', style="", more=""), OBJECT),
        (CONTROL.format(kind="Drop", content="", style="", more="<x:Sel>3</x:Sel>"), OBJECT),
        (CONTROL.format(kind="Drop", content="", style="", more="<x:Sel>0</x:Sel>"), ""),
        (CONTROL.format(kind="Checkbox", content="", style="", more=""), ""),
        (CONTROL.format(kind="Label", content=CAPTION, style="visibility:hidden", more=""), ""),
        (CONTROL.format(kind="Note", content=CAPTION, style="", more=""), ""),
    ],
    ids=[
        *("label", "box to tick", "field", "text box", "letters as a shape", "object", "chosen", "nothing chosen"),
        *("no caption", "hidden", "note"),
    ],
)
def test_controls_and_old_drawings_lie_over_cells(control: str, seen: str) -> None:
    assert sheet(old=control)[1] == ["规章", seen]


def test_a_control_that_is_drawn_twice_is_one() -> None:
    place = "<xdr:{0}><xdr:col>1</xdr:col><xdr:row>{1}</xdr:row></xdr:{0}>"
    anchor = f"<xdr:twoCellAnchor>{place.format('from', 1)}{place.format('to', 1)}{TEXT.format('')}</xdr:twoCellAnchor>"
    assert sheet(anchor, CONTROL.format(kind="Label", content=CAPTION, style="", more=""))[1] == ["规章", "12"]


def test_a_text_over_a_figure_leaves_it_in_doubt() -> None:
    over = CONTROL.replace("1, 5, 1, 2, 1, 50, 1, 18", "1, 5, 2, 2, 1, 50, 2, 18")
    texts = sheet(old=over.format(kind="Rect", content=CAPTION, style="", more=""))
    assert figure(texts[2][1]).state is State.UNREADABLE
    same = over.format(kind="Rect", content=CAPTION.replace("12", "7"), style="", more="")
    assert sheet(old=same)[2] == ["文件", "7"]


def shape(kind: str, width: int, height: int, fill: str = "") -> str:
    """A shape without a text, of so many pixels."""
    painted = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else ""
    held = f'<xdr:sp><xdr:spPr xmlns:a="{_A}"><a:prstGeom prst="{kind}"/>{painted}</xdr:spPr></xdr:sp>'
    return absolute(held, 80, 22, width, height)


@pytest.mark.parametrize(
    ("drawing", "seen"),
    [
        (shape("line", 0, 15), OBJECT),
        (shape("line", 6, 14), OBJECT),
        (shape("line", 60, 15), ""),
        (shape("line", 40, 0), ""),
        (shape("ellipse", 10, 14), OBJECT),
        (shape("ellipse", 300, 100), ""),
        (shape("rect", 20, 12), ""),
        (shape("rect", 20, 12, "FFFFFF"), ""),
        (shape("rect", 20, 12, "000000"), OBJECT),
    ],
    ids=["a 1", "slanting", "diagonal", "rule", "ring", "ring around many", "frame", "patch", "blot"],
)
def test_small_shapes_are_ink(drawing: str, seen: str) -> None:
    assert sheet(drawing)[1] == ["规章", seen]


def test_a_small_chart_in_a_cell_is_unread() -> None:
    space = "http://schemas.microsoft.com/office/excel/2006/main"
    charts = f'<x:sparkline xmlns:x="urn:x"><m:sqref xmlns:m="{space}">B2</m:sqref></x:sparkline>'
    assert sheet(behind=f"<extLst>{charts}</extLst>")[1] == ["规章", OBJECT]


@pytest.mark.parametrize("kind", ["dataBar", "iconSet"])
@pytest.mark.parametrize(("shown", "state"), [("0", State.UNREADABLE), ("1", State.NUMBER)])
def test_a_bar_or_an_icon_in_place_of_a_figure_is_unread(kind: str, shown: str, state: State) -> None:
    rule = f'<cfRule type="{kind}" priority="1"><{kind} showValue="{shown}"/></cfRule>'
    texts = sheet(behind=f'<conditionalFormatting sqref="A1 B2:B3">{rule}</conditionalFormatting>')
    assert figure(texts[2][1]).state is state
