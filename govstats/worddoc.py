"""The streams of a Word 97–2003 file → its main text: paragraphs, and tables as rows of cells ([MS-DOC]).

Text is what is printed: results of fields without their instructions, nothing hidden or deleted. `\\f` is the end of
a line, `\\v` parts what must not be read as one word: superscript, note marks. Widths are in twips (1/1440 inch).
"""

from __future__ import annotations

import re
import struct
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeAlias

_MAX_CHARACTERS = 4_000_000
_MAX_CELLS = 200_000
_MAX_DEPTH = 16
_MAX_PAGES = 20_000
_OLD_MAGICS = {0xA5DC, 0xA59B, 0xA59C, 0xA697, 0xA699}


class WordError(Exception):
    """What the file has that cannot be read, in English.

    WordError
    ├── OldWordError        written by Word 95 or earlier
    ├── EncryptedWordError  under a password
    └── DamagedWordError    a structure contradicts [MS-DOC]
    """


class OldWordError(WordError):
    """Written by Word 95 or earlier."""


class EncryptedWordError(WordError):
    """Under a password."""


class DamagedWordError(WordError):
    """A structure contradicts [MS-DOC]."""


class Merge(NamedTuple):
    """How a cell is merged, as TCGRF (2.9.317) has it: 0 is not at all."""

    horizontal: int = 0
    vertical: int = 0


@dataclass(frozen=True, slots=True)
class WordRow:
    """A row: its cells, each a list of paragraphs and inner tables. `edges` are empty if unknown, else one more."""

    cells: tuple[tuple[Item, ...], ...]
    edges: tuple[int, ...] = ()
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class WordTable:
    """A table, row by row."""

    rows: tuple[WordRow, ...]


Item: TypeAlias = str | WordTable


def read_word(streams: Mapping[str, bytes]) -> list[Item]:
    """The main text out of the streams `WordDocument`, `0Table` or `1Table`, and `Data` if there is one.

    Raises OldWordError, EncryptedWordError or DamagedWordError.
    """
    file = _File.of(streams)
    pieces = _pieces(file)
    text = "".join(_text_of(piece, file.word) for piece in pieces)[: file.length]
    if len(text) < file.length:
        raise DamagedWordError("the pieces hold less text than the header counts")
    shown, deleted = _shown(file, pieces, text)
    return _Builder().build(_paragraphs(file, pieces, text, shown, deleted))


def _number(data: bytes, at: int, size: int = 2, signed: bool = False) -> int:
    return int.from_bytes(_cut(data, at, size), "little", signed=signed)


def _cut(data: bytes, at: int, size: int) -> bytes:
    if at < 0 or size < 0 or at + size > len(data):
        raise DamagedWordError(f"{size} bytes at {at} lie outside of a stream of {len(data)}")
    return data[at : at + size]


def _numbers(data: bytes, at: int, count: int) -> tuple[int, ...]:
    return struct.unpack(f"<{count}I", _cut(data, at, 4 * count))


