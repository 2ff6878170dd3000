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
        ".cgi",
        ".jhtml",
        ".shtm",
    ]
)
_LEFT_OVER = frozenset([".bak", ".old", ".orig", ".tmp", ".part", ".crdownload", ".download"])
"""What editors and browsers put behind the name of a file that is a copy, or not yet whole."""
_CALLED_SO = re.compile("信息公开|年度报告|年报")
_CONTAINERS = (b"%PDF-", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"PK\x03\x04")
_HEAD, _PEEK = 4_096, 65_536


def holds_report(path: str) -> bool:
    """Is it a picture that is called a report, or without an ending of a document a container, or a page that speaks of
    reports?"""
    if os.path.splitext(path)[1].lower() in PICTURES:
        return _CALLED_SO.search(os.path.basename(path)) is not None
    with suppress(OSError, ValueError):
        if names_no_container(path) and os.path.isfile(path):
            with open(path, "rb") as file:
                return is_report(file.read(_PEEK))
    return False


def names_no_container(path: str) -> bool:
    """May a file of this name be of any kind: has it no ending, or that of a server or of a copy?"""
    suffix = os.path.splitext(path)[1].lower()
    return not suffix or suffix in _OF_SERVERS | _LEFT_OVER or suffix[1:].isdigit()


def is_report(data: bytes) -> bool:
    """Is it a container, or a page that speaks of reports?"""
    head = data[:_PEEK]
    return head.startswith(_CONTAINERS) or (
        readers()["html"].sniff(head[:_HEAD]) and _CALLED_SO.search(decode(head)[0]) is not None
    )
