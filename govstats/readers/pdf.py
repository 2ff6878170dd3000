"""A PDF with text → Document: ruled tables as grids (over pages, too), everything else as prose.

Two ways lead to the same ink: pdfium (fast), and pdfplumber, asked for a second opinion where the first finds lines
but no table, tables with open cells, or characters without a meaning. What either cannot tell is marked, not guessed.
"""

from __future__ import annotations

import ctypes
import logging
import re
import threading
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from typing import Any, NamedTuple

from govstats.document import Document, Grid, GridRow, Paragraph
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.pdfgrid import (
    DOUBT,
    MAX_RULINGS,
    Box,
    Glyph,
    Ink,
    RuledTable,
    Ruling,
    TextLine,
    continues,
    merged,
    of_fills,
    of_frame,
    of_line,
    stitched,
    tables,
    text_lines,
)

SUFFIXES = (".pdf",)

_MAGIC = re.compile(rb"%PDF-\d")
_MAX_BYTES = 64 << 20
_MAX_INFLATED = 64 << 20
_MAX_CONTENT = 16 << 20
"""A page's drawing takes many times its content's size in memory; whole reports need a tenth of this."""
_MAX_OPAQUE = 256 << 10
_MAX_STREAMS = 100_000
_MAX_PAGES = 400
_MAX_PATHS = 50_000
_MAX_GLYPHS = 200_000
_MAX_DEPTH = 8
_SLOW_CONTENT = 4 << 20
_SLOW_GLYPHS = 20_000
_SLOW_PATHS = 5_000
_SLOW_PAGES = 20
_MAX_ROWS = 2000

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_FONT = re.compile(rb"/Length1\b|/FontFile|/CIDFontType0C\b|/Type1C\b|/OpenType\b")
_OPAQUE = re.compile(rb"/(?:LZW|RunLength)Decode\b")
_CONTENTS = re.compile(rb"/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)")
_PAGE_NUMBER = re.compile(
    r"[-—–－·.\s]*第?\s*\d{1,3}\s*(?:页|/\s*\d{1,3})?(?:\s*[共,，]?\s*共?\s*\d{1,3}\s*页)?[-—–－·.\s]*"
)
_HEADING = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[)）]")
_PDFIUM = threading.Lock()
"""pdfium may only be called by one thread at a time."""


def sniff(head: bytes) -> bool:
    """Does it open with %PDF-, perhaps behind a little rubbish?"""
    return _MAGIC.search(head[:1024]) is not None


def read(data: bytes) -> Document:
    """A PDF → Document. One without any text (a scan) has no blocks, and `scanned` in its meta data."""
    pages = [_Sheet(*_best_tables(page), page.height) for page in inks(data)]
    if not any(sheet.tables or sheet.rest for sheet in pages):
        return Document("pdf", "", (), {"scanned": "true"})
    return Document("pdf", "", tuple(_Assembly(pages).blocks()), {})


class PageInk(NamedTuple):
    """One page: its ink, its height, and a second reading of it (None if it is out of reach)."""

    ink: Ink
    height: float
    again: Callable[[], Ink | None]


def _best_tables(page: PageInk) -> tuple[list[RuledTable], tuple[Glyph, ...]]:
    """Tables and the glyphs outside them, by pdfium; by pdfplumber if only that has sound tables."""
    found, rest = tables(page.ink)
    if not _is_doubtful(page.ink, found):
        return found, rest
    ink = page.again()
    if ink is None:
        return found, rest
    second, others = tables(ink)
    better = (bool(second), not _is_doubtful(ink, second)) > (bool(found), False)
    return (second, others) if better else (found, rest)


def _is_doubtful(ink: Ink, found: list[RuledTable]) -> bool:
    """Lines, but no table of them; tables with open cells; characters that cannot be read."""
    unread = any(glyph.text == DOUBT for glyph in ink.glyphs)
    lost = not found and len(ink.rulings) >= 5
    return unread or lost or not all(table.sound for table in found)


