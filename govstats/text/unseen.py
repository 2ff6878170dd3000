"""What a text holds beside what is seen: characters without a shape, and the mark of a thing that is no text."""

from __future__ import annotations

import re

THING = "\ufffc"
"""Stands in a cell for what is seen there and is no text: a picture, a drawing, a field that only a script fills.
Unicode calls it the object replacement character. A cell with it is never blank and never a figure."""
STRUCK = "\u0336"
"""Behind what is struck out: it overlays the last character with a stroke. A figure with it is none."""
_REVERSES = "\u202e"
_SHAPELESS = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
"""What Unicode lets every font leave out (Default_Ignorable_Code_Point), and the marks of direction."""
COMMON = frozenset(
    "\u00ad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2060\u2066\u2067\u2068\u2069\ufe0e\ufe0f\ufeff"
)
"""Those of them that texts have."""


def is_shapely(text: str) -> bool:
    """Has every character of it a shape?"""
    return _SHAPELESS.search(text) is None


def without_shapeless(text: str) -> str:
    """The text as it is seen: no characters without a shape.

    >>> without_shapeless("\\ufeff行政\\u200b许可")
    '行政许可'
    """
    return text if is_shapely(text) else _SHAPELESS.sub("", text)


def is_reversed(text: str) -> bool:
    """Is it shown from right to left, so that 12 is seen as 21?"""
    return _REVERSES in text
