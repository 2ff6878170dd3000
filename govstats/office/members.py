"""The first bytes of a zip → the names of its members, and what the first of them holds: to tell whose file it is."""

from __future__ import annotations

import zlib

_LOCAL_HEADER = b"PK\3\4"
_LOCAL_HEADER_SIZE = 30


def member_names(head: bytes) -> list[str]:
    """The names of the members whose headers stand in the first bytes of a zip; empty if it is none."""
    if not head.startswith(_LOCAL_HEADER):
        return []
    names = []
    at = 0
    while at >= 0:
        length = int.from_bytes(head[at + 26 : at + 28], "little")
        start = at + _LOCAL_HEADER_SIZE
        names.append(head[start : start + length].decode("utf-8", "replace").replace("\\", "/").lower())
        at = head.find(_LOCAL_HEADER, start)
    return names


def first_member(head: bytes, limit: int = 1 << 16) -> bytes:
    """The beginning of a zip's first member, as far as these first bytes hold it."""
    name, extra = (int.from_bytes(head[at : at + 2], "little") for at in (26, 28))
    packed = head[_LOCAL_HEADER_SIZE + name + extra :]
    if head[8:10] == b"\0\0":
        return packed
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, limit)
    except zlib.error:
        return b""