def inks(data: bytes) -> Iterator[PageInk]:
    """The pages of a document by pdfium, each with a way to read it again by pdfplumber. Raises ReadError."""
    if len(data) > _MAX_BYTES:
        raise _refused("文件超过 64 MB", "The file has more than 64 MB")
    weighed = _weigh(data)
    # pdfium is entered page by page, but never left open between pages: the lock must not be held by a generator.
    with _PDFIUM:
        data, fast = _fast_pages(data, weighed)
    second = _Second(data, weighed.content <= _SLOW_CONTENT)
    for number, (ink, height, light) in enumerate(fast):
        yield PageInk(ink, height, second.reading(number) if light else _no_second)


def _no_second() -> Ink | None:
    return None


# What may be opened at all


class _Weight(NamedTuple):
    """Bytes of content and other streams of a document, inflated."""

    content: int
    encrypted: bool


def _weigh(data: bytes) -> _Weight:
    """Inflate every stream within bounds, before a library does so without. Raises ReadError.

    A stream that does not inflate to its end is damage, of which the libraries would silently keep the first part.
    """
    encrypted = re.search(rb"/Encrypt\b", data) is not None
    end = data.rfind(b"%%EOF")
    if end < 0 or data.find(b" obj", end) >= 0:
        raise _broken("文件不完整（被截断）", "The file is cut short")
    scale = _Scale(strict=not encrypted)
    texts = [data]
    images: list[tuple[bytes, int]] = []
    for count, match in enumerate(_STREAM.finditer(data)):
        if count > _MAX_STREAMS:
            raise _refused(f"超过 {_MAX_STREAMS} 个数据流", f"It has more than {_MAX_STREAMS} streams")
        head = data[max(0, match.start() - 2048) : match.start()]
        begin = head.rfind(b"obj")
        number, head = head[max(0, begin - 24) : max(0, begin)].split()[-2:-1], head[begin + 3 :]
        if _IMAGE.search(head):
            images.append((number[0] if number else b"", match.end()))
            continue
        text = scale.add(data, match.end(), head)
        if b"/ObjStm" in head:
            texts.append(text)
    drawn = {
        each for text in texts for array in _CONTENTS.findall(text) for each in re.findall(rb"(\d+)\s+\d+\s+R", array)
    }
    for image, start in images:
        if image in drawn:
            scale.add(data, start, b"")
    return _Weight(scale.content, encrypted)


@dataclass(slots=True)
class _Scale:
    """Adds up what streams inflate to. `strict`: a damaged stream is an error (encrypted ones cannot be judged)."""

    strict: bool
    total: int = 0
    content: int = 0
    opaque: int = 0

    def add(self, data: bytes, start: int, head: bytes) -> bytes:
        """Weigh the stream that begins at `start`; its content if it is not too long."""
        if _OPAQUE.search(head):
            stop = data.find(b"endstream", start)
            self.opaque += (stop if stop >= 0 else len(data)) - start
        text, whole = self._inflate(data, start)
        if self.strict and not whole and b"/FlateDecode" in head and not _OPAQUE.search(head) and b"/ASCII" not in head:
            raise _broken("其中的数据流已损坏", "One of its streams is damaged")
        for _ in range(2):  # a stream may be packed twice
            if text[:1] not in {b"\x78", b"\x68", b"\x58", b"\x48"}:
                break
            text, _ = self._inflate(text, 0)
        self.content += 0 if _FONT.search(head) else len(text)
        if self.content > _MAX_CONTENT or self.opaque > _MAX_OPAQUE:
            raise _refused("页面内容解压后过大", "Its pages inflate to an absurd size")
        return text

    def _inflate(self, data: bytes, start: int) -> tuple[bytes, bool]:
        engine = zlib.decompressobj()
        pieces: list[bytes] = []
        at, chunk, given = start, 4096, b""
        try:
            while not engine.eof:
                if not given:
                    given = data[at : at + chunk]
                    at, chunk = at + len(given), 1 << 16
                pieces.append(engine.decompress(given, 1 << 20))
                if not given and not pieces[-1]:
                    break
                given = engine.unconsumed_tail
                self.total += len(pieces[-1])
                if self.total > _MAX_INFLATED:
                    raise _refused("解压后超过 64 MB", "It inflates to more than 64 MB")
        except zlib.error:
            return b"".join(pieces), False
        return b"".join(pieces), engine.eof


