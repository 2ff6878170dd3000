"""Copy → a Word file: the tables with merged cells, changed cells coloured and with a comment, notes below."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from govstats.catalog.layout import LABEL, Placed, placed, weights, width
from govstats.correction.copy import CopiedTable, Copy
from govstats.sources.own import MAKER

SUFFIX = ".docx"

_PAPER = (210, 297)
_MARGIN = 18
_ROW = 5.8
"""Paper, margins and the least height of a row in millimetres."""
_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"
_CHANGED, _UNREAD = "FFF2CC", "E7E6E6"


def write(copy: Copy) -> bytes:
    document = Document()
    _prepare(document, copy)
    _paragraph(document, copy.title, size=18, font=_HEI, centred=True)
    _paragraph(document, copy.remark, size=9, centred=True)
    for table in copy.tables:
        _paragraph(document, table.heading, size=12, font=_HEI, keep=True)
        _table(document, table)
        for note in table.notes:
            _paragraph(document, note, size=9)
    written = BytesIO()
    document.save(written)
    return written.getvalue()


def _prepare(document: Any, copy: Copy) -> None:
    """A4 with room for ten columns; the fonts of official papers."""
    section = document.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in _PAPER)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Mm(_MARGIN)
    style = document.styles["Normal"]
    style.font.name, style.font.size = _LATIN, Pt(9)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _SONG)
    language = OxmlElement("w:lang")
    language.set(qn("w:eastAsia"), "zh-CN")
    style.element.rPr.append(language)
    document.core_properties.title, document.core_properties.author = copy.title, MAKER
    document.core_properties.subject = copy.source
    document.core_properties.comments = ""


def _paragraph(
    document: Any, text: str, size: int, font: str = _SONG, *, centred: bool = False, keep: bool = False
) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(text)
    run.font.size = Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    paragraph.paragraph_format.space_after, paragraph.paragraph_format.space_before = Pt(4), Pt(4)
    paragraph.paragraph_format.keep_with_next = keep
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(document: Any, table: CopiedTable) -> None:
    boxes = table.boxes
    drawn = document.add_table(len(boxes), width(boxes), style="Table Grid")
    drawn.alignment, drawn.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    grid = [list(row.cells) for row in drawn.rows]
    widths = [Mm((_PAPER[0] - 2 * _MARGIN) * weight) for weight in weights(table.form)]
    for column, wide in zip(drawn.columns, widths, strict=True):
        column.width = wide
    for at, row in enumerate(grid):
        for cell, wide in zip(row, widths, strict=True):
            cell.width = wide
            cell.paragraphs[0].paragraph_format.keep_with_next = at < len(grid) - 1
    for each in placed(boxes):
        _box(document, table, grid, each)
    for row in drawn.rows:
        row.height = Mm(_ROW)
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _box(document: Any, table: CopiedTable, grid: list[list[Any]], at: Placed) -> None:
    box = at.box
    cell = grid[at.row][at.column]
    if box.width > 1 or box.height > 1:
        cell = cell.merge(grid[at.row + box.height - 1][at.column + box.width - 1])
    paragraph = cell.paragraphs[0]
    if box.kind != LABEL:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    copied = table.cells[box.cell] if box.cell is not None else None
    run = paragraph.add_run(copied.text if copied else box.text)
    if copied and copied.note:
        run.font.bold = copied.changed
        _shade(cell, _CHANGED if copied.changed else _UNREAD)
        document.add_comment(run, copied.note, author="govstats", initials="gs")
    cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.CENTER


def _shade(cell: Any, colour: str) -> None:
    """Before the vertical alignment is set: Word wants the properties of a cell in the order of its schema."""
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)
