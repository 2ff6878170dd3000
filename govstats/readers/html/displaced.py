"""Digits that stand side by side in the source and not on the page: a style lays one of them out elsewhere.

`20<span style="margin-left:3em">3</span>` is seen as 20 and 3, never as 203. Only a page in which a tag stands between
two digits is looked at for this.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborNode

from govstats.readers.html.lengths import pixels
from govstats.readers.html.tree import cell_of
from govstats.readers.html.written import Written
from govstats.text.labels import has_han

_WORDS = re.compile(
    rb"margin|padding|float|position\s*:|order\s*:|gradient\(|display\s*:\s*(?:inline-)?(?:block|flex|grid|table|list|flow)"
    rb"|baseline-shift",
    re.IGNORECASE,
)
_SIDES = ("", "-left", "-right", "-top", "-bottom", "-inline", "-inline-start", "-inline-end")
_LEAST = 4.0
"""Pixels between two digits that are seen as a gap."""
_LINES_OF_THEIR_OWN = {"block", "flex", "grid", "table", "list-item", "flow-root"}
_GAPS = ("gap", "column-gap", "grid-gap")


def may_displace(page: Written, tags: bytes, sheet: bytes) -> bool:
    """May a style lay out a digit elsewhere than behind the one that it follows? `tags`: those of the page."""
    return page.has_broken_figures and (_WORDS.search(tags) is not None or _WORDS.search(sheet) is not None)


def is_displaced(read: Mapping[str, str]) -> bool:
    """Declarations by name → is what they are for not where its neighbours in the source are, or drawn over?"""
    if read.get("display") in _LINES_OF_THEIR_OWN or read.get("float") in {"left", "right"}:
        return True
    if read.get("position") in {"absolute", "fixed"} or read.get("order", "0").strip("0"):
        return True
    if read.get("position") == "relative" and any(pixels(read.get(side, "")) for side in ("left", "right")):
        return True
    if "baseline-shift" in read and read["baseline-shift"] not in {"baseline", "0"}:
        return True
    if "gradient(" in read.get("background", "") + read.get("background-image", "") and not is_seen_by_its_ground(read):
        return True
    return any(
        length < 0 or length >= _LEAST
        for name in ("margin", "padding")
        for side in _SIDES
        for length in map(pixels, read.get(name + side, "").split())
    )


def is_seen_by_its_ground(read: Mapping[str, str]) -> bool:
    """Is the ground seen where the text is, and nowhere else?"""
    return "text" in {read.get("background-clip"), read.get("-webkit-background-clip")}


def parts_its_children(read: Mapping[str, str]) -> bool:
    """Declarations by name → does what they are for lay out what it holds in columns, or apart?"""
    kind = read.get("display", "").removeprefix("inline-")
    return kind == "grid" or (
        kind == "flex"
        and (
            any(name in read for name in _GAPS)
            or "space" in read.get("justify-content", "")
            or read.get("flex-direction", "").startswith("column")
        )
    )


def is_piece(node: LexborNode) -> bool:
    """Is it a part of a figure, and not all that its cell holds?"""
    cell = cell_of(node)
    if cell is None or not (text := node.text().strip()):
        return False
    whole = cell.text().strip()
    return text != whole and not has_han(whole)
