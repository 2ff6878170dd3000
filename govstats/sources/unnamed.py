"""A file of a folder whose ending names no container → does it hold a report all the same?

Pages are saved with the ending of the server that made them (.aspx, .jsp) or with none; scans as pictures.
"""

from __future__ import annotations

import os
import re
from contextlib import suppress

from govstats.readers import readers
from govstats.readers._charset import decode
from govstats.sources.pagefiles import PICTURES

_OF_SERVERS = frozenset(
    [
        ".asp",
        ".aspx",
        ".jsp",
        ".jspx",
        ".php",
        ".phtml",
        ".do",
        ".action",
        ".cfm",
        ".dhtml",
        ".ashx",
        ".page",
        ".content",
    ]
)
_LEFT_OVER = frozenset([".bak", ".old", ".orig", ".tmp", ".part", ".crdownload", ".download"])
"""What editors and browsers put behind the name of a file that is a copy, or not yet whole."""
_CALLED_SO = re.compile("信息公开|年度报告|年报")
_CALLED_A_REPORT = re.compile("信息公开.{0,12}报告|政务公开.{0,12}(?:报告|年报)|年度报告|年报$")
_NO_DOCUMENTS = frozenset(
    (
        *(
            ".js",
            ".css",
            ".ico",
            ".svg",
            ".woff",
            ".woff2",
            ".ttf",
            ".eot",
            ".exe",
            ".dll",
            ".py",
            ".sh",
            ".bat",
            ".log",
        ),
        *(".lnk", ".url", ".webloc", ".mp3", ".mp4", ".avi", ".wav", ".yaml", ".yml", ".toml", ".ini", ".cfg", ".lock"),
        *(
            ".parquet",
            ".duckdb",
            ".db",
            ".sqlite",
            ".sarif",
            ".jsonl",
            ".bak",
            ".tmp",
            ".part",
            ".crdownload",
            ".torrent",
        ),
    )
)
"""Endings of what is no document, whatever it is called."""
_CONTAINERS = (b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04")
_HEAD, _PEEK, _TITLE = 4_096, 65_536, 200


def holds_report(path: str) -> bool:
    """Is it a picture that is called a report, or without an ending of a document what `is_report` takes?"""
    if os.path.splitext(path)[1].lower() in PICTURES and _CALLED_SO.search(os.path.basename(path)):
        return True
    with suppress(OSError, ValueError):
        if names_no_container(path) and os.path.isfile(path):
            with open(path, "rb") as file:
                return is_report(path, file.read(_PEEK))
    return False


def names_no_container(path: str) -> bool:
    """May a file of this name be of any kind: is its ending none of a document, or of what is none?"""
    return os.path.splitext(path)[1].lower() not in (_NO_DOCUMENTS | PICTURES) - _LEFT_OVER


def is_called_a_report(path: str) -> bool:
    """Is it of no known kind, and its name says that it is a report? Then it is not passed over in silence."""
    name, suffix = os.path.splitext(os.path.basename(path))
    return suffix.lower() not in _NO_DOCUMENTS and _CALLED_A_REPORT.search(name) is not None


def is_report(name: str, data: bytes) -> bool:
    """Is it a page that speaks of reports; or, if the name says nothing, a container, or a text that begins so?"""
    head, suffix = data[:_PEEK], os.path.splitext(name)[1].lower()
    says_nothing = not suffix or suffix in _OF_SERVERS | _LEFT_OVER or suffix[1:].isdigit()
    if says_nothing and head.startswith(_CONTAINERS):
        return True
    if readers()["html"].sniff(head[:_HEAD]):
        return _CALLED_SO.search(decode(head)[0]) is not None
    return not suffix and readers()["text"].sniff(head[:_HEAD]) and _is_titled(decode(head[:_HEAD])[0])


def _is_titled(text: str) -> bool:
    return _CALLED_A_REPORT.search(text[:_TITLE]) is not None
