"""A stream and a place in it → the bytes or numbers there. A place outside of the stream is a DamagedWordError."""

from __future__ import annotations

import struct

from govstats.word.errors import DamagedWordError


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
