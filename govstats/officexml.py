"""A zip of XML parts (docx, odt) → trees within bounds; and Story: what is met in such a tree → blocks of a Document.

Nothing is decompressed or parsed before its size is known, so that no file can fill the memory or stop the program.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Protocol, TypeAlias
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from govstats.document import Grid, GridRow, Paragraph, Span
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers.text import blocks_of_lines

BREAK = "\f"
"""Stands between the paragraphs and lines of one cell: two figures in it must not become one number."""
GAP = " "
"""Stands where text of another kind (a note mark, a raised or struck digit) meets a figure: it is no part of it."""

_MAX_BYTES = 64 << 20
_MAX_RATIO = 200
_SMALL = 1 << 20
"""Parts below this size may be packed as tightly as they like."""
_MAX_MARKUP = 2_000_000
"""`<` and `=` in one part: what a tree costs in memory goes by its elements and attributes, not by its bytes."""
_MAX_CELLS = 200_000
_MAX_NESTED = 50
_MAX_SPAN = 64
_MAX_WIDTH = 128

_ZIP_ERRORS = (BadZipFile, EOFError, LookupError, NotImplementedError, OSError, OverflowError, RuntimeError, ValueError)
_BROKEN_ZIP = (*_ZIP_ERRORS, struct.error, zlib.error)
_ENCRYPTED = 1
_LOCAL_HEADER = b"PK\3\4"
_LOCAL_HEADER_SIZE = 30
_DOCTYPES = tuple("<!DOCTYPE".encode(charset) for charset in ("utf-8", "utf-16-le", "utf-16-be"))
_SPAN = re.compile(r"0*([0-9]+)")

_AGAIN = Text("请重新导出或重新下载这份报告。", "Export or download the report again.")
_SAVE_AGAIN = Text(
    "请用 Word、WPS 或 LibreOffice 打开后另存一份再试。",
    "Open it in Word, WPS or LibreOffice, save it as a new file and try again.",
)


class Element(Protocol):
    """What is used of lxml's elements, which have no types of their own."""

    @property
    def tag(self) -> str:
        """`{namespace}name`."""

    @property
    def text(self) -> str | None:
        """What stands before the first child."""

    @property
    def tail(self) -> str | None:
        """What follows the element."""

    def get(self, key: str) -> str | None:
        """An attribute."""

    def find(self, path: str) -> Element | None:
        """The first element below."""

    def iter(self, *tags: str) -> Iterator[Element]:
        """All elements below, itself included."""

    def itersiblings(self, *tags: str, preceding: bool = False) -> Iterator[Element]:
        """The elements beside it."""

    def itertext(self) -> Iterator[str]:
        """All text below."""

    def getparent(self) -> Element | None:
        """The element around it."""

    def __iter__(self) -> Iterator[Element]: ...


class Walker(Protocol):
    """A walk through a tree: (`start` or `end`, element)."""

    def __iter__(self) -> Iterator[tuple[str, Element]]: ...

    def skip_subtree(self) -> None:
        """Pass over what lies below the element that has just started; its end is still told."""


Item: TypeAlias = str | Grid


class Package:
    """The parts of one zip. All that goes wrong is a ReadError that names `kind` (`docx`, `odt`)."""

    def __init__(self, data: bytes, kind: str) -> None:
        self._kind = kind
        self._size = len(data)
        self._taken = 0
        try:
            self._zip = ZipFile(BytesIO(data))
            infos = self._zip.infolist()
        except _BROKEN_ZIP as error:
            raise self._damaged() from error
        # Part names do not depend on case (ECMA-376 part 2), and some producers write backslashes.
        self._parts = {_part_name(info): info for info in infos}
        names = Counter(map(_part_name, infos))
        self._twice = {name for name, count in names.items() if count > 1}

    def __contains__(self, name: str) -> bool:
        return name.lower() in self._parts

    def tree(self, name: str) -> Element:
        """A part as a tree. Raises ReadError if it is missing, damaged, encrypted, or too large."""
        return parse(self._read(name), f"{self._kind}: {name}")

    def title(self, name: str) -> dict[str, str]:
        """The meta data of a part with a dc:title. No figure stands there: what is wrong with it does not matter."""
        try:
            node = self.tree(name).find(".//{http://purl.org/dc/elements/1.1/}title")
        except ReadError:
            return {}
        title = " ".join("".join(node.itertext()).split()) if node is not None else ""
        return {"title": title} if title else {}

    def _read(self, name: str) -> bytes:
        info = self._checked(name)
        try:
            with self._zip.open(info) as file:
                data = file.read(info.file_size + 1)
        except _BROKEN_ZIP as error:
            raise self._damaged() from error
        return data

    def _checked(self, name: str) -> ZipInfo:
        info = self._parts.get(name.lower())
        if info is None:
            raise ReadError(
                Text(
                    f"这个 {self._kind} 文件里缺少 {name}，没有正文。",
                    f"This {self._kind} file lacks {name}: it has no text.",
                ),
                _AGAIN,
            )
        if info.flag_bits & _ENCRYPTED:
            raise encrypted()
        packable = info.compress_type in (ZIP_STORED, ZIP_DEFLATED)
        if not packable or name.lower() in self._twice or info.compress_size > self._size:
            raise self._damaged()
        self._taken += info.file_size
        ratio = info.file_size / max(info.compress_size, 1)
        if self._taken > _MAX_BYTES or (info.file_size > _SMALL and ratio > _MAX_RATIO):
            raise _too_large(self._kind)
        return info

    def _damaged(self) -> ReadError:
        return ReadError(
            Text(
                f"这个 {self._kind} 文件已损坏或不完整（压缩包打不开）。",
                f"This {self._kind} file is damaged or cut off: its zip cannot be opened.",
            ),
            _AGAIN,
        )