def _refused(zh: str, en: str) -> ReadError:
    return ReadError(
        Text(f"PDF 文件超出可读范围：{zh}。", f"The PDF is out of bounds: {en[0].lower()}{en[1:]}."),
        Text("请只保留年度报告本身，重新导出 PDF。", "Keep the annual report only, and export the PDF again."),
    )


def _broken(zh: str, en: str) -> ReadError:
    return ReadError(
        Text(f"PDF 文件已损坏：{zh}。", f"The PDF is broken: {en[0].lower()}{en[1:]}."),
        Text("请重新下载或重新导出这份报告。", "Download or export the report again."),
    )


def _locked() -> ReadError:
    return ReadError(
        Text("PDF 文件有密码，打不开。", "The PDF needs a password."),
        Text("请去掉密码后另存，再重新读取。", "Save it without a password, and read it again."),
    )


# The fast way: pdfium

_Drawn = tuple[Ink, float, bool]
"""A page's ink, its height, and whether it is light enough for the slow way."""


def _pdfium() -> Any:
    """The library, which takes 60 ms to load and has no types."""
    import pypdfium2

    return pypdfium2


def _fast_pages(data: bytes, weighed: _Weight) -> tuple[bytes, list[_Drawn]]:
    """The pages as pdfium sees them; and the bytes, decrypted if they were encrypted without a password."""
    pypdfium2 = _pdfium()
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) in {4, 5}:
            raise _locked() from error
        raise _broken("打不开", "It cannot be opened") from error
    with closing(document):
        if weighed.encrypted:
            plain = _decrypted(document)
            if not re.search(rb"/Encrypt\b", plain):
                return _fast_pages(plain, _weigh(plain))
        count = len(document)
        if not count:
            raise _broken("没有页面", "It has no pages")
        if count > _MAX_PAGES:
            raise _refused(f"超过 {_MAX_PAGES} 页（{count} 页）", f"It has more than {_MAX_PAGES} pages ({count})")
        return data, [_fast_page(document, number) for number in range(count)]


def _decrypted(document: Any) -> bytes:
    """The document without its encryption, so that its streams can be weighed."""
    buffer = BytesIO()
    document.save(buffer, flags=_pdfium().raw.FPDF_REMOVE_SECURITY)
    return buffer.getvalue()


def _fast_page(document: Any, number: int) -> _Drawn:
    pypdfium2 = _pdfium()
    try:
        with closing(document[number]) as page, closing(page.get_textpage()) as text:
            place = _Placement(page)
            glyphs = tuple(_fast_glyphs(text.raw, place))
            brush = _Brush(place)
            brush.page(page.raw)
    except pypdfium2.PdfiumError as error:
        raise _broken(f"第 {number + 1} 页打不开", f"Page {number + 1} cannot be opened") from error
    ink = _ink(glyphs, [*brush.rulings, *of_fills(brush.fills)])
    return ink, place.height, len(glyphs) <= _SLOW_GLYPHS and brush.paths <= _SLOW_PATHS


def _ink(glyphs: tuple[Glyph, ...], rulings: list[Ruling]) -> Ink:
    lines = merged(rulings)
    for horizontal in (True, False):
        if sum(each.horizontal == horizontal for each in lines) > MAX_RULINGS:
            raise _refused(f"一页上的线条超过 {MAX_RULINGS} 条", f"A page has more than {MAX_RULINGS} lines")
    return Ink(glyphs, lines)


