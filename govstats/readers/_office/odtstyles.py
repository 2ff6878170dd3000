"""The styles of an OpenDocument file → what sets text apart: raised, struck out, hidden, white.

A raised 1 behind 12 is a note, not 121.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from enum import IntEnum

from govstats.readers._office.odfnames import FO, STYLE, TEXT
from govstats.readers._office.tree import Element

_WHITE = re.compile(r"#(?:[Ff][0-9A-Fa-f]){3}")

_TINY = re.compile(r"(?:0(?:\.\d+)?|1(?:\.0+)?)pt")
"""Letters of one point are none to a reader."""


class Look(IntEnum):
    """What a style makes of text; of several the greatest holds."""

    PLAIN = 0
    APART = 1
    STRUCK = 2
    HIDDEN = 3


Said = Mapping[str, Look | None]
"""What a style says of text, by kind of setting; None: that it is not set apart."""
Special = Mapping[tuple[str, str], Said]
"""What styles say, with what they take over from their parents, by family and name; without a name: what all have."""


def look_of(said: Said) -> Look:
    """What is made of a text of which this holds."""
    return max((look for look in said.values() if look), default=Look.PLAIN)


def special_styles(*roots: Element) -> Special:
    """Styles of characters, paragraphs and cells; none if no style sets anything apart."""
    said: dict[tuple[str, str], Said] = {}
    parents: dict[tuple[str, str], str] = {}
    for style in (each for root in roots for each in root.iter(f"{STYLE}style", f"{STYLE}default-style")):
        key = style.get(f"{STYLE}family") or "", style.get(f"{STYLE}name") or ""
        text = style.find(f"{STYLE}text-properties")
        said[key] = _said(text, roots) if text is not None else {}
        parents[key] = style.get(f"{STYLE}parent-style-name") or ""
    if not any(look for each in said.values() for look in each.values()):
        return {}
    return {key: _with_ancestors(key, said, parents) for key in said}


def _with_ancestors(
    key: tuple[str, str], said: Mapping[tuple[str, str], Said], parents: Mapping[tuple[str, str], str]
) -> Said:
    """What a style says, and those that it is based on where it says nothing; a circle of them ends."""
    family, name = key
    found = dict(said[key])
    for _ in range(len(parents)):
        if not name:
            break
        name = parents.get((family, name), "")
        found = {**said.get((family, name), {}), **found}
    return found


def _said(node: Element, roots: Sequence[Element]) -> Said:
    """What the settings of a text say. White text may be seen where anything in the document has a background."""
    found: dict[str, Look | None] = {}
    if display := node.get(f"{TEXT}display"):
        found["display"] = Look.HIDDEN if display == "none" else None
    if size := node.get(f"{FO}font-size"):
        found["size"] = Look.HIDDEN if _TINY.fullmatch(size) else None
    lines = [node.get(f"{STYLE}text-line-through-{each}") for each in ("type", "style")]
    if any(lines):
        found["line"] = Look.STRUCK if any(line not in (None, "none") for line in lines) else None
    if colour := node.get(f"{FO}color"):
        found["colour"] = _coloured(colour, node.get(f"{FO}background-color"), roots)
    if node.get(f"{STYLE}text-position"):
        found["raised"] = Look.APART if _is_raised(node) else None
    return found


def _coloured(colour: str, ground: str | None, roots: Sequence[Element]) -> Look | None:
    if colour == ground:
        return Look.HIDDEN
    if _WHITE.fullmatch(colour) and not ground:
        return Look.APART if any(map(_has_shade, roots)) else Look.HIDDEN
    return None


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
