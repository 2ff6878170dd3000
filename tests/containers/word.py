"""Story → .docx: as Word and WPS write it (by hand, the way their XML looks), and as python-docx does."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

import docx
from PIL import Image

from tests.factory import Layout
from tests.marks import HIDDEN, PICTURE, PLAIN, RAISED, STRUCK, Run, manner, runs
from tests.stories import Story, places, width_of

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_TYPES = (
    f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="png" ContentType="image/png"/>'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
_LINES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_ROOM = 15_000
_LANDSCAPE = (
    '<w:sectPr><w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>'
    '<w:pgMar w:top="900" w:right="900" w:bottom="900" w:left="900"/></w:sectPr>'
)
_RELATIONS = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    "</Relationships>"
)


_MARKS = {
    PLAIN: ("",),
    RAISED: ('<w:vertAlign w:val="superscript"/>', '<w:position w:val="10"/>'),
    STRUCK: ("<w:strike/>", '<w:dstrike w:val="true"/>'),
    HIDDEN: ("<w:vanish/>", '<w:color w:val="FFFFFF"/>', '<w:color w:val="FEFEFE"/>'),
}
"""How Word sets a run apart."""
_INLINE = (
    '<w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
    '<wp:extent cx="120000" cy="120000"/><wp:docPr id="1" name="1"/>'
    '<a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:graphicData uri="http://schemas.openxmlformats.org/drawingml/2006/picture">'
    '<pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:nvPicPr>'
    '<pic:cNvPr id="1" name="1"/><pic:cNvPicPr/></pic:nvPicPr>'
    f'<pic:blipFill><a:blip xmlns:r="{_OFFICE}/relationships" r:embed="rId1"/></pic:blipFill>'
    '<pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext cx="120000" cy="120000"/></a:xfrm>'
    '<a:prstGeom prst="rect"/></pic:spPr></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing>'
)
_VML = (
    '<w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml" style="width:9pt;height:9pt">'
    f'<v:imagedata xmlns:r="{_OFFICE}/relationships" r:id="rId1"/></v:shape>'
    "</w:pict>"
)
_IMAGE = "word/media/image1.png"
_IMAGE_RELATION = (
    f'<Relationships xmlns="{_PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{_OFFICE}/relationships/image" Target="media/image1.png"/></Relationships>'
)


def by_hand(told: Story) -> bytes:
    """A .docx with what Word and LibreOffice need to open it, and nothing else."""
    body = "".join(paragraph(block) if isinstance(block, str) else table(block) for block in told)
    document = f'<w:document xmlns:w="{_WORD}"><w:body>{body}{_LANDSCAPE}</w:body></w:document>'
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in (
            ("[Content_Types].xml", _TYPES),
            ("_rels/.rels", _RELATIONS),
            ("word/document.xml", document),
        ):
            package.writestr(name, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + part)
        if "rId1" in document:
            package.writestr("word/_rels/document.xml.rels", _IMAGE_RELATION)
            package.writestr(_IMAGE, picture())
    return packed.getvalue()


def picture() -> bytes:
    """A small black PNG."""
    drawn = io.BytesIO()
    Image.new("RGB", (40, 12), (0, 0, 0)).save(drawn, "PNG")
    return drawn.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p>{''.join(_run(run, text) for run in runs(text)) or '<w:r/>'}</w:p>"


def _run(run: Run, text: str) -> str:
    """A part of a text. A picture of a figure is drawn, in the new manner or the old one."""
    if run.kind == PICTURE:
        return f"<w:r>{manner(text, (_INLINE, _VML))}</w:r>"
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in run.text.split("\n"))
    looks = f'<w:rFonts w:hint="eastAsia"/>{manner(text, _MARKS[run.kind])}'
    return f"<w:r><w:rPr>{looks}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def table(layout: Layout) -> str:
    """A cell that goes on below is there again, empty, in every row that it covers."""
    width = _ROOM // width_of(layout)
    rows = []
    for slots in places(layout):
        cells = []
        for slot in slots:
            if slot.right:
                continue
            merge = "<w:vMerge/>" if slot.down else '<w:vMerge w:val="restart"/>' * (slot.box.height > 1)
            wide = f'<w:gridSpan w:val="{slot.box.width}"/>' * (slot.box.width > 1)
            settings = f'<w:tcW w:w="{width * slot.box.width}" w:type="dxa"/>{wide}{merge}<w:vAlign w:val="center"/>'
            cells.append(f"<w:tc><w:tcPr>{settings}</w:tcPr>{paragraph(slot.text)}</w:tc>")
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    grid = f'<w:gridCol w:w="{width}"/>' * width_of(layout)
    borders = f"<w:tblPr><w:tblBorders>{_LINES}</w:tblBorders></w:tblPr>"
    return f"<w:tbl>{borders}<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def by_library(told: Story) -> bytes:
    """A .docx as python-docx saves it: styles, themes, and merged cells made by its `merge`."""
    document = docx.Document()
    for block in told:
        if isinstance(block, str):
            document.add_paragraph(block)
        else:
            _add_table(document, block)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()


def _add_table(document: docx.document.Document, layout: Layout) -> None:
    added = document.add_table(len(layout), width_of(layout))
    cells = [list(row.cells) for row in added.rows]
    for number, slots in enumerate(places(layout)):
        for at, slot in enumerate(slots):
            if slot.is_own:
                last = cells[number + slot.box.height - 1][at + slot.box.width - 1]
                cells[number][at].merge(last).text = slot.text
