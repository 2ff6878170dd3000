"""The archive of an .xlsx or .xlsm → Sheets.

Its parts are looked through; those needed are packed anew for calamine, along with the errors and formulas found.
"""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers.excel import calamine
from govstats.readers.excel.sheet import MAX_SHEETS, MAX_TEXT, Extent, Sheet, too_large
from govstats.readers.excel.worksheet import Worksheet
from govstats.readers.excel.xmlpart import PartEvents, check_size, parse, read_part

WORKBOOK, BINARY_WORKBOOK = "xl/workbook.xml", "xl/workbook.bin"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_SHARED = "xl/sharedStrings.xml"
_PARTS = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, _RELATIONS, _SHARED, "xl/styles.xml")
_TEXT = re.compile(rb"<(?:[^\s<>/:]+:)?si\b")


def read(archive: ZipFile) -> list[Sheet]:
    """A checked archive → sheets. Raises ReadError if it holds a binary workbook, or a part is unsound."""
    if BINARY_WORKBOOK in archive.namelist():
        raise ReadError(
            Text("二进制工作簿（.xlsb）读不了。", "A binary workbook (.xlsb) cannot be read."),
            Text("请另存为 .xlsx。", "Save it as .xlsx."),
        )
    parts = {name: read_part(archive, name) for name in _PARTS}
    book, relations = _WorkbookPart(), _RelationsPart()
    parse(parts[WORKBOOK] or b"", book)
    parse(parts[_RELATIONS] or b"", relations)
    for name, target in relations.named.items():
        if name in {"sharedStrings", "styles"}:
            parts.setdefault(target, read_part(archive, target))
    targets = dict(enumerate(relations.targets.get(relation, "") for relation in book.sheets))
    sheets = {index: name for index, name in targets.items() if name.startswith("xl/worksheets/")}
    for name in sheets.values():
        parts.setdefault(name, read_part(archive, name))
    # Several sheets may be one part, which is looked through as often.
    check_size(*(parts[name] or b"" for name in sheets.values()))
    flaws = {}
    extent, shared = Extent(), Counter[str]()
    for index, name in sheets.items():
        if (part := parts[name]) is not None:
            worksheet = Worksheet(extent, book.uncalculated)
            parse(part, worksheet)
            flaws[index] = worksheet.flaws
            shared += worksheet.shared
    for name in {_SHARED, relations.named.get("sharedStrings", _SHARED)}:
        _check_shared(shared, parts.get(name) or b"")
    return calamine.read(_pack(parts), flaws)


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


class _RelationsPart(PartEvents):
    """xl/_rels/workbook.xml.rels: the parts of the workbook, by the relation's name and by its kind."""

    def __init__(self) -> None:
        self.targets: dict[str, str] = {}
        self.named: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str]) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join("/xl", attributes.get("Target", ""))).lstrip("/")
            self.targets[attributes.get("Id", "")] = target
            self.named[attributes.get("Type", "").rpartition("/")[2]] = target
