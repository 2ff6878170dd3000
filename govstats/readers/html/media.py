"""The condition of an at-rule → does it hold where reports are looked at: on a screen of common size?"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tinycss2

_SIZE = {"width": 1280.0, "height": 720.0, "device-width": 1280.0, "device-height": 720.0}
_SCREENS = {"all", "screen"}
_SAID = {
    "orientation": "landscape",
    "hover": "hover",
    "any-hover": "hover",
    "pointer": "fine",
    "any-pointer": "fine",
    "prefers-color-scheme": "light",
    "prefers-reduced-motion": "no-preference",
    "prefers-contrast": "no-preference",
    "forced-colors": "none",
    "scripting": "enabled",
    "update": "fast",
    "display-mode": "browser",
}
_FEATURE = re.compile(r"\(\s*([^()]*?)\s*\)")
_LENGTH = re.compile(r"(\d*\.?\d+)\s*(px|em|rem|cm|in|pt)?")
_PIXELS = {"em": 16.0, "rem": 16.0, "cm": 38.0, "in": 96.0, "pt": 4 / 3}
_RANGE = re.compile(r"(?:([\d.]+\s*\w*)\s*(<=?|>=?)\s*)?([a-z-]+)\s*(?:(<=?|>=?|=)\s*([\d.]+\s*\w*))?")


def holds(rule: tinycss2.ast.AtRule) -> bool:
    """Do the rules inside apply?"""
    import tinycss2

    keyword = rule.lower_at_keyword
    prelude = tinycss2.serialize(rule.prelude).strip().lower()
    if keyword == "media":
        return is_on_screens(prelude)
    return keyword == "layer" or (keyword == "supports" and not prelude.startswith("not"))


def is_on_screens(queries: str) -> bool:
    """Does one of the media that are named, with commas between them, hold?

    >>> is_on_screens("print, screen and (min-width: 800px)"), is_on_screens("not screen")
    (True, False)
    """
    return not queries.strip() or any(_holds(query.strip()) for query in queries.lower().split(","))


def _holds(query: str) -> bool:
    negated = query.startswith("not ")
    bare = query.removeprefix("not ").removeprefix("only ").strip()
    parts = [part.strip() for part in re.split(r"\band\b", bare)]
    return negated != all(map(_is_true, parts))


def _is_true(part: str) -> bool:
    feature = _FEATURE.fullmatch(part)
    if feature is None:
        return part in _SCREENS
    name, colon, value = (piece.strip() for piece in feature[1].partition(":"))
    if not colon:
        return _is_in_range(name)
    bound, _, side = name.partition("-")
    if bound in {"min", "max"} and side in _SIZE:
        length = _pixels(value)
        return _SIZE[side] >= length if bound == "min" else _SIZE[side] <= length
    return _SAID.get(name) == value


def _is_in_range(feature: str) -> bool:
    match = _RANGE.fullmatch(feature)
    if match is None or match[3] not in _SIZE:
        return match is not None and match[3] in {*_SAID, "color"} and not (match[2] or match[4])
    size = _SIZE[match[3]]
    return (match[1] is None or _compare(_pixels(match[1]), match[2], size)) and (
        match[4] is None or _compare(size, match[4], _pixels(match[5]))
    )


def _compare(one: float, sign: str, other: float) -> bool:
    return one <= other if sign[0] == "<" else one >= other if sign[0] == ">" else one == other


def _pixels(value: str) -> float:
    match = _LENGTH.match(value)
    return float(match[1]) * _PIXELS.get(match[2] or "", 1.0) if match else 0.0