class _Placement:
    """Page coordinates (y upwards, before rotation) → coordinates as seen (y downwards)."""

    def __init__(self, page: Any) -> None:
        self._turn: int = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_cropbox()
        width, height = self._right - self._left, self._top - self._bottom
        self.height = width if self._turn in {90, 270} else height

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point as seen."""
        if self._turn == 90:
            return y - self._bottom, x - self._left
        if self._turn == 180:
            return self._right - x, y - self._bottom
        if self._turn == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y

    def box(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box as seen."""
        one, other = self.point(x0, y0), self.point(x1, y1)
        return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))


_HYPHENS = {0x02: "-", 0xAD: "-", 0xFFFE: "-"}
"""What pdfium makes of a hyphen at the end of a line."""


def _fast_glyphs(text: Any, place: _Placement) -> Iterator[Glyph]:
    """The characters that are printed; pdfium adds spaces and line ends of its own, which are not."""
    raw = _pdfium().raw
    count = raw.FPDFText_CountChars(text)
    if count > _MAX_GLYPHS:
        raise _refused(f"一页上的文字超过 {_MAX_GLYPHS} 个", f"A page has more than {_MAX_GLYPHS} characters")
    rect = raw.FS_RECTF()
    for index in range(count):
        if raw.FPDFText_IsGenerated(text, index) == 1:
            continue
        code = raw.FPDFText_GetUnicode(text, index)
        if not raw.FPDFText_GetLooseCharBox(text, index, rect):
            continue
        # Without a Unicode map pdfium shows the bare character code: a figure out of nothing.
        known = raw.FPDFText_HasUnicodeMapError(text, index) != 1
        character = _HYPHENS.get(code) or _character(code if known else 0)
        yield Glyph(character, *place.box(rect.left, rect.bottom, rect.right, rect.top))


def _character(code: int) -> str:
    """A code point as text; what stands for nothing is DOUBT."""
    if code in {9, 10, 13}:
        return " "
    if code < 32 or 0xD800 <= code < 0xF900 or code > 0x10FFFF:
        return DOUBT
    return chr(code)


_Matrix = tuple[float, float, float, float, float, float]


class _Brush:
    """Collects what a page draws: strokes along an axis as rulings, filled outlines as boxes."""

    def __init__(self, place: _Placement) -> None:
        self._raw = _pdfium().raw
        self._place = place
        self.rulings: list[Ruling] = []
        self.fills: list[Box] = []
        self.paths = 0

    def page(self, page: Any) -> None:
        """All objects of a page."""
        for index in range(self._raw.FPDFPage_CountObjects(page)):
            self._object(self._raw.FPDFPage_GetObject(page, index), ())

    def _object(self, item: Any, outer: tuple[_Matrix, ...]) -> None:
        kind = self._raw.FPDFPageObj_GetType(item)
        if kind == self._raw.FPDF_PAGEOBJ_PATH:
            self._path(item, (self._matrix(item), *outer))
        elif kind == self._raw.FPDF_PAGEOBJ_FORM and len(outer) < _MAX_DEPTH:
            inner = (self._matrix(item), *outer)
            for index in range(self._raw.FPDFFormObj_CountObjects(item)):
                self._object(self._raw.FPDFFormObj_GetObject(item, index), inner)

    def _matrix(self, item: Any) -> _Matrix:
        matrix = self._raw.FS_MATRIX()
        self._raw.FPDFPageObj_GetMatrix(item, matrix)
        return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f

    def _path(self, item: Any, matrices: tuple[_Matrix, ...]) -> None:
        raw = self._raw
        pieces = raw.FPDFPath_CountSegments(item)
        self.paths += 1 + pieces // 8
        if self.paths > _MAX_PATHS:
            raise _refused(f"一页上的图形超过 {_MAX_PATHS} 个", f"A page has more than {_MAX_PATHS} shapes")
        fill, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(item, fill, stroke)
        if not fill.value and not stroke.value:
            return
        for points in self._outlines(item, pieces, matrices):
            xs, ys = [x for x, _ in points], [y for _, y in points]
            if fill.value:
                self.fills.append(Box(min(xs), min(ys), max(xs), max(ys)))
            if stroke.value:
                for (x0, y0), (x1, y1) in pairwise(points):
                    self.rulings.extend(of_line(x0, y0, x1, y1))

    def _outlines(self, item: Any, pieces: int, matrices: tuple[_Matrix, ...]) -> Iterator[list[tuple[float, float]]]:
        """The parts of a path as lists of points; a closed part ends where it began."""
        raw = self._raw
        points: list[tuple[float, float]] = []
        x, y = ctypes.c_float(), ctypes.c_float()
        for index in range(pieces):
            segment = raw.FPDFPath_GetPathSegment(item, index)
            if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO and points:
                yield points
                points = []
            raw.FPDFPathSegment_GetPoint(segment, x, y)
            points.append(self._seen(x.value, y.value, matrices))
            if raw.FPDFPathSegment_GetClose(segment):
                points.append(points[0])
        if points:
            yield points

    def _seen(self, x: float, y: float, matrices: tuple[_Matrix, ...]) -> tuple[float, float]:
        for a, b, c, d, e, f in matrices:
            x, y = a * x + c * y + e, b * x + d * y + f
        return self._place.point(x, y)


