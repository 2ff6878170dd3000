"""What a text holds beside what is seen: characters without a shape, and the mark of a thing that is no text."""

from __future__ import annotations

import re
from functools import cache

import numpy as np

THING = "\ufffc"
"""Stands in a cell for what is seen there and is no text: a picture, a drawing, a field that only a script fills.
Unicode calls it the object replacement character. A cell with it is never blank and never a figure."""
STRUCK = "\u0336"
"""Behind what is struck out: it overlays the last character with a stroke. A figure with it is none."""
REVERSED = "\u202e"
"""Before what is shown from right to left. More than a digit with it is no figure."""
_RANGES = (
    *((0xAD, 0xAD), (0x34F, 0x34F), (0x61C, 0x61C), (0x115F, 0x1160), (0x17B4, 0x17B5), (0x180B, 0x180F)),
    *((0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0x3164, 0x3164), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF)),
    *((0x2800, 0x2800), (0xFFA0, 0xFFA0), (0xE0000, 0xE0FFF)),
)
"""What Unicode lets every font leave out (Default_Ignorable_Code_Point), the marks of direction, a blank of Braille."""
_SHAPELESS = re.compile("[" + "".join([f"{chr(first)}-{chr(last)}" for first, last in _RANGES]) + "]")
COMMON = frozenset(
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Those of them that texts have."""


_LONG = 500
"""Characters from which on a text is looked through as numbers, in a third of the time."""
_SURROGATES = (0xD800, 0xDFFF)


@cache
def _shapeless_units() -> np.ndarray:
    """Which units of UTF-16 may be of a character without a shape."""
    units = np.zeros(0x10000, bool)
    for first, last in (*_RANGES, _SURROGATES):
        units[first : last + 1] = True
    return units


def is_shapely(text: str) -> bool:
    """Has every character of it a shape?"""
    if len(text) >= _LONG:
        units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), np.uint16)
        if not _shapeless_units().take(units).any():
            return True
    return _SHAPELESS.search(text) is None


def without_shapeless(text: str) -> str:
    """The text as it is seen: no characters without a shape.

    >>> without_shapeless("\\ufeff行政\\u200b许可")
    '行政许可'
    """
    return text if is_shapely(text) else _SHAPELESS.sub("", text)


def is_reversed(text: str) -> bool:
    """Is it shown from right to left, so that 12 is seen as 21?"""
    return REVERSED in text
