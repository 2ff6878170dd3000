"""The records of a sheet of an .xls → Seen: cells that show another figure than is stored, hidden rows, pictures."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from math import isfinite

from govstats.readers._office.marks import OBJECT
from govstats.readers.excel.looks import PLAIN, Look
from govstats.readers.excel.sheet import MAX_COLUMNS, Position, Seen, number_text

_FORMULA, _NUMBER, _RK, _MULRK, _LABEL_SST = 0x0006, 0x0203, 0x027E, 0x00BD, 0x00FD
_LONE = frozenset((_FORMULA, _NUMBER, _RK))
"""Records of one cell, which are as they are stored if their style is plain."""
_ROW, _COLUMNS, _DRAWING, _OBJECT = 0x0208, 0x007D, 0x00EC, 0x005D
_ROW_HIDDEN, _COLUMNS_HIDDEN = 0x20, 1
_ANCHOR = b"\x10\xf0\x12\0\0\0"
"""OfficeArtClientAnchorSheet (2.5.193), and its length."""
_PICTURE = 8
_FAR = 2


class BiffSheet:
    """One sheet. `looks` by the number of a style; `texts`: shared texts, and whether a run is set apart in them."""

    def __init__(self, looks: Sequence[Look], texts: Mapping[int, tuple[str, bool]]) -> None:
        self.seen = Seen()
        self._looks, self._texts = looks, texts
        self._lone = _LONE if any(is_apart for _, is_apart in texts.values()) else _LONE | {_LABEL_SST}
        self._dressed = frozenset(style for style, look in enumerate(looks) if look is not PLAIN)
        self._drawing = b""

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
        if kind == _ROW and len(content) >= 14 and content[12] & _ROW_HIDDEN:
            self.seen.hidden_rows.add(struct.unpack_from("<H", content)[0])
        elif kind == _COLUMNS and len(content) >= 10 and content[8] & _COLUMNS_HIDDEN:
            first, last = struct.unpack_from("<HH", content)
            self.seen.hidden_columns.update(range(first, min(last, MAX_COLUMNS) + 1))
        elif kind == _DRAWING:
            self._drawing = content
        elif kind == _OBJECT and content[4:6] == bytes((_PICTURE, 0)):
            self.seen.laid_over += [(cells, OBJECT) for cells in _anchors(self._drawing)]

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


def _anchors(drawing: bytes) -> Iterator[tuple[Position, ...]]:
    """The cells that the last shape of a drawing may lie in, if it reaches no farther than a cell or two."""
    at = drawing.rfind(_ANCHOR)
    if at < 0 or len(drawing) < at + len(_ANCHOR) + 18:
        return
    _, left, _, top, _, right, _, bottom, _ = struct.unpack_from("<9H", drawing, at + len(_ANCHOR))
    if right - left <= _FAR and bottom - top <= _FAR:
        yield tuple(dict.fromkeys((row, column) for row in (top, bottom) for column in (left, right)))
