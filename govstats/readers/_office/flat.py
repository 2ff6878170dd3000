"""An Office document in one XML file → the zip of parts that another version of the program would have saved."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from io import BytesIO
from zipfile import ZIP_STORED, ZipFile

from govstats.readers._charset import codec
from govstats.readers._office.docxmarks import TRANSITIONAL
from govstats.readers._office.errors import broken_xml
from govstats.readers._office.tree import Element, parse, xml_of

_WORD_2003 = b"http://schemas.microsoft.com/office/word/2003/wordml"
_AML = "{http://schemas.microsoft.com/aml/2001/core}"
_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"
_PROPERTIES = "{urn:schemas-microsoft-com:office:office}"
_WORD = f"{{{TRANSITIONAL}}}"
_RENAMED = {"vmerge": "vMerge", "hmerge": "hMerge"}
_GONE = {"Word.Deletion", "Word.Comment"}
_ASIDE = ("hdr", "ftr", "footnote", "endnote")
_MAIN_PARTS = {"word/": "docx", "xl/": "excel"}


_DECLARED = re.compile(rb"""<\?xml[^>]*?\bencoding\s*=\s*["']([\w.-]+)""")
_UTF_8 = {"utf-8", "utf8", "us-ascii", "ascii"}
_WIDE = (
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
"""How XML of several bytes a character begins, with a mark of the order of bytes or without (XML 1.0, appendix F)."""


def utf8_of(data: bytes) -> bytes:
    """The XML in UTF-8, without a declaration that says otherwise. Raises ReadError if nobody knows its charset."""
    charset = next((name for begins, name in _WIDE if data.startswith(begins)), "")
    if not charset:
        declared = _DECLARED.match(data)
        charset = declared[1].decode("ascii", "replace").lower() if declared else "utf-8"
        if charset in _UTF_8:
            return data
        charset = codec(charset)
    try:
        text = data.decode(charset, "replace").removeprefix("\ufeff")
    except (LookupError, ValueError) as error:
        raise broken_xml("XML") from error
    return (text.partition("?>")[2] if text.startswith("<?xml") else text).encode("utf-8", "replace")


def word_package(data: bytes) -> bytes:
    """Word 2003 XML → .docx. Most elements have the same names there, under another namespace."""
    root = parse(data.replace(_WORD_2003, TRANSITIONAL.encode()), "XML")
    for node in root.iter(*(_WORD + name for name in _RENAMED)):
        node.tag = _WORD + _RENAMED[node.tag.removeprefix(_WORD)]
    for node in root.iter(f"{_AML}annotation"):
        if node.get(f"{_WORD}type") in _GONE:
            node.tag = f"{_WORD}del"
    parts: dict[str, bytes] = {}
    for number, node in enumerate(root.iter(f"{_WORD}hdr")):
        parts[f"word/header{number}.xml"] = xml_of(node)
    for node in root.iter(*(_WORD + name for name in _ASIDE)):
        node.tag = f"{_WORD}del"
    styles = root.find(f"{_WORD}styles")
    if styles is not None:
        parts["word/styles.xml"] = xml_of(styles)
    title = root.find(f".//{_PROPERTIES}Title")
    if title is not None and title.text:
        name = "http://purl.org/dc/elements/1.1/"
        parts["docProps/core.xml"] = f'<x xmlns:d="{name}"><d:title>{escape(title.text)}</d:title></x>'.encode()
    root.tag = f"{_WORD}document"
    return _zipped({"word/document.xml": xml_of(root), **parts})


def package_of(root: Element) -> tuple[str, bytes]:
    """A flat package → the name of the reader that takes it (empty: none does), and the package as a zip. Only parts
    of XML count."""
    parts: dict[str, bytes] = {}
    for part in root:
        held = part.find(f"{_PACKAGE}xmlData")
        for node in held if held is not None else ():
            parts[(part.get(f"{_PACKAGE}name") or "").lstrip("/")] = xml_of(node)
    kinds = (kind for start, kind in _MAIN_PARTS.items() if any(name.startswith(start) for name in parts))
    return next(kinds, ""), _zipped(parts)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    packed = BytesIO()
    with ZipFile(packed, "w", ZIP_STORED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return packed.getvalue()
