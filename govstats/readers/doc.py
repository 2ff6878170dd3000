"""A Word 97–2003 file (.doc, and .wps of WPS Office) → Document: prose by lines, tables as grids with merged cells.

What `govstats.worddoc` cannot read is converted by LibreOffice, where that is installed, and read as .docx.
"""

from __future__ import annotations

import os
import shutil
import signal
import struct
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple, TypeAlias

import olefile

from govstats.document import Document, Grid, GridRow, Paragraph, Span
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.readers.text import blocks_of_lines
from govstats.worddoc import EncryptedWordError, Item, Merge, OldWordError, WordError, WordRow, WordTable, read_word

SUFFIXES = (".doc", ".wps")

_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_BYTES = 64 * 2**20
_MAX_WIDTH = 128
_MAX_CELLS = 200_000
_STREAMS = ("WordDocument", "0Table", "1Table", "Data")
_SLACK = 40
"""Edges of columns that lie no more than so many twips (0.7 mm) apart are one edge, drawn by a shaky hand."""
_PATIENCE = 60
"""Seconds that a conversion may take."""
_UNREADABLE = Text("这个 Word 文件读不出来：{why}。", "This Word file cannot be read: {why}.")
_SAVE_AS_DOCX = Text(
    "请用 Word 或 WPS 打开，另存为 .docx 后再试。", "Open it in Word or WPS, save it as .docx, and try again."
)


def sniff(head: bytes) -> bool:
    """Is it an OLE file? Its first bytes do not tell a Word file from a workbook: ask `is_word`."""
    return head.startswith(_MAGIC)


def is_word(data: bytes) -> bool:
    """Does this OLE file hold a Word document?"""
    try:
        with _ole(data) as ole:
            return "worddocument" in ole.root.kids_dict
    except _OleError:
        return False


owns = is_word


def read(data: bytes) -> Document:
    """A Word file of any version since 97 → Document; older ones by way of LibreOffice."""
    if len(data) > _MAX_BYTES:
        raise _error("文件超过 64 MiB", "it is larger than 64 MiB")
    try:
        with _ole(data) as ole:
            streams = {name: found for name in _STREAMS if (found := _stream(ole, name)) is not None}
            meta = _meta(ole)
    except _OleError as error:
        raise _error("文件不完整或已损坏", "it is incomplete or damaged") from error
    if "WordDocument" not in streams:
        raise _error("里面没有 Word 文档", "there is no Word document in it")
    try:
        blocks = tuple(_Blocks().of(read_word(streams)))
    except EncryptedWordError as error:
        raise ReadError(
            Text("这个 Word 文件加了密码。", "This Word file is under a password."),
            Text("请用 Word 或 WPS 打开，去掉密码后另存。", "Open it in Word or WPS and save it without the password."),
        ) from error
    except WordError as error:
        return _converted(data, error)
    return Document("doc", "utf-16", blocks, meta)


def _error(zh: str, en: str) -> ReadError:
    return ReadError(_UNREADABLE.format(why=Text(zh, en)), _SAVE_AS_DOCX)


class _OleError(Exception):
    """The container is not what [MS-CFB] says."""


