"""CSS declarations → what they do to a text that matters for reading it: hide it, raise it, strike it, colour it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from govstats.readers.html.colours import FAINTEST, colour, ground, is_alike, is_transparent
from govstats.readers.html.displaced import is_displaced, is_seen_by_its_ground, parts_its_children
from govstats.readers.html.lengths import (
    FAR,
    LENGTH,
    is_moved_away,
    is_moved_up_or_down,
    is_scaled_away,
    is_turned,
    pixels,
)
from govstats.readers.html.painted import painting

Effects = dict[str, Any]
"""`gone`, `unseen`, `collapsed`, `tiny`, `faint`, `clear`, `away`, `raised`, `struck`, `reversed`, `reordered` (the
parts of a box), `shadowed`, `veiled` (seen as dots, or not sharp), `displaced`, `parting`: true or false; so are
`narrow`, `flat`, `cut`, `boxed`, `afloat` and `spread`, which hide a text together,
and `shrunk`, `moved`, `lifted`, `turned`, which count for boxes.
`colour` and `ground`: red, green, blue from 0 to 255; None where nobody can tell (a picture, a gradient). What is not
there is not said."""

_CLEAR = r"#[\da-f]{3}0(?![\da-f])|#[\da-f]{6}00|(?:rgb|hsl)a?\([^()]*[,/]\s*(?:0?\.0\d*|0)\s*%?\s*\)"
_LIGHT = (
    r"(?:(?:ghost|floral)?white(?:smoke)?|(?:canvas|window)(?!text)|snow|ivory|azure|mintcream|aliceblue|honeydew|lavenderblush|transparent"
    r"|#?(?:[ef][\da-f]){3}(?![\da-f])|#?[ef]{3}(?![\da-f])"
    r"|rgba?\(\s*(?:2[2-5]\d[\d.]*\s*[, ]\s*2[2-5]\d[\d.]*\s*[, ]\s*2[2-5]\d|[\d.]+%)"
    rf"|hsla?\(|hwb\(|(?:ok)?l(?:ab|ch)\(|color(?:-mix)?\(|{_CLEAR})"
)
_NO_SIDE = r"(?<![-\w])(?:max-)?(?:width|height)\s*:\s*(?:0(?![\d.])|0?\.\d|1px)"
_CUT = r"overflow[\w-]*\s*:\s*(?:hidden|clip)"
_SAID = {
    "display": r"display\s*:\s*(?:none|table-column)",
    "mso-hide": r"mso-hide",
    "visibility": r"visibility\s*:\s*(?:hidden|collapse)",
    "opacity": r"opacity\s*:\s*(?:0?\.0|0(?![\d.]))",
    "font-size": r"font-size\s*:\s*(?:0?\.\d|0(?![\d.])|1p|(?:calc|min|max)\()",
    "text-indent": r"text-indent\s*:\s*-\d{2}",
    "left": r"left\s*:\s*-\d{2}",
    "top": r"top\s*:\s*-\d{2}",
    "right": r"right\s*:\s*-\d{2}",
    "clip": r"clip(?:-path)?\s*:",
    "content-visibility": r"content-visibility",
    "scale": r"scale\w?(?:\(|\s*:)\s*0",
    "transform": r"(?<![-\w])transform\s*:[^;}\"']*(?:translate|matrix|rotate|scale\w?\([^)]*-)",
    "translate": r"(?<![-\w])translate\s*:",
    "zoom": r"zoom\s*:\s*(?:0?\.0|0(?![\d.]))",
    "font": r"(?<![-\w])font\s*:[^;}\"']{0,60}?(?<![\w.])(?:0(?![\d.])|0?\.\d|1p)",
    "font-variant": r"font-variant(?:-position)?\s*:[^;}]{0,200}su[pb]",
    "font-feature": r"font-feature-settings\s*:[^;}]{0,200}su[pb]s",
    "filter": r"(?<![-\w])filter\s*:[^;}]{0,200}(?:opacity\(\s*0|blur\(\s*[1-9])",
    "text-security": r"text-security\s*:",
    "fill-color": rf"text-fill-color\s*:\s*{_LIGHT}",
    "unicode-bidi": r"unicode-bidi\s*:[^;}]{0,200}override",
    "reverse": r"(?:row|column)-reverse",
    "overflow": rf"{_CUT}[^{{}}]{{0,200}}?(?:{_NO_SIDE}|text-indent)|(?:{_NO_SIDE}|text-indent)[^{{}}]{{0,200}}?{_CUT}",
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
_INK = re.compile(rb"""(?<![-\w])color\s*[:=]\s*["']?([^;"'{}!>]+)""")
_GROUNDS = re.compile(rb"""(?:background(?:-color)?|bgcolor)\s*[:=]\s*["']?([^;"'{}!>]+)""")


def is_telling(source: bytes) -> bool:
    """May it show a text in another way than it is written, or not at all? Most words are not there, and looking for a
    word takes no time."""
    lowered = source.lower()
    return any(word in lowered and pattern.search(lowered) for word, pattern in _BY_WORD.items()) or (
        (b"background" in lowered or b"bgcolor" in lowered) and _is_on_its_own_colour(lowered)
    )


def _is_on_its_own_colour(lowered: bytes) -> bool:
    return _are_alike(_INK.findall(lowered), _GROUNDS.findall(lowered))


def may_be_on_its_own_colour(tags: bytes, sheet: bytes) -> bool:
    """Is a colour of a text, in a tag or in the page's style, that of a ground in the other one, or in a tag?"""
    tags = tags.lower()
    if b"color" not in tags and b"background" not in tags:
        return False
    inks, grounds = frozenset(_INK.findall(tags)), frozenset(_GROUNDS.findall(tags))
    if not (inks or grounds):
        return False
    said = sheet.lower() if sheet else b""
    return _are_alike(inks, [*grounds, *(_GROUNDS.findall(said) if inks else ())]) or (
        bool(grounds) and _are_alike(_INK.findall(said), grounds)
    )


def _are_alike(inks: Iterable[bytes], grounds: Iterable[bytes]) -> bool:
    behind = {ground(each.decode("utf-8", "replace").strip()) for each in grounds}
    seen = {colour(each.decode("utf-8", "replace").strip()) for each in inks} if behind else set()
    return any(is_alike(ink, each) for ink in seen for each in behind)


_OF_NOTHING = re.compile(r"(?:calc|min|max)\((?:[-+*,\s]|0(?:\.0*)?(?:[a-z]+|%)?(?![\d.]))*\)")
"""A length that is made of nothing but zeros."""
_SMALLEST = 1.5


@lru_cache(maxsize=1024)
def effects(declarations: str) -> Effects:
    """The declarations of a rule or of an attribute `style` → what they do."""
    return _effects(declared(declarations))


@lru_cache(maxsize=1024)
def pressing(declarations: str) -> Effects:
    """What those of them do that count more than any other (`!important`)."""
    return _effects(important(declarations)) if "!" in declarations else {}


def declared(declarations: str) -> dict[str, str]:
    """The declarations by name, in small letters: of each the one that holds."""
    usual, pressed = _read(declarations)
    return {**usual, **pressed}


def important(declarations: str) -> dict[str, str]:
    """Those of them that count more than any other."""
    return _read(declarations)[1]


def _read(declarations: str) -> tuple[dict[str, str], dict[str, str]]:
    """The usual declarations and the important ones."""
    import tinycss2

    usual: dict[str, str] = {}
    pressed: dict[str, str] = {}
    for node in tinycss2.parse_blocks_contents(declarations, skip_comments=True, skip_whitespace=True):
        if node.type == "declaration":
            target = pressed if node.important else usual
            target[node.lower_name] = tinycss2.serialize(node.value).strip().lower()
    return usual, pressed


def _effects(read: dict[str, str]) -> Effects:
    found: Effects = {}
    for name, value in read.items():
        is_said = name in _SAID_BY_NONE or (value not in _NOT_SAID and (name, value) not in _NO_GROUND)
        for effect, of in _OF.get(name, ()) if is_said else ():
            does = of(value)
            if does or (name not in _ONLY_IF_TRUE and found.get(effect) is not True):
                found[effect] = does
    if read.get("position") in {"absolute", "fixed"} and "away" not in found:
        found["away"] = any(pixels(read.get(side, "")) <= FAR for side in ("left", "top", "right"))
    if read.get("position") == "relative" and any(pixels(read.get(side, "")) for side in ("top", "bottom")):
        found["raised"] = True
    if found.get("cut") and re.fullmatch(r"[1-9]\d{2,}%", read.get("text-indent", "")):
        found["away"] = True
    if read.get("direction") == "rtl" and "override" in read.get("unicode-bidi", ""):
        found["reversed"] = True
    found.update(painting(read))
    found.update({effect: True for effect, does in _LAID_OUT.items() if does(read)})
    if is_seen_by_its_ground(read):
        found = {effect: does for effect, does in found.items() if effect not in {"clear", "colour"}}
    return found


def _is_tiny(value: str) -> bool:
    value = "0" if _OF_NOTHING.fullmatch(value) else value
    match = LENGTH.fullmatch(value)
    if match is None:
        return False
    return pixels(value) == 0 if match[2] in {"%", "vw", "vh"} else pixels(value) <= _SMALLEST


def _is_tiny_font(value: str) -> bool:
    """`font`: its size is the first length, or a number that comes to nothing; other numbers are weights."""
    sizes = [word.partition("/")[0] for word in value.split()]
    size = next((each for each in sizes if each[:1] in set(".0123456789") and not _WEIGHT.fullmatch(each)), "")
    return _is_tiny(size)


def _is_nothing(value: str) -> bool:
    """A width or height in which nothing is seen."""
    return _is_tiny(value)


def _is_raised(value: str) -> bool:
    return value in {"super", "sub", "text-top", "text-bottom"} or pixels(value) != 0


def _is_clipped(value: str) -> bool:
    numbers = re.findall(r"-?[\d.]+", value)
    if value.startswith(("circle", "ellipse")):
        return bool(numbers) and pixels(numbers[0]) == 0
    if value.startswith("polygon"):
        return len(set(value[8:].strip("() ").split(","))) == 1 or not any(map(pixels, numbers))
    if value.startswith("inset"):
        return any(pixels(number) >= 50 for number in numbers)
    return value.startswith("rect") and len(set(numbers)) == 1


_WEIGHT = re.compile(r"[1-9]\d*")
_SMALL_LETTERS = re.compile(r"\bsu(?:per|b)\b")
_SMALL_FEATURES = re.compile(r"""["']su[pb]s["']\s*(?!0|off)""")
_BOXES = {"block", "inline-block", "flex", "inline-flex", "grid", "inline-grid", "flow-root", "list-item"}
_NOT_SAID = {"none", "inherit", "initial", "unset", "revert"}
_SAID_BY_NONE = {"display", "text-decoration", "text-decoration-line"}
_NO_GROUND = {("background", "transparent"), ("background-color", "transparent")}
_Of = Callable[[str], Any]
_OF: dict[str, tuple[tuple[str, _Of], ...]] = {
    "display": (
        ("gone", lambda value: value in {"none", "table-column", "table-column-group"}),
        ("boxed", lambda value: value in _BOXES),
    ),
    "mso-hide": (("gone", lambda value: value == "all"),),
    "visibility": (
        ("unseen", lambda value: value in {"hidden", "collapse"}),
        ("collapsed", lambda value: value == "collapse"),
    ),
    "content-visibility": (("faint", lambda value: value == "hidden"),),
    "font-size": (("tiny", _is_tiny),),
    "opacity": (("faint", lambda value: pixels(value or "1") <= FAINTEST),),
    "text-indent": (("away", lambda value: pixels(value) <= FAR),),
    "clip": (("away", _is_clipped),),
    "clip-path": (("away", _is_clipped),),
    "zoom": (("raised", lambda value: pixels(value or "1") == 0),),
    "scale": (("shrunk", lambda value: any(pixels(each) == 0 for each in value.split())),),
    "filter": (
        ("faint", lambda value: re.search(r"opacity\(\s*0?\.?0*%?\s*\)", value) is not None),
        ("veiled", lambda value: re.search(r"blur\(\s*[1-9]", value) is not None),
    ),
    "transform": (
        ("shrunk", is_scaled_away),
        ("moved", is_moved_away),
        ("lifted", is_moved_up_or_down),
        ("turned", is_turned),
    ),
    "translate": (
        ("moved", lambda value: min(map(pixels, value.split())) <= FAR),
        ("lifted", lambda value: any(map(pixels, value.split()[1:2]))),
    ),
    "margin-left": (("away", lambda value: pixels(value) <= FAR),),
    "margin-top": (("moved", lambda value: pixels(value) <= FAR),),
    "text-shadow": (("shadowed", lambda value: value != "none"),),
    "font": (("tiny", _is_tiny_font),),
    "font-variant": (("raised", lambda value: _SMALL_LETTERS.search(value) is not None),),
    "font-variant-position": (("raised", lambda value: value in {"super", "sub"}),),
    "font-feature-settings": (("raised", lambda value: _SMALL_FEATURES.search(value) is not None),),
    "flex-direction": (("reordered", lambda value: value.endswith("reverse")),),
    "flex-flow": (("reordered", lambda value: "reverse" in value),),
    "width": (("narrow", _is_nothing),),
    "max-width": (("narrow", _is_nothing),),
    "height": (("flat", _is_nothing),),
    "max-height": (("flat", _is_nothing),),
    "overflow": (("cut", lambda value: bool({"hidden", "clip"}.intersection(value.split()))),),
    "overflow-x": (("cut", lambda value: value in {"hidden", "clip"}),),
    "overflow-y": (("cut", lambda value: value in {"hidden", "clip"}),),
    "float": (("afloat", lambda value: value in {"left", "right"}),),
    "position": (("afloat", lambda value: value in {"absolute", "fixed"}),),
    **dict.fromkeys(
        ("padding", "padding-top", "padding-bottom", "padding-left", "padding-right", "min-width", "min-height"),
        (("spread", lambda value: any(map(pixels, value.split()))),),
    ),
    **dict.fromkeys(("flex", "flex-grow"), (("spread", lambda value: value[:1] != "0"),)),
    "vertical-align": (("raised", _is_raised),),
    "mso-text-raise": (("raised", lambda value: pixels(value) != 0),),
    **dict.fromkeys(("text-decoration", "text-decoration-line"), (("struck", lambda value: "line-through" in value),)),
    "text-line-through": (("struck", lambda _: True),),
    **dict.fromkeys(("-webkit-text-security", "text-security"), (("veiled", lambda _: True),)),
    "color": (("colour", colour), ("clear", is_transparent)),
    "-webkit-text-fill-color": (("colour", colour), ("clear", is_transparent)),
    "background-color": (("ground", ground),),
    "background": (("ground", ground),),
    "background-image": (("ground", lambda _: None),),
}
_LAID_OUT = {"displaced": is_displaced, "parting": parts_its_children}
_ONLY_IF_TRUE = {
    *("transform", "translate", "scale", "zoom", "filter", "flex-direction", "flex-flow", "flex", "flex-grow"),
    *("font-variant", "font-variant-position", "font-feature-settings", "float", "position", "padding", "padding-top"),
    *("padding-bottom", "padding-left", "padding-right", "min-width", "min-height", "margin-left", "margin-top"),
}
"""What they say to have no effect says nothing of what others have."""
