"""The streams of a Word file → WordFile: what the Fib (2.5.1), its header, tells of the places of all others."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from govstats.readers.doc.errors import DamagedWordError, EncryptedWordError, OldWordError
from govstats.readers.doc.sprms import cut, number, numbers


def piece_table(clx: bytes) -> tuple[list[bytes], bytes]:
    """The lists of Sprm that a fast save left (Prc), then the PlcPcd."""
    lists = []
    at = 0
    while (kind := number(clx, at, 1)) == 1:
        size = number(clx, at + 1)
        lists.append(cut(clx, at + 3, size))
        at += 3 + size
    if kind != 2:
        raise DamagedWordError("the piece table is not where it should be")
    return lists, cut(clx, at + 5, number(clx, at + 1, 4))


def piece_ends(plc: bytes) -> tuple[int, ...]:
    """The character positions of a PlcPcd: where the first piece begins, and where each piece ends."""
    if len(plc) < 16 or (len(plc) - 4) % 12:
        raise DamagedWordError("the piece table has an odd length")
    return numbers(plc, 0, 1 + (len(plc) - 4) // 12)


_MAX_CHARACTERS = 4_000_000
_OLD_MAGICS = {0xA5DC, 0xA59B, 0xA59C, 0xA697, 0xA699}
_MAGIC = 0xA5EC
_WORD_97 = 101
_FAST, _ENCRYPTED, _TABLE_1 = 0x0004, 0x0100, 0x0200
"""The flags fComplex, fEncrypted and fWhichTblStm."""
_CLX, _PARAGRAPHS, _CHARACTERS, _HEADERS, _SHAPES, _BOXES, _STYLES = 33, 13, 12, 11, 40, 56, 1
"""Pairs of FibRgFcLcb97 (2.5.6)."""
_HEADER_TEXT, _BOX_TEXT = 2, 6
"""Which of the lengths of text these are (2.5.4)."""


@dataclass(frozen=True, slots=True)
class WordFile:
    """The streams, the lengths of all texts, the main text first, and the structures used here.

    `fast`: pieces were added at the end instead of writing the file anew (fComplex).
    """

    word: bytes
    data: bytes
    fast: bool
    lengths: tuple[int, ...]
    clx: bytes
    paragraph_plc: bytes
    character_plc: bytes
    header_plc: bytes = b""
    shape_plc: bytes = b""
    box_plc: bytes = b""
    style_sheet: bytes = b""

    @property
    def length(self) -> int:
        """Of the main text."""
        return self.lengths[0]

    @property
    def header_start(self) -> int:
        """Where the text of page headers and footers begins."""
        return sum(self.lengths[:_HEADER_TEXT])

    @property
    def box_start(self) -> int:
        """Where the text of text boxes begins."""
        return sum(self.lengths[:_BOX_TEXT])

    @property
    def box_length(self) -> int:
        """How long it is."""
        return self.lengths[_BOX_TEXT]

    @staticmethod
    def of(streams: Mapping[str, bytes]) -> WordFile:
        """Raises OldWordError, EncryptedWordError or DamagedWordError."""
        word = streams.get("WordDocument", b"")
        flags = _flags(word)
        table = _table_stream(streams, flags)
        # The three arrays of the Fib tell their own lengths (csw, cslw, cbRgFcLcb), which grew from version to version.
        longs = 0x22 + 2 * number(word, 0x20) + 2
        offsets = longs + 4 * number(word, longs - 2) + 2
        counts = _lengths(word, longs)
        parts = (_part(word, table, offsets + 8 * index) for index in (_CLX, _PARAGRAPHS, _CHARACTERS))
        more = (_part_or_nothing(word, table, offsets + 8 * index) for index in (_HEADERS, _SHAPES, _BOXES, _STYLES))
        file = WordFile(word, streams.get("Data", b""), bool(flags & _FAST), tuple(counts), *parts, *more)
        file.check(sum(counts))
        return file

    def check(self, total: int) -> None:
        """2.4.1: the pieces end where the stories end, one mark later if there are stories besides the main text."""
        if piece_ends(piece_table(self.clx)[1])[-1] > total + 1:
            raise DamagedWordError("the pieces hold more text than the header counts")


def _flags(word: bytes) -> int:
    """The flags of a file of this format without a password."""
    magic, version, flags = number(word, 0), number(word, 2), number(word, 0x0A)
    if magic in _OLD_MAGICS or (magic == _MAGIC and version < _WORD_97):
        raise OldWordError(f"version {version}")
    if magic != _MAGIC:
        raise DamagedWordError(f"magic number {magic:#06x}")
    if flags & _ENCRYPTED:
        raise EncryptedWordError("fEncrypted is set")
    return flags


def _table_stream(streams: Mapping[str, bytes], flags: int) -> bytes:
    name = "1Table" if flags & _TABLE_1 else "0Table"
    if name not in streams:
        raise DamagedWordError(f"there is no stream {name}")
    return streams[name]


def _lengths(word: bytes, longs: int) -> list[int]:
    """FibRgLw97 (2.5.4): ccpText, then the lengths of notes, headers and boxes, the fifth of them reserved."""
    counts = [number(word, longs + 4 * index, 4, signed=True) for index in range(3, 11)]
    if min(counts) < 0 or sum(counts) > _MAX_CHARACTERS:
        raise DamagedWordError("a length of text is out of range")
    return counts


def _part(word: bytes, table: bytes, at: int) -> bytes:
    """The structure whose place and length stand here."""
    start, size = numbers(word, at, 2)
    return cut(table, start, size)


def _part_or_nothing(word: bytes, table: bytes, at: int) -> bytes:
    """A structure that tells of what stands beside the main text: without it that is still read."""
    try:
        return _part(word, table, at)
    except DamagedWordError:
        return b""
