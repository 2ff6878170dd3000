"""Streams, one by one → what they inflate to, added up within bounds. Raises ReadError."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field

from govstats.readers._limits import UNPACKED
from govstats.readers.pdf.refusals import broken, refused
from govstats.readers.pdf.streams import Armour, Stream

_MAX_CONTENT = 8 << 20
"""A page's drawing takes many times its content's size in memory; whole reports need a fifth of this."""
_MAX_OPAQUE = 256 << 10
_PACKED = frozenset((b"\x78", b"\x68", b"\x58", b"\x48"))
"""How deflated bytes begin."""
_FLUSHED = b"\0\0\xff\xff"
"""How deflated bytes end that were flushed and never closed: nothing of them is lost."""
_NO_CHECKSUM = frozenset((b"", b"\0\0\0\0", b"\0\0\0\1"))
"""What writers leave in the checksum's place that do not reckon it: any other may be right, and the content not."""
_ROUNDS = 6
"""Streams that lie one behind the other are gone through once for each purpose."""


@dataclass(slots=True)
class Scale:
    """Adds up what the streams of the document `data` inflate to, and how much of it is walked through."""

    data: bytes
    total: int = 0
    content: int = 0
    opaque: int = 0
    bare: int = 0
    walked: int = 0
    _last: int = field(init=False)

    def __post_init__(self) -> None:
        self._last = self.data.rfind(b"endstream")

    def weigh(self, stream: Stream) -> tuple[bytes, bool]:
        """Weigh a stream; its content, and whether it is whole as far as can be told."""
        if stream.is_opaque:
            self.opaque += self._stop(stream.start, len(self.data)) - stream.start
        if armours := stream.armours:
            text, whole = self._stripped(stream, armours)
        else:
            text, whole = self._inflated(self.data, stream.start)
            whole = whole or not stream.is_plainly_deflated or _is_complete(self._packed(stream))
        text = self._unpacked(text)
        self.content += 0 if stream.is_font else len(text)
        if self.content > _MAX_CONTENT or self.opaque > _MAX_OPAQUE:
            raise refused("页面内容解压后过大", "Its pages inflate to an absurd size")
        return text or self._bare(stream), whole

    def _stop(self, start: int, default: int) -> int:
        """Where the stream that begins at `start` ends. What is looked through again and again overlaps."""
        if start > self._last:
            return default
        stop = self.data.find(b"endstream", start)
        self._walk(stop - start)
        return stop

    def _walk(self, distance: int) -> None:
        self.walked += distance
        if self.walked > _ROUNDS * len(self.data) + UNPACKED:
            raise broken("其中的数据流互相重叠", "Its streams overlap")

    def _packed(self, stream: Stream) -> bytes:
        return self.data[stream.start : self._stop(stream.start, stream.start)]

    def _stripped(self, stream: Stream, armours: list[Armour]) -> tuple[bytes, bool]:
        """What is written in printable characters, inflated; and whether that is to its end."""
        packed, whole = self._packed(stream), True
        for armour in armours:
            packed, sound = armour(packed)
            whole &= sound
        self._walk(len(packed))
        if not stream.is_plainly_deflated:
            return packed, whole
        text, closed = self._inflated(packed, 0)
        return text, closed or (whole and _is_complete(packed))

    def _bare(self, stream: Stream) -> bytes:
        """The bytes of a stream that is not packed; all of them are not more than the file, unless they overlap."""
        stop = self._stop(stream.start, -1) if stream.is_bare else -1
        self.bare += max(0, stop - stream.start)
        if self.bare > len(self.data):
            raise broken("其中的数据流互相重叠", "Its streams overlap")
        return self.data[stream.start : max(0, stop)]

    def _unpacked(self, text: bytes) -> bytes:
        """A stream may be packed twice."""
        for _ in range(2):
            if text[:1] not in _PACKED:
                break
            text, _ = self._inflated(text, 0)
        return text

    def _inflated(self, data: bytes, start: int) -> tuple[bytes, bool]:
        """What begins at `start`, as far as it inflates; and whether that is to its end."""
        engine = zlib.decompressobj()
        pieces: list[bytes] = []
        try:
            for piece, read in _pieces(engine, data, start):
                pieces.append(piece)
                self.total += len(piece)
                self._walk(read)
                if self.total > UNPACKED:
                    raise refused("解压后超过 64 MB", "It inflates to more than 64 MB")
        except zlib.error:
            return b"".join(pieces), False
        return b"".join(pieces), engine.eof


def _is_complete(stream: bytes) -> bool:
    """Does a stream that was not closed, or whose checksum is none, hold all that was written all the same?"""
    packed = stream.rstrip(b"\r\n")
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    given, checksum = packed[2:], 1
    try:
        while given and not engine.eof:
            checksum = zlib.adler32(engine.decompress(given, 1 << 20), checksum)
            given = engine.unconsumed_tail
    except zlib.error:
        return False
    if not engine.eof:
        return not packed or packed.endswith(_FLUSHED)
    return engine.unused_data in _NO_CHECKSUM or _is_nearly(engine.unused_data, checksum.to_bytes(4, "big"))


def _is_nearly(told: bytes, checksum: bytes) -> bool:
    """Is all but one byte of it right? Other content would have changed both its halves."""
    return len(told) == len(checksum) and sum(a != b for a, b in zip(told, checksum, strict=True)) == 1


def _pieces(engine: zlib._Decompress, data: bytes, start: int) -> Iterator[tuple[bytes, int]]:
    """What inflates, a megabyte at most at a time, and how many bytes were read for it; the first given are few."""
    at, chunk, given = start, 4096, b""
    while not engine.eof:
        if not given:
            given = data[at : at + chunk]
            at, chunk = at + len(given), 1 << 16
        piece = engine.decompress(given, 1 << 20)
        left = engine.unconsumed_tail
        yield piece, len(given) - len(left) - len(engine.unused_data)
        if not given and not piece:
            break
        given = left
