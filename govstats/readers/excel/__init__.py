"""A workbook (.xlsx .xlsm .xls .et .ods) → Document: every sheet a grid of texts, merged cells expanded.

Sheets that are shown come first, then the hidden ones; a grid's number is its sheet's place in the workbook. Hidden
rows and columns are read like all others. What the workbook itself calls an error, or a formula that was never
calculated, stays as text (`#REF!`, `=SUM(B2:B4)`): no figure, and never 0.

Each file is looked through by the module of its format before anything is laid out.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from zipfile import ZipFile

from govstats.errors import ReadError
from govstats.model.document import Document, Grid, GridRow, Paragraph, Span, pictured
from govstats.readers._office.kind import MAGIC as ZIP
from govstats.readers._office.kind import kind_by_head, kind_of
from govstats.readers._office.media import kept_in
from govstats.readers._office.package import Package
from govstats.readers.csv import titles
from govstats.readers.excel import biff, ods, olecontainer, ooxml, spreadsheetml
from govstats.readers.excel.sheet import MAX_COLUMNS, MAX_ROWS, Sheet, damaged, too_large
from govstats.readers.excel.xmlpart import Parts, checked

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".et", ".ett", ".ods", ".ots")

_STREAMS = ("Workbook", "Book")
_HELD = {"workbook", "book", "encryptedpackage"}
"""Names of streams do not depend on case ([MS-CFB] 2.6.4)."""

_OPEN_DOCUMENT, _HEAD = b"urn:oasis:names:tc:opendocument", 4096
_MAX_BYTES = 32 << 20
_PICTURES = ("xl/media/", "pictures/")


def sniff(head: bytes) -> bool:
    """A zip archive whose first members are those of a workbook, or an OLE file whose directory names one.

    Where the head says nothing of what is inside, this is False: `is_workbook` looks at the whole file.
    """
    if head.startswith(olecontainer.MAGIC):
        names = [name.encode("utf-16-le") + b"\0\0" for name in _STREAMS]
        return any(name in head for name in names) and "WordDocument".encode("utf-16-le") not in head
    return kind_by_head(head) == "excel"


def is_workbook(data: bytes) -> bool:
    """Is this whole file a workbook? Unlike `sniff`, this finds the directory wherever it stands.

    True also for an encrypted Office file, of which nobody can tell what it is: `read` says that it is encrypted.
    """
    if data.startswith(olecontainer.MAGIC):
        with suppress(Exception):
            return not _HELD.isdisjoint(map(str.lower, olecontainer.root_streams(data)))
        return False
    return kind_of(data) == "excel"


owns = is_workbook


def read(data: bytes) -> Document:
    """A workbook → Document. Raises ReadError if it is encrypted, damaged, or larger than any report."""
    try:
        if len(data) > _MAX_BYTES and _without_pictures(data) > _MAX_BYTES:
            raise too_large()
        sheets = _sheets(data)
        return _document(sheets)
    except (ReadError, KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in calamine's Rust is no Exception
        raise damaged() from error


def _without_pictures(data: bytes) -> int:
    """Bytes of a workbook, but for the pictures in a zip, which are looked at one by one."""
    if not data.startswith(ZIP):
        return len(data)
    with ZipFile(BytesIO(data)) as archive:
        held = archive.infolist()
    return len(data) - sum(each.compress_size for each in held if each.filename.lower().startswith(_PICTURES))


def pictures(data: bytes) -> Iterator[bytes]:
    """The pictures in a workbook that is a zip. Raises ReadError if it is damaged."""
    if data.startswith(ZIP):
        package = Package(data, "excel")
        for folder in _PICTURES:
            yield from kept_in(package, folder)


def _sheets(data: bytes) -> list[Sheet]:
    if data.startswith(olecontainer.MAGIC):
        return biff.read(data)
    if data.startswith(ZIP):
        return _read_zip(data)
    return ods.read_content(checked(data)) if _OPEN_DOCUMENT in data[:_HEAD] else spreadsheetml.read(data)


def _read_zip(data: bytes) -> list[Sheet]:
    with ZipFile(BytesIO(data)) as archive:
        parts = Parts(archive)
        is_ods = "content.xml" in parts and ooxml.BINARY_WORKBOOK not in parts
        return ods.read(parts) if is_ods else ooxml.read(parts)


def _document(sheets: list[Sheet]) -> Document:
    """Shown sheets before hidden ones; of each, its title lines, then its grid. Empty ones are none."""
    parts: list[Document] = []
    places: list[int] = []
    blocks: list[Paragraph | Grid] = []
    area = 0
    for sheet in sorted(sheets, key=lambda sheet: sheet.hidden):
        if any(sheet.texts.values()):
            rows = tuple(_rows(sheet))
            area += len(rows) * len(rows[0].texts)
            if area > MAX_ROWS * MAX_COLUMNS:
                raise too_large()
            told = list(titles(rows))
            at = [sum(line.line <= row for line in told) for row in sorted(sheet.pictures)]
            meta = {"sheet": sheet.name} | ({"hidden": "1"} if sheet.hidden else {}) | pictured(at, len(told) + 1)
            parts.append(Document("excel", "utf-8", (*told, Grid(sheet.number, rows)), meta))
            places += [len(blocks) + each for each in at]
            blocks += parts[-1].blocks
        elif sheet.pictures and not sheet.hidden:
            places.append(len(blocks))
    meta = pictured(places, len(blocks))
    return Document("excel", "utf-8", tuple(blocks), meta, parts=tuple(parts) if len(parts) > 1 else ())


def _rows(sheet: Sheet) -> Iterator[GridRow]:
    """The rows from the first filled one to the last, all of one width: a position is the sheet's column."""
    spans = sheet.expand_merges()
    filled = [position for position, text in sheet.texts.items() if text] + list(spans)
    first, last = min(row for row, _ in filled), max(row for row, _ in filled)
    columns = range(1 + max(column for _, column in filled))
    for row in range(first, last + 1):
        texts = tuple(sheet.texts.get((row, column), "") for column in columns)
        yield GridRow(row + 1, texts, tuple(spans.get((row, column), Span.OWN) for column in columns))
