"""The styles of an OpenDocument file → what sets text apart: raised, struck out, hidden, white.

A raised 1 behind 12 is a note, not 121.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import IntEnum

from govstats.readers._office.odfnames import FO, STYLE, TEXT
from govstats.readers._office.tree import Element

_WHITE = re.compile(r"#(?:[Ff][0-9A-Fa-f]){3}")

_TINY = re.compile(r"(?:0(?:\.\d+)?|1(?:\.0+)?)pt")
"""Letters of one point are none to a reader."""


class Look(IntEnum):
    """What a style makes of text; of several the greatest holds."""

    APART = 1
    STRUCK = 2
    HIDDEN = 3


def special_styles(*roots: Element) -> dict[str, Look]:
    """Styles of characters, paragraphs and cells, by their names, each with what it takes over from its parents."""
    looks: dict[str, Look] = {}
    for node in (each for root in roots for each in root.iter(f"{STYLE}text-properties")):
        style, look = node.getparent(), _look(node, roots)
        if style is not None and look:
            name = style.get(f"{STYLE}name") or ""
            looks[name] = max(looks.get(name, look), look)
    styles = (style for root in roots for style in root.iter(f"{STYLE}style")) if looks else ()
    parents = {style.get(f"{STYLE}name") or "": style.get(f"{STYLE}parent-style-name") or "" for style in styles}
    for name in parents:
        inherited = [looks[each] for each in _ancestors(name, parents) if each in looks]
        if inherited:
            looks[name] = max(looks.get(name, inherited[0]), *inherited)
    return looks


def _ancestors(name: str, parents: dict[str, str]) -> Iterator[str]:
    """Those that a style is based on; a circle of them ends."""
    for _ in range(len(parents)):
        name = parents.get(name, "")
        if not name:
            return
        yield name


def _look(node: Element, roots: Sequence[Element]) -> Look | None:
    """White text may be seen where anything in the document has a background."""
    if node.get(f"{TEXT}display") == "none" or _TINY.fullmatch(node.get(f"{FO}font-size") or ""):
        return Look.HIDDEN
    if node.get(f"{STYLE}text-line-through-style") not in (None, "none") or node.get(
        f"{STYLE}text-line-through-type"
    ) not in (None, "none"):
        return Look.STRUCK
    colour = node.get(f"{FO}color")
    if colour and colour == node.get(f"{FO}background-color"):
        return Look.HIDDEN
    if _WHITE.fullmatch(colour or "") and not node.get(f"{FO}background-color"):
        return Look.APART if any(map(_has_shade, roots)) else Look.HIDDEN
    return Look.APART if _is_raised(node) else None


def _has_shade(root: Element) -> bool:
    """Is there any background but white?"""
    for node in root.iter():
        colour = node.get(f"{FO}background-color")
        if colour and colour != "transparent" and not _WHITE.fullmatch(colour):
            return True
    return False


def _is_raised(node: Element) -> bool:
    """`super 58%`, `-33% 58%`; `0% 100%` is none."""
    shift, *_ = (node.get(f"{STYLE}text-position") or "0%").split() or ["0%"]
    return shift.strip("-0.%") != ""
