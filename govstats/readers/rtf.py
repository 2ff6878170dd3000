"""An RTF file (.rtf, or a .doc that is one) → Document, by LibreOffice to .docx where that is installed."""

from __future__ import annotations

import re
from dataclasses import replace

from govstats.errors import ReadError
from govstats.lang import Text
from govstats.model.document import Document
from govstats.readers import docx
from govstats.readers._office.soffice import docx_of

SUFFIXES = (".rtf",)

_MAGIC = b"{\\rtf"
_BINARY = re.compile(rb"(?<!\\)(?:\\\\)*\\bin(-?\d+) ?")
"""So many bytes follow that are no text."""


def sniff(head: bytes) -> bool:
    """Does it begin as RTF does?"""
    return head.lstrip().startswith(_MAGIC)


def read(data: bytes) -> Document:
    """The document. Raises ReadError where LibreOffice is not installed, or cannot read it."""
    made = docx_of(data, ".rtf") if _has_its_bytes(data) else None
    if made is None:
        raise ReadError(
            Text(
                "RTF 文件要装有 LibreOffice 才能读，或者文件已损坏。",
                "An RTF file is read by LibreOffice only, or it is damaged.",
            ),
            Text(
                "请用 Word 或 WPS 打开，另存为 .docx 再试。", "Open it in Word or WPS, save it as .docx, and try again."
            ),
        )
    return replace(docx.read(made), kind="rtf")


def _has_its_bytes(data: bytes) -> bool:
    """Are there as many bytes as it announces? LibreOffice looks for what is not there for as long as it may run."""
    at = 0
    while found := _BINARY.search(data, at):
        count = int(found[1][:10])
        at = found.end() + count
        if count < 0 or at > len(data):
            return False
    return True
