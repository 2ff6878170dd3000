"""Clx (2.9.38), the bytes of the piece table → the lists of Sprm that it keeps, and its PlcPcd."""

from __future__ import annotations

from govstats.word.binary import cut, number, numbers
from govstats.word.errors import DamagedWordError


def piece_table(clx: bytes) -> tuple[list[bytes], bytes]:
    """The lists of Sprm that a fast save left (Prc), then the PlcPcd."""
    lists = []
    at = 0
    while (kind := number(clx, at, 1)) == 1:
        size = number(clx, at + 1)
        lists.append(cut(clx, at + 3, size))
        at += 3 + size
    if kind != 2:
        raise DamagedWordError("the piece table is not where it should be")
    return lists, cut(clx, at + 5, number(clx, at + 1, 4))


def piece_ends(plc: bytes) -> tuple[int, ...]:
    """The character positions of a PlcPcd: where the first piece begins, and where each piece ends."""
    if len(plc) < 16 or (len(plc) - 4) % 12:
        raise DamagedWordError("the piece table has an odd length")
    return numbers(plc, 0, 1 + (len(plc) - 4) // 12)
