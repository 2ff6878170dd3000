"""An Office document that is one XML file → Document: Word and Excel 2003 XML, a flat package (.xml), .fodt, .fods.

Each is what another container holds, in one file instead of a zip: that container's reader reads it.
"""

from __future__ import annotations

import re

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.document import Document
from govstats.readers import docx, excel, odt
from govstats.readers._office.flat import package_of, utf8_of, word_package
from govstats.readers._office.odfnames import OFFICE
from govstats.readers._office.tree import Element, parse

SUFFIXES = (".xml", ".fodt", ".fods")

_ROOT = re.compile(
    rb"\s*(?:<\?.*?\?>\s*|<!--.*?-->\s*)*<(?:[\w.-]+:)?(?:wordDocument|package|Workbook|document)[\s>]", re.DOTALL
)
_NAMESPACES = (
    b"http://schemas.microsoft.com/office/word/2003/wordml",
    b"http://schemas.microsoft.com/office/2006/xmlPackage",
    b"urn:schemas-microsoft-com:office:spreadsheet",
    b"urn:oasis:names:tc:opendocument:xmlns:office:1.0",
)


def sniff(head: bytes) -> bool:
    """Does it begin with the root element of such a file, in UTF-8 or UTF-16?"""
    begin = head.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe").removeprefix(b"\xfe\xff")
    return _ROOT.match(begin) is not None and any(name in begin for name in _NAMESPACES)


def read(data: bytes) -> Document:
    """The document. Raises ReadError if it is damaged, too large, or holds neither text nor sheets."""
    source = utf8_of(data)
    root = parse(source, "XML")
    match root.tag.rpartition("}")[2]:
        case "wordDocument":
            return docx.read(word_package(source))
        case "package":
            kind, package = package_of(root)
            return {"docx": docx.read, "excel": excel.read}.get(kind, _refuse)(package)
        case "Workbook":
            return excel.read(source)
    return _open_document(root, source)


def _open_document(root: Element, source: bytes) -> Document:
    """By what its body holds: a text, or sheets."""
    body = root.find(f"{OFFICE}body")
    held = [node.tag for node in body] if body is not None else []
    if f"{OFFICE}text" in held:
        return odt.of_parts(root, root, {})
    if f"{OFFICE}spreadsheet" in held:
        return excel.read(source)
    return _refuse(source)


def _refuse(_: bytes) -> Document:
    raise ReadError(
        Text("这个 XML 文件里没有文字或表格文档。", "This XML file holds neither a text nor a workbook."),
        Text("请用原来的程序另存为 .docx 或 .xlsx。", "Save it as .docx or .xlsx in the program it comes from."),
    )
