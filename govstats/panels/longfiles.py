"""Reports → what `show` tells of their cells (raw text and place too), as .xlsx or .parquet, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import islice
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryFile
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from govstats.frames.longtable import LONG_COLUMNS, LONG_TABLE, long_rows
from govstats.lang import Text
from govstats.model.audits import Unread
from govstats.model.finding import number
from govstats.model.report import Report
from govstats.model.standings import FILES_NOT_READ
from govstats.panels.schema import described
from govstats.panels.vocabulary import encodable
from govstats.sources.own import MAKER
from govstats.sources.wholefile import whole_file

_TITLE = Text("读到的表", "Cells")
_SHEET_ROWS = 2**20 - 1
"""Rows that a sheet of Excel can hold below its header."""
_BATCH = 100_000
_WIDTHS = {column.name: column.width for column in LONG_TABLE} | {"error": 60}
_TYPES = {"Int64": pa.int64(), "Float64": pa.float64(), "bool": pa.bool_(), "object": pa.string()}


def excel_file(reports: Iterable[Report], unread: list[Unread], target: Path) -> None:
    """A sheet of cells (another when it is full), and one of the documents that `unread` holds in the end."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    book.properties.creator = MAKER
    page = _page(book, str(_TITLE), LONG_COLUMNS)
    for at, row in enumerate(long_rows(reports)):
        if at and at % _SHEET_ROWS == 0:
            page = _page(book, f"{_TITLE} {at // _SHEET_ROWS + 1}", LONG_COLUMNS)
        page.append([_cell(page, value) for value in row])
    if unread:
        page = _page(book, str(FILES_NOT_READ), ("path", "error"))
        for each in unread:
            page.append([_cell(page, each.path), _cell(page, each.error.text())])
    with whole_file(target) as file, TemporaryFile() as made:  # a zip cannot be begun on what takes nothing
        book.save(made)
        made.seek(0)
        copyfileobj(made, file)


def _page(book: Any, title: str, columns: Sequence[str]) -> Any:
    """A new sheet with its header."""
    from openpyxl.styles import Font
    from openpyxl.utils import get_column_letter

    page = book.create_sheet(title)
    for at, name in enumerate(columns, 1):
        page.column_dimensions[get_column_letter(at)].width = _WIDTHS[name]
    page.freeze_panes = "A2"
    heads = [_cell(page, name) for name in columns]
    for head in heads:
        head.font = Font(bold=True)
    page.append(heads)
    return page


def _cell(page: Any, value: object) -> Any:
    """A figure as a number, true and false as 1 and 0; text as text, whatever it looks like."""
    from openpyxl.cell import WriteOnlyCell

    from govstats.display.excelcells import put

    cell = WriteOnlyCell(page)
    put(cell, number(value) if isinstance(value, float | bool) else value)  # type: ignore[arg-type]
    return cell


def parquet_file(reports: Iterable[Report], unread: list[Unread], target: Path) -> None:
    """The columns of `long_frame`; `unread` has no place in it."""
    schema = described(pa.field(column.name, _TYPES[column.dtype]) for column in LONG_TABLE)
    rows = long_rows(reports)
    with whole_file(target) as file, pq.ParquetWriter(file, schema, compression="zstd") as writer:
        while batch := list(islice(rows, _BATCH)):
            columns = [[_plain(value) for value in column] for column in zip(*batch, strict=True)]
            writer.write_table(pa.Table.from_pydict(dict(zip(LONG_COLUMNS, columns, strict=True)), schema=schema))


def _plain(value: Any) -> Any:
    return encodable(value) if isinstance(value, str) else value


BINARY: dict[str, Callable[[Iterable[Report], list[Unread], Path], None]] = {
    "xlsx": excel_file,
    "parquet": parquet_file,
}
"""`show --format` → who writes the file."""