def _part_name(info: ZipInfo) -> str:
    return info.filename.replace("\\", "/").lower()


def member_names(head: bytes) -> list[str]:
    """The names of the members whose headers stand in the first bytes of a zip; empty if it is none."""
    if not head.startswith(_LOCAL_HEADER):
        return []
    names = []
    at = 0
    while at >= 0:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        start = at + _LOCAL_HEADER_SIZE
        names.append(head[start : start + length].decode("utf-8", "replace").replace("\\", "/").lower())
        at = head.find(_LOCAL_HEADER, start)
    return names


def first_member(head: bytes, limit: int = 1 << 16) -> bytes:
    """The beginning of a zip's first member, as far as these first bytes hold it."""
    name, extra = (int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    packed = head[_LOCAL_HEADER_SIZE + name + extra :]
    if head[8:10] == b"\0\0":
        return packed
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit)
    except zlib.error:
        return b""


def parse(xml: bytes, name: str) -> Element:
    """XML → its root. Raises ReadError if it is broken, too deep, too large, or has a DOCTYPE (and so entities)."""
    from lxml import etree  # type: ignore[import-untyped, unused-ignore]

    if any(mark in xml for mark in _DOCTYPES):
        raise _doctype(name)
    if xml.count(b"<") + xml.count(b"=") > _MAX_MARKUP:
        raise _too_large(name)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root: Element = etree.fromstring(xml, parser)
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(
            Text(
                f"文件内部的 XML 已损坏或嵌套过深（{name}）。",
                f"The XML inside is damaged or nested too deep ({name}).",
            ),
            _SAVE_AGAIN,
        ) from error
    # A DOCTYPE in an encoding that the search above does not see.
    if etree.ElementTree(root).docinfo.internalDTD is not None:
        raise _doctype(name)
    return root


def walk(root: Element, tags: Iterable[str] | None = None) -> Walker:
    """Starts and ends of the elements (with these tags), without recursion: depth costs nothing."""
    from lxml import etree

    walker: Walker = etree.iterwalk(root, events=("start", "end"), tag=None if tags is None else list(tags))
    return walker


def span(value: str | None) -> int:
    """A number of columns or rows as printed in an attribute: 1 if it says nothing, clamped."""
    match = _SPAN.fullmatch(value.strip()) if value else None
    if match is None:
        return 1
    return max(1, min(int(match[1][:9]), _MAX_SPAN))


def encrypted() -> ReadError:
    """A file with a password."""
    return ReadError(
        Text("文件已加密，需要密码。", "The file is encrypted and needs a password."),
        Text("请去掉密码后再试。", "Save it without a password and try again."),
    )


def broken_table() -> ReadError:
    """Cells outside rows, or rows outside tables: whose they are cannot be known."""
    return ReadError(
        Text("文件里的表格结构已损坏。", "The structure of a table in the file is damaged."),
        _SAVE_AGAIN,
    )


def _doctype(name: str) -> ReadError:
    return ReadError(
        Text(
            f"文件内部的 XML 带有 DOCTYPE 声明（{name}），可能有害，没有读取。",
            f"The XML inside has a DOCTYPE ({name}), which may do harm: it was not read.",
        ),
        _SAVE_AGAIN,
    )


def _too_large(name: str) -> ReadError:
    return ReadError(
        Text(
            f"文件解压后过大或压缩比异常（{name}），没有读取。",
            f"The file is too large when unpacked, or packed suspiciously tight ({name}): it was not read.",
        ),
        Text(
            "请确认这是一份年度报告；如果是，请另存一份再试。",
            "Make sure that it is an annual report; if so, save it as a new file and try again.",
        ),
    )


