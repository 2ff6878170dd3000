"""The records of a BIFF8 workbook before its sheets → Looks of cells by the number of their style, and the shared texts
in which runs are set apart ([MS-XLS] 2.4.122, 2.4.126, 2.4.353, 2.4.265)."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from itertools import pairwise

from govstats.readers._office.marks import struck_out
from govstats.readers._office.story import GAP
from govstats.readers.excel.looks import PLAIN, Look
from govstats.readers.excel.numberformat import BUILT_IN, GENERAL

FONT, FORMAT, STYLE, TEXTS, CONTINUE = 0x0031, 0x041E, 0x00E0, 0x00FC, 0x003C
_STRUCK = 0x0008
_WHITES = {1, 9}
_NO_FONT = 4
"""No font has this number: it is left out where they are counted."""
_WIDE, _EXTENDED, _RICH = 1, 4, 8


class BookLooks:
    """What the records tell, once all of them were taken."""

    def __init__(self) -> None:
        self._fonts: list[Look] = []
        self._formats: dict[int, str] = dict(BUILT_IN)
        self._chunks: list[bytes] = []
        self._last = 0
        self.looks: list[Look] = []

    def take(self, kind: int, content: bytes) -> None:
        """One record, in the order of the file."""
        if kind == FONT and len(content) >= 10:
            self._fonts.append(_font(content))
        elif kind == FORMAT and len(content) >= 5:
            number, count, flags = struct.unpack_from("<HHB", content)
            self._formats[number] = _characters(content[5:], count, flags)
        elif kind == STYLE and len(content) >= 20:
            self.looks.append(self._look(content))
        elif kind == TEXTS or (kind == CONTINUE and self._last in {TEXTS, CONTINUE} and self._chunks):
            self._chunks.append(content)
        self._last = kind

    def texts(self) -> dict[int, tuple[str, bool]]:
        """The shared texts by their numbers, and whether a run is set apart in them; none if no font or format could
        change any."""
        is_plain = all(font is PLAIN for font in self._fonts) and not any(map(Look.changes_texts, self.looks))
        if is_plain or not self._chunks:
            return {}
        found = {}
        for number, (text, runs) in enumerate(_Texts(self._chunks).all()):
            looks = [(at, self._font(font)) for at, font in runs]
            is_dressed = any(look is not PLAIN for _, look in looks)
            found[number] = (_set_apart(text, looks) if is_dressed else text, is_dressed)
        return found

    def _look(self, content: bytes) -> Look:
        font, pattern = struct.unpack_from("<HH", content)
        fill, colours = struct.unpack_from("<IH", content, 14)
        is_filled = bool(fill >> 26) and colours & 0x7F not in _WHITES
        look = self._font(font)
        format_code = self._formats.get(pattern, "")
        made = Look(
            "" if format_code == GENERAL else format_code,
            look.is_struck,
            look.is_unseen and not is_filled,
            is_filled,
            look.is_raised,
        )
        return PLAIN if made == PLAIN else made

    def _font(self, number: int) -> Look:
        at = number - (number > _NO_FONT)
        return self._fonts[at] if at < len(self._fonts) else PLAIN


def _font(content: bytes) -> Look:
    flags, colour, _, script = struct.unpack_from("<HHHH", content, 2)
    look = Look("", bool(flags & _STRUCK), colour in _WHITES, False, script in {1, 2})
    return PLAIN if look == PLAIN else look


def _set_apart(text: str, looks: list[tuple[int, Look]]) -> str:
    """Runs of one look that follow each other are one."""
    parts: list[str] = []
    before = PLAIN
    starts = [(0, PLAIN), *looks, (len(text), PLAIN)]
    for (start, look), (end, _) in pairwise(starts):
        run = text[start:end]
        if not run:
            continue
        if look.is_unseen:
            run = ""
        elif look.is_struck:
            run = struck_out(run)
        parts.append((GAP if look != before and parts else "") + run)
        before = look
    return "".join(parts)


def _characters(content: bytes, count: int, flags: int) -> str:
    return content[: 2 * count].decode("utf-16-le", "replace") if flags & _WIDE else content[:count].decode("latin-1")


class _Texts:
    """SST and the CONTINUE records behind it: texts, each with the runs that have fonts of their own."""

    def __init__(self, chunks: list[bytes]) -> None:
        self._chunks = chunks
        self._chunk, self._at = 0, 8

    def all(self) -> Iterator[tuple[str, list[tuple[int, int]]]]:
        """As many as there are; a table that breaks off ends there."""
        while (head := self._take(3)) and len(head) == 3:
            count, flags = struct.unpack("<HB", head)
            runs = int.from_bytes(self._take(2), "little") if flags & _RICH else 0
            size = int.from_bytes(self._take(4), "little") if flags & _EXTENDED else 0
            text = self._text(count, flags)
            raw = self._take(4 * runs)
            self._take(size)
            yield text, [struct.unpack_from("<HH", raw, 4 * run) for run in range(len(raw) // 4)]

    def _text(self, count: int, flags: int) -> str:
        """Where a text goes on in the next record, that begins with new flags."""
        parts: list[str] = []
        left = count
        while left and self._chunk < len(self._chunks):
            width = 2 if flags & _WIDE else 1
            here = min(left, (len(self._chunks[self._chunk]) - self._at) // width)
            parts.append(_characters(self._chunks[self._chunk][self._at :], here, flags))
            self._at += here * width
            left -= here
            if left:
                self._chunk, self._at = self._chunk + 1, 1
                flags = (
                    self._chunks[self._chunk][0] if self._chunk < len(self._chunks) and self._chunks[self._chunk] else 0
                )
        return "".join(parts)

    def _take(self, size: int) -> bytes:
        taken = b""
        while len(taken) < size and self._chunk < len(self._chunks):
            part = self._chunks[self._chunk][self._at : self._at + size - len(taken)]
            taken += part
            self._at += len(part)
            if len(taken) < size:
                self._chunk, self._at = self._chunk + 1, 0
        return taken
