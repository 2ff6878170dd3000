"""Story → .odt and .ods: content.xml as LibreOffice writes it, with covered cells and repeated columns."""

from __future__ import annotations

import io
import zipfile
from itertools import groupby
from xml.sax.saxutils import escape

from tests.factory import Box, Layout
from tests.stories import Slot, Story, places

_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
_TYPE = "application/vnd.oasis.opendocument."


def odt(told: Story) -> bytes:
    """A text: headings, paragraphs, tables."""
    blocks = (_paragraph(block) if isinstance(block, str) else table(block) for block in told)
    return _package("text", "".join(blocks))


def ods(told: Story) -> bytes:
    """A workbook of one sheet: a paragraph is a row of one cell, figures are numbers, equal neighbours are repeated."""
    together: Layout = []
    for block in told:
        together += [[Box(block)]] if isinstance(block, str) else [*block, [Box("")]]
    return _package("spreadsheet", table(together, typed=True))


def _package(kind: str, body: str) -> bytes:
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}><office:body><office:{kind}>'
        f"{body}</office:{kind}></office:body></office:document-content>"
    )
    manifest = (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_TYPE}{kind}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>'
    )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("mimetype", _TYPE + kind, zipfile.ZIP_STORED)
        package.writestr("content.xml", content)
        package.writestr("META-INF/manifest.xml", manifest)
    return packed.getvalue()


def _paragraph(text: str) -> str:
    return f"<text:p>{'<text:line-break/>'.join(map(escape, text.split(chr(10))))}</text:p>"


def table(layout: Layout, typed: bool = False) -> str:
    """Every covered place is there, as covered-table-cell; `typed`: figures are numbers, equal neighbours one cell."""
    rows = []
    for slots in places(layout):
        cells = [_cell(slot, typed) for slot in slots]
        grouped = [(cell, len(list(same))) for cell, same in groupby(cells)] if typed else [(each, 1) for each in cells]
        rows.append(f"<table:table-row>{''.join(_repeated(*each) for each in grouped)}</table:table-row>")
    return f'<table:table table:name="表">{"".join(rows)}</table:table>'


def _cell(slot: Slot, typed: bool) -> str:
    if not slot.is_own:
        return "<table:covered-table-cell/>"
    box = slot.box
    spans = ""
    if box.width > 1 or box.height > 1:
        spans = f' table:number-columns-spanned="{box.width}" table:number-rows-spanned="{box.height}"'
    if not box.text:
        return f"<table:table-cell{spans}/>"
    value = f' office:value-type="float" office:value="{box.text}"' * (typed and box.text.isascii() and _is_count(box))
    return f"<table:table-cell{spans}{value}>{_paragraph(box.text)}</table:table-cell>"


def _is_count(box: Box) -> bool:
    return box.text.isdigit()


def _repeated(cell: str, times: int) -> str:
    name = "table:covered-table-cell" if cell.startswith("<table:covered") else "table:table-cell"
    return cell.replace(f"<{name}", f'<{name} table:number-columns-repeated="{times}"', 1) if times > 1 else cell
