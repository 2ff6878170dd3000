"""Bytes written as printable characters (ASCII85, hexadecimal) → the bytes, and whether they are well-formed."""

from __future__ import annotations

import re

import numpy as np

_WHITE = b"\0\t\n\f\r "
_LOWEST, _HIGHEST = ord("!"), ord("u") - ord("!")
_PIECE = 5 << 16
_NO_HEX = re.compile(rb"[^0-9A-Fa-f]")


def from_hexadecimal(written: bytes) -> tuple[bytes, bool]:
    """Two digits a byte, up to `>`; what is no digit ends it."""
    digits = written.partition(b">")[0].translate(None, _WHITE)
    wrong = _NO_HEX.search(digits)
    digits = digits[: wrong.start()] if wrong else digits
    return bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode()), wrong is None


def from_ascii85(written: bytes) -> tuple[bytes, bool]:
    """Five characters for four bytes, up to `~`; what is no such character ends it.

    The standard library would take as long for it as a page takes in all.
    """
    characters = written.partition(b"~")[0].translate(None, _WHITE).replace(b"z", b"!!!!!")
    pieces: list[bytes] = []
    for start in range(0, len(characters), _PIECE):
        piece, whole = _four_for_five(np.frombuffer(characters[start : start + _PIECE], np.uint8) - _LOWEST)
        pieces.append(piece)
        if not whole:
            return b"".join(pieces), False
    return b"".join(pieces), True


def _four_for_five(digits: np.ndarray[tuple[int], np.dtype[np.uint8]]) -> tuple[bytes, bool]:
    wrong = np.flatnonzero(digits > _HIGHEST)
    digits = digits[: wrong[0]] if wrong.size else digits
    lacking = -len(digits) % 5
    fives = np.pad(digits, (0, lacking), constant_values=_HIGHEST).reshape(-1, 5)
    values = np.zeros(len(fives), np.uint64)
    for column in fives.T:
        values = values * 85 + column
    whole = not wrong.size and lacking != 4 and bool((values < 1 << 32).all())
    return values.astype(">u4").tobytes()[: len(values) * 4 - lacking], whole
