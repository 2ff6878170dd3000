"""bytes → Document. A reader is a module here with SUFFIXES, `sniff(head)` and `read(data)`; drop one in.

Readers are chosen by what the bytes are, not by the file's name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache
from typing import Protocol, cast

from govstats.catalog.dropins import member, names_in
from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.document import Document
from govstats.readers._limits import LARGEST as LARGEST
from govstats.readers._limits import LARGEST_BOUND
from govstats.readers._seen import as_seen
from govstats.readers.picture.binding import MARK as PAGES

_HEAD = 4096
_LAST = ("html", "text")
"""A saved page or a JSON also holds tags, and anything may be text: these are asked last, in this order."""
_OTHERS = (
    (b"\x89PNG", "PNG 图片", "a PNG picture"),
    (b"\xff\xd8\xff", "JPEG 图片", "a JPEG picture"),
    (b"GIF8", "GIF 图片", "a GIF picture"),
    (b"II*\0", "TIFF 图片", "a TIFF picture"),
    (b"MM\0*", "TIFF 图片", "a TIFF picture"),
    (b"%PDF", "损坏的 PDF 文件", "a damaged PDF file"),
    (b"PK\x03\x04", "压缩包或损坏的 Office 文件", "an archive or a damaged Office file"),
    (b"\xd0\xcf\x11\xe0", "旧版 Office 文件", "an old Office file of a kind not known"),
    (b"{\\rtf", "RTF 文件", "an RTF file"),
    (b"Rar!", "RAR 压缩包", "a RAR archive"),
    (b"7z\xbc\xaf", "7z 压缩包", "a 7z archive"),
    (b"\x1f\x8b", "gzip 压缩包", "a gzip archive"),
    (b"BZh", "bzip2 压缩包", "a bzip2 archive"),
    (b"\xfd7zXZ", "xz 压缩包", "an xz archive"),
    (b"\x28\xb5\x2f\xfd", "zstd 压缩包", "a zstd archive"),
    (b"MSCF", "CAB 压缩包", "a cabinet archive"),
    (b"BM", "BMP 图片", "a BMP picture"),
    (PAGES, "图片", "pictures"),
    (b"Founder CEB", "CEB 版式文件", "a CEB file"),
)
_MAGIC = tuple(magic for magic, _, _ in _OTHERS)
_OFD, _OFD_PART = Text("OFD 版式文件", "an OFD file"), b"OFD.xml"
_UNKNOWN = Text("未知的二进制文件", "an unknown binary file")


Beside = Callable[[str], bytes | None]
"""What a file is asked for that lies beside the document, by a relative reference: its bytes; None if there is none."""


def nothing(_: str) -> None:
    """No file lies beside the document."""


class Reader(Protocol):
    """What a module in this folder offers. It may also offer `owns(data)`, which is asked instead of `sniff`
    where only the whole file tells what it is; LIGHT: it reads lines and tags, and counts them before it works; and
    `pictures(data)`: the pictures that the document shows, or references to files beside it."""

    __name__: str

    SUFFIXES: tuple[str, ...]
    """File name endings, lower case, with the dot: which files of a folder are reports."""

    def sniff(self, head: bytes) -> bool:
        """Do these first bytes look like this container?"""

    def read(self, data: bytes) -> Document:
        """The whole document. Raises ReadError if it cannot be read at all."""


@cache
def readers() -> dict[str, Reader]:
    """All readers by name, those that take less than others first."""
    names = sorted(names_in(__path__), key=lambda name: (_LAST.index(name) if name in _LAST else -1, name))
    return {name: cast(Reader, member(__name__, name)) for name in names}


@cache
def suffixes() -> frozenset[str]:
    """The file name endings that some reader takes."""
    return frozenset(suffix for reader in readers().values() for suffix in reader.SUFFIXES)


def may_be_light(head: bytes) -> bool:
    """Do these first bytes look like no container: may the document be a page or a text, which takes little to read?"""
    heavy = (reader for reader in readers().values() if not getattr(reader, "LIGHT", False))
    return not head.startswith(_MAGIC) and not any(reader.sniff(head) for reader in heavy)


def read_document(data: bytes) -> Document:
    """bytes → Document by the first reader whose `sniff` agrees.

    Raises ReadError if the bytes are empty or no reader takes them.
    """
    largest = LARGEST_BOUND if data.startswith(PAGES) else LARGEST
    if len(data) > largest:
        raise ReadError(
            Text(f"文件大于 {largest >> 20} MB，超过限度。", f"The file has more than {largest >> 20} MB."),
            Text("这不像一份报告；请检查文件。", "This is hardly a report; check the file."),
        )
    if not data.strip():
        raise ReadError(
            Text("文件是空的。", "The file is empty."),
            Text("请重新导出或重新下载这份报告。", "Export or download the report again."),
        )
    name = reader_of(data)
    if name is not None:
        return as_seen(readers()[name].read(data))
    is_binary = data.startswith(_MAGIC)
    kind = _OFD if is_binary and _OFD_PART in data else _kind(data)
    space = " " if kind.zh[0].isascii() else ""
    raise ReadError(
        Text(f"这是{space}{kind.zh}，读不出表格。", f"This is {kind.en}: no table can be read from it."),
        Text(
            "请提供网页、Word、Excel、PDF 或文本形式的报告；只有图片时，装上识别：pip install 'govstats[ocr]'。",
            "Give the report as a web page, Word, Excel, PDF or text file; if there are only pictures, install what "
            "recognises them: pip install 'govstats[ocr]'.",
        ),
    )


def pictures_in(kind: str, data: bytes, beside: Beside) -> Iterator[tuple[bytes, bool]]:
    """The pictures that a document of a kind shows, each with whether it lies beside it. Nothing is fetched."""
    shown = getattr(readers().get(kind), "pictures", None)
    with suppress(ReadError):
        for each in shown(data) if shown is not None else ():
            picture = beside(each) if isinstance(each, str) else each
            if picture:
                yield picture, isinstance(each, str)


def reader_of(data: bytes) -> str | None:
    """The name of the first reader whose `sniff` agrees; None if nobody takes the bytes."""
    head, is_binary = data[:_HEAD], data.startswith(_MAGIC)
    if not head.strip():
        head = data.lstrip()[:_HEAD]
    named = (
        name for name, reader in readers().items() if not (is_binary and name in _LAST) and _takes(reader, head, data)
    )
    return next(named, None)


def _kind(data: bytes) -> Text:
    return next((Text(zh, en) for magic, zh, en in _OTHERS if data.startswith(magic)), _UNKNOWN)


def _takes(reader: Reader, head: bytes, data: bytes) -> bool:
    """What the first bytes say; for containers whose directory stands at their end, what the whole file says."""
    owns = getattr(reader, "owns", None)
    return bool(owns(data)) if owns is not None else reader.sniff(head)
