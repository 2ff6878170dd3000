"""How large a document may be, packed and unpacked: one place for all readers, and for archives of documents."""

from __future__ import annotations

from collections.abc import Callable

LARGEST = 64 << 20
"""Bytes of one document; a larger file is hardly a report."""
UNPACKED = 64 << 20
"""Bytes that a document may unpack to, all parts together."""
_RATIO, _RATIO_FROM = 200, 1 << 20


_watches: list[Callable[[float], None]] = []


def watched_by(extend: Callable[[float], None]) -> None:
    """Who ends this process when a document takes too long, and can be asked for so many seconds from now."""
    _watches[:] = [extend]


def take_time(seconds: float) -> None:
    """Ask whoever watches over this process for so many seconds from now: a page is to be recognised."""
    for extend in _watches:
        extend(seconds)


def is_swollen(unpacked: int, packed: int) -> bool:
    """Is a part packed so tightly that it was made to burst? Small parts may be packed as tightly as they like."""
    return unpacked > max(_RATIO_FROM, _RATIO * packed)
