"""A file of a folder → did govstats write it? Pages, workbooks, sheets of proposals, corrected copies, panels, results.

They carry a mark of who made them; a copy that somebody else has saved since is theirs. A corrected copy names its
source: beside that it is no report of its own, but where it has taken its place it is. What older versions wrote
without a mark is known by how it begins.
"""

from __future__ import annotations

import html
import os
import re
import zipfile
from contextlib import suppress

from govstats.sources.openings import is_own

MAKER = "govstats"
"""Who made it, in the properties of Office files and in the head of pages."""
CORRECTED, COMMENTED, LISTED = "改正稿", "批注稿", "改动说明"
"""Behind the name of a document: its own copy with corrections, with comments only, and the list beside a text."""
_HEAD = 2048
_OLDEST = b"\x21\x00"
"""The day that Office writes for all parts of its packages: 1 January 1980."""
_DAY = slice(12, 14)
_FLAGS = slice(6, 8)
"""What of the first part tells Office, which says how hard it packed, from libraries, which say nothing."""
_CORE, _BOOK = "docProps/core.xml", "xl/workbook.xml"
_CREATOR = re.compile(rb"<dc:creator[^>]*>govstats</dc:creator>")
_SUBJECT = re.compile(rb"<dc:subject[^>]*>([^<]*)</dc:subject>")
_META_SOURCE = re.compile(rb'<meta name="source" content="([^"]*)">')
_SAVED_BY = re.compile(rb"<cp:lastModifiedBy>(?!govstats<)[^<]")
_OWN_SHEETS = re.compile('name="(?:建议表|Proposals|问题".*name="报告|Findings".*name="Reports)"'.encode())
_PACKAGES = {".xlsx", ".docx"}
_OWN_COPY = re.compile(rf"(.+)\.(?:{CORRECTED}|{COMMENTED})(?:-\d+)?")
_TRACES = {
    "word/document.xml": b':author="govstats"',
    "word/comments.xml": b':author="govstats"',
    "content.xml": b">govstats</dc:creator>",
    "xl/comments": ">govstats：".encode(),
}
"""Parts of a package (how their names begin), and what stands in them as long as nobody has settled what we wrote."""
_TRACE_OF_PAGES = re.compile(rb'<(?:ins datetime|mark title)="')


def file_of(path: str) -> str:
    """The name of the file that a report lies in, which may be an archive: reports.zip of in/reports.zip/2023.html."""
    at = path
    while at and not os.path.isfile(at) and os.path.dirname(at) != at:
        at = os.path.dirname(at)
    return os.path.basename(at if os.path.isfile(at) else path)


def written_by_us(path: str, suffix: str) -> str | None:
    """None unless govstats wrote this file, and nobody since, as far as can be seen. Of a corrected copy the name of
    its source; of all else nothing."""
    with suppress(OSError, ValueError):
        with open(path, "rb") as file:
            head = file.read(_HEAD)
        if suffix in _PACKAGES and _may_be_own(head) and (source := _of_package(path)) is not None:
            return source
        if is_own(head, suffix):
            return _named(_META_SOURCE, head)
        name = _OWN_COPY.fullmatch(os.path.basename(path).removesuffix(suffix))
        return f"{name[1]}{suffix}" if name and _holds_traces(path, head) else None
    return None


def _holds_traces(path: str, head: bytes) -> bool:
    """Does a document hold changes or comments of ours? Of a text the list beside it tells."""
    if head.startswith(b"PK"):
        with suppress(zipfile.BadZipFile, NotImplementedError, RuntimeError), zipfile.ZipFile(path) as package:
            return any(
                name.startswith(part) and trace in package.read(name)
                for part, trace in _TRACES.items()
                for name in package.namelist()
            )
        return False
    if os.path.exists(f"{os.path.splitext(path)[0]}.{LISTED}.txt"):
        return True
    with open(path, "rb") as file:
        return _TRACE_OF_PAGES.search(file.read()) is not None


def _named(pattern: re.Pattern[bytes], head: bytes) -> str:
    match = pattern.search(head)
    return html.unescape(match[1].decode("utf-8", "replace")) if match else ""


def _may_be_own(head: bytes) -> bool:
    """Was the package written by a library, and not by Office? Most files need not be opened."""
    return head.startswith(b"PK") and (head[_FLAGS] == b"\0\0" or head[_DAY] != _OLDEST)


def _of_package(path: str) -> str | None:
    with suppress(zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError), zipfile.ZipFile(path) as package:
        core = package.read(_CORE)
        if _CREATOR.search(core):
            return None if _SAVED_BY.search(core) else _named(_SUBJECT, core)
        if b">openpyxl<" in core and _OWN_SHEETS.search(package.read(_BOOK)):
            return ""
    return None