@dataclass(frozen=True, slots=True)
class _File:
    """What the Fib (2.5.1) tells: the streams, the length of the main text, and the three structures used here.

    `fast`: pieces were added at the end instead of writing the file anew (fComplex).
    """

    word: bytes
    data: bytes
    fast: bool
    length: int
    clx: bytes
    paragraph_plc: bytes
    character_plc: bytes

    @staticmethod
    def of(streams: Mapping[str, bytes]) -> _File:
        word = streams.get("WordDocument", b"")
        magic, version, flags = _number(word, 0), _number(word, 2), _number(word, 0x0A)
        if magic in _OLD_MAGICS or (magic == 0xA5EC and version < 101):
            raise OldWordError(f"version {version}")
        if magic != 0xA5EC:
            raise DamagedWordError(f"magic number {magic:#06x}")
        if flags & 0x0100:
            raise EncryptedWordError("fEncrypted is set")
        name = "1Table" if flags & 0x0200 else "0Table"
        if name not in streams:
            raise DamagedWordError(f"there is no stream {name}")
        # The three arrays of the Fib tell their own lengths (csw, cslw, cbRgFcLcb), which grew from version to version.
        longs = 0x22 + 2 * _number(word, 0x20) + 2
        offsets = longs + 4 * _number(word, longs - 2) + 2
        # FibRgLw97 (2.5.4): ccpText, then the lengths of notes, headers and boxes, the fifth of them reserved.
        counts = [_number(word, longs + 4 * index, 4, signed=True) for index in range(3, 11)]
        if min(counts) < 0 or sum(counts) > _MAX_CHARACTERS:
            raise DamagedWordError("a length of text is out of range")

        def part(index: int) -> bytes:
            """The structure whose place is pair `index` of FibRgFcLcb97 (2.5.6)."""
            start, size = _numbers(word, offsets + 8 * index, 2)
            return _cut(streams[name], start, size)

        fast = bool(flags & 0x0004)
        file = _File(word, streams.get("Data", b""), fast, counts[0], part(33), part(13), part(12))
        file.check(sum(counts))
        return file

    def check(self, total: int) -> None:
        """2.4.1: the pieces end where the stories end, one mark later if there are stories besides the main text."""
        ends = _numbers(_piece_table(self.clx)[1], 0, 1 + _piece_count(_piece_table(self.clx)[1]))
        if ends[-1] > total + 1:
            raise DamagedWordError("the pieces hold more text than the header counts")


