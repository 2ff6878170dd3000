"""Bytes of a page or a text ↔ its characters, so that those which stay are the very bytes that they were."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from govstats.correction.inplace._contract import CannotOperate
from govstats.correction.inplace._dye import is_dyed
from govstats.readers._charset import decode

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NARROWER = {"gb18030": "gbk"}
"""What a page calls GB 2312 or GBK is read as GB 18030; not every program does."""


class Written(NamedTuple):
    """The characters of a document, and how they are written."""

    text: str
    charset: str
    mark: bytes

    @classmethod
    def of(cls, data: bytes) -> Written:
        """Bytes that mean nothing in the charset are kept apart. Raises CannotOperate where that cannot be undone."""
        mark, charset = next((each for each in _MARKS if data.startswith(each[0])), (b"", ""))
        charset = charset or decode(data)[1]
        try:
            text = data[len(mark) :].decode(charset, "surrogateescape")
            made = cls(text, charset, mark)
            is_same = made.bytes_of(text) == data
        except (UnicodeError, LookupError) as error:
            raise CannotOperate from error
        if not is_same or is_dyed(text):
            raise CannotOperate
        return made

    def bytes_of(self, text: str) -> bytes:
        """The reverse."""
        return self.mark + text.encode(self.charset, "surrogateescape")

    def writable(self, text: str) -> str:
        """Of a text for a page: what the charset does not have as references of HTML."""
        charset = _NARROWER.get(self.charset, self.charset)
        return text.encode(charset, "xmlcharrefreplace").decode(charset)


def readable(text: str) -> bytes:
    """Characters as UTF-8 that says so, for reading."""
    return codecs.BOM_UTF8 + text.encode("utf-8", "replace")
