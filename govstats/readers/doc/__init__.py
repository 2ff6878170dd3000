"""A Word 97–2003 file (.doc, and .wps of WPS Office) → Document: prose by lines, tables as grids with merged cells.

What the modules here cannot read is converted by LibreOffice, where that is installed, and read as .docx.
"""

from __future__ import annotations

from dataclasses import replace

from govstats.model.document import Document
from govstats.readers._limits import LARGEST
from govstats.readers.doc.errors import EncryptedWordError, WordError, encrypted, refused, unreadable
from govstats.readers.doc.ole import MAGIC, OleError, OleFile

SUFFIXES = (".doc", ".dot", ".wps", ".wpt")

_MOST_HEADER_LINES = 6
_TEXT = "WordDocument"
_ENTRY = _TEXT.lower().encode("utf-16-le")
_STREAMS = (_TEXT, "0Table", "1Table", "Data")


def sniff(head: bytes) -> bool:
    """Is it an OLE file? Its first bytes do not tell a Word file from a workbook: ask `is_word`."""
    return head.startswith(MAGIC)


def is_word(data: bytes) -> bool:
    """Does this OLE file hold a Word document? That a workbook has no entry of that name, its bytes tell at once."""
    if not data.startswith(MAGIC) or _ENTRY not in data.lower():
        return False
    try:
        with OleFile(data) as ole:
            return _TEXT in ole
    except OleError:
        return False


owns = is_word


def read(data: bytes) -> Document:
    """A Word file of any version since 97 → Document; older ones by way of LibreOffice."""
    from govstats.readers.doc.blocks import Blocks
    from govstats.readers.doc.maintext import read_word

    streams, meta = _opened(data)
    try:
        text, header = read_word(streams)
        told = Blocks().of(text)
    except EncryptedWordError as error:
        raise encrypted() from error
    except WordError as error:
        return _converted(data, error)
    lines = list(dict.fromkeys(header))[:_MOST_HEADER_LINES]
    meta = meta | told.meta | ({"header": "\n".join(lines)} if lines else {})
    return Document("doc", "utf-16", tuple(told.blocks), meta)


def _converted(data: bytes, error: WordError) -> Document:
    """By LibreOffice to .docx, and that by its reader. Raises ReadError for `error` if that cannot be done."""
    from govstats.readers import docx
    from govstats.readers._office.soffice import docx_of

    made = docx_of(data)
    if made is None:
        raise refused(error) from error
    return replace(docx.read(made), kind="doc")


def _opened(data: bytes) -> tuple[dict[str, bytes], dict[str, str]]:
    """The streams that the text is made of, and the meta data."""
    from govstats.readers.doc.title import title_of

    if len(data) > LARGEST:
        raise unreadable("文件超过 64 MiB", "it is larger than 64 MiB")
    try:
        with OleFile(data) as ole:
            streams = {name: found for name in _STREAMS if (found := ole.stream(name)) is not None}
            meta = title_of(ole)
    except OleError as error:
        raise unreadable("文件不完整或已损坏", "it is incomplete or damaged") from error
    if _TEXT not in streams:
        raise unreadable("里面没有 Word 文档", "there is no Word document in it")
    return streams, meta
