"""Labels whose bytes slipped by one → the labels as they were, as far as their bytes are left.

A mirror that loses the first byte of the ideographic space before `（一）` reads all GBK pairs behind it one byte late,
up to the next ASCII character: `?。ㄒ唬┯枰怨`. What results for each ordinal is worked out from the encoding itself.
Pairs that GBK does not have come out as private characters, as `?`, or not at all.
"""

from __future__ import annotations

import re
from functools import cache

_ORDINALS = "一二三四五六七八九十"
_SPACE_HALF = b"\xa1"
_BRACKET_HALF = b"\xa9"
"""The first byte of `）`, which makes a pair with the first byte of what comes behind it."""
_HOLE = re.compile("[?？\ufffd]")
_NO_PAIR = "[?？\ufffd\ue000-\uf8ff]"
_ASCII = re.compile(r"[\x00-\x7f]")


def _slipped(ordinal: str) -> str:
    """A pattern for what `（一）` has become, without its last byte."""
    data = _SPACE_HALF + f"（{ordinal}）".encode("gbk")
    return "".join(_shown(data[at : at + 2]) for at in range(0, 6, 2))


def _shown(pair: bytes) -> str:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return f"{_NO_PAIR}?"


@cache
def _openings() -> dict[str, re.Pattern[str]]:
    """Ordinal → what `（一）` has become. Few documents need it, so it is made when one does."""
    return {ordinal: re.compile(rf"(?:{_NO_PAIR}|\s)*{_slipped(ordinal)}") for ordinal in _ORDINALS}


def mended(text: str) -> str:
    """The label with its ordinal in brackets again, and its words up to the first hole; or the label as it is.

    >>> mended("?。ㄒ唬┯枰怨")
    '（一）予以'
    """
    if "。" not in text:
        return text
    for ordinal, opening in _openings().items():
        match = opening.match(text)
        rest = text[match.end() :] if match else ""
        if rest.startswith(f"{ordinal}）"):
            return f"（{rest}"
        if rest[:1] in {")", "）"} and match and not match[0].endswith("。"):
            return f"（{ordinal}{rest}"
        if rest and _bytes(rest[0]).startswith(_BRACKET_HALF):
            return f"（{ordinal}）{_earlier(_HOLE.split(rest)[0])}"
    return text


def _earlier(text: str) -> str:
    """Pairs that are read one byte late, read aright; what stands behind the first ASCII character never slipped."""
    ascii_at = _ASCII.search(text)
    end = ascii_at.start() if ascii_at else len(text)
    return _bytes(text[:end])[1:].decode("gb18030", "ignore") + text[end:]


def _bytes(text: str) -> bytes:
    return text.encode("gb18030", "ignore")