class _Piece(NamedTuple):
    """A run of text in one place. `start`, `end`: character positions; `place`: byte; `width`: bytes a character.

    `prm` are the properties that a fast save has added, as a list of Sprm.
    """

    start: int
    end: int
    place: int
    width: int
    prm: bytes

    def byte(self, position: int) -> int:
        """Where a character stands in the stream."""
        return self.place + (position - self.start) * self.width

    def positions(self, first: int, last: int) -> range:
        """The character positions between two bytes of the stream."""
        begin = max(0, -(-(first - self.place) // self.width))
        end = min(self.end - self.start, -(-(last - self.place) // self.width))
        return range(self.start + begin, self.start + max(begin, end))


def _piece_table(clx: bytes) -> tuple[list[bytes], bytes]:
    """Clx (2.9.38): the lists of Sprm that a fast save left (Prc), then the PlcPcd."""
    lists = []
    at = 0
    while (kind := _number(clx, at, 1)) == 1:
        size = _number(clx, at + 1)
        lists.append(_cut(clx, at + 3, size))
        at += 3 + size
    if kind != 2:
        raise DamagedWordError("the piece table is not where it should be")
    return lists, _cut(clx, at + 5, _number(clx, at + 1, 4))


def _piece_count(plc: bytes) -> int:
    if len(plc) < 16 or (len(plc) - 4) % 12:
        raise DamagedWordError("the piece table has an odd length")
    return (len(plc) - 4) // 12


def _pieces(file: _File) -> list[_Piece]:
    """PlcPcd (2.8.35): the pieces in reading order. They may lie anywhere.

    Only a fast save leaves pieces that lie over each other: a copied paragraph is stored once.
    """
    lists, plc = _piece_table(file.clx)
    count = _piece_count(plc)
    positions = _numbers(plc, 0, count + 1)
    pieces = []
    for index, (start, end) in enumerate(pairwise(positions)):
        at = 4 * (count + 1) + 8 * index
        code = _number(plc, at + 2, 4)
        place, width = ((code & 0x3FFFFFFF) // 2, 1) if code & 0x40000000 else (code & 0x3FFFFFFF, 2)
        if end < start or place + (end - start) * width > len(file.word):
            raise DamagedWordError("a piece of text lies outside of the stream")
        pieces.append(_Piece(start, end, place, width, _added(_number(plc, at + 6), lists)))
    if positions[0] != 0:
        raise DamagedWordError("the first piece does not begin the text")
    by_place = sorted((piece for piece in pieces if piece.end > piece.start), key=lambda piece: piece.place)
    if not file.fast and any(one.byte(one.end) > other.place for one, other in pairwise(by_place)):
        raise DamagedWordError("pieces of text overlap")
    return pieces


# Prm0.isprm (2.9.213) → the Sprm it stands for; all others neither make a table nor hide text.
_SHORT = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x5C: 0x083C, 0x68: 0x2A48}


def _added(prm: int, lists: list[bytes]) -> bytes:
    """Prm (2.9.212) → a list of Sprm."""
    if prm & 1:
        if prm >> 1 >= len(lists):
            raise DamagedWordError("a piece names properties that are not there")
        return lists[prm >> 1]
    code = _SHORT.get(prm >> 1 & 0x7F)
    return struct.pack("<HB", code, prm >> 8) if code else b""


# FcCompressed (2.9.73): one byte a character, these few as in Windows-1252, all others as in Latin-1.
_ANSI = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def _text_of(piece: _Piece, word: bytes) -> str:
    """One character for each position, so halves of a pair stay apart."""
    raw = word[piece.place : piece.byte(piece.end)]
    if piece.width == 1:
        return raw.decode("latin-1").translate(_ANSI)
    text = raw.decode("utf-16-le", "surrogatepass")
    if len(text) == piece.end - piece.start:
        return text
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


class _Pages:
    """The property pages (FKP) of a PlcBte: which list of Sprm holds for which bytes of the stream."""

    def __init__(self, word: bytes, plc: bytes, entry: int) -> None:
        """`entry` is the length of an entry: 13 in a PapxFkp (2.9.175), 1 in a ChpxFkp (2.9.33)."""
        count = (len(plc) - 4) // 8
        if len(plc) < 12 or (len(plc) - 4) % 8 or count > _MAX_PAGES:
            raise DamagedWordError("the table of property pages has an odd length")
        self._word, self._entry = word, entry
        self._starts = _numbers(plc, 0, count + 1)
        self._pages = [number & 0x3FFFFF for number in _numbers(plc, 4 * (count + 1), count)]
        self._known: dict[int, tuple[tuple[int, ...], list[bytes]]] = {}
        if any(left > right for left, right in pairwise(self._starts)):
            raise DamagedWordError("property pages are out of order")

    def at(self, byte: int) -> bytes:
        """The list of Sprm for this byte."""
        index = bisect_right(self._starts, byte) - 1
        if not 0 <= index < len(self._pages):
            raise DamagedWordError(f"no properties for the byte at {byte}")
        starts, lists = self._page(self._pages[index])
        run = bisect_right(starts, byte) - 1
        if not 0 <= run < len(lists):
            raise DamagedWordError(f"no properties for the byte at {byte}")
        return lists[run]

    def runs(self) -> Iterator[tuple[int, int, bytes]]:
        """All runs: first byte, byte behind the last, list of Sprm."""
        for page in dict.fromkeys(self._pages):
            starts, lists = self._page(page)
            for (first, last), sprms in zip(pairwise(starts), lists, strict=True):
                yield first, last, sprms

    def _page(self, number: int) -> tuple[tuple[int, ...], list[bytes]]:
        if number not in self._known:
            page = _cut(self._word, 512 * number, 512)
            count = page[511]
            starts = _numbers(page, 0, count + 1)
            if any(left > right for left, right in pairwise(starts)):
                raise DamagedWordError("the runs of a property page are out of order")
            first = 4 * (count + 1)
            offsets = [2 * _number(page, first + self._entry * run, 1) for run in range(count)]
            take = _chpx if self._entry == 1 else _papx
            self._known[number] = starts, [take(page, offset) if offset else b"" for offset in offsets]
        return self._known[number]


def _chpx(page: bytes, at: int) -> bytes:
    return _cut(page, at + 1, page[at])


def _papx(page: bytes, at: int) -> bytes:
    """PapxInFkp (2.9.174): cb counts words less a byte, or is 0 and the next byte counts words. 2 bytes are istd."""
    size, at = (2 * page[at] - 1, at + 1) if page[at] else (2 * _number(page, at + 1, 1), at + 2)
    return _cut(page, at, size)[2:]


_OPERAND = (1, 1, 2, 4, 2, 2, -1, 3)


@lru_cache(maxsize=512)
def _sprms(sprms: bytes) -> tuple[tuple[int, bytes], ...]:
    """Grpprl → (code, operand). Sprm (2.2.5.1): the top three bits of the code (spra) tell the operand's length."""
    found = []
    at = 0
    while at + 3 <= len(sprms) and (code := _number(sprms, at)):
        at += 2
        size = _OPERAND[code >> 13]
        if code in (0xD608, 0xD606):
            size = 1 + _number(sprms, at)
        elif size < 0:
            size = 1 + sprms[at]
            if code == 0xC615 and size == 256:
                size = _tabs_size(sprms, at)
        found.append((code, _cut(sprms, at, size)))
        at += size
    return tuple(found)


def _tabs_size(sprms: bytes, at: int) -> int:
    """PChgTabsOperand (2.9.184) of more than 254 bytes: the length follows from its two counts."""
    deleted = 1 + 4 * _number(sprms, at + 1, 1)
    return 1 + deleted + 1 + 3 * _number(sprms, at + 1 + deleted, 1)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph: its text, the mark it ends in, and what its Sprms say of tables."""

    text: str
    mark: str
    deleted: bool
    in_table: bool = False
    depth: int = 0
    row_end: bool = False
    inner_cell_end: bool = False
    inner_row_end: bool = False
    edges: list[int] = field(default_factory=list)
    horizontal: list[int] = field(default_factory=list)
    vertical: list[int] = field(default_factory=list)
    gap: int = 0

    def apply(self, sprms: bytes, data: bytes, nesting: int = 0) -> None:
        """Read a list of Sprm; sprmPHugePapx and sprmPTableProps have theirs in the Data stream (2.6.2)."""
        for code, operand in _sprms(sprms):
            if code in (0x6645, 0x6646, 0x646B) and nesting < 3:
                at = _number(operand, 0, 4)
                self.apply(_cut(data, at + 2, _number(data, at)), data, nesting + 1)
            elif code == 0x2416:
                self.in_table = bool(operand[0])
            elif code == 0x2417:
                self.row_end = bool(operand[0])
            elif code == 0x6649:
                self.depth = _number(operand, 0, 4, signed=True)
            elif code == 0x244B:
                self.inner_cell_end = bool(operand[0])
            elif code == 0x244C:
                self.inner_row_end = bool(operand[0])
            elif code >> 10 & 7 == 5:
                self._apply_to_row(code, operand)

    def _apply_to_row(self, code: int, operand: bytes) -> None:
        """Table Sprms (2.6.3), those that make columns or merge cells."""
        if code == 0xD608:
            self._define(operand)
        elif code == 0xD62B and operand[1:2] and operand[1] < len(self.vertical):
            self.vertical[operand[1]] = _number(operand, 2, 1) & 3
        elif code in (0x5624, 0x5625):
            span = range(operand[0], min(operand[1], len(self.horizontal)))
            for cell in span:
                self.horizontal[cell] = 0 if code == 0x5625 else 1 if cell == span[0] else 2
        elif code in (0x7621, 0x5622):
            self.edges = []
        elif code == 0x7623 and self.edges:
            self._set_width(operand[0], operand[1], _number(operand, 2))
        elif code == 0x9602:
            self.gap = _number(operand, 0, signed=True)
        elif code == 0x9601 and self.edges:
            shift = _number(operand, 0, signed=True) - self.edges[0] - self.gap
            self.edges = [edge + shift for edge in self.edges]

    def _define(self, operand: bytes) -> None:
        """TDefTableOperand (2.9.321): the edges of the columns, and a TC80 of 20 bytes for some or all cells."""
        count = _number(operand, 2, 1)
        self.edges = list(struct.unpack(f"<{count + 1}h", _cut(operand, 3, 2 * (count + 1))))
        cells = 3 + 2 * (count + 1)
        flags = [_number(operand, at) for at in range(cells, len(operand) - 1, 20)][:count]
        flags += [0] * (count - len(flags))
        self.horizontal = [each & 3 for each in flags]
        self.vertical = [each >> 5 & 3 for each in flags]

    def _set_width(self, first: int, behind: int, width: int) -> None:
        widths = [right - left for left, right in pairwise(self.edges)]
        widths[first:behind] = [width] * len(widths[first:behind])
        for index, each in enumerate(widths):
            self.edges[index + 1] = self.edges[index] + each


_MARK = re.compile("[\r\x07\x0c]")
_FIELD_MARK = re.compile("[\x07\x13\x14\x15]")
_CONTROLS = dict.fromkeys(range(0x20), "") | {0x02: "\v", 0x09: "\t", 0x0B: "\f", 0x0C: "\f", 0x0E: "\f", 0x1E: "-"}
_SAYS_BY_INSTRUCTION = re.compile(r"\s*(?:EQ|SYMBOL|FORMDROPDOWN|=)", re.IGNORECASE)


def _paragraphs(
    file: _File, pieces: list[_Piece], text: str, shown: list[str], deleted: bytearray
) -> Iterator[_Paragraph]:
    """The text cut at its marks, each paragraph with the properties of its mark (2.4.6.1)."""
    pages = _Pages(file.word, file.paragraph_plc, 13)
    starts = [piece.start for piece in pieces]
    begin = 0
    for match in _MARK.finditer(text):
        at = match.start()
        piece = pieces[bisect_right(starts, at) - 1]
        paragraph = _Paragraph(_printed(shown[begin:at]), match[0], bool(deleted[at]))
        paragraph.apply(pages.at(piece.byte(at)), file.data)
        paragraph.apply(piece.prm, file.data)
        yield paragraph
        begin = at + 1
    if begin < len(text):
        yield _Paragraph(_printed(shown[begin:]), "\r", False)


def _printed(characters: list[str]) -> str:
    """Without controls, and halves of a pair (UTF-16) joined."""
    text = "".join(characters).translate(_CONTROLS)
    if any("\ud800" <= character <= "\udfff" for character in text):
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _shown(file: _File, pieces: list[_Piece], text: str) -> tuple[list[str], bytearray]:
    """The characters as printed, and which of them a tracked change has deleted."""
    shown = list(text)
    deleted = bytearray(len(text))
    _drop_instructions(text, shown)
    faces: dict[bytes, _Face] = {}
    for piece, first, last, sprms in _character_runs(file, pieces):
        if sprms not in faces:
            faces[sprms] = _Face.of(sprms)
        face = faces[sprms]
        if face != _Face():
            positions = piece.positions(first, last)
            _apply_face(face, range(positions.start, min(positions.stop, len(text))), shown, deleted)
    return shown, deleted


def _character_runs(file: _File, pieces: list[_Piece]) -> Iterator[tuple[_Piece, int, int, bytes]]:
    """Each piece with the runs that it meets: first byte, byte behind the last, list of Sprm."""
    runs = sorted(run for run in _Pages(file.word, file.character_plc, 1).runs() if run[0] < run[1])
    firsts = [first for first, _, _ in runs]
    for piece in pieces:
        index = max(0, bisect_right(firsts, piece.place) - 1)
        behind = bisect_left(firsts, piece.byte(piece.end))
        yield from ((piece, first, last, sprms + piece.prm) for first, last, sprms in runs[index:behind])


class _Face(NamedTuple):
    """What character Sprms (2.6.1) say that matters here."""

    deleted: bool = False
    hidden: bool = False
    raised: bool = False
    symbol: int = 0

    @staticmethod
    def of(sprms: bytes) -> _Face:
        """sprmCFRMarkDel, sprmCFVanish (1, or 0x81: not as the style), sprmCIss, sprmCSymbol."""
        found = {code: operand for code, operand in _sprms(sprms) if code in (0x0800, 0x083C, 0x2A48, 0x6A09)}
        return _Face(
            found.get(0x0800, b"\0")[0] & 1 == 1,
            found.get(0x083C, b"\0")[0] & 1 == 1,
            found.get(0x2A48, b"\0")[0] != 0,
            _number(found[0x6A09], 2) if 0x6A09 in found else 0,
        )


def _apply_face(face: _Face, positions: range, shown: list[str], deleted: bytearray) -> None:
    for position in positions:
        deleted[position] |= face.deleted
        if face.deleted or face.hidden:
            shown[position] = ""
        elif face.symbol and shown[position] == "(":
            shown[position] = chr(face.symbol)
    if face.raised and positions and any(shown[position] for position in positions):
        shown[positions[0]] = "\x02" + shown[positions[0]]
        shown[positions[-1]] += "\x02"


def _drop_instructions(text: str, shown: list[str]) -> None:
    """Fields (2.8.25): only the result is printed. A field that no end mark closes in its cell hides nothing.

    EQ, SYMBOL and the like print something made from the instruction: it stays, so that the cell is not blank.
    """
    opened: list[tuple[int, bool]] = []
    for match in _FIELD_MARK.finditer(text):
        at = match.start()
        if match[0] == "\x07":
            opened.clear()
        elif match[0] == "\x13":
            opened.append((at, False))
        elif opened:
            begin, parted = opened.pop()
            if match[0] == "\x14":
                opened.append((begin, True))
            says = match[0] == "\x15" and _SAYS_BY_INSTRUCTION.match(text, begin + 1, at)
            if not parted and not says:
                shown[begin:at] = [""] * (at - begin)


@dataclass(slots=True)
class _Level:
    """A table in the making: its rows, the cells of the row that is open, what stands in the cell that is open."""

    rows: list[WordRow] = field(default_factory=list)
    cells: list[tuple[Item, ...]] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)


class _Builder:
    """Paragraphs → paragraphs and tables (2.4.3, 2.4.4). A table that ends within a row is damage."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._levels: list[_Level] = []
        self._count = 0

    def build(self, paragraphs: Iterator[_Paragraph]) -> list[Item]:
        """All of them."""
        for paragraph in paragraphs:
            self._enter(self._depth(paragraph))
            if self._levels:
                self._take(paragraph, self._levels[-1])
            else:
                self._items.append(paragraph.text)
        self._enter(0)
        return self._items

    def _depth(self, paragraph: _Paragraph) -> int:
        """sprmPItap tells the depth; without it, sprmPFInTable says 1."""
        depth = max(paragraph.depth, int(paragraph.in_table)) if paragraph.in_table or paragraph.depth > 0 else 0
        if depth > _MAX_DEPTH:
            raise DamagedWordError(f"tables nested {depth} deep")
        if paragraph.mark == "\x07" and depth != 1:
            raise DamagedWordError("a cell mark stands outside of a table")
        return depth

    def _enter(self, depth: int) -> None:
        while len(self._levels) > depth:
            level = self._levels.pop()
            if level.cells or level.items:
                raise DamagedWordError("a table ends within a row")
            (self._levels[-1].items if self._levels else self._items).append(WordTable(tuple(level.rows)))
        while len(self._levels) < depth:
            self._levels.append(_Level())

    def _take(self, paragraph: _Paragraph, level: _Level) -> None:
        outer = paragraph.mark == "\x07"
        if (outer and paragraph.row_end) or (not outer and paragraph.inner_row_end and len(self._levels) > 1):
            self._end_row(paragraph, level)
            return
        level.items.append(paragraph.text)
        if outer or (paragraph.inner_cell_end and len(self._levels) > 1):
            level.cells.append(tuple(level.items))
            level.items = []
            self._count += 1
            if self._count > _MAX_CELLS:
                raise DamagedWordError(f"more than {_MAX_CELLS} cells")

    def _end_row(self, paragraph: _Paragraph, level: _Level) -> None:
        if level.items or paragraph.text.strip():
            raise DamagedWordError("a row ends within a cell")
        if not paragraph.deleted or any(item != "" for cell in level.cells for item in cell):
            merges = tuple(map(Merge, paragraph.horizontal, paragraph.vertical))
            level.rows.append(WordRow(tuple(level.cells), tuple(paragraph.edges), merges))
        level.cells = []
