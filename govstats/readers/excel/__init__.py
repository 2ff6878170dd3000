"""A workbook (.xlsx .xlsm .xls .et .ods) → Document: every sheet a grid of texts, merged cells expanded.

Sheets that are shown come first, then the hidden ones; a grid's number is its sheet's place in the workbook. Hidden
rows and columns are read like all others. What the workbook itself calls an error, or a formula that was never
calculated, stays as text (`#REF!`, `=SUM(B2:B4)`): no figure, and never 0.

Each file is looked through by the module of its format before anything is laid out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

from govstats.errors import ReadError
from govstats.model.document import Document, Grid, GridRow, Paragraph, Span
from govstats.readers.csv import titles
from govstats.readers.excel import biff, ods, olecontainer, ooxml
from govstats.readers.excel.sheet import MAX_COLUMNS, MAX_ROWS, Sheet, damaged, too_large
from govstats.readers.excel.xmlpart import check_archive

SUFFIXES = (".xlsx", ".xlsm", ".xls", ".et", ".ods")

_ZIP = b"PK\x03\x04"
_FIRST_FOLDER = re.compile(rb"PK\x03\x04.{26}(xl|word|ppt)/", re.DOTALL)
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_STREAMS = ("Workbook", "Book")

_MAX_BYTES = 32 << 20


def sniff(head: bytes) -> bool:
    """A zip archive whose first named folder is `xl`, an .ods, or an OLE file whose directory names a workbook.

    Where the head says nothing of what is inside, this is False: `is_workbook` looks at the whole file.
    """
    if head.startswith(_ZIP):
        folder = _FIRST_FOLDER.search(head)
        return folder[1] == b"xl" if folder else _ODS in head[:256] or b"/xl/workbook" in head
    if head.startswith(olecontainer.MAGIC):
        names = [name.encode("utf-16-le") + b"\0\0" for name in _STREAMS]
        return any(name in head for name in names) and "WordDocument".encode("utf-16-le") not in head
    return False


def is_workbook(data: bytes) -> bool:
    """Is this whole file a workbook? Unlike `sniff`, this finds the directory wherever it stands.

    True also for an encrypted Office file, of which nobody can tell what it is: `read` says that it is encrypted.
    """
    with suppress(Exception):
        if data.startswith(_ZIP):
            with ZipFile(BytesIO(data)) as archive:
                names = set(archive.namelist())
                mimetype = archive.read("mimetype")[:256] if "mimetype" in names else b""
                return bool(names & {ooxml.WORKBOOK, ooxml.BINARY_WORKBOOK}) or mimetype.startswith(_ODS)
        if data.startswith(olecontainer.MAGIC):
            return bool({*_STREAMS, "EncryptedPackage"} & set(olecontainer.root_streams(data)))
    return False


owns = is_workbook


def read(data: bytes) -> Document:
    """A workbook → Document. Raises ReadError if it is encrypted, damaged, or larger than any report."""
    if len(data) > _MAX_BYTES:
        raise too_large()
    try:
        sheets = biff.read(data) if data.startswith(olecontainer.MAGIC) else _read_zip(data)
        return Document("excel", "utf-8", tuple(_blocks(sheets)))
    except (ReadError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in calamine's Rust is no Exception
        raise damaged() from error


def _read_zip(data: bytes) -> list[Sheet]:
    with ZipFile(BytesIO(data)) as archive:
        check_archive(archive)
        names = set(archive.namelist())
        is_ods = "content.xml" in names and ooxml.BINARY_WORKBOOK not in names
        return ods.read(archive) if is_ods else ooxml.read(archive)


def _blocks(sheets: list[Sheet]) -> Iterator[Paragraph | Grid]:
    """Shown sheets before hidden ones; of each, its title lines, then its grid."""
    area = 0
    for sheet in sorted(sheets, key=lambda sheet: sheet.hidden):
        if any(sheet.texts.values()):
            rows = tuple(_rows(sheet))
            area += len(rows) * len(rows[0].texts)
            if area > MAX_ROWS * MAX_COLUMNS:
                raise too_large()
            yield from titles(rows)
            yield Grid(sheet.number, rows)


def _rows(sheet: Sheet) -> Iterator[GridRow]:
    """The rows from the first filled one to the last, all of one width: a position is the sheet's column."""
    spans = sheet.expand_merges()
    filled = [position for position, text in sheet.texts.items() if text] + list(spans)
    first, last = min(row for row, _ in filled), max(row for row, _ in filled)
    columns = range(1 + max(column for _, column in filled))
    for row in range(first, last + 1):
        texts = tuple(sheet.texts.get((row, column), "") for column in columns)
        yield GridRow(row + 1, texts, tuple(spans.get((row, column), Span.OWN) for column in columns))
