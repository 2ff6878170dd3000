"""A WordFile → its pieces: where the characters of the text stand in the stream, in reading order."""

from __future__ import annotations

import struct
from itertools import pairwise
from typing import NamedTuple

from govstats.readers.doc.errors import DamagedWordError
from govstats.readers.doc.fib import WordFile, piece_ends, piece_table
from govstats.readers.doc.sprms import number

_SHORT = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x57: 0x0837, 0x5C: 0x083C, 0x68: 0x2A48}
"""Prm0.isprm (2.9.213) → the Sprm it stands for; all others neither make a table nor hide text."""
_ANSI = {
    code: bytes([code]).decode("cp1252") for code in range(0x80, 0xA0) if code not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}
"""FcCompressed (2.9.73): one byte a character, these few as in Windows-1252, all others as in Latin-1."""


class Piece(NamedTuple):
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

    def characters(self, word: bytes) -> str:
        """One character for each position, so halves of a pair stay apart."""
        raw = word[self.place : self.byte(self.end)]
        if self.width == 1:
            return raw.decode("latin-1").translate(_ANSI)
        text = raw.decode("utf-16-le", "surrogatepass")
        if len(text) == self.end - self.start:
            return text
        return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def pieces_of(file: WordFile) -> list[Piece]:
    """PlcPcd (2.8.35): the pieces in reading order. They may lie anywhere.

    Only a fast save leaves pieces that lie over each other: a copied paragraph is stored once.
    """
    lists, plc = piece_table(file.clx)
    positions = piece_ends(plc)
    pieces = []
    for index, (start, end) in enumerate(pairwise(positions)):
        at = 4 * len(positions) + 8 * index
        place, width = _place(number(plc, at + 2, 4))
        if end < start or place + (end - start) * width > len(file.word):
            raise DamagedWordError("a piece of text lies outside of the stream")
        pieces.append(Piece(start, end, place, width, _added(number(plc, at + 6), lists)))
    if positions[0] != 0:
        raise DamagedWordError("the first piece does not begin the text")
    if not file.fast and _overlap(pieces):
        raise DamagedWordError("pieces of text overlap")
    return pieces


def _place(code: int) -> tuple[int, int]:
    """FcCompressed → the place of the first character, and how many bytes each takes."""
    return ((code & 0x3FFFFFFF) // 2, 1) if code & 0x40000000 else (code & 0x3FFFFFFF, 2)


def _overlap(pieces: list[Piece]) -> bool:
    by_place = sorted((piece for piece in pieces if piece.end > piece.start), key=lambda piece: piece.place)
    return any(one.byte(one.end) > other.place for one, other in pairwise(by_place))


def _added(prm: int, lists: list[bytes]) -> bytes:
    """Prm (2.9.212) → a list of Sprm."""
    if prm & 1:
        if prm >> 1 >= len(lists):
            raise DamagedWordError("a piece names properties that are not there")
        return lists[prm >> 1]
    code = _SHORT.get(prm >> 1 & 0x7F)
    return struct.pack("<HB", code, prm >> 8) if code else b""
