"""The bytes of an .xls or .et → Sheets.

Its BIFF records are looked through; their stream goes to calamine in a new OLE file, along with the errors found.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Iterator
from itertools import repeat
from typing import NamedTuple

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers.excel import calamine, olecontainer
from govstats.readers.excel.biffsheet import BiffSheet
from govstats.readers.excel.biffstyles import BookLooks
from govstats.readers.excel.sheet import MAX_SHEETS, Extent, Seen, Sheet, damaged, encrypted, too_large

_BOOKS = ("workbook", "book")
_MAX_RECORDS = 1_000_000
_LONGEST_TEXT = 2 * 0xFFFF
_MAX_SHARED = 512 << 20
_BOF, _EOF, _FILEPASS, _BOUNDSHEET, _DIMENSIONS = 0x0809, 0x000A, 0x002F, 0x0085, 0x0200
_FORMULA, _BOOLERR, _MULRK = 0x0006, 0x0205, 0x00BD
_SST, _CONTINUE, _LABEL_SST = 0x00FC, 0x003C, 0x00FD
_CELL_KINDS = frozenset({_FORMULA, _BOOLERR, _MULRK, _LABEL_SST, 0x0203, 0x0204, 0x00D6, 0x027E})
_FAULTY = frozenset({_FORMULA, _BOOLERR})
_TEXTS, _EMPTY_TEXT = {0, 3}, 3
_ARITHMETIC = range(3, 8)
"""Last tokens of formulas (2.5.198.16) whose values are figures: + - * / ^."""
_SUMS = tuple(bytes((kind, count, 4, 0)) for kind in (0x22, 0x42, 0x62) for count in range(1, 31))
"""So is the token of the function SUM."""
_TEXT_OF_FORMULA = frozenset({0x0207, 0x04BC, 0x0221, 0x0236})
"""The text of a formula, and what may stand between it and the formula: one that is shared, of an array, of a table."""
_ERROR_TEXTS = {0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A"}


class _Record(NamedTuple):
    """A BIFF record: its type, where its content begins in the stream, and its content."""

    kind: int
    start: int
    content: bytes


def read(data: bytes) -> list[Sheet]:
    """An OLE file → sheets. Raises ReadError if it is encrypted, damaged, or no workbook."""
    streams, content = olecontainer.first_stream(data, _BOOKS)
    if "encryptedpackage" in streams:
        raise encrypted()
    if streams.isdisjoint(_BOOKS):
        raise ReadError(
            Text("这份旧版 Office 文件里没有工作簿。", "This old Office file holds no workbook."),
            Text("请确认文件没有改过扩展名，或另存为 .xlsx。", "Check that it was not renamed, or save it as .xlsx."),
        )
    stream = bytearray(content)
    seen = _look_through(stream)
    return calamine.read(olecontainer.pack(stream), seen)


def _look_through(stream: bytearray) -> dict[int, Seen]:
    """Check the records of all sheets; what is seen of each.

    The sizes that sheets announce are blotted out: calamine reserves memory for them, whatever they say.
    """
    left = iter(range(_MAX_RECORDS))
    offsets = []
    shared = 0
    book = BookLooks()
    for record in _records(stream, 0, left):
        if record.kind == _FILEPASS:
            raise encrypted()
        if record.kind == _BOUNDSHEET:
            offsets.append(struct.unpack_from("<I", record.content)[0])
        if record.kind in {_SST, _CONTINUE}:
            shared += len(record.content)
        book.take(record.kind, record.content)
    if len(offsets) > MAX_SHEETS:
        raise too_large()
    extent, labels = Extent(), Counter[int]()
    looked = (BiffSheet(book.looks, texts) for texts in repeat(book.texts(), len(offsets)))
    seen = {
        index: _sheet_seen(sheet, stream, offset, left, extent, labels)
        for index, (sheet, offset) in enumerate(zip(looked, offsets, strict=True))
    }
    # A text that many cells share is told by calamine once for each of them.
    if (labels.total() - len(labels)) * min(shared, _LONGEST_TEXT) > _MAX_SHARED:
        raise too_large()
    return seen


def _sheet_seen(
    sheet: BiffSheet, stream: bytearray, offset: int, left: Iterator[int], extent: Extent, labels: Counter[int]
) -> Seen:
    """What is seen of a sheet. Cells whose text is shared are counted in `labels`, by the number of the text."""
    seen = sheet.seen
    extent.begin_sheet()
    for record in _records(stream, offset, left):
        if record.kind == _DIMENSIONS:
            stream[record.start : record.start + len(record.content)] = bytes(len(record.content))
        elif record.kind in _CELL_KINDS:
            row, column = struct.unpack_from("<HH", record.content)
            count = (len(record.content) - 6) // 6 if record.kind == _MULRK else 1
            extent.take(row, column + count - 1, count)
            if record.kind == _LABEL_SST:
                labels[struct.unpack_from("<I", record.content, 6)[0]] += 1
            error = _error(record, stream) if record.kind in _FAULTY else ""
            if error:
                seen.flaws[row, column] = error
            else:
                sheet.take_cell(record.kind, row, column, record.content)
        else:
            sheet.take(record.kind, record.content)
    return seen


def _error(record: _Record, stream: bytearray) -> str:
    """The error that a cell holds, if it holds one: by itself, or as the value of its formula.

    Apache POI leaves 0 as the value of a formula, and asks for a calculation on opening (bit 1): such a 0 is none. xlwt
    calls it a text, or an empty one.
    """
    content = record.content
    if record.kind == _BOOLERR and content[7]:
        return _ERROR_TEXTS.get(content[6], "#VALUE!")
    if record.kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] == 2:
        return _ERROR_TEXTS.get(content[8], "#VALUE!")
    if record.kind == _FORMULA and content[14] & 2 and not any(content[6:14]):
        return "="
    if record.kind == _FORMULA and content[12:14] == b"\xff\xff" and content[6] in _TEXTS:
        return "" if _has_text(record, stream) else "="
    return ""


def _has_text(record: _Record, stream: bytearray) -> bool:
    """May a formula whose value is called a text, or an empty one, have such a value? A sum has none."""
    content, behind = record.content, record.start + len(record.content)
    if content[6] == _EMPTY_TEXT:
        return content[-1] not in _ARITHMETIC and not content.endswith(_SUMS)
    return int.from_bytes(stream[behind : behind + 2], "little") in _TEXT_OF_FORMULA


def _records(stream: bytearray, offset: int, left: Iterator[int]) -> Iterator[_Record]:
    """The records of one substream; those of charts within it are passed over, as calamine does."""
    depth = 0
    view = memoryview(stream)
    while offset + 4 <= len(stream):
        if next(left, None) is None:
            raise too_large()
        kind, length = struct.unpack_from("<HH", stream, offset)
        record = _Record(kind, offset + 4, bytes(view[offset + 4 : offset + 4 + length]))
        offset += 4 + length
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth <= 0:
                return
        elif depth <= 1:
            yield record
    raise damaged()
