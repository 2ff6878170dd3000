"""A package → the same document in one XML file, as the programs save it."""

from __future__ import annotations

import io
import re
import zipfile

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_2003 = "http://schemas.microsoft.com/office/word/2003/wordml"
_PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"
_DECLARATION = re.compile(r"<\?xml[^>]*\?>\s*")


def _parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        texts = {name: package.read(name).decode() for name in package.namelist() if name.endswith((".xml", ".rels"))}
    return {name: _DECLARATION.sub("", text) for name, text in texts.items()}


def _declared(xml: str, charset: str) -> bytes:
    return f'<?xml version="1.0" encoding="{charset}"?>\n{xml}'.encode(charset)


def word_2003(data: bytes, charset: str = "utf-8") -> bytes:
    """A .docx → Word 2003 XML, whose merges are spelt otherwise."""
    body = _parts(data)["word/document.xml"].replace(_WORD, _WORD_2003).replace("vMerge", "vmerge")
    return _declared(body.replace("w:document", "w:wordDocument"), charset)


def package(data: bytes, charset: str = "utf-8") -> bytes:
    """A .docx or .xlsx → a flat package."""
    parts = (
        f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>'
        for name, text in _parts(data).items()
    )
    return _declared(f'<pkg:package xmlns:pkg="{_PACKAGE}">{"".join(parts)}</pkg:package>', charset)


def open_document(data: bytes, charset: str = "utf-8") -> bytes:
    """An .odt or .ods → .fodt or .fods."""
    return _declared(_parts(data)["content.xml"].replace("office:document-content", "office:document"), charset)
