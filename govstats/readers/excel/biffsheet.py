"""The records of a sheet of an .xls → Seen: cells that show another figure than is stored, hidden rows, pictures."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from govstats.readers._office.marks import OBJECT
from govstats.readers.excel.looks import PLAIN, Look
from govstats.readers.excel.sheet import MAX_COLUMNS, Position, Seen, between, number_text

_FORMULA, _NUMBER, _RK, _MULRK, _LABEL_SST = 0x0006, 0x0203, 0x027E, 0x00BD, 0x00FD
_LONE = frozenset((_FORMULA, _NUMBER, _RK))
"""Records of one cell, which are as they are stored if their style is plain."""
_ROW, _COLUMNS, _DRAWING, _OBJECT = 0x0208, 0x007D, 0x00EC, 0x005D
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x20, 1
_TEXT_OF_OBJECT, _CONTINUE = 0x01B6, 0x003C
_ANCHOR = b"\x10\xf0\x12\0\0\0"
"""OfficeArtClientAnchorSheet (2.5.193), and its length."""
_SHAPE = b"\x0a\xf0\x08\0\0\0"
"""OfficeArtFSP ([MS-ODRAW] 2.2.40): the kind of the shape stands before."""
_CHART, _PICTURE, _POLYGON, _NOTE = 5, 8, 9, 0x19
_RECTANGLES, _LINES, _TEXT_BOX, _HOST, _PICTURE_FRAME = {1, 2}, {20, *range(32, 41)}, 202, 201, 75
_SMALL, _NARROW, _HIGHEST = 0.7, 0.5, 2.0
"""Columns, at most, that a shape in a cell is wide, and a line that is no diagonal; rows that it is high."""
_COLOUR, _FILLED = b"\x81\x01", b"\xbf\x01"
"""Properties of a shape: the colour it is filled with, and whether it is (MS-ODRAW 2.3.7.2, 2.3.7.43)."""
_USES_FILLED, _IS_FILLED = 0x10_0000, 0x10
_NOT_PRIMITIVE, _LETTERS = {0, 0x0FFF}, range(136, 176)
"""Kinds of shapes that are drawn by hand, and letters that are shapes."""


class BiffSheet:
    """One sheet. `looks` by the number of a style; `texts`: shared texts, and whether a run is set apart in them."""

    def __init__(self, looks: Sequence[Look], texts: Mapping[int, tuple[str, bool]]) -> None:
        self.seen = Seen()
        self._looks, self._texts = looks, texts
        self._lone = _LONE if any(is_apart for _, is_apart in texts.values()) else _LONE | {_LABEL_SST}
        self._dressed = frozenset(style for style, look in enumerate(looks) if look is not PLAIN)
        self._drawing = b""
        self._object = self._characters = 0
        """The kind of the last object; how many characters of its text are awaited."""

    def take_cell(self, kind: int, row: int, column: int, content: bytes) -> None:
        """A cell without an error."""
        if self._is_plain(kind, content):
            return
        if kind == _LABEL_SST:
            text, is_dressed = self._texts.get(struct.unpack_from("<I", content, 6)[0], ("", False))
            shown = text if is_dressed else self._look(content, 4).text(text)
            if shown or is_dressed:
                self.seen.flaws[row, column] = shown
            return
        for offset, (look, value) in enumerate(self._numbers(kind, content)):
            if look is PLAIN or not isfinite(value):
                continue
            shown = look.number(value, number_text(value))
            if shown:
                self.seen.flaws[row, column + offset] = shown

    def take(self, kind: int, content: bytes) -> None:
        """Any other record."""
        if kind == _ROW and len(content) >= 14 and (content[12] & _ROW_HIDDEN or content[6:8] == b"\0\0"):
            self.seen.hidden_rows.add(struct.unpack_from("<H", content)[0])
        elif kind == _COLUMNS and len(content) >= 10 and (content[8] & _COLUMNS_HIDDEN or content[4:6] == b"\0\0"):
            first, last = struct.unpack_from("<HH", content)
            self.seen.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
        elif kind == _DRAWING and _ANCHOR in content:
            self._drawing = content
        elif kind == _OBJECT and len(content) >= 6:
            self._object = content[4] | content[5] << 8
            if self._object in {_CHART, _PICTURE, _POLYGON} or _is_drawn(self._drawing):
                self._lay_over(OBJECT)
        elif kind == _TEXT_OF_OBJECT and len(content) >= 12 and self._object != _NOTE:
            self._characters = content[10] | content[11] << 8
        elif kind == _CONTINUE and self._characters and content:
            self._lay_over(_characters(content, self._characters))
            self._characters = 0

    def _lay_over(self, text: str) -> None:
        """A text, or the mark of what is none, where the last shape lies."""
        first, last = _anchored(self._drawing)
        if text.strip() and (cells := between(first, last)):
            if self.seen.laid_over[-1:] == [(cells, OBJECT)]:
                self.seen.laid_over.pop()  # the shape whose text this is
            self.seen.laid_over.append((cells, text.strip()))
        elif text == OBJECT and first[0] >= 0:
            self.seen.pictures.add(first[0])

    def _is_plain(self, kind: int, content: bytes) -> bool:
        """Is no style of the record dressed?"""
        if kind == _MULRK:
            return self._dressed.isdisjoint(
                [content[at] | content[at + 1] << 8 for at in range(4, len(content) - 6, 6)]
            )
        return kind in self._lone and content[4] | content[5] << 8 not in self._dressed

    def _look(self, content: bytes, at: int) -> Look:
        style = struct.unpack_from("<H", content, at)[0]
        return self._looks[style] if style < len(self._looks) else PLAIN

    def _numbers(self, kind: int, content: bytes) -> Iterator[tuple[Look, float]]:
        """The figures of a record, each with its look."""
        if kind == _NUMBER or (kind == _FORMULA and content[12:14] != b"\xff\xff"):
            yield self._look(content, 4), struct.unpack_from("<d", content, 6)[0]
        elif kind == _RK:
            yield self._look(content, 4), _of_rk(content[6:10])
        elif kind == _MULRK:
            for at in range(4, len(content) - 6, 6):
                yield self._look(content, at), _of_rk(content[at + 2 : at + 6])


def _of_rk(raw: bytes) -> float:
    """RkNumber (2.5.217): 30 bits of a double or a whole number, perhaps a hundred times as large."""
    (code,) = struct.unpack("<i", raw)
    value = float(code >> 2) if code & 2 else struct.unpack("<d", bytes(4) + struct.pack("<i", code & ~3))[0]
    return float(value / 100 if code & 1 else value)


def _anchored(drawing: bytes) -> tuple[Position, Position]:
    """The first and the last cell that the last shape of a drawing lies over; -1 if nobody can tell."""
    at = drawing.rfind(_ANCHOR)
    if at < 0 or len(drawing) < at + len(_ANCHOR) + 18:
        return (-1, -1), (-1, -1)
    _, left, _, top, _, right, _, bottom, _ = struct.unpack_from("<9H", drawing, at + len(_ANCHOR))
    return (top, left), (bottom, right)


def _is_drawn(drawing: bytes) -> bool:
    """Is the last shape of a drawing one that is drawn by hand, letters as a shape, or ink of the size of a figure?"""
    at = drawing.rfind(_SHAPE)
    kind = int.from_bytes(drawing[at - 2 : at], "little") >> 4 if at >= 2 else -1
    return kind in _NOT_PRIMITIVE or kind in _LETTERS or (kind > 0 and _is_ink(kind, drawing, at))


def _is_ink(kind: int, drawing: bytes, at: int) -> bool:
    """Is it a small line, a ring, a blot? Rectangles are frames unless they are filled with ink."""
    place = drawing.rfind(_ANCHOR)
    if kind in {_TEXT_BOX, _HOST, _PICTURE_FRAME} or place < 0 or len(drawing) < place + len(_ANCHOR) + 18:
        return False
    _, left, dx0, top, dy0, right, dx1, bottom, dy1 = struct.unpack_from("<9H", drawing, place + len(_ANCHOR))
    width, height = right - left + (dx1 - dx0) / 1024, bottom - top + (dy1 - dy0) / 256
    if not 0 < height <= _HIGHEST or width > (_NARROW if kind in _LINES else _SMALL):
        return False
    return kind not in _RECTANGLES or _is_filled(drawing[at:place])


def _is_filled(properties: bytes) -> bool:
    """Is a shape filled with a colour that is not white?"""
    colour, filled = properties.find(_COLOUR), properties.find(_FILLED)
    said = int.from_bytes(properties[filled + 2 : filled + 6], "little") if filled >= 0 else 0
    if said & _USES_FILLED and not said & _IS_FILLED:
        return False
    return colour >= 0 and properties[colour + 2 : colour + 5] not in {b"\xff\xff\xff", b""}


def _characters(content: bytes, count: int) -> str:
    """The text that continues an object; a byte before it tells whether its characters have one byte or two."""
    wide = content[0] & 1
    return content[1 : 1 + count * (1 + wide)].decode("utf-16-le" if wide else "latin-1", "replace")