# The slow way: pdfplumber


class _Second:
    """Pages by pdfplumber, opened when the first is asked for. pdfminer is slow: only so much is given to it."""

    def __init__(self, data: bytes, allowed: bool) -> None:
        self._data = data
        self._left = _SLOW_PAGES if allowed else 0

    def reading(self, number: int) -> Callable[[], Ink | None]:
        """How to read page `number` (from 0)."""
        return lambda: self._read(number)

    def _read(self, number: int) -> Ink | None:
        """The page's ink; None if pdfplumber cannot read it, or has had enough."""
        if not self._left:
            return None
        self._left -= 1
        logging.getLogger("pdfminer").setLevel(logging.ERROR)
        try:
            import pdfplumber

            with pdfplumber.open(BytesIO(self._data), pages=[number + 1]) as document:
                return _slow_ink(document.pages[0])
        except ReadError:
            raise
        except Exception:  # pdfminer raises whatever a broken file makes it trip over
            return None


def _slow_ink(page: Any) -> Ink:
    glyphs = tuple(
        Glyph(_slow_character(char["text"]), char["x0"], char["top"], char["x1"], char["bottom"]) for char in page.chars
    )
    rulings: list[Ruling] = []
    fills: list[Box] = []
    for each in (*page.lines, *page.rects, *page.curves):
        box = Box(each["x0"], each["top"], each["x1"], each["bottom"])
        if each.get("fill"):
            fills.append(box)
        if each.get("stroke"):
            points = each.get("pts") or []
            if each["object_type"] == "rect":
                rulings.extend(of_frame(box))
            for (x0, y0), (x1, y1) in pairwise(points):
                rulings.extend(of_line(x0, y0, x1, y1))
    return _ink(glyphs, [*rulings, *of_fills(fills)])


def _slow_character(text: str) -> str:
    return DOUBT if text.startswith("(cid:") else text if len(text) > 1 else _character(ord(text or "\0"))


# Pages → blocks


class _Sheet(NamedTuple):
    """A page: its tables, the glyphs outside them, its height."""

    tables: list[RuledTable]
    rest: tuple[Glyph, ...]
    height: float


_Item = RuledTable | TextLine
_EDGE = 0.1


