"""CSS declarations → what they do to a text that matters for reading it: hide it, raise it, strike it, colour it."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache
from typing import Any

Effects = dict[str, Any]
"""`gone`, `unseen`, `collapsed`, `tiny`, `faint`, `clear`, `away`, `raised`, `struck`: true or false. `colour` and
`ground`: red, green, blue from 0 to 255; None where nobody can tell (a picture, a gradient). What is not there is not
said."""
Colour = tuple[float, float, float]

_LIGHT = (
    r"(?:white(?:smoke)?|snow|ivory|transparent|#?(?:[ef][\da-f]){3}(?![\da-f])|#?[ef]{3}(?![\da-f])"
    r"|rgba?\(\s*2[2-5]\d\s*[, ]\s*2[2-5]\d\s*[, ]\s*2[2-5]\d)"
)
_SAID = {
    "display": r"display\s*:\s*none",
    "mso-hide": r"mso-hide",
    "visibility": r"visibility\s*:\s*(?:hidden|collapse)",
    "opacity": r"opacity\s*:\s*(?:0?\.0|0(?![\d.]))",
    "font-size": r"font-size\s*:\s*(?:0?\.\d|0(?![\d.])|1p)",
    "text-indent": r"text-indent\s*:\s*-\d{2}",
    "left": r"left\s*:\s*-\d{3}",
    "top": r"top\s*:\s*-\d{3}",
    "right": r"right\s*:\s*-\d{3}",
    "clip": r"clip(?:-path)?\s*:",
    "content-visibility": r"content-visibility",
    "scale": r"scale\w?\(\s*0",
    "line-through": r"line-through",
    "vertical-align": r"vertical-align\s*:\s*(?:super|sub|text-|-?[\d.]*[1-9])",
    "mso-text-raise": r"mso-text-raise",
    "position": r"position\s*:\s*relative",
    "color": rf"color(?<![-\w]color)\s*[:=]\s*[\"']?{_LIGHT}",
    "background": r"background(?:-color)?\s*[:=]\s*[\"']?(?:black|#0{3})",
    "bgcolor": r"bgcolor\s*[:=]\s*[\"']?(?:black|#0{3})",
}
"""What a declaration, or an attribute of old, may say for a text to be shown in another way than it is written; by
the word that it begins with."""
TELLING = re.compile("|".join(_SAID.values()).encode(), re.IGNORECASE)
_BY_WORD = {word.encode(): re.compile(pattern.encode()) for word, pattern in _SAID.items()}


def is_telling(source: bytes) -> bool:
    """Does `TELLING` find anything? Most words are not there, and looking for a word takes no time."""
    lowered = source.lower()
    return any(word in lowered and pattern.search(lowered) for word, pattern in _BY_WORD.items())


_LENGTH = re.compile(r"(-?[\d.]+)\s*(px|pt|em|rem|%|cm|mm|in|ex|ch|vw|vh|pc)?")
_PIXELS = {
    "pt": 4 / 3,
    "em": 16.0,
    "rem": 16.0,
    "cm": 38.0,
    "mm": 3.8,
    "in": 96.0,
    "ex": 8.0,
    "ch": 8.0,
    "pc": 16.0,
    "vw": 12.0,
}
_SMALLEST = 1.5
_FAR = -400
_FAINTEST = 0.05
_ALIKE = 16
"""So far may each of red, green and blue of a text be from its ground for nobody to see it."""
WHITE, BLACK = (255.0, 255.0, 255.0), (0.0, 0.0, 0.0)


@lru_cache(maxsize=1024)
def effects(declarations: str) -> Effects:
    """The declarations of a rule or of an attribute `style` → what they do."""
    return _effects(declared(declarations))


def declared(declarations: str) -> dict[str, str]:
    """The declarations by name, in small letters: of each the one that holds."""
    import tinycss2

    read: dict[str, str] = {}
    important: dict[str, str] = {}
    for node in tinycss2.parse_blocks_contents(declarations, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            target = important if node.important else read
            target[node.lower_name] = tinycss2.serialize(node.value).strip().lower()
    return {**read, **important}


def _effects(read: dict[str, str]) -> Effects:
    found: Effects = {}
    for name, value in read.items():
        is_said = name == "display" or (value not in _NOT_SAID and (name, value) not in _NO_GROUND)
        found.update((effect, of(value)) for effect, of in _OF.get(name, ()) if is_said)
    if read.get("position") in {"absolute", "fixed"} and "away" not in found:
        found["away"] = any(_pixels(read.get(side, "")) <= _FAR for side in ("left", "top", "right"))
    if read.get("position") == "relative" and any(_pixels(read.get(side, "")) for side in ("top", "bottom")):
        found["raised"] = True
    return found


def _pixels(value: str) -> float:
    match = _LENGTH.match(value)
    try:
        return float(match[1]) * _PIXELS.get(match[2], 1.0) if match else 0.0
    except ValueError:
        return 0.0


def _is_tiny(value: str) -> bool:
    match = _LENGTH.fullmatch(value)
    if match is None:
        return False
    return _pixels(value) == 0 if match[2] in {"%", "vw", "vh"} else _pixels(value) <= _SMALLEST


def _is_raised(value: str) -> bool:
    return value in {"super", "sub", "text-top", "text-bottom"} or _pixels(value) != 0


def _is_clipped(value: str) -> bool:
    numbers = re.findall(r"-?[\d.]+", value)
    if value.startswith("inset"):
        return any(_pixels(number) >= 50 for number in numbers)
    return value.startswith("rect") and len(set(numbers)) == 1


def colour(value: str) -> Colour | None:
    """A colour by name or numbers; None if it is none, or not seen through and through."""
    from tinycss2 import color4

    try:
        read = color4.parse_color(value if not re.fullmatch("[0-9a-f]{6}", value) else f"#{value}")
    except (ValueError, AttributeError):
        return None
    if read is None or isinstance(read, str):
        return None
    if read.space not in {"srgb", "hsl", "hwb"}:
        return None
    red, green, blue = (channel * 255 for channel in read.to("srgb").coordinates)
    return (red, green, blue) if read.alpha > _FAINTEST else None


def _ground(value: str) -> Colour | None:
    """The colour behind a text; `background` may also name a picture, of which nobody can tell."""
    if "url(" in value or "gradient" in value:
        return None
    return next((found for word in [value, *value.split()] if (found := colour(word))), None)


def _is_transparent(value: str) -> bool:
    return value == "transparent" or (value.startswith(("rgba", "hsla")) and colour(value) is None)


_NOT_SAID = {"none", "inherit", "initial", "unset", "revert"}
_NO_GROUND = {("background", "transparent"), ("background-color", "transparent")}
_Of = Callable[[str], Any]
_OF: dict[str, tuple[tuple[str, _Of], ...]] = {
    "display": (("gone", lambda value: value == "none"),),
    "mso-hide": (("gone", lambda value: value == "all"),),
    "visibility": (
        ("unseen", lambda value: value in {"hidden", "collapse"}),
        ("collapsed", lambda value: value == "collapse"),
    ),
    "content-visibility": (("faint", lambda value: value == "hidden"),),
    "font-size": (("tiny", _is_tiny),),
    "opacity": (("faint", lambda value: _pixels(value or "1") <= _FAINTEST),),
    "text-indent": (("away", lambda value: _pixels(value) <= _FAR),),
    "clip": (("away", _is_clipped),),
    "clip-path": (("away", _is_clipped),),
    "transform": (("faint", lambda value: re.match(r"scale\w?\(\s*0\s*[,)]", value) is not None),),
    "vertical-align": (("raised", _is_raised),),
    "mso-text-raise": (("raised", lambda value: _pixels(value) != 0),),
    "text-decoration": (("struck", lambda value: "line-through" in value),),
    "text-decoration-line": (("struck", lambda value: "line-through" in value),),
    "color": (("colour", colour), ("clear", _is_transparent)),
    "background-color": (("ground", _ground),),
    "background": (("ground", _ground),),
    "background-image": (("ground", lambda _: None),),
}


def is_alike(one: Colour | None, other: Colour | None) -> bool:
    """Are text and ground of one colour?"""
    return one is not None and other is not None and all(abs(a - b) <= _ALIKE for a, b in zip(one, other, strict=True))
