"""The parts of an .xlsx or .xlsm → Sheets.

Its parts are looked through; those needed are packed anew for calamine, along with the errors and formulas found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers.excel import calamine
from govstats.readers.excel.drawings import drawn
from govstats.readers.excel.looks import Look, StylesPart
from govstats.readers.excel.painted import painted
from govstats.readers.excel.relations import RelationsPart
from govstats.readers.excel.richtext import SharedTexts, may_be_dressed
from govstats.readers.excel.sheet import MAX_SHEETS, MAX_TEXT, Extent, Seen, Sheet, too_large
from govstats.readers.excel.worksheet import Worksheet
from govstats.readers.excel.xmlpart import PartEvents, Parts, check_size, parse

WORKBOOK, BINARY_WORKBOOK = "xl/workbook.xml", "xl/workbook.bin"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHARED, _STYLES = "xl/sharedStrings.xml", "xl/styles.xml"
_PARTS = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, _RELATIONS, _SHARED, _STYLES)
_DRESSES = re.compile(rb'<(?:\w+:)?(?:numFmt|strike)\b|theme="0"|rgb="FFF|numFmtId="(?:[1-9]|10)"')
"""Could a style show a figure otherwise than it is stored?"""
_TEXT = re.compile(rb"<(?:[^\s<>/:]+:)?si\b")


def read(parts: Parts) -> list[Sheet]:
    """The parts of an .xlsx → sheets. Raises ReadError if it holds a binary workbook, or a part is unsound."""
    if BINARY_WORKBOOK in parts:
        raise ReadError(
            Text("二进制工作簿（.xlsb）读不了。", "A binary workbook (.xlsb) cannot be read."),
            Text("请另存为 .xlsx。", "Save it as .xlsx."),
        )
    taken = {name: parts.read(name) for name in _PARTS}
    book, relations = _WorkbookPart(), RelationsPart(WORKBOOK)
    parse(taken[WORKBOOK] or b"", book)
    parse(taken[_RELATIONS] or b"", relations)
    texts_name, styles_name = relations.named.get("sharedStrings", _SHARED), relations.named.get("styles", _STYLES)
    for name in (texts_name, styles_name):
        taken.setdefault(name, parts.read(name))
    sheets = _sheets(book, relations)
    for name in sheets.values():
        taken.setdefault(name, parts.read(name))
    # Several sheets may be one part, which is looked through as often.
    check_size(*(taken[name] or b"" for name in sheets.values()))
    looks = _looks(taken.get(styles_name) or b"")
    texts = _texts(taken.get(texts_name) or b"", looks)
    seen = {}
    extent, shared = Extent(), Counter[str]()
    for index, name in sheets.items():
        if (part := taken[name]) is not None:
            worksheet = Worksheet(extent, book.uncalculated, looks, texts)
            parse(part, worksheet)
            over = drawn(parts, name, part) if b"rawing" in part else ([], set[int]())
            charts, unshown = painted(part)
            lines = worksheet.hidden_rows, worksheet.hidden_columns
            seen[index] = Seen(worksheet.flaws, *lines, [*over[0], *charts], over[1], unshown)
            shared += worksheet.shared
    for name in {_SHARED, texts_name}:
        _check_shared(shared, taken.get(name) or b"")
    return calamine.read(_pack(taken), seen)


def sheet_parts(parts: Parts) -> dict[int, str]:
    """The number of each sheet, as grids have it, and the part that holds it."""
    book, relations = _WorkbookPart(), RelationsPart(WORKBOOK)
    parse(parts.read(WORKBOOK) or b"", book)
    parse(parts.read(_RELATIONS) or b"", relations)
    return {index + 1: name for index, name in _sheets(book, relations).items()}


def _sheets(book: _WorkbookPart, relations: RelationsPart) -> dict[int, str]:
    targets = dict(enumerate(relations.targets.get(relation, "") for relation in book.sheets))
    return {index: name for index, name in targets.items() if name.startswith("xl/worksheets/")}


def _looks(part: bytes) -> dict[str, Look]:
    styles = StylesPart()
    if _DRESSES.search(part):
        parse(part, styles)
    return styles.looks


def _texts(part: bytes, looks: Mapping[str, Look]) -> SharedTexts:
    """The shared texts, looked through only if anything may be set apart in them."""
    texts = SharedTexts()
    if part and (may_be_dressed(part) or any(look.changes_texts() for look in looks.values())):
        parse(part, texts)
    return texts


def _check_shared(shared: Counter[str], part: bytes) -> None:
    """A text that many cells share is told by calamine once for each of them."""
    if shared.total() * len(part) > MAX_TEXT:
        sizes = dict(enumerate(map(len, _TEXT.split(part)[1:])))
        if sum(count * sizes.get(int(index), 0) for index, count in shared.items()) > MAX_TEXT:
            raise too_large()


def _pack(parts: Mapping[str, bytes | None]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as anew:
        for name, part in parts.items():
            if part is not None:
                anew.writestr(name, part)
    return packed.getvalue()


class _WorkbookPart(PartEvents):
    """xl/workbook.xml: the relations of its sheets in order, and whether its formulas await calculation."""

    def __init__(self) -> None:
        self.sheets: list[str] = []
        self.uncalculated = False

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "sheet":
            self.sheets.append(attributes.get("id", ""))
            if len(self.sheets) > MAX_SHEETS:
                raise too_large()
        elif name == "calcPr":
            self.uncalculated = attributes.get("fullCalcOnLoad", "0") not in {"0", "false"}
