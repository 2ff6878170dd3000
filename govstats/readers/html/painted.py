"""CSS declarations → is a picture painted behind an element? Where no text is, it is what the eye sees."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

PAINTS = re.compile(
    rb"(?<![-\w])(?:background(?:-image)?|content)\s*:[^;{}]{0,1000}?(?:url|image-set)\(", re.IGNORECASE
)
_PICTURE = re.compile(r"""(?:url|image-set)\(\s*["']?\s*([^"')\s]+)""")
_CALL = re.compile(r"""(?<![\w-])[\w-]+\((?:"[^"]*"|'[^']*'|[^()"']|\([^()]*\))*\)""")
_ONE_PIXEL = ("data:image/gif;base64,r0lgodlhaqab", "data:image/png;base64,ivborw0kggoaaaansuheugaaaaeaaaab")
"""How pictures of one pixel begin, in small letters."""
_TILED = re.compile(r"(?<![\w-])(?:repeat(?:-[xy])?|round|space)(?![\w-])")
_WHERE = re.compile(r"(?<![\w#-])(?:-?[\d.]+(?:px|em|rem|pt|%)?|left|right|top|bottom|center)(?![\w-])")
_NOTHING = re.compile(r"0(?:px|%|em|pt)?(?:\s+0(?:px|%|em|pt)?)?")


def painting(read: Mapping[str, str]) -> dict[str, Any]:
    """Declarations by name → `pictured`: the picture, empty if none is seen; `tiled`: it is the texture of a ground;
    `placed`: which part of it is seen; `replaced`: it stands instead of what the element holds."""
    found: dict[str, Any] = {}
    for name in ("background", "background-image"):
        if name in read:
            found["pictured"] = _picture(read[name])
    for name in ("background", "background-repeat"):
        if name in read:
            found["tiled"] = _TILED.search(_CALL.sub(" ", read[name])) is not None
    for name in ("background", "background-position", "background-position-x", "background-position-y"):
        if name in read:
            found["placed"] = " ".join(_WHERE.findall(_CALL.sub(" ", read[name])))
    if _NOTHING.fullmatch(read.get("background-size", "")):
        found["pictured"] = ""
    if _picture(read.get("content", "")):
        found["replaced"] = True
    return found


def _picture(value: str) -> str:
    """The first picture of a value that is more than a pixel."""
    return next((each for each in _PICTURE.findall(value) if not each.startswith(_ONE_PIXEL)), "")