@dataclass(slots=True)
class _Assembly:
    """All pages → blocks in reading order: tables stitched, lines joined to paragraphs, furniture after either."""

    sheets: list[_Sheet]
    _table: int = 0
    _line: int = 0
    _open: list[TextLine] = field(default_factory=list)
    _margin: float = 0.0

    def blocks(self) -> Iterator[Paragraph | Grid]:
        """Paragraphs and grids."""
        pages = [self._items(sheet) for sheet in self.sheets]
        repeated = _repeated(self.sheets, pages)
        pending: RuledTable | None = None
        furniture: list[TextLine] = []
        self._margin = max((item.box.x1 for items in pages for item in items), default=0.0)
        for sheet, items in zip(self.sheets, pages, strict=True):
            first = True
            for item in items:
                if isinstance(item, TextLine) and _is_furniture(item, sheet, repeated):
                    furniture.append(item)
                    continue
                if isinstance(item, RuledTable):
                    joined = _joined(pending, item) if first and pending is not None else None
                    yield from self._close(None if joined else pending, furniture)
                    pending = joined or item
                else:
                    if pending is not None or not self._goes_on(item, first):
                        yield from self._close(pending, furniture)
                        pending = None
                    self._open.append(item)
                first = False
        yield from self._close(pending, furniture)

    def _items(self, sheet: _Sheet) -> list[_Item]:
        items: list[_Item] = [*sheet.tables, *text_lines(sheet.rest)]
        return sorted(items, key=lambda item: item.box.top)

    def _goes_on(self, line: TextLine, new_page: bool) -> bool:
        """Is the open paragraph's last line full, and this one close below, of its size, no heading, no indent?"""
        if not self._open:
            return True
        last = self._open[-1]
        size = last.size
        return (
            self._margin - last.box.x1 < 1.5 * size
            and line.box.x0 < min(each.box.x0 for each in self._open) + 0.5 * size
            and abs(line.size - size) < 0.15 * size
            and not _HEADING.match(line.text)
            and (new_page or 0 < line.box.top - last.box.top < 3 * size)
        )

    def _close(self, table: RuledTable | None, furniture: list[TextLine]) -> Iterator[Paragraph | Grid]:
        """The open paragraph, the open table, then page numbers and banners that stood in between."""
        if self._open:
            yield self._paragraph(self._open)
            self._open = []
        if table is not None:
            self._table += 1
            yield Grid(self._table, tuple(GridRow(n, row.texts, row.spans) for n, row in enumerate(table.rows, 1)))
        for line in furniture:
            yield self._paragraph([line])
        furniture.clear()

    def _paragraph(self, lines: list[TextLine]) -> Paragraph:
        text = lines[0].text
        for line in lines[1:]:
            # A number may be broken over lines of prose, a word of Latin letters may not.
            spaced = text[-1].isascii() and text[-1].isalpha() and line.text[:1].isascii() and line.text[:1].isalpha()
            text += f" {line.text}" if spaced else line.text
        first, self._line = self._line + 1, self._line + len(lines)
        return Paragraph(text, first)


def _joined(upper: RuledTable | None, lower: RuledTable) -> RuledTable | None:
    """Two pieces as one table, if they are clearly one."""
    if upper is None or not continues(upper, lower) or len(upper.rows) + len(lower.rows) > _MAX_ROWS:
        return None
    return stitched(upper, lower)


def _repeated(sheets: list[_Sheet], pages: list[list[_Item]]) -> frozenset[str]:
    """The texts that stand at the edge of two pages or more: banners."""
    counted = Counter(
        text
        for sheet, items in zip(sheets, pages, strict=True)
        for text in {item.text for item in items if isinstance(item, TextLine) and _at_edge(item, sheet)}
    )
    return frozenset(text for text, count in counted.items() if count > 1)


def _at_edge(line: TextLine, sheet: _Sheet) -> bool:
    return line.box.bottom < _EDGE * sheet.height or line.box.top > (1 - _EDGE) * sheet.height


def _is_furniture(line: TextLine, sheet: _Sheet, repeated: frozenset[str]) -> bool:
    return _at_edge(line, sheet) and (line.text in repeated or _PAGE_NUMBER.fullmatch(line.text) is not None)
