"""A file of a folder → did govstats write it? Pages, workbooks, sheets of proposals, corrected copies, panels, results.

They carry a mark of who made them; a copy that somebody else has saved since is theirs. What older versions wrote
without a mark is known by how it begins.
"""

from __future__ import annotations

import re
import zipfile
from contextlib import suppress

MAKER = "govstats"
"""Who made it, in the properties of Office files and in the head of pages."""
_HEAD = 2048
_OLDEST = b"\x21\x00"
"""The day that Office writes for all parts of its packages: 1 January 1980."""
_DAY = slice(12, 14)
_FIRST_PART = slice(30, 60)
_BY_OPENPYXL = b"docProps/app.xml"
_CORE, _BOOK = "docProps/core.xml", "xl/workbook.xml"
_CREATOR = re.compile(rb"<dc:creator[^>]*>govstats</dc:creator>")
_SAVED_BY = re.compile(rb"<cp:lastModifiedBy>(?!govstats<)[^<]")
_OWN_SHEETS = re.compile('name="(?:建议表|Proposals|问题".*name="报告|Findings".*name="Reports)"'.encode())
_PATTERNS = {
    "page": rb'<meta name="generator" content="govstats|<title>\xe5\xb9\xb4\xe5\xba\xa6\xe6\x8a\xa5\xe5\x91\x8a'
    rb"\xe6\xa0\xb8\xe5\xaf\xb9\xe7\xbb\x93\xe6\x9e\x9c</title>",
    "csv": rb'\A(?:\xef\xbb\xbf)?"?(?:path"?,"?)?agency"?,"?year"?,"?format"?,"?table"?,"?row"?,"?column"?,',
    "json": rb'\A\[?\s*\{"path": "[^"]*", "sha256": "[0-9a-f]{64}", "agency": ',
    "markdown": "\\A### 政府信息公开工作年度报告核对结果".encode(),
    "text": "\\A[^\n]*\n  [^\n]* · 勾稽关系 \\d+ 条：\\d+ 条成立|\\A汇总：\\d+ 份报告".encode(),
}
_BY_SUFFIX = {
    **dict.fromkeys((".html", ".htm"), re.compile(_PATTERNS["page"])),
    **dict.fromkeys((".csv", ".tsv"), re.compile(_PATTERNS["csv"])),
    ".json": re.compile(_PATTERNS["json"]),
    **dict.fromkeys((".md", ".txt", ".text"), re.compile(_PATTERNS["text"] + b"|" + _PATTERNS["markdown"])),
}
_PACKAGES = {".xlsx", ".docx"}


def is_own(path: str, suffix: str) -> bool:
    """Did govstats write this file, and nobody since? False where it cannot be seen."""
    with suppress(OSError, ValueError):
        with open(path, "rb") as file:
            head = file.read(_HEAD)
        if suffix in _PACKAGES:
            return _may_be_own(head) and _is_own_package(path)
        pattern = _BY_SUFFIX.get(suffix)
        return pattern is not None and pattern.search(head) is not None
    return False


def _may_be_own(head: bytes) -> bool:
    """Was the package written by a library, and not by Office? Most files need not be opened."""
    return head[_FIRST_PART].startswith(_BY_OPENPYXL) or (head.startswith(b"PK") and head[_DAY] != _OLDEST)


def _is_own_package(path: str) -> bool:
    with suppress(zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError), zipfile.ZipFile(path) as package:
        core = package.read(_CORE)
        if _CREATOR.search(core):
            return _SAVED_BY.search(core) is None
        return b">openpyxl<" in core and _OWN_SHEETS.search(package.read(_BOOK)) is not None
    return False