class _ole:  # noqa: N801  (a context manager that reads like a function)
    """The open OLE file; whatever goes wrong inside the block is _OleError."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def __enter__(self) -> Any:
        _check_header(self._data)
        try:
            return olefile.OleFileIO(BytesIO(self._data))
        except Exception as error:
            raise _OleError from error

    def __exit__(self, kind: Any, error: BaseException | None, trace: Any) -> None:
        if isinstance(error, Exception) and not isinstance(error, _OleError):
            raise _OleError from error


def _check_header(data: bytes) -> None:
    """[MS-CFB] 2.2: sizes of sectors are fixed, and no more of them can be counted than the file has room for.

    olefile believes the header: a wrong shift, or a count of 4 billion, would take all memory.
    """
    number = [
        int.from_bytes(data[at : at + size], "little") for at, size in ((0x1E, 2), (0x20, 2), (0x2C, 4), (0x48, 4))
    ]
    shift, mini_shift, fat_sectors, difat_sectors = number
    if not data.startswith(_MAGIC) or len(data) < 512 or shift not in (9, 12) or mini_shift != 6:
        raise _OleError
    if max(fat_sectors, difat_sectors) << shift > len(data):
        raise _OleError


def _stream(ole: Any, name: str) -> bytes | None:
    """A stream as long as its entry says, None if there is none. A chain of sectors that loops is damage."""
    entry = ole.root.kids_dict.get(name.lower())
    if entry is None:
        return None
    mini = entry.size < ole.minisectorcutoff
    size = ole.mini_sector_size if mini else ole.sector_size
    if mini and entry.size:
        ole.openstream(name).close()  # loads the mini FAT
    _check_chain(ole.minifat if mini else ole.fat, entry.isectStart, -(-entry.size // size))
    data: bytes = ole.openstream(name).read()
    if len(data) != entry.size:
        raise _OleError
    return data


def _check_chain(fat: Sequence[int], sector: int, count: int) -> None:
    seen = set()
    for _ in range(count):
        if sector in seen or sector >= len(fat):
            raise _OleError
        seen.add(sector)
        sector = fat[sector]


def _meta(ole: Any) -> dict[str, str]:
    """The title, unless nobody can tell how it is encoded; a damaged property set has none.

    Read by hand: `olefile.get_metadata` takes all memory if a damaged property is a list of 4 billion.
    """
    try:
        title = _title(_stream(ole, "\x05SummaryInformation") or b"")
    except (_OleError, struct.error):
        return {}
    return {"title": title} if title else {}


def _title(properties: bytes) -> str:
    """[MS-OLEPS] 2.21, 2.20: the first property set; 1 is the code page, 2 the title (VT_LPSTR 30, VT_LPWSTR 31)."""
    (start,) = struct.unpack_from("<I", properties, 44)
    (count,) = struct.unpack_from("<I", properties, start + 4)
    places = dict(struct.unpack_from("<II", properties, start + 8 + 8 * index) for index in range(min(count, 64)))
    if 2 not in places:
        return ""
    page = struct.unpack_from("<H", properties, start + places[1] + 4)[0] if 1 in places else 0
    kind, size = struct.unpack_from("<II", properties, start + places[2])
    begin = start + places[2] + 8
    if kind not in (30, 31):
        return ""
    return _decoded(properties[begin : begin + (size if kind == 30 else 2 * size)], page if kind == 30 else 1200)


def _decoded(raw: bytes, page: int) -> str:
    """Bytes in a code page → text, empty if it is not clean.

    Western pages decode any bytes, Chinese under a wrong label included: of them only ASCII is believed.
    """
    charset = {65001: "utf-8", 1200: "utf-16-le", 936: "gb18030", 54936: "gb18030", 950: "cp950"}.get(page, "ascii")
    try:
        text = " ".join(raw.decode(charset).rstrip("\0").split())
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""


Blocks: TypeAlias = Iterator[Paragraph | Grid]


@dataclass(slots=True)
class _Blocks:
    """Items in reading order → paragraphs and grids. All tables count; those of one column are prose."""

    _lines: list[str] = field(default_factory=list)
    _line: int = 0
    _table: int = 0
    _cells: int = 0

    def of(self, items: Sequence[Item]) -> Blocks:
        """The blocks of the whole text."""
        yield from self._walk(items)
        yield from self._prose()

    def _walk(self, items: Sequence[Item]) -> Blocks:
        for item in items:
            if isinstance(item, WordTable):
                yield from self._of_table(item)
            else:
                self._lines += (" ".join(line.split()) for line in item.split("\f"))

    def _prose(self) -> Blocks:
        yield from blocks_of_lines(self._lines, start=self._line + 1)
        self._line += len(self._lines)
        self._lines = []

    def _of_table(self, table: WordTable) -> Blocks:
        """A grid, and then the tables inside of it, whose text it also shows: it may be layout, or they may be."""
        self._table += 1
        if max((len(row.cells) for row in table.rows), default=0) < 2:
            for row in table.rows:
                for cell in row.cells:
                    yield from self._walk(cell)
            return
        yield from self._prose()
        rows = tuple(_rows(table))
        self._cells += sum(len(row.texts) for row in rows)
        if self._cells > _MAX_CELLS:
            raise _error("表格的格数太多", "its tables have too many cells")
        yield Grid(self._table, rows)
        for inner in _inner(table):
            yield from (block for block in self._of_table(inner) if isinstance(block, Grid))
            self._lines = []


def _inner(table: WordTable) -> Iterator[WordTable]:
    return (item for row in table.rows for cell in row.cells for item in cell if isinstance(item, WordTable))


def _rows(table: WordTable) -> Iterator[GridRow]:
    """The rows on a lattice of columns, so that merged cells show; plain rows of cells where that is not known."""
    columns = _lattice(table.rows)
    above: dict[int, _Extent] = {}
    for number, row in enumerate(table.rows, 1):
        if columns is None:
            yield GridRow(number, tuple(_text(cell) for cell in row.cells))
            continue
        extents = _extents(row, columns, above)
        above = {extent.first: extent for extent in extents}
        lead = extents[0].first if extents else 0
        yield GridRow(
            number,
            ("",) * lead + tuple(extent.text for extent in extents for _ in extent.columns),
            (Span.OWN,) * lead + tuple(span for extent in extents for span in extent.spans),
        )


def _text(cell: Sequence[Item]) -> str:
    """The paragraphs of a cell, and what stands in tables inside of it. Two figures stay two."""
    parts = (
        item if isinstance(item, str) else "\f".join(_text(inner) for row in item.rows for inner in row.cells)
        for item in cell
    )
    return "\f".join(parts).strip()


def _lattice(rows: Sequence[WordRow]) -> dict[int, int] | None:
    """Edge → column of a lattice that has all edges of all rows; None if a row does not say where its cells are."""
    if any(len(row.edges) != len(row.cells) + 1 for row in rows):
        return None
    narrowest = min((right - left for row in rows for left, right in pairwise(row.edges)), default=0)
    if narrowest <= 0:
        return None
    columns: dict[int, int] = {}
    begin, column = 0, -1
    for edge in sorted({edge for row in rows for edge in row.edges}):
        # No edge may take in the next one of its own row, however narrow the cell between them.
        if column < 0 or edge - begin > min(_SLACK, narrowest - 1):
            begin, column = edge, column + 1
        columns[edge] = column
    return columns if column <= _MAX_WIDTH else None


class _Extent(NamedTuple):
    """A cell on the lattice: from column `first` to the column before `behind`."""

    first: int
    behind: int
    text: str
    span: Span

    @property
    def columns(self) -> range:
        return range(self.first, self.behind)

    @property
    def spans(self) -> list[Span]:
        rest = Span.FROM_ABOVE if self.span is Span.FROM_ABOVE else Span.FROM_LEFT
        return [self.span] + [rest] * (len(self.columns) - 1)


def _extents(row: WordRow, columns: Mapping[int, int], above: Mapping[int, _Extent]) -> list[_Extent]:
    extents: list[_Extent] = []
    joined = _joined(row.merges)
    for index, (cell, (left, right)) in enumerate(zip(row.cells, pairwise(row.edges), strict=True)):
        text, extent = _text(cell), _Extent(columns[left], columns[right], "", Span.OWN)
        if index in joined and not text:
            # The two sources differ on whether the text of a merged cell is printed: one that has some stays.
            extents[-1] = extents[-1]._replace(behind=extent.behind)
        else:
            extents.append(extent._replace(text=text))
        covering = above.get(extents[-1].first)
        if _continues(row.merges[index]) and covering and covering.behind == extents[-1].behind:
            extents[-1] = covering._replace(span=Span.FROM_ABOVE)
    return extents


def _continues(merge: Merge) -> bool:
    """VerticalMergeFlag (2.9.344): 1 continues the cell above, 3 starts anew."""
    return merge.vertical == 1


def _joined(merges: Sequence[Merge]) -> set[int]:
    """The cells that are merged into the one on their left.

    TCGRF (2.9.317) and the description of 1997 (fFirstMerged, fMerged) give 1 and 2 opposite meanings, so the first
    cell of a run of merged cells tells which of them begins a merged cell.
    """
    joined = set()
    first = 0
    for index, merge in enumerate(merges):
        if not merge.horizontal or not first:
            first = merge.horizontal
        elif merge.horizontal != first and merge.horizontal != 3:
            joined.add(index)
    return joined


def _converted(data: bytes, error: WordError) -> Document:
    """By LibreOffice to .docx, and that by its reader."""
    program = shutil.which("soffice")
    with TemporaryDirectory(prefix="govstats-", ignore_cleanup_errors=True) as folder:
        source = Path(folder, "report.doc")
        source.write_bytes(data)
        result = Path(folder, "out", "report.docx")
        if program is None or not _convert(program, Path(folder), source, result.parent) or not result.is_file():
            raise _refused(error) from error
        if result.stat().st_size > _MAX_BYTES:
            raise _refused(error) from error
        docx = result.read_bytes()
    try:
        reader = import_module("govstats.readers.docx")
    except ModuleNotFoundError:
        raise _refused(error) from error
    document: Document = reader.read(docx)
    return replace(document, kind="doc")


def _refused(error: WordError) -> ReadError:
    if isinstance(error, OldWordError):
        return _error("它是 Word 95 或更早版本的格式", "it is in the format of Word 95 or earlier")
    return _error(f"结构已损坏或不合规范（{error}）", f"its structure is damaged or not to the specification ({error})")


def _convert(program: str, folder: Path, source: Path, target: Path) -> bool:
    """Run LibreOffice with a profile of its own; after a minute it is stopped, with all it has started."""
    command = [
        program,
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--headless", "--norestore", "--convert-to", "docx:MS Word 2007 XML"),
        *("--outdir", str(target), str(source)),
    ]
    quiet = subprocess.DEVNULL
    try:
        process = subprocess.Popen(command, stdin=quiet, stdout=quiet, stderr=quiet, start_new_session=True)  # noqa: S603
    except OSError:
        return False
    try:
        return process.wait(_PATIENCE) == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        _stop(process)


def _stop(process: subprocess.Popen[bytes]) -> None:
    """The process and its children (soffice is a script that starts the program proper)."""
    if process.poll() is not None:
        return
    if hasattr(os, "killpg"):
        os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.wait()
