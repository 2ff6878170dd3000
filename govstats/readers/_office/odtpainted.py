"""An OpenDocument text → blank cells that show a picture behind them, and styles of shapes that are filled with one.

A picture that is also behind a cell with a text only adorns the table.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from govstats.readers._office.odfnames import DRAW, OFFICE, STYLE, TABLE, TEXT
from govstats.readers._office.tree import Element

_HREF = "{http://www.w3.org/1999/xlink}href"
_IMAGE = f"{STYLE}background-image"
_CELL, _PARAGRAPH = f"{TABLE}table-cell", f"{TEXT}p"
_NAMES = {_CELL: f"{TABLE}style-name", _PARAGRAPH: f"{TEXT}style-name"}
_FAMILIES = {_CELL: "table-cell", _PARAGRAPH: "paragraph"}


class Painted(NamedTuple):
    """`cells`: those that show nothing but a picture behind them; `shapes`: styles of shapes filled with a picture."""

    cells: frozenset[Element]
    shapes: frozenset[str]


def painted(root: Element, *others: Element) -> Painted:
    """What of the text, which is styled by itself and by other parts, is painted with pictures."""
    pictures: dict[tuple[str, str], str] = {}
    shapes = set()
    parts = [part for each in (*others, root) for part in each if part.tag != f"{OFFICE}body"]
    for style in (style for part in parts for style in part.iter(f"{STYLE}style")):
        family, name = (style.get(f"{STYLE}{what}") or "" for what in ("family", "name"))
        for image in style.iter(_IMAGE):
            if picture := image.get(_HREF) or "".join(image.itertext()).strip():
                pictures[family, name] = picture
        if family == "graphic" and any(each.get(f"{DRAW}fill") == "bitmap" for each in style):
            shapes.add(name)
    return Painted(_blank(root, pictures) if pictures else frozenset(), frozenset(shapes))


def _blank(root: Element, pictures: Mapping[tuple[str, str], str]) -> frozenset[Element]:
    body = root.find(f"{OFFICE}body")
    found: dict[Element, set[str]] = {}
    adorn: set[str] = set()
    for cell in body.iter(_CELL) if body is not None else ():
        behind = {
            pictures.get((_FAMILIES[node.tag], node.get(_NAMES[node.tag]) or ""), "")
            for node in (cell, *cell.iter(_PARAGRAPH))
        } - {""}
        if behind and "".join(cell.itertext()).strip():
            adorn |= behind
        elif behind:
            found[cell] = behind
    return frozenset(cell for cell, behind in found.items() if not behind <= adorn)
