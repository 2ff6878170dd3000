"""STSH, the style sheet of a Word file (2.9.271) → the lists of Sprm of its styles of characters."""

from __future__ import annotations

from collections.abc import Iterator

from govstats.readers.doc.sprms import cut, number, sprms_of

_OF_CHARACTERS = 2
_MOST = 4095
_NO_BASE = 0xFFF


def character_styles(sheet: bytes) -> dict[int, tuple[bytes, ...]]:
    """By their numbers: the lists of those that a style is based on, then its own."""
    own, bases = {}, {}
    for index, style in enumerate(_styles(sheet)):
        if len(style) > 4 and number(style, 2) & 0xF == _OF_CHARACTERS:
            bases[index] = number(style, 2) >> 4
            own[index] = _sprms(style, number(sheet, 4))
    return {index: tuple(own[each] for each in _line(index, bases)) for index in own}


def _line(index: int, bases: dict[int, int]) -> list[int]:
    """The styles from the first that this one is based on; a circle of them ends."""
    line: list[int] = []
    while index in bases and index not in line and len(line) < _MOST:
        line.insert(0, index)
        index = bases[index]
    return line


def _styles(sheet: bytes) -> Iterator[bytes]:
    """Each STD (2.9.260), empty where there is none."""
    at = 2 + number(sheet, 0)
    for _ in range(min(number(sheet, 2), _MOST)):
        size = number(sheet, at)
        yield cut(sheet, at + 2, size)
        at += 2 + size + size % 2


def _sprms(style: bytes, base: int) -> bytes:
    """The list of a style of characters, behind its name (Xstz) and its own length. Raises DamagedWordError."""
    at = base + 2 + 2 * number(style, base) + 2
    found = cut(style, at + 2, number(style, at))
    sprms_of(found)
    return found
