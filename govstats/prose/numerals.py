"""Chinese numerals → whole numbers: 三 → 3, 二十四 → 24, 一百零五 → 105."""

from __future__ import annotations

_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_PLACES = {"十": 10, "百": 100, "千": 1000}
NUMERAL = "一二两三四五六七八九十百千零〇"


def number_of(numeral: str) -> int | None:
    """The number; None for what is no numeral (十百, 三五)."""
    total = digit = 0
    last_place = 10_000
    for position, character in enumerate(numeral):
        if character in _PLACES:
            place = _PLACES[character]
            if place >= last_place or (digit == 0 and position > 0):
                return None
            total, digit, last_place = total + (digit or 1) * place, 0, place
        elif digit:
            return None
        else:
            digit = _DIGITS[character]
    return total + digit
