"""Grpprl, a list of Sprm as bytes → (code, operand) of each."""

from __future__ import annotations

import struct
from functools import lru_cache

from govstats.readers.doc.errors import DamagedWordError


def number(data: bytes, at: int, size: int = 2, signed: bool = False) -> int:
    """One number of `size` bytes."""
    return int.from_bytes(cut(data, at, size), "little", signed=signed)


def numbers(data: bytes, at: int, count: int) -> tuple[int, ...]:
    """Several numbers of four bytes each, without sign."""
    return struct.unpack(f"<{count}I", cut(data, at, 4 * count))


def cut(data: bytes, at: int, size: int) -> bytes:
    """So many bytes."""
    if at < 0 or size < 0 or at + size > len(data):
        raise DamagedWordError(f"{size} bytes at {at} lie outside of a stream of {len(data)}")
    return data[at : at + size]


_SIZES = (1, 1, 2, 4, 2, 2, -1, 3)
"""The top three bits of the code (spra) → the length of the operand, -1 if it tells its own."""
_DEFINE_TABLE = (0xD608, 0xD606)
_CHANGE_TABS = 0xC615


@lru_cache(maxsize=512)
def sprms_of(sprms: bytes) -> tuple[tuple[int, bytes], ...]:
    """Sprm (2.2.5.1), one behind the other; less than three bytes at the end are filling."""
    found = []
    at = 0
    while at + 3 <= len(sprms) and (code := number(sprms, at)):
        at += 2
        size = _size(code, sprms, at)
        found.append((code, cut(sprms, at, size)))
        at += size
    return tuple(found)


def _size(code: int, sprms: bytes, at: int) -> int:
    """The length of the operand that begins here."""
    if code in _DEFINE_TABLE:
        return 1 + number(sprms, at)
    size = _SIZES[code >> 13]
    if size >= 0:
        return size
    size = 1 + sprms[at]
    return _tabs_size(sprms, at) if code == _CHANGE_TABS and size == 256 else size


def _tabs_size(sprms: bytes, at: int) -> int:
    """PChgTabsOperand (2.9.184) of more than 254 bytes: the length follows from its two counts."""
    deleted = 1 + 4 * number(sprms, at + 1, 1)
    return 1 + deleted + 1 + 3 * number(sprms, at + 1 + deleted, 1)
