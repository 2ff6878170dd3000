"""Steps through a page's tree."""

from __future__ import annotations

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

CELLS = {"td", "th"}
_DEEPEST = 64


def upwards(node: LexborNode | None) -> Iterator[LexborNode]:
    """The element, its parent, and so on."""
    for _ in range(_DEEPEST):
        if node is None:
            return
        yield node
        node = node.parent


def cell_of(node: LexborNode) -> LexborNode | None:
    """The cell that it is, or stands in."""
    return next((each for each in upwards(node) if each.tag in CELLS), None)


def table_of(node: LexborNode) -> LexborNode | None:
    """The innermost table that it is, or stands in."""
    return next((each for each in upwards(node) if each.tag == "table"), None)
