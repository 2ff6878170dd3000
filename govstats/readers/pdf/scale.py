"""Streams, one by one → what they inflate to, added up within bounds. Raises ReadError."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from govstats.readers._limits import UNPACKED
from govstats.readers.pdf.refusals import broken, refused
from govstats.readers.pdf.streams import Stream

_MAX_CONTENT = 8 << 20
"""A page's drawing takes many times its content's size in memory; whole reports need a fifth of this."""
_MAX_OPAQUE = 256 << 10
_PACKED = frozenset((b"\x78", b"\x68", b"\x58", b"\x48"))
"""How deflated bytes begin."""


@dataclass(slots=True)
class Scale:
    """Adds up what streams inflate to. `strict`: a damaged stream is an error (encrypted ones cannot be judged)."""

    strict: bool
    total: int = 0
    content: int = 0
    opaque: int = 0
    bare: int = 0

    def weigh(self, data: bytes, stream: Stream) -> bytes:
        """Weigh a stream of the document `data`; its content."""
        if stream.is_opaque:
            stop = data.find(b"endstream", stream.start)
            self.opaque += (stop if stop >= 0 else len(data)) - stream.start
        text, whole = self._inflated(data, stream.start)
        if self.strict and not whole and stream.is_plainly_deflated:
            raise broken("其中的数据流已损坏", "One of its streams is damaged")
        text = self._unpacked(text)
        self.content += 0 if stream.is_font else len(text)
        if self.content > _MAX_CONTENT or self.opaque > _MAX_OPAQUE:
            raise refused("页面内容解压后过大", "Its pages inflate to an absurd size")
        return text or self._bare(data, stream)

    def _bare(self, data: bytes, stream: Stream) -> bytes:
        """The bytes of a stream that is not packed; all of them are not more than the file, unless they overlap."""
        stop = data.find(b"endstream", stream.start) if stream.is_bare else -1
        self.bare += max(0, stop - stream.start)
        if self.bare > len(data):
            raise broken("其中的数据流互相重叠", "Its streams overlap")
        return data[stream.start : max(0, stop)]

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
            for piece in _pieces(engine, data, start):
                pieces.append(piece)
                self.total += len(piece)
                if self.total > UNPACKED:
                    raise refused("解压后超过 64 MB", "It inflates to more than 64 MB")
        except zlib.error:
            return b"".join(pieces), False
        return b"".join(pieces), engine.eof


def _pieces(engine: zlib._Decompress, data: bytes, start: int) -> Iterator[bytes]:
    """What inflates, a megabyte at most at a time; the first bytes given are few, as most streams are short."""
    at, chunk, given = start, 4096, b""
    while not engine.eof:
        if not given:
            given = data[at : at + chunk]
            at, chunk = at + len(given), 1 << 16
        piece = engine.decompress(given, 1 << 20)
        yield piece
        if not given and not piece:
            break
        given = engine.unconsumed_tail
