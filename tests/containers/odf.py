"""Story → .odt and .ods: content.xml as LibreOffice writes it, with covered cells and repeated columns."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from itertools import groupby
from xml.sax.saxutils import escape

from tests.factory import Box, Layout
from tests.marks import HIDDEN, PICTURE, PLAIN, RAISED, STRUCK, Run, manner, runs
from tests.stories import Slot, Story, places

_OASIS = "urn:oasis:names:tc:opendocument:xmlns"
_NAMES = " ".join(f'xmlns:{name}="{_OASIS}:{name}:1.0"' for name in ("office", "text", "table", "style"))
_NAMES += f' xmlns:draw="{_OASIS}:drawing:1.0" xmlns:svg="{_OASIS}:svg-compatible:1.0"'
_NAMES += f' xmlns:fo="{_OASIS}:xsl-fo-compatible:1.0"'
_LOOKS = {
    "raised": 'style:text-position="super 58%"',
    "lifted": 'style:text-position="33% 100%"',
    "struck": 'style:text-line-through-style="solid"',
    "crossed": 'style:text-line-through-type="double"',
    "hidden": 'text:display="none"',
    "white": 'fo:color="#ffffff"',
}
_STYLES = "".join(
    f'<style:style style:name="{name}" style:family="{family}"><style:text-properties {look}/></style:style>'
    for name, look in _LOOKS.items()
    for family in ("text", "table-cell")
)
_STYLES += (
    '<style:style style:name="hidden-sheet" style:family="table">'
    '<style:table-properties table:display="false"/></style:style>'
)
_MARKS = {RAISED: ("raised", "lifted"), STRUCK: ("struck", "crossed"), HIDDEN: ("hidden", "white")}
_PICTURE = '<draw:frame text:anchor-type="as-char" svg:width="9mm" svg:height="4mm"><draw:{}/></draw:frame>'
_TYPE = "application/vnd.oasis.opendocument."


def odt(told: Story) -> bytes:
    """A text: headings, paragraphs, tables."""
    blocks = (_paragraph(block) if isinstance(block, str) else table(block) for block in told)
    return _package("text", "".join(blocks))


def ods(told: Story) -> bytes:
    """A workbook of one sheet: a paragraph is a row of one cell, figures are numbers, equal neighbours are repeated."""
    return book([("表", told, False)])


def book(named: Iterable[tuple[str, Story, bool]]) -> bytes:
    """A workbook of sheets with these names; those that are hidden say so in their style."""
    return _package("spreadsheet", "".join(_sheet(*each) for each in named))


def _sheet(name: str, told: Story, is_hidden: bool) -> str:
    together: Layout = []
    for block in told:
        together += [[Box(block)]] if isinstance(block, str) else [*block, [Box("")]]
    style = ' table:style-name="hidden-sheet"' * is_hidden
    return table(together, typed=True).replace('table:name="表"', f'table:name="{name}"{style}', 1)


def _package(kind: str, body: str) -> bytes:
    styles = f"<office:automatic-styles>{_STYLES}</office:automatic-styles>" if "style-name" in body else ""
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content {_NAMES}>{styles}<office:body><office:{kind}>'
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
    return f"<text:p>{''.join(_run(run, text) for run in runs(text))}</text:p>"


def _run(run: Run, text: str) -> str:
    """A part of a text in a span of its own, if it is set apart."""
    if run.kind == PICTURE:
        return _PICTURE.format(manner(text, ("image", "object")))
    lines = "<text:line-break/>".join(map(escape, run.text.split("\n")))
    if run.kind == PLAIN:
        return lines
    return f'<text:span text:style-name="{manner(text, _MARKS[run.kind])}">{lines}</text:span>'


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
    first, *others = runs(box.text)
    if typed and first.kind == PICTURE:  # a sheet's picture stands in the cell, not in a line of text
        return f"<table:table-cell{spans}>{_run(first, box.text)}</table:table-cell>"
    if typed and first.kind in {STRUCK, HIDDEN} and not others and first.text.isascii() and first.text.isdigit():
        look = manner(box.text, [each for each in _MARKS[first.kind] if each != "hidden"])
        number = f'office:value-type="float" office:value="{first.text}"'
        return (
            f'<table:table-cell{spans} table:style-name="{look}" {number}>{_paragraph(first.text)}</table:table-cell>'
        )
    value = f' office:value-type="float" office:value="{box.text}"' * (typed and box.text.isascii() and _is_count(box))
    return f"<table:table-cell{spans}{value}>{_paragraph(box.text)}</table:table-cell>"


def _is_count(box: Box) -> bool:
    return box.text.isdigit()


def _repeated(cell: str, times: int) -> str:
    name = "table:covered-table-cell" if cell.startswith("<table:covered") else "table:table-cell"
    return cell.replace(f"<{name}", f'<{name} table:number-columns-repeated="{times}"', 1) if times > 1 else cell
