"""The name of a file as the system gives it → the name as people read it: bytes that are no UTF-8 are mostly GBK."""

from __future__ import annotations

import os
from contextlib import suppress


def readable(path: str) -> str:
    """The path with each name in it that is bytes of GBK (`\\udcc7\\udce0…` on Linux) decoded; others stay."""
    return path if path.isascii() or not _has_bytes(path) else "/".join(map(_decoded, path.split("/")))


def _has_bytes(name: str) -> bool:
    return any("\udc80" <= character <= "\udcff" for character in name)


def _decoded(name: str) -> str:
    if _has_bytes(name):
        with suppress(UnicodeError):
            text = os.fsencode(name).decode("gb18030")
            return text if text.isprintable() else name
    return name
