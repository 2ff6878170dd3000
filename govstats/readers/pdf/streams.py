"""Raw bytes of a PDF → its data streams: number, dictionary, and where the content begins. Raises ReadError."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import takewhile
from typing import NamedTuple

from govstats.readers.pdf.armour import from_ascii85, from_hexadecimal
from govstats.readers.pdf.refusals import refused

Armour = Callable[[bytes], tuple[bytes, bool]]

_MAX_STREAMS = 100_000
_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_FONT = re.compile(rb"/Length1\b|/FontFile|/CIDFontType0C\b|/Type1C\b|/OpenType\b")
_BESIDE = re.compile(rb"/(?:Metadata|EmbeddedFile|XML)\b")
_OPAQUE = re.compile(rb"/(?:LZW|RunLength)Decode\b")
_FILTERS = re.compile(rb"/Filter\s*\[?((?:\s*/\w+)+)")
_FILTER = re.compile(rb"/\w+")
_ARMOURS = {
    b"/ASCII85Decode": from_ascii85,
    b"/A85": from_ascii85,
    b"/ASCIIHexDecode": from_hexadecimal,
    b"/AHx": from_hexadecimal,
}


class Stream(NamedTuple):
    """A stream: the number of its object, its dictionary as written, and where its content begins."""

    number: bytes
    head: bytes
    start: int

    @property
    def is_image(self) -> bool:
        """A picture, by its own account."""
        return _IMAGE.search(self.head) is not None

    @property
    def is_font(self) -> bool:
        """A typeface, by its own account."""
        return _FONT.search(self.head) is not None

    @property
    def is_beside(self) -> bool:
        """By its own account nothing that is printed: what is known of the file, or a file that is attached."""
        return _BESIDE.search(self.head) is not None

    @property
    def is_opaque(self) -> bool:
        """Packed in a way that is not weighed here."""
        return _OPAQUE.search(self.head) is not None

    @property
    def holds_objects(self) -> bool:
        """A stream of objects, which may be pages."""
        return b"/ObjStm" in self.head

    @property
    def armours(self) -> list[Armour]:
        """What takes off the printable characters in which it is written; nothing, in most."""
        filters = _FILTERS.search(self.head) if b"/A" in self.head else None
        names = takewhile(_ARMOURS.__contains__, _FILTER.findall(filters[1])) if filters else ()
        return [_ARMOURS[name] for name in names]

    @property
    def is_plainly_deflated(self) -> bool:
        """Packed with deflate and nothing that is unknown here around it."""
        return b"/FlateDecode" in self.head and not self.is_opaque

    @property
    def is_bare(self) -> bool:
        """Not packed at all."""
        return b"Filter" not in self.head and b"#" not in self.head


def streams(data: bytes) -> Iterator[Stream]:
    """All streams in the order of the file."""
    for count, match in enumerate(_STREAM.finditer(data)):
        if count > _MAX_STREAMS:
            raise refused(f"超过 {_MAX_STREAMS} 个数据流", f"It has more than {_MAX_STREAMS} streams")
        head = data[max(0, match.start() - 2048) : match.start()]
        begin = head.rfind(b"obj")
        number = head[max(0, begin - 24) : max(0, begin)].split()[-2:-1]
        yield Stream(number[0] if number else b"", head[begin + 3 :], match.end())
