"""The property sets of an OLE file ([MS-OLEPS]) → the title of the document.

Read by hand: `olefile.get_metadata` takes all memory if a damaged property is a list of 4 billion.
"""

from __future__ import annotations

import struct

from govstats.readers.doc.ole import OleError, OleFile

_STREAM = "\x05SummaryInformation"
_CODE_PAGE, _TITLE = 1, 2
_BYTES, _WIDE = 30, 31
"""VT_LPSTR, VT_LPWSTR."""
_UTF_16 = 1200
_CHARSETS = {65001: "utf-8", _UTF_16: "utf-16-le", 936: "gb18030", 54936: "gb18030", 950: "cp950"}


def title_of(ole: OleFile) -> dict[str, str]:
    """The title as meta data, unless nobody can tell how it is encoded; a damaged property set has none."""
    try:
        title = _title(ole.stream(_STREAM) or b"")
    except (OleError, struct.error):
        return {}
    return {"title": title} if title else {}


def _title(properties: bytes) -> str:
    """[MS-OLEPS] 2.21, 2.20: the first property set."""
    (start,) = struct.unpack_from("<I", properties, 44)
    places = _places(properties, start)
    if _TITLE not in places:
        return ""
    page = struct.unpack_from("<H", properties, start + places[_CODE_PAGE] + 4)[0] if _CODE_PAGE in places else 0
    kind, size = struct.unpack_from("<II", properties, start + places[_TITLE])
    begin = start + places[_TITLE] + 8
    if kind not in (_BYTES, _WIDE):
        return ""
    wide = kind == _WIDE
    return _decoded(properties[begin : begin + (2 * size if wide else size)], _UTF_16 if wide else page)


def _places(properties: bytes, start: int) -> dict[int, int]:
    """Property → where it stands, counted from the start of its set."""
    (count,) = struct.unpack_from("<I", properties, start + 4)
    return dict(struct.unpack_from("<II", properties, start + 8 + 8 * index) for index in range(min(count, 64)))


def _decoded(raw: bytes, page: int) -> str:
    """Bytes in a code page → text, empty if it is not clean.

    Western pages decode any bytes, Chinese under a wrong label included: of them only ASCII is believed.
    """
    try:
        text = " ".join(raw.decode(_CHARSETS.get(page, "ascii")).rstrip("\0").split())
    except UnicodeDecodeError:
        return ""
    return text if text.isprintable() else ""
