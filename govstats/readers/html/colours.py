"""A colour of CSS → red, green, blue; and whether a text of it is seen on another."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

Colour = tuple[float, float, float]

FAINTEST = 0.05
"""What is less seen than this is not."""
_ALIKE = 16
"""So far may each of red, green and blue of a text be from its ground for nobody to see it."""
_OF_SYSTEM = dict.fromkeys(("canvas", "window", "field", "buttonhighlight"), "white") | dict.fromkeys(
    ("canvastext", "windowtext", "fieldtext", "buttontext", "text"), "black"
)
_BY_LIGHTNESS = {"lab": 100.0, "lch": 100.0, "oklab": 1.0, "oklch": 1.0}
_NO_CHROMA = {"lab": 4.0, "lch": 4.0, "oklab": 0.02, "oklch": 0.02}
_LIGHT, _DARK = 0.95, 0.05
WHITE, BLACK = (255.0, 255.0, 255.0), (0.0, 0.0, 0.0)


@lru_cache(maxsize=1024)
def colour(value: str) -> Colour | None:
    """A colour by name or numbers; None if it is none, or not seen through and through."""
    from tinycss2 import color4

    value = _OF_SYSTEM.get(value, value)
    try:
        read = color4.parse_color(value if not re.fullmatch("[0-9a-f]{6}", value) else f"#{value}")
    except (ValueError, AttributeError):
        return None
    if read is None or isinstance(read, str):
        return None
    if read.alpha <= FAINTEST:
        return None
    if read.space in _BY_LIGHTNESS:
        return _by_lightness(read.coordinates[0] / _BY_LIGHTNESS[read.space], read.coordinates[1:], read.space)
    try:
        red, green, blue = (channel * 255 for channel in read.to("srgb").coordinates)
    except (NotImplementedError, TypeError, ValueError):
        return None
    return red, green, blue


def _by_lightness(light: float, rest: Sequence[float | None], space: str) -> Colour | None:
    """White and black; of other colours that are told by their lightness nothing is known."""
    if light >= _LIGHT or light <= _DARK:
        chroma = [abs(each or 0.0) for each in rest[: 1 if space.endswith("lch") else 2]]
        return (WHITE if light >= _LIGHT else BLACK) if all(each < _NO_CHROMA[space] for each in chroma) else None
    return None


@lru_cache(maxsize=1024)
def ground(value: str) -> Colour | None:
    """The colour behind a text; `background` may also name a picture, of which nobody can tell."""
    if "url(" in value or "gradient" in value:
        return None
    return next((found for word in [value, *value.split()] if (found := colour(word))), None)


def is_transparent(value: str) -> bool:
    """Is it a colour that is not seen?"""
    from tinycss2 import color4

    try:
        read = color4.parse_color(value)
    except (ValueError, AttributeError):
        return False
    return read is not None and not isinstance(read, str) and read.alpha <= FAINTEST


def is_alike(one: Colour | None, other: Colour | None) -> bool:
    """Are text and ground of one colour?"""
    return one is not None and other is not None and all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
