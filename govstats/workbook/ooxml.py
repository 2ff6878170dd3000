"""The archive of an .xlsx or .xlsm → Sheets.

Its parts are looked through; those needed are packed anew for calamine, along with the errors and formulas found.
"""

from __future__ import annotations

import posixpath
from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.workbook import calamine
from govstats.workbook.sheet import MAX_SHEETS, Extent, Sheet, too_large
from govstats.workbook.worksheet import Worksheet
from govstats.workbook.xmlpart import PartEvents, parse, read_part

WORKBOOK, BINARY_WORKBOOK = "xl/workbook.xml", "xl/workbook.bin"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_PARTS = ("[Content_Types].xml", "_rels/.rels", WORKBOOK, _RELATIONS, "xl/sharedStrings.xml", "xl/styles.xml")


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
    flaws = {}
    extent = Extent()
    for index, relation in enumerate(book.sheets):
        name = relations.targets.get(relation, "")
        if name.startswith("xl/worksheets/") and parts.setdefault(name, read_part(archive, name)) is not None:
            worksheet = Worksheet(extent, book.uncalculated)
            parse(parts[name] or b"", worksheet)
            flaws[index] = worksheet.flaws
    for name, target in relations.named.items():
        if name in {"sharedStrings", "styles"}:
            parts.setdefault(target, read_part(archive, target))
    return calamine.read(_pack(parts), flaws)


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
