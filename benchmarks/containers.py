"""Reading Word, Excel and PDF files, side by side in one run: ours, and the library that is made for each.

The .docx and the .xlsx are the shipped report of Suqian 2023 (three tables, 279 cells), written by python-docx and
openpyxl; the .docx has 12,000 characters of prose, some 15 pages, in runs that end where figures begin, as Word has
them. The PDFs, of two pages each, are those of the tests: one printed by Chromium, one exported by Writer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pdfplumber
from docx.oxml.ns import qn
from docx.shared import Pt
from openpyxl.styles import Alignment, Border, Font, Side
from reading import rivals

import govstats
from govstats.model.document import Document, Grid, GridRow, Span
from govstats.readers import docx as word
from govstats.readers import excel, html, pdf

PDFS = Path(__file__).parent.parent / "tests" / "documents" / "pdf"
PROSE = (
    "2023年，本机关坚持以公开为常态、不公开为例外，主动公开政府信息1286条，其中通过门户网站公开1024条、政务新媒体公开262条，"
    "收到和处理政府信息公开申请123件，同比增长15.6%，均在法定期限内答复；举办新闻发布会12场，解读政策文件36件，回应公众留言480条。"
)
PROSE_PARAGRAPHS = 100
FIGURES = re.compile(r"[0-9.%]+|[^0-9.%]+")


def report() -> Document:
    """The shipped report as it was read."""
    sample = next(path for path in govstats.samples() if "suqian-2023" in path.name)
    return html.read(sample.read_bytes())


def boxes(rows: tuple[GridRow, ...]) -> Iterator[tuple[int, int, int, int, str]]:
    """The cells of a grid, each with its last row and column: merged cells once."""
    for top, row in enumerate(rows):
        for left, text in enumerate(row.texts):
            if row.span(left) is Span.OWN:
                right, bottom = left, top
                while right + 1 < len(row.texts) and row.span(right + 1) is Span.FROM_LEFT:
                    right += 1
                while bottom + 1 < len(rows) and rows[bottom + 1].span(left) is Span.FROM_ABOVE:
                    bottom += 1
                yield top, left, bottom, right, text


def word_file(document: Document) -> bytes:
    """The report as a .docx."""
    file = docx.Document()
    for _ in range(PROSE_PARAGRAPHS):
        write(file.add_paragraph(), PROSE)
    for heading, group in groupby(document.blocks, key=lambda block: not isinstance(block, Grid)):
        for block in group:
            if heading:
                write(file.add_paragraph(), block.text)
            else:
                word_table(file, block.rows)
    return saved(file)


def write(paragraph: Any, text: str) -> None:
    """Text in runs, each dressed as Word does."""
    for piece in FIGURES.findall(text):
        run = paragraph.add_run(piece)
        run.font.name, run.font.size = "仿宋_GB2312", Pt(16)
        run.font.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")


def word_table(file: Any, rows: tuple[GridRow, ...]) -> None:
    """A grid as a table."""
    table = file.add_table(len(rows), len(rows[0].texts), "Table Grid")
    cells = [row.cells for row in table.rows]
    for top, left, bottom, right, text in boxes(rows):
        cell = cells[top][left]
        write(cell.paragraphs[0], text)
        if (bottom, right) != (top, left):
            cell.merge(cells[bottom][right])


def workbook_file(document: Document) -> bytes:
    """The report as an .xlsx, a sheet for each table."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for grid in document.grids:
        sheet = book.create_sheet()
        for top, left, bottom, right, text in boxes(grid.rows):
            sheet.cell(top + 1, left + 1, float(text) if text.isdigit() else text)
            dress(sheet, top, left, bottom, right)
            if (bottom, right) != (top, left):
                sheet.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    return saved(book)


def dress(sheet: Any, top: int, left: int, bottom: int, right: int) -> None:
    """A frame and a typeface for each position, as the official form has them."""
    side = Side(style="thin")
    for row in range(top + 1, bottom + 2):
        for column in range(left + 1, right + 2):
            cell = sheet.cell(row, column)
            cell.border = Border(side, side, side, side)
            cell.font, cell.alignment = Font("宋体", 10), Alignment("center", "center", wrap_text=True)


def saved(file: Any) -> bytes:
    """What python-docx and openpyxl write."""
    out = BytesIO()
    file.save(out)
    return out.getvalue()


def by_python_docx(data: bytes) -> list[str]:
    """All paragraphs, and all cells of all tables."""
    file = docx.Document(BytesIO(data))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return [*(paragraph.text for paragraph in file.paragraphs), *cells]


def by_openpyxl(data: bytes) -> list[Any]:
    """The values of all rows of all sheets."""
    return [list(sheet.values) for sheet in openpyxl.load_workbook(BytesIO(data), data_only=True)]


def by_pdfplumber(data: bytes) -> list[Any]:
    """The tables of all pages."""
    with pdfplumber.open(BytesIO(data)) as file:
        return [page.extract_tables() for page in file.pages]


def compare(name: str, data: bytes, ours: Callable[[bytes], Any], other: Callable[[bytes], Any], aim: int) -> None:
    """Print a row."""
    mine, theirs = rivals(lambda: ours(data), lambda: other(data))
    library = other.__name__.removeprefix("by_").replace("_", "-")
    print(
        f"{name:24} {len(data):8,} bytes   govstats {mine:6.2f} ms   {library:11} {theirs:7.2f} ms"
        f"   {theirs / mine:5.1f} times faster (aim: {aim})"
    )


def main() -> None:
    """Print the rows."""
    document = report()
    compare(".docx", word_file(document), word.read, by_python_docx, 10)
    compare(".xlsx", workbook_file(document), excel.read, by_openpyxl, 5)
    for name in ("chromium_lines", "chromium_frames", "writer_two_pages"):
        compare(f"{name}.pdf", (PDFS / f"{name}.pdf").read_bytes(), pdf.read, by_pdfplumber, 5)


if __name__ == "__main__":
    main()
