"""How large a document may be, packed and unpacked: one place for all readers, and for archives of documents."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

LARGEST = 64 << 20
"""Bytes of one document; a larger file is hardly a report."""
LARGEST_BOUND = 256 << 20
"""Bytes of the pictures of one report, none of which is larger than a document."""
UNPACKED = 64 << 20
"""Bytes that a document may unpack to, all parts together."""
_RATIO, _RATIO_FROM = 200, 1 << 20


class Watch(NamedTuple):
    """Who ends this process when a document takes too long or too much, and can be asked for so many seconds from now,
    for so many bytes more than it has; `page` is told that the next page is recognised."""

    time: Callable[[float], None]
    memory: Callable[[int], None]
    page: Callable[[], None]


_watches: list[Watch] = []


def watched_by(watch: Watch) -> None:
    """Whom this process has to ask."""
    _watches[:] = [watch]


def take_time(seconds: float) -> None:
    """Ask for so many seconds from now: pages are to be recognised."""
    for watch in _watches:
        watch.time(seconds)


def next_page(seconds: float) -> None:
    """Ask for so many seconds from now: the next page is recognised."""
    take_time(seconds)
    for watch in _watches:
        watch.page()


def take_memory(more: int) -> None:
    """Ask for so many bytes more than this process has: what recognises is loaded."""
    for watch in _watches:
        watch.memory(more)


def most_unpacked(packed: int) -> int:
    """To how much so many bytes may unpack."""
    return max(_RATIO_FROM, _RATIO * packed)


def is_swollen(unpacked: int, packed: int) -> bool:
    """Is a part packed so tightly that it was made to burst? Small parts may be packed as tightly as they like."""
    return unpacked > most_unpacked(packed)