@dataclass(slots=True)
class Row:
    """One row while its cells arrive: texts, and what covers each position. Cells past the bound are cut off."""

    texts: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)

    def add(self, text: str, width: int, first: Span = Span.OWN, rest: Span = Span.FROM_LEFT) -> None:
        """A cell over `width` positions."""
        for offset in range(min(width, _MAX_WIDTH - len(self.texts))):
            self.texts.append(text)
            self.spans.append(rest if offset else first)


@dataclass(slots=True)
class _Table:
    """A table while its rows arrive. `items` is all that stands in it, in order, should it be mere layout."""

    number: int
    rows: list[GridRow] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class Story:
    """Paragraphs and tables as a walk meets them → blocks. A table that holds a table of data is layout: prose."""

    def __init__(self) -> None:
        self._body: list[Item] = []
        self._containers = [self._body]
        self._paragraphs: list[list[str]] = []
        self._tables: list[_Table] = []
        self._open: list[str] = []
        self._numbered = 0
        self._cells = 0

    def open_paragraph(self) -> None:
        """Paragraphs may stand in paragraphs: in text boxes."""
        self._paragraphs.append([])

    def close_paragraph(self) -> None:
        """Its text goes to the cell, or the body, that it stands in."""
        self._containers[-1].append("".join(self._paragraphs.pop()))

    def text(self, piece: str) -> None:
        """Text of the open paragraph; outside of all paragraphs a line of its own, so that nothing is lost."""
        if self._paragraphs:
            self._paragraphs[-1].append(piece)
        elif piece.strip():
            self._containers[-1].append(piece)

    def open_table(self) -> None:
        """A table of the body, or inside a cell. Raises ReadError if it stands between cells, or too deep."""
        if self._open and self._open[-1] != "cell":
            raise broken_table()
        if len(self._tables) == _MAX_NESTED:
            raise ReadError(
                Text(f"表格嵌套超过 {_MAX_NESTED} 层。", f"Tables are nested more than {_MAX_NESTED} deep."),
                _SAVE_AGAIN,
            )
        self._open.append("table")
        self._numbered += 1
        self._tables.append(_Table(self._numbered))

    def open_row(self) -> None:
        """Raises ReadError outside of a table."""
        self._nest("row", "table")

    def open_cell(self) -> None:
        """Raises ReadError outside of a row."""
        self._nest("cell", "row")
        self._containers.append([])

    def _nest(self, inner: str, outer: str) -> None:
        if not self._open or self._open[-1] != outer:
            raise broken_table()
        self._open.append(inner)

    def close_cell(self) -> str:
        """The text of the cell."""
        self._open.pop()
        items = self._containers.pop()
        self._tables[-1].items += items
        return BREAK.join(item for item in items if isinstance(item, str)).strip()

    def close_row(self, row: Row | None, times: int = 1) -> None:
        """The row as laid out, None if it does not count. Raises ReadError if the document has too many cells."""
        self._open.pop()
        if row is None:
            return
        # An empty row counts too: rows without end would also take hours.
        self._cells += max(1, len(row.texts)) * times
        if self._cells > _MAX_CELLS:
            raise ReadError(
                Text(f"表格单元格超过 {_MAX_CELLS:,} 个。", f"There are more than {_MAX_CELLS:,} cells."),
                Text("请确认这是一份年度报告。", "Make sure that it is an annual report."),
            )
        rows = self._tables[-1].rows
        for _ in range(times):
            rows.append(GridRow(len(rows) + 1, tuple(row.texts), tuple(row.spans)))

    def close_table(self) -> None:
        """A Grid; or prose, if it has a single column, or is the layout around other tables."""
        self._open.pop()
        table = self._tables.pop()
        is_layout = any(isinstance(item, Grid) for item in table.items)
        if is_layout or max((len(row.texts) for row in table.rows), default=0) < 2:
            self._containers[-1] += table.items
        else:
            self._containers[-1].append(Grid(table.number, tuple(table.rows)))

    def blocks(self) -> Iterator[Paragraph | Grid]:
        """The blocks in order. Lines of prose with `|` are tables as text."""
        line = 0
        lines: list[str] = []
        for item in self._body:
            if isinstance(item, str):
                lines += (" ".join(text.split()) for text in item.split(BREAK))
                continue
            yield from blocks_of_lines(lines, start=line + 1)
            line += len(lines)
            lines = []
            yield item
        yield from blocks_of_lines(lines, start=line + 1)
