"""How large a document may be, packed and unpacked: one place for all readers, and for archives of documents."""

from __future__ import annotations

LARGEST = 64 << 20
"""Bytes of one document; a larger file is hardly a report."""
UNPACKED = 64 << 20
"""Bytes that a document may unpack to, all parts together."""
_RATIO, _RATIO_FROM = 200, 1 << 20


def is_swollen(unpacked: int, packed: int) -> bool:
    """Is a part packed so tightly that it was made to burst? Small parts may be packed as tightly as they like."""
    return unpacked > max(_RATIO_FROM, _RATIO * packed)
